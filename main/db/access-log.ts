import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/base/json.ts';
import { accessEntrySchema, type AccessEntry } from '../../shared/protocol/sync.ts';
import type { SqliteDatabase } from './open-database.ts';

/** Hash of the first entry's predecessor. */
const chainStart = '0'.repeat(64);

/** sha256 over the canonical JSON of the entry without its own hash, hex. */
export function accessHash(entry: Omit<AccessEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}

/** A sent line goes again if the centre was restored from a backup at most this old, as commands do. */
const keepSentMs = 30 * 86_400_000;

/** Access log of personal data at the desk (I7): hash-chained, kept until the centre has it and for a month more. */
export class AccessLog {
  readonly #database: SqliteDatabase;
  readonly #last;
  readonly #insert;
  readonly #unsent;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#last = database.prepare<[], string>(`SELECT entry FROM access_entry ORDER BY place DESC LIMIT 1`).pluck();
    this.#insert = database.prepare(`INSERT INTO access_entry (id, entry) VALUES (?, ?)`);
    this.#unsent = database.prepare<[number], string>(`SELECT entry FROM access_entry WHERE sent = 0 ORDER BY place LIMIT ?`).pluck();
  }

  add(fields: Omit<AccessEntry, 'previousHash' | 'hash'>): void {
    const last = this.#last.get();
    const previousHash = last === undefined ? chainStart : accessEntrySchema.parse(JSON.parse(last)).hash;
    const unsigned = { ...fields, previousHash };
    this.#insert.run(fields.id, JSON.stringify({ ...unsigned, hash: accessHash(unsigned) }));
  }

  unsent(limit: number): readonly AccessEntry[] {
    return this.#unsent.all(limit).map((entry) => accessEntrySchema.parse(JSON.parse(entry)));
  }

  /** The centre has them: `sent` is when that was known, milliseconds since 1970. The newest stays, since the next entry is chained to it. */
  markSent(ids: readonly string[], now: number): void {
    const mark = this.#database.prepare(`UPDATE access_entry SET sent = ? WHERE id = ?`);
    this.#database.transaction(() => {
      for (const id of ids) mark.run(now, id);
      this.#database.prepare(`DELETE FROM access_entry WHERE sent > 0 AND sent < ? AND place < (SELECT max(place) FROM access_entry)`).run(now - keepSentMs);
    })();
  }

  /** The centre was restored and may lack what it had: all kept lines go again; it knows each by its id. */
  sendAgain(): void {
    this.#database.exec(`UPDATE access_entry SET sent = 0 WHERE sent > 0`);
  }
}
