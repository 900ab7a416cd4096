import type { Lease, TakenNumber } from '../../shared/protocol/sync.ts';
import type { SqliteDatabase } from './open-database.ts';

/** Blocks of numbers leased to this desk's incarnation (2.8.1). A number is taken in the same transaction as its command. */
export class NumberLeases {
  readonly #database: SqliteDatabase;
  readonly #current;
  readonly #take;
  readonly #left;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#current = database.prepare<[string, string, string, number], { leaseId: string; first: number; next: number; last: number }>(
      `SELECT lease_id AS leaseId, first, next, last FROM lease WHERE incarnation = ? AND series = ? AND year = ? AND next <= last AND first > ? ORDER BY first LIMIT 1`,
    );
    this.#take = database.prepare(`UPDATE lease SET next = ? WHERE lease_id = ?`);
    this.#left = database.prepare<[string, string, string], number>(`SELECT coalesce(sum(last - next + 1), 0) FROM lease WHERE incarnation = ? AND series = ? AND year = ?`).pluck();
  }

  /** What would be taken after `already` numbers of this command; null when the blocks are used up. Nothing is written yet. */
  peek(incarnation: string, series: string, year: string, already: readonly TakenNumber[]): TakenNumber | null {
    let after = 0;
    for (;;) {
      const lease = this.#current.get(incarnation, series, year, after);
      if (lease === undefined) return null;
      const value = lease.next + already.filter(({ leaseId }) => leaseId === lease.leaseId).length;
      if (value <= lease.last) return { series, year, value, leaseId: lease.leaseId };
      after = lease.first;
    }
  }

  /** Marks the numbers as used up for ever. */
  take(numbers: readonly TakenNumber[]): void {
    for (const { leaseId, value } of numbers) this.#take.run(value + 1, leaseId);
  }

  /** The centre would not take these numbers: somebody else used them, so nothing more is taken from their blocks (F7). */
  giveUp(numbers: readonly TakenNumber[]): void {
    const giveUp = this.#database.prepare(`UPDATE lease SET next = last + 1 WHERE lease_id = ?`);
    for (const { leaseId } of numbers) giveUp.run(leaseId);
  }

  /** The blocks go on to be used under another incarnation. */
  move(from: string, to: string): void {
    this.#database.prepare(`UPDATE lease SET incarnation = ? WHERE incarnation = ?`).run(to, from);
  }

  left(incarnation: string, series: string, year: string): number {
    return this.#left.get(incarnation, series, year) ?? 0;
  }

  add(incarnation: string, { leaseId, series, year, from, to }: Lease): void {
    this.#database
      .prepare(`INSERT OR IGNORE INTO lease (lease_id, incarnation, series, year, first, last, next) VALUES (?, ?, ?, ?, ?, ?, ?)`)
      .run(leaseId, incarnation, series, year, from, to, from);
  }

  /** Highest number that this desk ever held, per `series-year`: a restored centre jumps above it. */
  highest(): Record<string, number> {
    const rows = this.#database.prepare<[], { key: string; highest: number }>(`SELECT series || '-' || year AS key, max(last) AS highest FROM lease GROUP BY series, year`).all();
    return Object.fromEntries(rows.map(({ key, highest }) => [key, highest]));
  }
}
