import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../server/db/database.ts';
import { migrate, readMigrations } from '../../../server/db/migrate.ts';

const log = pino({ level: 'silent' });
const data = mkdtempSync(path.join(os.tmpdir(), 'okno-migrate-test-'));
let database: Database;

beforeAll(async () => {
  database = await openDatabase({ data, databaseUrl: null, poolSize: 2 }, log);
});
afterAll(async () => {
  await database.close();
  rmSync(data, { recursive: true, force: true });
});

const applied = async (): Promise<number> => Number((await database.pool.query<{ n: string }>('SELECT count(*) AS n FROM migration')).rows[0]?.n);

test('the embedded base keeps every commit: fsync, full pages and checksums are on', async () => {
  const { rows } = await database.pool.query(`SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages, current_setting('data_checksums') AS checksums, current_setting('listen_addresses') AS listens`);
  expect(rows).toEqual([{ fsync: 'on', commit: 'on', pages: 'on', checksums: 'on', listens: '' }]);
});

test('each step is applied once, in order', async () => {
  const migrations = readMigrations();
  expect(await applied()).toBe(migrations.length);
  await migrate(database.pool, log, migrations);
  expect(await applied()).toBe(migrations.length);
});

test('a step that fails leaves nothing behind', async () => {
  const migrations = readMigrations();
  const failing = { number: migrations.length + 1, name: 'failing', sql: 'CREATE TABLE half (a int); SELECT 1/0' };
  await expect(migrate(database.pool, log, [...migrations, failing])).rejects.toThrow('division by zero');
  const { rows } = await database.pool.query(`SELECT to_regclass('half') AS half`);
  expect([rows, await applied()]).toEqual([[{ half: null }], migrations.length]);
});

test('F32 a base newer than the program, or of another line, is refused and left alone', async () => {
  const migrations = readMigrations();
  await expect(migrate(database.pool, log, migrations.slice(0, -1))).rejects.toThrow('новее программы');
  const other = migrations.map((step, n) => (n === 0 ? { ...step, name: '0001-other' } : step));
  await expect(migrate(database.pool, log, other)).rejects.toThrow('0001-foundation');
});

test('F34 a connection that breaks while it is taken fails its question and nothing else', async () => {
  const taken = await database.pool.connect();
  const { rows } = await taken.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const ended = new Promise((resolve) => { taken.once('end', resolve); });
  await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await ended;
  await expect(taken.query('SELECT 1')).rejects.toThrow();
  taken.release();
  expect((await database.pool.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});
