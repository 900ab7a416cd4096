import { createReadStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Logger } from 'pino';
import type { CentreConfig } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { readMigrations, type Migration } from '../db/migrate.ts';
import { declareNewEpoch } from '../db/pg-feed.ts';
import { copyDurably, copyStore, sha256Of } from './copied-files.ts';
import { filesName, keysName, manifestName, readManifest, type Manifest } from './manifest.ts';

export interface RestoreReport {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly rows: number;
}

/**
 * Puts a backup into an empty data folder (or an empty database of the company's): all or nothing of the base, in the epoch of a restored one, so that desks
 * fetch everything anew and send again what the backup lacks. `from`: a backup's folder, or the place of several: then the newest. Refuses a damaged backup,
 * one of a newer program, and a base that is not empty.
 */
export async function restore(config: CentreConfig, from: string, log: Logger, now = new Date()): Promise<RestoreReport> {
  const folder = await backupIn(from);
  const manifest = await readManifest(folder);
  const migrations = migrationsOf(manifest);
  await checkTables(folder, manifest);
  await mkdir(config.data, { recursive: true, mode: 0o711 }); // under root the database runs as another user, who must pass through
  const database = await openDatabase(config, log, { migrations });
  try {
    const { rows } = await database.pool.query<{ used: boolean }>('SELECT EXISTS (SELECT 1 FROM document) OR EXISTS (SELECT 1 FROM command) AS used');
    if (rows[0]?.used !== false) throw new Error('В базе уже есть данные: восстановление заменило бы их. Укажите пустую папку (--data) или пустую базу (DATABASE_URL).');
    await copyStore(path.join(path.dirname(folder), filesName), path.join(config.data, 'files'));
    await restoreKeys(folder, config.data, manifest);
    const client = await database.connect();
    try {
      await loadTables(client, folder, manifest, now);
    } finally {
      await client.end();
    }
  } finally {
    await database.close();
  }
  return { folder, manifest, rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0) };
}

async function backupIn(from: string): Promise<string> {
  let names: readonly string[];
  try {
    names = await readdir(from);
  } catch (error) {
    throw new Error(`Папки ${from} нет или её нельзя прочитать. Укажите папку резервной копии.`, { cause: error });
  }
  if (names.includes(manifestName)) return path.resolve(from);
  const newest = names.filter((name) => /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/.test(name)).sort().at(-1);
  if (newest === undefined) throw new Error(`В папке ${from} нет резервных копий. Укажите папку, в которую их делает команда backup.`);
  return path.resolve(from, newest);
}

/** The structure that the backup had; what came later is brought by the next start. */
function migrationsOf({ migration: { number, name } }: Manifest): readonly Migration[] {
  const known = readMigrations();
  if (known[number - 1]?.name !== name) throw new Error(`Копия сделана другой, более новой программой (шаг базы ${name}). Поставьте ту версию, которой она сделана, или новее.`);
  return known.slice(0, number);
}

async function checkTables(folder: string, { tables }: Manifest): Promise<void> {
  for (const { file, sha256 } of tables) {
    const at = path.join(folder, file);
    const found = await stat(at).then(() => sha256Of(at), () => null);
    if (found !== sha256) throw new Error(`Файл ${at} ${found === null ? 'не читается' : 'испорчен'}: копию восстановить нельзя. Ничего не изменено. Возьмите другую копию.`);
  }
}

async function restoreKeys(folder: string, data: string, { keys }: Manifest): Promise<void> {
  await mkdir(path.join(data, 'keys'), { recursive: true, mode: 0o700 });
  for (const name of keys) await copyDurably(path.join(folder, keysName, name), path.join(data, 'keys', name));
}

/** In one transaction with the new epoch: a base that was restored in part, or that desks take for the old one, never exists. */
async function loadTables(client: Client, folder: string, { tables, sequences }: Manifest, now: Date): Promise<void> {
  await client.query('SET statement_timeout = 0');
  await client.query('BEGIN');
  await client.query(`TRUNCATE ${tables.map(({ name }) => client.escapeIdentifier(name)).join(', ')}`);
  for (const { name, columns, file, rows } of tables) {
    const into = client.query(copyFrom(`COPY ${client.escapeIdentifier(name)} (${columns.map((column) => client.escapeIdentifier(column)).join(', ')}) FROM STDIN`));
    await pipeline(createReadStream(path.join(folder, file)), createGunzip(), into);
    if (into.rowCount !== rows) throw new Error(`В таблицу ${name} загружено строк: ${into.rowCount}, а в копии их ${rows}. Ничего не изменено. Возьмите другую копию.`);
  }
  for (const { name, value } of sequences) await client.query('SELECT setval($1::regclass, $2::bigint)', [client.escapeIdentifier(name), value]);
  const { rows } = await client.query<{ epoch: string }>(`SELECT value #>> '{}' AS epoch FROM setting WHERE name = 'epoch'`);
  await declareNewEpoch(client, rows[0]?.epoch ?? '', now.toISOString());
  await client.query('COMMIT');
  await client.query('ANALYZE');
}
