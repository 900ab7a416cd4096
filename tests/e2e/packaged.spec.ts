import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageDesktop } from '../../tools/runtime/desktop-package.ts';
import { desktopRuntime } from '../../tools/runtime/desktop-runtime.ts';
import { wrongFuses } from '../../tools/runtime/shipped-fuses.ts';
import { startCentre, type Centre } from '../helpers/centre.ts';
import { startDesk } from '../helpers/desk.ts';
import { ordinaryUser, type OrdinaryUser } from '../helpers/ordinary-user.ts';

let user: OrdinaryUser;
let shipped: string;
let shippedFolder: string;

beforeAll(async () => {
  user = await ordinaryUser();
  shippedFolder = path.join(user.folder, 'shipped');
  shipped = await packageDesktop(shippedFolder, await desktopRuntime());
});

afterAll(() => user.remove());

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Starts the shipped program as the ordinary user; it is ended as soon as its picture is there, or ends by itself. */
async function startShipped(picture: string, flags: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(await user.starting(shipped), [...flags, '--server', 'http://127.0.0.1:9', '--profile', path.join(user.home, 'profile')], {
    cwd: user.folder,
    env: { ...process.env, ...environment, OKNO_SCREENSHOT: picture },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const look = setInterval(() => {
    if (existsSync(picture)) child.kill('SIGTERM');
  }, 100);
  const [code] = (await once(child, 'close')) as [number | null]; // as Node's documentation says
  clearInterval(look);
  return { code, output };
}

describe('19 the fuses of the package', () => {
  it('stand as they must, read back from the program', async () => {
    const wire = await getCurrentFuseWire(shipped);
    const isOn = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0) === '1';
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
      nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    }).toEqual({ runAsNode: false, cookieEncryption: true, nodeOptions: false, inspect: false, asarIntegrity: true, onlyAsar: true });
    expect(await wrongFuses(shipped)).toEqual([]);
    expect(await wrongFuses((await desktopRuntime()).executable)).toContain('RunAsNode');
  });

  it('let the window open, and neither the environment nor a debugger gives it orders', async () => {
    const [order, sign, picture] = [path.join(user.folder, 'order.cjs'), path.join(user.home, 'ordered'), path.join(user.home, 'window.png')];
    await writeFile(order, `require('node:fs').writeFileSync(${JSON.stringify(sign)}, '')`);
    const { output } = await startShipped(picture, ['--inspect=0'], { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require=${order}` });
    expect((await readFile(picture)).subarray(1, 4).toString()).toBe('PNG');
    expect(existsSync(sign)).toBe(false);
    expect(output).not.toContain('Debugger listening');
  });

  it('a program laid beside the archive is not started', async () => {
    const resources = path.join(shippedFolder, 'resources');
    const sign = path.join(user.home, 'foreign');
    await rename(path.join(resources, 'app.asar'), path.join(resources, 'kept.asar'));
    await mkdir(path.join(resources, 'app'));
    await writeFile(path.join(resources, 'app', 'package.json'), '{ "main": "foreign.cjs" }');
    await writeFile(path.join(resources, 'app', 'foreign.cjs'), `require('node:fs').writeFileSync(${JSON.stringify(sign)}, ''); process.exit(0);`);
    const { code } = await startShipped(path.join(user.home, 'none.png'), [], {});
    expect(code).not.toBe(0);
    expect(existsSync(sign)).toBe(false);
  });
});

interface Process {
  readonly commandLine: string;
  readonly uid: number;
  readonly noNewPrivileges: number;
  /** 2: the kernel lets through only the calls of a filter. */
  readonly seccomp: number;
  /** How deep the process lies in namespaces of its own; 1 = in none. */
  readonly namespaces: number;
}

/** Processes of the program as the kernel sees them. One that ended meanwhile is left out. */
function processesOf(executable: string): Process[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid): Process[] => {
    try {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (!commandLine.startsWith(`${executable} `)) return [];
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const line = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.split(/\s+/) ?? [];
      return [{ commandLine, uid: Number(line('Uid')[0]), noNewPrivileges: Number(line('NoNewPrivs')[0]), seccomp: Number(line('Seccomp')[0]), namespaces: line('NSpid').length }];
    } catch {
      return []; // it has ended
    }
  });
}

describe('4 an ordinary user has the sandbox of the system', () => {
  let centre: Centre;

  beforeAll(async () => {
    centre = await startCentre();
  });

  afterAll(() => centre.close());

  it('he logs in in the packaged window, whose page the kernel holds in a filter', async () => {
    const program = await packageDesktop(path.join(user.folder, 'driven'), await desktopRuntime(), { debuggable: true });
    expect(await wrongFuses(program)).toEqual(['EnableNodeCliInspectArguments']);
    const desk = await startDesk('belova', { centre, profile: path.join(user.home, 'desk'), packaged: await user.starting(program) });
    try {
      const processes = processesOf(program);
      expect(processes.length).toBeGreaterThan(2);
      for (const { commandLine, uid } of processes) expect([uid, commandLine.includes('--no-sandbox')]).toEqual([user.uid, false]);
      const pages = processes.filter(({ commandLine }) => commandLine.includes('--type=renderer'));
      expect(pages.length).toBeGreaterThan(0);
      for (const page of pages) {
        expect(page).toMatchObject({ seccomp: 2, noNewPrivileges: 1 });
        expect(page.namespaces).toBeGreaterThan(1);
      }
      // The archive's own SQLite holds the desk, which is his.
      expect(readdirSync(desk.profile)).toEqual(expect.arrayContaining(['cache.db', 'outbox.db']));
    } finally {
      await desk.close();
    }
  });
});
