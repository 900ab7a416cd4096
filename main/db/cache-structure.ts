import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import type { DocumentType } from '../../shared/base/document-type.ts';
import { productVersion, protocolVersion } from '../../shared/protocol/version.ts';
import { searchIndexVersion } from '../../shared/text/search-words.ts';
import { tableSql } from './document-table.ts';
import { searchTermsSql } from './search-terms.ts';
import { openDatabase, UnreadableDatabaseError, type OpenOptions, type SqliteDatabase } from './open-database.ts';

const commonSql = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE find_key (name TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (name, key, id)) WITHOUT ROWID;
  -- What the centre sent of documents that waiting commands changed; body is null where the centre has no such document.
  CREATE TABLE base (type TEXT NOT NULL, id TEXT NOT NULL, body TEXT, version INTEGER NOT NULL, generation INTEGER NOT NULL, PRIMARY KEY (type, id)) WITHOUT ROWID;
  ${searchTermsSql}
`;

/** Changes whenever tables, columns, keys or search words would: then the cache is fetched anew. */
export function structureFingerprint(types: readonly DocumentType[]): string {
  const parts = types.map((type) => [
    tableSql(type),
    String(type.presentation),
    String(type.searchPlaces),
    ...Object.values(type.columns).map(({ value }) => String(value)),
    ...Object.entries(type.indexes).map(([name, keysOf]) => `${name}: ${String(keysOf)}`),
  ]);
  return createHash('sha256').update(JSON.stringify([searchIndexVersion, commonSql, parts])).digest('hex');
}

/**
 * Names the tables of this program in words that desk and centre share: theirs are built otherwise, so that the text of functions is not the same. A file
 * made by the centre is taken only under the same name.
 */
export function fileStructure(types: readonly DocumentType[]): string {
  return createHash('sha256').update(JSON.stringify([productVersion, protocolVersion, searchIndexVersion, commonSql, types.map(tableSql)])).digest('hex');
}

function removeFiles(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}

function hasStructure(database: SqliteDatabase, fingerprint: string): boolean {
  const meta = database.prepare<[], number>(`SELECT count(*) FROM sqlite_master WHERE name = 'meta'`).pluck().get();
  if (meta === 0) return false;
  return database.prepare<[], string>(`SELECT value FROM meta WHERE key = 'fingerprint'`).pluck().get() === fingerprint;
}

function isSound(database: SqliteDatabase): boolean {
  const answer: unknown = database.pragma('quick_check(1)', { simple: true });
  return answer === 'ok';
}

export interface OpenedCache {
  readonly database: SqliteDatabase;
  /** Why the file was made anew; null when the stored one is used. */
  readonly rebuilt: 'new' | 'structure' | 'damaged' | null;
}

/**
 * Opens cache.db; a damaged, foreign or outdated file is thrown away and made empty (F4): all of it can be fetched again, the
 * outbox is never touched. `thorough` checks every page, after a crash.
 */
export function openCache(options: Omit<OpenOptions, 'synchronous'>, types: readonly DocumentType[], thorough: boolean): OpenedCache {
  const fingerprint = structureFingerprint(types);
  const isNew = options.file === ':memory:' || !existsSync(options.file);
  let reason: 'structure' | 'damaged' = 'damaged';
  if (!isNew) {
    try {
      const database = openDatabase({ ...options, synchronous: 'NORMAL' });
      const fits = hasStructure(database, fingerprint);
      if (fits && (!thorough || isSound(database))) return { database, rebuilt: null };
      if (!fits) reason = 'structure';
      database.close();
    } catch (error) {
      if (!(error instanceof UnreadableDatabaseError) && !isDamage(error)) throw error;
    }
    removeFiles(options.file);
  }
  const database = openDatabase({ ...options, synchronous: 'NORMAL' });
  database.transaction(() => {
    database.exec(commonSql);
    for (const type of types) database.exec(tableSql(type));
    database.prepare(`INSERT INTO meta (key, value) VALUES ('fingerprint', ?)`).run(fingerprint);
  })();
  return { database, rebuilt: isNew ? 'new' : reason };
}

/** SQLite's own words for a damaged file. */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_IOERR_SHORT');
}
