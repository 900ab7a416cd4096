import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import type { Draft } from '../../shared/protocol/ipc.ts';
import type { PushAnswer } from '../../shared/protocol/sync.ts';
import { AccessLog } from './access-log.ts';
import { CommandQueue, type QueuedCommand } from './command-queue.ts';
import { migrate } from './migrate.ts';
import { NumberLeases } from './number-leases.ts';
import { openOf, OutboxJournal, readJournal, type JournalEntry } from './outbox-journal.ts';
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
  readonly #journal: OutboxJournal | null;
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
    this.#lastSeq = this.commands.lastSeq(this.#incarnation);
    this.#journal = options.file === ':memory:' ? null : new OutboxJournal(journalFile(options.file), options.key, this.#stillOpen());
  }

  #stillOpen(): readonly JournalEntry[] {
    const commands = this.commands.open().flatMap(({ command, refusal }): JournalEntry[] => [
      { kind: 'command', command },
      ...(refusal === null ? [] : [{ kind: 'answer' as const, commandId: command.commandId, refusal }]),
    ]);
    return [...commands, ...this.users.allDrafts().map(({ userId, draft }): JournalEntry => ({ kind: 'draft', userId, draft }))];
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
    try {
      return this.#database.transaction(work)();
    } catch (error) {
      this.commands.recount();
      throw error;
    }
  }

  /**
   * A new incarnation: all kept commands become unsent, under new seqs and the same ids. After a restore of the centre (`restored`) blocks of
   * numbers stay this desk's and refusals are told again; of a cloned profile the blocks are left to the other machine.
   */
  newIncarnation(id: string, { restored }: { readonly restored: boolean }): void {
    const last = this.transaction(() => {
      const renumbered = this.commands.renumber(id, restored);
      if (restored) this.leases.move(this.#incarnation, id);
      this.setMeta('incarnation', id);
      return renumbered;
    });
    this.#incarnation = id;
    this.#lastSeq = last;
  }

  /** Commits a command durably: its row and its numbers; `also` is committed with it. */
  addCommand(command: QueuedCommand, also: () => void): void {
    this.transaction(() => {
      this.commands.add(this.#incarnation, command);
      this.leases.take(command.numbers);
      also();
    });
    this.#lastSeq = command.seq;
    this.#journal?.append({ kind: 'command', command });
  }

  /** Records final answers; returns the commands whose answer changes the screen. */
  settle(answers: readonly PushAnswer[], at: string): readonly string[] {
    const changed = this.transaction(() => {
      for (const answer of answers) if (answer.outcome === 'rejected' && answer.refusal.code === 'numberVoid') this.leases.giveUp(this.commands.numbersOf(answer.commandId));
      return this.commands.settle(answers, at);
    });
    for (const answer of answers) {
      if (answer.outcome !== 'retry') this.#journal?.append({ kind: 'answer', commandId: answer.commandId, refusal: answer.outcome === 'rejected' ? answer.refusal : null });
    }
    return changed;
  }

  /** Marks a refused command as dealt with; false if it is not an open one. Inside a transaction or alone. */
  settleRejected(commandId: string, settled: 'resent' | 'setAside', at: string): boolean {
    const changed = this.commands.settleRejected(commandId, settled, at);
    if (changed) this.#journal?.append({ kind: 'settled', commandId });
    return changed;
  }

  saveDraft(userId: string, draft: Draft): void {
    this.users.saveDraft(userId, draft);
    this.#journal?.append({ kind: 'draft', userId, draft });
  }

  removeDraft(userId: string, key: string): void {
    this.users.removeDraft(userId, key);
    this.#journal?.append({ kind: 'draftRemoved', userId, key });
  }

  /** Takes in what a damaged outbox left in its journal. Goes out under a new incarnation: which seqs were used is not known. */
  salvage(entries: readonly JournalEntry[], at: string): void {
    this.transaction(() => {
      entries.forEach((entry, index) => {
        if (entry.kind === 'command') this.commands.add(this.#incarnation, { ...entry.command, seq: index + 1 });
        if (entry.kind === 'answer' && entry.refusal !== null) this.commands.settle([{ commandId: entry.commandId, outcome: 'rejected', duplicate: false, refusal: entry.refusal }], at);
        if (entry.kind === 'draft') this.users.saveDraft(entry.userId, entry.draft);
      });
      this.newIncarnation(randomUUID(), { restored: false });
    });
    for (const entry of entries) this.#journal?.append(entry);
  }

  close(): void {
    this.#journal?.close();
    this.#database.close();
  }
}

function journalFile(outboxFile: string): string {
  return `${outboxFile}.journal`;
}

/** What can be saved of a damaged outbox. Read it before a new outbox is made in its place. */
export function readSalvage(outboxFile: string, key: Uint8Array): readonly JournalEntry[] {
  return openOf(readJournal(journalFile(outboxFile), key));
}
