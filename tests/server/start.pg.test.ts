import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { paths } from '../../shared/protocol/paths.ts';
import { post } from './running-centre.ts';

const root = path.resolve(import.meta.dirname, '../..');
let data: string;
const children = new Set<ChildProcess>();

beforeEach(() => {
  data = mkdtempSync(path.join(os.tmpdir(), 'okno-start-test-'));
});
afterEach(async () => {
  for (const child of children) await ended(child, 'SIGTERM');
  rmSync(data, { recursive: true, force: true });
});

function run(...words: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [path.join(root, 'server/start.ts'), ...words, '--data', data, '--port', '0', '--smtp-port', '0', '--log-level', 'error'], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  return child;
}

async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = new Promise((resolve) => void child.once('exit', resolve));
    if (signal !== undefined) child.kill(signal);
    await exit;
  }
  children.delete(child);
  return child.exitCode;
}

const readySchema = z.object({ ready: z.literal(true), url: z.string(), smtpPort: z.number().nullable() });

async function serve(): Promise<{ child: ChildProcess; url: string }> {
  const child = run();
  const errors: string[] = [];
  child.stderr?.on('data', (part: Buffer) => errors.push(part.toString()));
  if (child.stdout === null) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) return { child, url: readySchema.parse(JSON.parse(line)).url };
  throw new Error(`not ready: ${errors.join('')}`);
}

async function said(child: ChildProcess): Promise<{ code: number | null; output: string; errors: string }> {
  let [output, errors] = ['', ''];
  child.stdout?.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (errors += part.toString()));
  return { code: await ended(child), output, errors };
}

function databasePid(): number {
  return Number(readFileSync(path.join(data, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const login = (url: string, password: string, newPassword?: string): Promise<{ status: number; body: unknown }> =>
  post(url, paths.session, { protocol: 1, login: 'admin', password, deskId: 'desk-start', deskName: '', ...(newPassword === undefined ? {} : { newPassword }) });

test('the first administrator gets a one-time password, beside a running centre too; a second centre on the folder is refused', async () => {
  const { child, url } = await serve();
  const { code, output } = await said(run('admin', 'admin'));
  expect(code).toBe(0);
  const password = /Одноразовый пароль: (\S+)/.exec(output)?.[1] ?? '';
  expect((await login(url, password)).status).toBe(409);
  expect((await login(url, password, 'a lasting password')).status).toBe(200);

  const second = await said(run());
  expect(second).toMatchObject({ code: 1, output: '' });
  expect(second.errors).toContain('Центр уже запущен');
  expect((await fetch(url + paths.health)).status).toBe(200);

  expect(await ended(child, 'SIGTERM')).toBe(0);
  expect(existsSync(path.join(data, 'pg', 'postmaster.pid'))).toBe(false);
  expect(statSync(path.join(data, 'keys', 'escrow.pem')).mode & 0o777).toBe(0o600);
});

test('F22 killed with -9 it takes its database along, and starts again on the same data', async () => {
  const { output } = await said(run('admin', 'admin'));
  const first = await serve();
  const password = /Одноразовый пароль: (\S+)/.exec(output)?.[1] ?? '';
  expect((await login(first.url, password, 'a lasting password')).status).toBe(200);
  const pid = databasePid();
  await ended(first.child, 'SIGKILL');
  await vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 20_000, interval: 50 });
  const again = await serve();
  expect((await login(again.url, 'a lasting password')).status).toBe(200);
});

test('F34 a database that is killed comes back by itself', async () => {
  const { url } = await serve();
  const pid = databasePid();
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(lives(pid)).toBe(false));
  await vi.waitFor(async () => expect((await fetch(url + paths.health)).status).toBe(200), { timeout: 60_000, interval: 200 });
  expect(databasePid()).not.toBe(pid);
});

test('a wrong setting is named with what to do', async () => {
  const { code, errors } = await said(spawnWith('--port', 'many'));
  expect(code).toBe(1);
  expect(errors).toContain('--port');
  expect(errors).not.toContain('at ');
});

function spawnWith(...flags: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [path.join(root, 'server/start.ts'), ...flags, '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  return child;
}

test('backup beside a running centre, restore into an empty folder, and the centre comes up on it', async () => {
  const password = /Одноразовый пароль: (\S+)/.exec((await said(run('admin', 'admin'))).output)?.[1] ?? '';
  const { child } = await serve();
  const place = path.join(data, 'backups');
  const saved = await said(run('backup', place));
  expect(saved).toMatchObject({ code: 0, errors: '' });
  expect(saved.output).toContain('Резервная копия готова');
  expect(await said(run('restore', place))).toMatchObject({ code: 1, errors: expect.stringContaining('Центр уже запущен') });
  await ended(child, 'SIGTERM');
  expect(await said(run('restore', place))).toMatchObject({ code: 1, errors: expect.stringContaining('уже есть данные') });
  const [full, home] = [data, path.join(data, 'new')];
  data = home;
  try {
    expect(await said(run('restore', place))).toMatchObject({ code: 0, output: expect.stringContaining('Теперь запустите центр') });
    const { url } = await serve();
    expect((await login(url, password, 'a lasting password')).status).toBe(200);
  } finally {
    for (const each of children) await ended(each, 'SIGTERM');
    data = full;
  }
});
