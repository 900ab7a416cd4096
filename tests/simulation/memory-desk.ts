import { driveSync, derivedId, type Author, type Change, type Context, type Decision, type Read, type ReadAnswer } from '../../shared/base/rule-book.ts';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import { mayRun } from '../../shared/base/scope.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { formatNumber, type AccessEntry, type Envelope, type Lease, type PullRequest, type PullResponse, type PushAnswer, type TakenNumber } from '../../shared/protocol/sync.ts';
import { indexRowsOf, storedKey } from '../../server/db/document-keys.ts';
import type { DeskStore } from '../../main/sync/desk-engine.ts';
import type { DeskDisk, KeptCommand } from './desk-disk.ts';
import type { SeededBug } from './seeded-bugs.ts';

type Page = Extract<PullResponse, { kind: 'page' }>;

export interface MemoryDeskOptions {
  readonly deskId: string;
  readonly disk: DeskDisk;
  readonly bug: SeededBug | null;
  readonly newIncarnation: () => string;
  /** Called at every commit, before and after it; throws if the program is killed there. */
  readonly commitPoint: () => void;
  /** True while an answer to a pull is being used. */
  readonly inPull: () => boolean;
}

export interface DeskCommand {
  readonly commandId: string;
  readonly name: string;
  readonly input: unknown;
  readonly author: Author;
  readonly grant: string;
  readonly at: string;
}

const massDeletePart = 0.2;
const massDeleteFloor = 50;

/**
 * A desk's two files in memory, with what a disk may lose: the same promises as `DeskBase` gives. The changes of waiting commands are
 * in memory only and laid again at each start.
 */
export class MemoryDesk implements DeskStore {
  readonly deskId: string;
  readonly #options: MemoryDeskOptions;
  readonly #disk: DeskDisk;
  readonly #overlay = new Map<string, Change>();
  #commits = 0;

  constructor(options: MemoryDeskOptions) {
    this.#options = options;
    this.deskId = options.deskId;
    this.#disk = options.disk;
    this.layOverlay();
  }

  get incarnation(): string {
    return this.#disk.outbox.incarnation;
  }

  get epoch(): string | null {
    return this.#disk.outbox.epoch;
  }

  get position(): Pick<PullRequest, 'epoch' | 'cursor'> {
    const { epoch, cursor } = this.#disk.cache;
    return { epoch, cursor };
  }

  get #coveredSeq(): number {
    return this.#disk.cache.coveredIncarnation === this.incarnation ? this.#disk.cache.coveredSeq : 0;
  }

  #commitOutbox(write: () => void): void {
    this.#options.commitPoint();
    write();
    this.#disk.commits += 1;
    this.#options.commitPoint();
  }

  #commitCache(write: () => void): void {
    this.#options.commitPoint();
    write();
    this.#disk.commits += 1;
    this.#commits += 1;
    if (this.#commits % 8 === 0) this.#disk.syncCache();
    this.#options.commitPoint();
  }

  /** The document as the screen sees it. */
  seen(type: string, id: string): AnyDocument | null {
    return this.#overlay.get(`${type}\n${id}`)?.document ?? this.#disk.cache.base.get(type, id)?.document ?? null;
  }

  /** All documents of a type that the screen sees. */
  all(type: string): readonly AnyDocument[] {
    const found = new Map<string, AnyDocument>();
    for (const row of this.#disk.cache.base.values()) if (row.type === type) found.set(row.id, row.document);
    for (const change of this.#overlay.values()) if (change.type === type) found.set(change.document.id, change.document);
    return [...found.values()];
  }

  get overlaid(): number {
    return this.#overlay.size;
  }

  #answer(read: Exclude<Read, { kind: 'number' }>): ReadAnswer {
    if (read.kind === 'get') return this.seen(read.type, read.id);
    const ids = new Set(this.#disk.cache.base.ids(read.type, read.index, read.key));
    for (const { type, document } of this.#overlay.values()) {
      if (type !== read.type) continue;
      if (indexRowsOf(type, document).some(({ index, key }) => index === read.index && key === storedKey(read.key))) ids.add(document.id);
      else ids.delete(document.id);
    }
    return [...ids].sort().flatMap((id) => this.seen(read.type, id) ?? []);
  }

  #decide({ commandId, name, input, author, at }: DeskCommand, takeNumber: (series: string, year: string) => TakenNumber | null, again: Pick<Context, 'laidAgain'> = {}): Decision | null {
    const command = commandByName(name);
    const parsed = command?.input.safeParse(input);
    if (command === undefined || parsed?.success !== true || !mayRun(command, author)) return null;
    return driveSync(command.decide(parsed.data, { commandId, author, deskId: this.deskId, now: at, id: (n) => derivedId(commandId, n), ...again }), (read) => {
      if (read.kind !== 'number') return this.#answer(read);
      const taken = takeNumber(read.series, read.year);
      return taken === null ? null : formatNumber(taken.series, taken.year, taken.value);
    });
  }

  /** Runs a command and keeps it; its decision, and the numbers it took. Null: refused here. */
  run(command: DeskCommand): { readonly changes: readonly Change[]; readonly numbers: readonly TakenNumber[] } | null {
    const numbers: TakenNumber[] = [];
    const { outbox } = this.#disk;
    const decision = this.#decide(command, (series, year) => {
      const lease = outbox.leases.find((each) => each.incarnation === this.incarnation && each.series === series && each.year === year && each.next + numbers.length <= each.to);
      if (lease === undefined) return null;
      const taken = { series, year, value: lease.next + numbers.length, leaseId: lease.leaseId };
      numbers.push(taken);
      return taken;
    });
    if (decision?.ok !== true) return null;
    const { commandId, name, input, author, grant, at } = command;
    const seq = outbox.commands.reduce((last, kept) => (kept.incarnation === this.incarnation ? Math.max(last, kept.envelope.seq) : last), 0) + 1;
    const envelope: Envelope = { commandId, seq, name, version: commandByName(name)?.version ?? 1, input: input as Envelope['input'], numbers, happenedAt: at, recordedAtDesk: at, grant }; // inputs are JSON
    this.#commitOutbox(() => {
      outbox.commands.push({ envelope, author, incarnation: this.incarnation, state: 'queued', refusal: null, tell: false });
      for (const { leaseId, value } of numbers) outbox.leases = outbox.leases.map((lease) => (lease.leaseId === leaseId ? { ...lease, next: value + 1 } : lease));
    });
    this.#lay(decision.changes);
    return { changes: decision.changes, numbers };
  }

  #lay(changes: readonly Change[]): void {
    for (const change of changes) this.#overlay.set(`${change.type}\n${change.document.id}`, change);
  }

  layOverlay(): void {
    this.#overlay.clear();
    const covered = this.#coveredSeq;
    for (const { envelope, author, incarnation, state } of this.#disk.outbox.commands) {
      if (state === 'rejected' || incarnation !== this.incarnation || envelope.seq <= covered) continue;
      const left = [...envelope.numbers];
      const decision = this.#decide({ ...envelope, author, at: envelope.happenedAt }, (series, year) => {
        const at = left.findIndex((number) => number.series === series && number.year === year);
        return at < 0 ? null : (left.splice(at, 1)[0] ?? null);
      }, { laidAgain: true });
      if (decision?.ok === true) this.#lay(decision.changes);
    }
  }

  queued(limit: number): readonly Envelope[] {
    const { commands } = this.#disk.outbox;
    const toTell = commands.filter(({ tell }) => tell).map(({ envelope, refusal }) => ({ ...envelope, refused: refusal as Exclude<Envelope['refused'], undefined> })); // readonly JSON and mutable JSON are the same value
    return [...toTell, ...commands.filter(({ state }) => state === 'queued').map(({ envelope }) => envelope)].slice(0, limit);
  }

  settle(answers: readonly PushAnswer[]): ReadonlySet<string> {
    const final = new Map(answers.map((answer) => [answer.commandId, answer]));
    const touched = new Set<string>();
    if (answers.length === 0) return touched;
    const { outbox } = this.#disk;
    this.#commitOutbox(() => {
      outbox.commands = outbox.commands.flatMap((kept): KeptCommand[] => {
        const answer = final.get(kept.envelope.commandId);
        if (answer === undefined || answer.outcome === 'retry' || (kept.state !== 'queued' && !kept.tell)) return [kept];
        if (kept.tell && answer.outcome === 'rejected') return [{ ...kept, tell: false }];
        if (kept.tell) touched.add(kept.envelope.name);
        if (answer.outcome === 'applied') return [{ ...kept, state: 'applied', refusal: null, tell: false }];
        touched.add(kept.envelope.name);
        const shared = answer.refusal.code === 'numberVoid' ? kept.envelope.numbers.map(({ leaseId }) => leaseId) : [];
        if (shared.length > 0) outbox.leases = outbox.leases.map((lease) => (shared.includes(lease.leaseId) ? { ...lease, next: lease.to + 1 } : lease));
        return this.#options.bug === 'rejectedDropped' ? [] : [{ ...kept, state: 'rejected', refusal: answer.refusal }];
      });
    });
    if (touched.size > 0) this.layOverlay();
    return touched;
  }

  applyPage(request: PullRequest, page: Page, allowDeletion: boolean): ReturnType<DeskStore['applyPage']> {
    const { cache } = this.#disk;
    if (request.incarnation !== this.incarnation || request.epoch !== cache.epoch || request.cursor !== cache.cursor) return { kind: 'ignored' };
    if (cache.epoch !== null && page.epoch !== cache.epoch && this.#options.bug !== 'foreignEpochAccepted') return { kind: 'ignored' };
    if (page.lastSeq > this.#coveredSeq && this.#idAt(page.lastSeq) !== page.lastCommandId && this.#options.bug !== 'coveredByTwin') return { kind: 'cloned' };
    const asks = this.#massDeletion(page, allowDeletion);
    if (asks !== null) return asks;
    this.#commitCache(() => this.#write(page));
    this.layOverlay();
    return { kind: 'applied', types: new Set(page.rows.map(({ type }) => type)) };
  }

  #idAt(seq: number): string | null {
    return this.#disk.outbox.commands.find(({ incarnation, envelope }) => incarnation === this.incarnation && envelope.seq === seq)?.envelope.commandId ?? null;
  }

  #massDeletion({ rows, more }: Page, allowDeletion: boolean): { readonly kind: 'asks'; readonly count: number; readonly total: number } | null {
    const { base, refetching, generation } = this.#disk.cache;
    if (allowDeletion || base.size < massDeleteFloor || more) return null;
    const brought = new Set(rows.map(({ type, id }) => `${type}\n${id}`));
    const gone = rows.filter(({ type, id, document }) => document === null && base.get(type, id) !== undefined).length;
    const stale = refetching ? [...base.values()].filter((row) => row.generation < generation && !brought.has(`${row.type}\n${row.id}`)).length : 0;
    return gone + stale > base.size * massDeletePart ? { kind: 'asks', count: gone + stale, total: base.size } : null;
  }

  #write(page: Page): void {
    const { cache } = this.#disk;
    for (const { type, id, version, document } of page.rows) {
      if (document === null) cache.base.remove(type, id);
      else cache.base.put({ type, id, version, generation: cache.generation, document: document as unknown as AnyDocument }); // the centre's own document
    }
    if (page.lastSeq > this.#coveredSeq) [cache.coveredIncarnation, cache.coveredSeq] = [this.incarnation, page.lastSeq];
    cache.epoch = page.epoch;
    cache.cursor = page.cursor;
    cache.whole = !page.more;
    if (page.more || !cache.refetching) return;
    for (const { type, id, generation } of cache.base.values()) if (generation < cache.generation) cache.base.remove(type, id);
    cache.refetching = false;
  }

  startRefetch(): void {
    const { cache } = this.#disk;
    this.#commitCache(() => {
      cache.generation += 1;
      cache.refetching = true;
      cache.whole = false;
      cache.epoch = null;
      cache.cursor = null;
    });
  }

  newIncarnation(): ReadonlySet<string> {
    this.#commitOutbox(() => this.#renumber({ restored: false }));
    this.layOverlay();
    return new Set();
  }

  #renumber({ restored }: { readonly restored: boolean }): void {
    const { outbox } = this.#disk;
    const former = outbox.incarnation;
    outbox.incarnation = this.#options.newIncarnation();
    if (restored) outbox.leases = outbox.leases.map((lease) => (lease.incarnation === former ? { ...lease, incarnation: outbox.incarnation } : lease));
    let seq = 0;
    const telling = restored && this.#options.bug !== 'refusalsForgotten';
    outbox.commands = outbox.commands.map((kept) =>
      kept.state === 'rejected' && (kept.tell || telling) ? { ...kept, incarnation: outbox.incarnation, tell: true, envelope: { ...kept.envelope, seq: (seq += 1) } } : kept,
    );
    outbox.commands = outbox.commands.map((kept) =>
      kept.state === 'rejected' ? kept : { ...kept, incarnation: outbox.incarnation, state: 'queued', envelope: { ...kept.envelope, seq: (seq += 1) } },
    );
  }

  noteEpoch(epoch: string): boolean {
    const { outbox } = this.#disk;
    if (outbox.epoch === epoch || (this.#options.bug === 'foreignEpochAccepted' && this.#options.inPull())) return false;
    const restored = outbox.epoch !== null;
    this.#commitOutbox(() => {
      if (restored && this.#options.bug !== 'noResendAfterRestore') this.#renumber({ restored: true });
      if (restored && this.#options.bug !== 'sentLinesForgotten') outbox.access = outbox.access.map((line) => ({ ...line, sent: false }));
      outbox.epoch = epoch;
    });
    if (restored) {
      this.startRefetch();
      this.layOverlay();
    }
    return restored;
  }

  highestNumbers(): Record<string, number> {
    const highest: Record<string, number> = {};
    for (const { series, year, to } of this.#disk.outbox.leases) highest[`${series}-${year}`] = Math.max(highest[`${series}-${year}`] ?? 0, to);
    return highest;
  }

  numbersLeft(series: string, year: string): number {
    return this.#disk.outbox.leases.reduce((left, lease) => (lease.incarnation === this.incarnation && lease.series === series && lease.year === year ? left + lease.to - lease.next + 1 : left), 0);
  }

  addLease(lease: Lease): void {
    const { outbox } = this.#disk;
    this.#commitOutbox(() => outbox.leases.push({ ...lease, incarnation: this.incarnation, next: lease.from }));
  }

  /** A line of the access log, committed before the card is shown (I7). */
  logAccess(entry: AccessEntry): void {
    this.#commitOutbox(() => this.#disk.outbox.access.push({ entry, sent: false }));
  }

  accessEntries(limit: number): readonly AccessEntry[] {
    return this.#disk.outbox.access.filter(({ sent }) => !sent).slice(0, limit).map(({ entry }) => entry);
  }

  accessEntriesSent(ids: readonly string[]): void {
    const sent = new Set(ids);
    const { outbox } = this.#disk;
    this.#commitOutbox(() => {
      outbox.access = outbox.access.map((line) => (sent.has(line.entry.id) ? { ...line, sent: true } : line));
    });
  }

  filesToUpload(): readonly string[] {
    return [];
  }

  fileContent(): Promise<Uint8Array> {
    return Promise.reject(new Error('No files in the simulation'));
  }

  fileUploaded(): void {
    throw new Error('No files in the simulation');
  }
}
