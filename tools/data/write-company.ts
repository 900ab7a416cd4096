import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Pool, PoolClient } from 'pg';
import { hashPassword } from '../../server/auth/passwords.ts';
import { openDatabase } from '../../server/db/database.ts';
import { setUserSecret } from '../../server/db/queries/user-secret.ts';
import { ensureSettings } from '../../server/db/settings.ts';
import { openLog } from '../../server/log.ts';
import { searchIndexVersion } from '../../shared/text/search-words.ts';
import { demoData } from '../demo/demo-data.ts';
import { demoUsers } from '../demo/demo-users.ts';
import { SetupError } from '../setup/progress.ts';
import { CopyRows } from './copy-rows.ts';
import { clientWithAll, madeOn } from './large-company.ts';

export interface CompanyOptions {
  /** Data folder of a centre that does not run now. */
  readonly data: string;
  readonly clients: number;
  readonly seed: number;
  /** One line of progress in Russian. */
  readonly say: (line: string) => void;
}

/** Clients of one transaction. */
const portion = 20_000;
const tables = { documents: 'document (type, id, version, body, scope)', index: 'document_index (type, name, key, id)', search: 'document_search (type, id, words)' } as const;

const number = (value: number): string => value.toLocaleString('ru-RU');

async function refuseSecond(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ value: { clients: number; seed: number; whole: boolean } }>(`SELECT value FROM setting WHERE name = 'largeCompany'`);
  const known = rows[0]?.value;
  if (known === undefined) return;
  if (!known.whole) throw new SetupError('В этой папке прошлая запись компании не дошла до конца.', 'Удалите папку данных или укажите другую (--server ПАПКА).');
  throw new SetupError(`В этой папке уже записана большая компания: ${number(known.clients)} клиентов, зерно ${known.seed}.`, 'Запустите центр с этой папкой или укажите другую (--server ПАПКА).');
}

async function mark(pool: Pool | PoolClient, { clients, seed }: CompanyOptions, whole: boolean): Promise<void> {
  await pool.query(`INSERT INTO setting (name, value) VALUES ('largeCompany', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, [JSON.stringify({ clients, seed, whole })]);
}

/** The server reads the files itself: its user must be able to. */
function importFolder(data: string): string {
  const folder = path.resolve(data, 'import');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  return folder;
}

async function copy(pool: Pool, folder: string, rows: CopyRows): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SET LOCAL synchronous_commit = off');
    for (const table of ['documents', 'index', 'search'] as const) {
      const file = path.join(folder, table);
      writeFileSync(file, rows[table].join(''), { mode: 0o644 });
      await client.query(`COPY ${tables[table]} FROM '${file.replaceAll("'", "''")}'`);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** Catalogues and users, unless the base has users already: a company without them cannot be logged in to. */
async function writePeople(pool: Pool, folder: string, say: CompanyOptions['say']): Promise<void> {
  const { rows } = await pool.query<{ known: boolean }>(`SELECT EXISTS (SELECT 1 FROM document WHERE type = 'user') AS known`);
  if (rows[0]?.known === true) return;
  say(`Справочники и пользователи: ${demoUsers.length}`);
  const lines = new CopyRows();
  const { dictionaries, last } = demoData(madeOn, { clients: 0, applications: 0 });
  for (const { type, document } of [...dictionaries, ...last]) lines.add(type, document);
  for (const { user } of demoUsers) lines.add('user', user);
  await copy(pool, folder, lines);
  for (const { user, password } of demoUsers) await setUserSecret(pool, user.id, await hashPassword(password), false);
}

async function writeClients(pool: Pool, folder: string, { clients, seed, say }: CompanyOptions): Promise<number> {
  const began = Date.now();
  let documents = 0;
  let copying: Promise<void> = Promise.resolve();
  for (let from = 0; from < clients; from += portion) {
    const rows = new CopyRows();
    const end = Math.min(clients, from + portion);
    for (let n = from; n < end; n += 1) for (const { type, document } of clientWithAll(seed, n)) rows.add(type, document);
    documents += rows.documents.length;
    await copying; // the next portion is made while the base takes this one
    copying = copy(pool, folder, rows);
    copying.catch(() => undefined); // awaited above or below
    say(`Клиенты: ${number(end)} из ${number(clients)}, ${number(Math.round((end * 1_000) / (Date.now() - began)))} в секунду`);
  }
  await copying;
  return documents;
}

/**
 * Writes a company of that size into the embedded base of a centre, past its commands, by COPY: the same seed gives the same data. Refuses
 * a folder that holds such a company. Answers how many documents of clients were written.
 */
export async function writeCompany(options: CompanyOptions): Promise<number> {
  const { data, say } = options;
  const database = await openDatabase({ data, databaseUrl: null, poolSize: 2 }, openLog('silent'));
  const { pool } = database;
  try {
    await ensureSettings(pool);
    await refuseSecond(pool);
    await mark(pool, options, false);
    const folder = importFolder(data);
    await pool.query('DROP INDEX document_search_words');
    await pool.query(`ALTER TABLE document ALTER COLUMN xid SET DEFAULT pg_current_xact_id(), ALTER COLUMN seq SET DEFAULT nextval('feed_seq')`);
    await writePeople(pool, folder, say);
    const documents = await writeClients(pool, folder, options);
    rmSync(folder, { recursive: true, force: true });
    await pool.query('ALTER TABLE document ALTER COLUMN xid DROP DEFAULT, ALTER COLUMN seq DROP DEFAULT');
    say('Индекс поиска');
    await finish(pool, options);
    return documents;
  } finally {
    await database.close();
  }
}

async function finish(pool: Pool, options: CompanyOptions): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0');
    await client.query(`SET maintenance_work_mem = '512MB'`);
    await client.query('CREATE INDEX document_search_words ON document_search USING gin (words)');
    await client.query(
      `INSERT INTO setting (name, value) SELECT 'searchIndexed', jsonb_build_object('version', $1::int, 'xid', xid::text, 'seq', seq::text) FROM document ORDER BY document.xid DESC, document.seq DESC LIMIT 1
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      [searchIndexVersion],
    );
    await mark(client, options, true);
    await client.query('ANALYZE document, document_index, document_search');
  } finally {
    client.release(true);
  }
}
