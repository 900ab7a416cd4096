import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { AccessLog } from './access-log.ts';
import { CommandQueue } from './command-queue.ts';
import { migrate } from './migrate.ts';
import { NumberLeases } from './number-leases.ts';
import { openDatabase, type OpenOptions, type SqliteDatabase } from './open-database.ts';
import { outboxMigrations } from './outbox-migrations.ts';
import { UserData } from './user-data.ts';

/**
 * outbox.db: what may never be lost. Commands not confirmed, number blocks, drafts, settings, access log. Committed with
 * synchronous=FULL, never thrown away.
 */
export class Outbox {
  readonly commands: CommandQueue;
  readonly leases: NumberLeases;
  readonly access: AccessLog;
  readonly users: UserData;
  readonly #database: SqliteDatabase;
  readonly #readMeta;
  readonly #writeMeta;
  #incarnation: string;
  #lastSeq: number;

  constructor(options: Omit<OpenOptions, 'synchronous'>) {
    this.#database = openDatabase({ ...options, synchronous: 'FULL' });
    migrate(this.#database, outboxMigrations, () => {
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
      copyFileSync(options.file, `${options.file}.before-update`);
    });
    this.commands = new CommandQueue(this.#database);
    this.leases = new NumberLeases(this.#database);
    this.access = new AccessLog(this.#database);
    this.users = new UserData(this.#database);
    this.#readMeta = this.#database.prepare<[string], string>(`SELECT value FROM meta WHERE key = ?`).pluck();
    this.#writeMeta = this.#database.prepare(`INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
    this.#incarnation = this.meta('incarnation') ?? '';
    if (this.#incarnation === '') {
      this.#incarnation = randomUUID();
      this.setMeta('incarnation', this.#incarnation);
    }
    this.#lastSeq = Number(this.meta('lastSeq') ?? '0');
  }

  get incarnation(): string {
    return this.#incarnation;
  }

  /** The seq of the next command. */
  get nextSeq(): number {
    return this.#lastSeq + 1;
  }

  meta(key: string): string | null {
    return this.#readMeta.get(key) ?? null;
  }

  setMeta(key: string, value: string): void {
    this.#writeMeta.run(key, value);
  }

  /** Commits all of `work` durably or nothing. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)();
  }

  /** Call inside a transaction that adds the command with that seq; `commit` is remembered only when it succeeds. */
  writeLastSeq(seq: number): void {
    this.setMeta('lastSeq', String(seq));
  }

  rememberLastSeq(seq: number): void {
    this.#lastSeq = seq;
  }

  /** A new incarnation: all kept commands become unsent, under new seqs and the same ids. */
  newIncarnation(id: string): void {
    const last = this.transaction(() => {
      const renumbered = this.commands.renumber(id);
      this.setMeta('incarnation', id);
      this.writeLastSeq(renumbered);
      return renumbered;
    });
    this.#incarnation = id;
    this.#lastSeq = last;
  }

  close(): void {
    this.#database.close();
  }
}
