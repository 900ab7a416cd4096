import Database from 'better-sqlite3';

export interface RekeyOrder {
  readonly file: string;
  /** 32 bytes. */
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly nativeBinding: string | undefined;
}

const raw = (key: Uint8Array): string => `'raw:${Buffer.from(key).toString('hex')}'`;

/** Enciphers every page anew. Without a journal: a file broken off in between is fetched again. Throws if `from` does not open it. */
export function rekeyFile({ file, from, to, nativeBinding }: RekeyOrder): void {
  const database = new Database(file, nativeBinding === undefined ? { fileMustExist: true } : { nativeBinding, fileMustExist: true });
  try {
    database.pragma(`cipher = 'chacha20'`);
    database.pragma(`key = ${raw(from)}`);
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma(`rekey = ${raw(to)}`);
  } finally {
    database.close();
  }
}
