import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { paths } from '../../shared/protocol/paths.ts';
import { startEmbeddedPostgres, type EmbeddedDatabase } from '../../server/db/embedded-postgres.ts';
import { freePort } from '../helpers/free-port.ts';
import { startProgram, untilAnswers, type Program } from '../helpers/program.ts';
import { post } from './running-centre.ts';

/** A cluster that is not ours, with an empty database and an ordinary user who owns it, as a company's administrator would make them. */
const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'okno-company-pg-'));
const data = mkdtempSync(path.join(os.tmpdir(), 'okno-company-data-'));
let cluster: EmbeddedDatabase;
let environment: Readonly<Record<string, string>>;
let centre: Program;
let url: string;

async function inCluster(user: { readonly user: string; readonly password: string; readonly database: string }, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ ...cluster.address, ...user });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

const crm = { user: 'crm', password: 'crm-password', database: 'crm' } as const;

async function startOnIt(): Promise<void> {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  centre = startProgram('server/start.ts', ['--data', data, '--port', String(port), '--smtp-port', '0', '--log-level', 'error'], environment);
  await untilAnswers(centre, url + paths.health);
}

beforeAll(async () => {
  cluster = await startEmbeddedPostgres(elsewhere, pino({ level: 'silent' }));
  await inCluster(cluster.address, `CREATE ROLE crm LOGIN PASSWORD 'crm-password'`, 'CREATE DATABASE crm OWNER crm');
  const { host, port } = cluster.address;
  environment = { DATABASE_URL: `postgresql://crm:crm-password@/crm?${new URLSearchParams({ host, port: String(port) }).toString()}` };
  await startOnIt();
});

afterAll(async () => {
  await centre.stop();
  await cluster.stop();
  for (const folder of [elsewhere, data]) rmSync(folder, { recursive: true, force: true });
});

test('an empty database of the company is brought to this version, and no database of our own is made', async () => {
  const [found] = await inCluster(crm, `SELECT (SELECT count(*)::int FROM migration) AS steps, to_regclass('document') IS NOT NULL AS documents, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super`);
  expect(found).toMatchObject({ documents: true, super: false });
  expect(Number(found?.['steps'])).toBeGreaterThan(0);
  expect(readdirSync(data)).not.toContain('pg');
  expect((await fetch(url + paths.health)).status).toBe(200);
});

test('`admin NAME` makes the administrator in it, who logs in; after a restart too', async () => {
  const admin = startProgram('server/start.ts', ['admin', 'glavny', '--data', data], environment);
  await expect.poll(() => admin.hasEnded(), { timeout: 60_000 }).toBe(true);
  const password = /Одноразовый пароль: (\S+)/.exec(admin.output())?.[1] ?? admin.output();
  const login = (given: string, newPassword?: string) =>
    post(url, paths.session, { protocol: 1, login: 'glavny', password: given, deskId: 'desk-company', deskName: '', ...(newPassword === undefined ? {} : { newPassword }) });
  expect((await login(password, 'a lasting password')).status).toBe(200);
  await centre.stop();
  await startOnIt();
  const { status, body } = await login('a lasting password');
  expect(status).toBe(200);
  expect(z.object({ user: z.object({ roles: z.array(z.string()) }) }).parse(body).user.roles).toContain('administrator');
});
