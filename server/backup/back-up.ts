import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Logger } from 'pino';
import type { CentreConfig } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { copyDurably, copyStore, sha256Of, storedNames, syncPath } from './copied-files.ts';
import { filesName, keysName, manifestName, type Manifest } from './manifest.ts';

export interface BackupReport {
  /** The new backup's own folder. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Files that the place did not have yet. */
  readonly copied: number;
}

/** The embedded database's password is of its cluster and no other. */
const keptKey = (name: string): boolean => name !== 'database' && !name.endsWith('.new');

/**
 * Saves a centre while it works: every table of one snapshot, then the stored files, which are only ever added, so that all that the snapshot names are
 * there, then the keys. `place` holds any number of backups, each in a folder named by its time; stored files lie there once for all.
 */
export async function backUp(config: CentreConfig, place: string, log: Logger, now = new Date()): Promise<BackupReport> {
  const takenAt = now.toISOString();
  const name = takenAt.slice(0, 19).replaceAll(':', '-');
  const [half, folder] = [path.join(place, `${name}.half`), path.join(place, name)];
  await rm(half, { recursive: true, force: true });
  await mkdir(path.join(half, 'database'), { recursive: true, mode: 0o700 });
  const database = await openDatabase(config, log, { join: true });
  try {
    const client = await database.connect();
    try {
      const saved = await saveTables(client, half);
      const copied = await copyStore(path.join(config.data, 'files'), path.join(place, filesName));
      const stored = await storedNames(path.join(place, filesName));
      const keys = await saveKeys(config.data, half);
      const { named, ...base } = saved;
      const manifest: Manifest = { format: 1, takenAt, ...base, keys, files: { count: named.length, missing: named.filter((sha) => !stored.has(sha)) } };
      await writeFile(path.join(half, manifestName), JSON.stringify(manifest, null, 2), { mode: 0o600, flush: true });
      for (const inner of ['database', keysName, '']) await syncPath(path.join(half, inner));
      await rename(half, folder);
      await syncPath(place);
      return { folder, manifest, copied };
    } finally {
      await client.end();
    }
  } finally {
    await database.close();
  }
}

interface SavedBase extends Pick<Manifest, 'migration' | 'tables' | 'sequences'> {
  /** The stored files that the base names, by sha256. */
  readonly named: readonly string[];
}

/** Everything of one snapshot. It writes nothing, so the feed does not wait for it. */
async function saveTables(client: Client, folder: string): Promise<SavedBase> {
  await client.query('SET statement_timeout = 0');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const { rows: migrations } = await client.query<{ number: number; name: string }>('SELECT number, name FROM migration ORDER BY number DESC LIMIT 1');
  const [migration] = migrations;
  if (migration === undefined) throw new Error('The base has no migration');
  const { rows: tables } = await client.query<{ name: string; columns: readonly string[] }>(
    `SELECT table_name AS name, array_agg(column_name::text ORDER BY ordinal_position) AS columns FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND is_generated = 'NEVER' AND table_name <> 'migration' GROUP BY table_name ORDER BY table_name`,
  );
  const saved: Manifest['tables'] = [];
  for (const { name, columns } of tables) saved.push(await saveTable(client, folder, name, columns));
  // A sequence stands outside the snapshot: read after it, it is at or behind no row of it.
  const { rows: sequences } = await client.query<{ name: string; value: string }>(`SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY 1`);
  const { rows: files } = await client.query<{ sha: string }>('SELECT sha FROM file ORDER BY sha');
  await client.query('COMMIT');
  return { migration, tables: saved, sequences, named: files.map(({ sha }) => sha) };
}

async function saveTable(client: Client, folder: string, name: string, columns: readonly string[]): Promise<Manifest['tables'][number]> {
  const file = `database/${name}.copy.gz`;
  const rows = client.query(copyTo(`COPY ${client.escapeIdentifier(name)} (${columns.map((column) => client.escapeIdentifier(column)).join(', ')}) TO STDOUT`));
  await pipeline(rows, createGzip({ level: 1 }), createWriteStream(path.join(folder, file), { mode: 0o600, flush: true }));
  return { name, columns: [...columns], rows: rows.rowCount, file, sha256: await sha256Of(path.join(folder, file)) };
}

async function saveKeys(data: string, folder: string): Promise<string[]> {
  const from = path.join(data, 'keys');
  const names = (await readdir(from)).filter(keptKey).sort();
  await mkdir(path.join(folder, keysName), { mode: 0o700 });
  for (const name of names) await copyDurably(path.join(from, name), path.join(folder, keysName, name));
  return names;
}
