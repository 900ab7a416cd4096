import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isStorageFault } from './storage-fault.ts';

export type SqliteDatabase = Database.Database;
export type Statement<Parameters extends unknown[]> = Database.Statement<Parameters>;

export interface OpenOptions {
  readonly file: string;
  /** The desk's data key, 32 bytes. */
  readonly key: Uint8Array;
  /** FULL for what may never be lost, NORMAL for what can be fetched again. */
  readonly synchronous: 'FULL' | 'NORMAL';
  /** Compiled module for a runtime that does not take the package's own one. */
  readonly nativeBinding?: string | undefined;
}

/**
 * Of a new file; one that is there keeps its own. A command touches a few pages of the outbox, each is enciphered, signed and written whole:
 * half a page is half of that, and its rows are short. The cache holds long documents and is read more than written.
 */
const pageBytes = { FULL: 2_048, NORMAL: 4_096 } as const;
/** Pages of the write-ahead log after which it is written over into the file. */
const walPages = { FULL: 2_000, NORMAL: 8_000 } as const;
/** Kept deciphered in memory, KiB: a search on a large base touches many pages, and each that is not here is read and deciphered anew. */
const cacheKib = { FULL: 4_096, NORMAL: 65_536 } as const;
const synchronousLevels = { NORMAL: 1, FULL: 2 } as const;
const plainHeader = 'SQLite format 3\0';

/** True if the file begins as an unencrypted SQLite file: a swapped native library once wrote plain text unnoticed. */
export function isPlainSqlite(file: string): boolean {
  if (!existsSync(file)) return false;
  const header = Buffer.alloc(plainHeader.length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return header.toString('latin1') === plainHeader;
}

/** The file cannot be read: damaged, zeroed, or written with another key. */
export class UnreadableDatabaseError extends Error {
  constructor(file: string, options?: ErrorOptions) {
    super(`Database cannot be read: ${file}`, options);
    this.name = 'UnreadableDatabaseError';
  }
}

/**
 * Opens (creates) an encrypted file in WAL mode. Asserts the level of `synchronous`, since the library is compiled so that WAL
 * means NORMAL, and that the file on the disk is really encrypted.
 */
export function openDatabase({ file, key, synchronous, nativeBinding }: OpenOptions): SqliteDatabase {
  if (isPlainSqlite(file)) throw new UnreadableDatabaseError(file);
  const database = new Database(file, nativeBinding === undefined ? {} : { nativeBinding });
  try {
    database.pragma(`page_size = ${pageBytes[synchronous]}`);
    unlock(database, file, key);
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${synchronous}`);
    database.pragma('temp_store = MEMORY');
    database.pragma(`cache_size = -${cacheKib[synchronous]}`);
    // A checkpoint syncs; of the cache, which is only derived, it may be rarer.
    database.pragma(`wal_autocheckpoint = ${walPages[synchronous]}`);
    // Another program that reads long (a backup) keeps the log growing; when it has gone the file shrinks with the next writing (F15).
    database.pragma(`journal_size_limit = ${walPages[synchronous] * pageBytes[synchronous]}`);
    database.pragma('secure_delete = FAST');
    const level = database.pragma('synchronous', { simple: true });
    if (level !== synchronousLevels[synchronous]) throw new Error(`synchronous is ${String(level)} for ${file}`);
    if (file !== ':memory:' && isPlainSqlite(file)) throw new Error(`Not encrypted on the disk: ${file}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function unlock(database: SqliteDatabase, file: string, key: Uint8Array): void {
  if (file !== ':memory:') {
    database.pragma(`cipher = 'chacha20'`);
    database.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
  }
  try {
    database.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch (error) {
    if (isStorageFault(error)) throw error; // locked or read-only for the moment (F14): nothing is wrong with what is in it
    throw new UnreadableDatabaseError(file, { cause: error });
  }
}
