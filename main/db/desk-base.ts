import type { AnyDocument } from '../../shared/base/document-type.ts';
import { OknoError, refusal, type Refusal } from '../../shared/base/errors.ts';
import type { Json } from '../../shared/base/json.ts';
import type { Author } from '../../shared/base/rule-book.ts';
import { externalSystemSchema, snapshotOfferSchema, type Envelope, type ExternalSystem, type Page, type PullRequest, type PushAnswer, type SnapshotOffer } from '../../shared/protocol/sync.ts';
import type { Cache } from './cache.ts';
import { envelopeOf, type QueuedCommand } from './command-queue.ts';
import type { Outbox } from './outbox.ts';
import { Overlay, type Viewer } from './overlay.ts';
import { decideHere, newIncarnationId, subjectOf, type CommandLookup, type Verdict } from './run-command.ts';

export interface CommandRequest {
  readonly commandId: string;
  readonly name: string;
  readonly input: unknown;
  readonly author: Author;
  readonly grant: string;
  /** The desk's time corrected by the centre's clock, and the bare one. */
  readonly happenedAt: string;
  readonly recordedAt: string;
  /** A refused command that this one replaces: settled in the same transaction. */
  readonly resends?: string;
}

export type CommandResult = { readonly ok: true; readonly types: ReadonlySet<string> } | { readonly ok: false; readonly refusal: Refusal };
export type PageResult =
  | { readonly kind: 'applied'; readonly types: ReadonlySet<string> }
  | { readonly kind: 'ignored' }
  /** The centre knows another command under a seq of this incarnation: a copy of this profile is at work. */
  | { readonly kind: 'cloned' }
  | { readonly kind: 'asks'; readonly count: number; readonly total: number };

/** A document of the wire, parsed by its schema; null (and a line in the log) if it does not fit. */
export type DocumentParser = (type: string, value: unknown) => AnyDocument | null;

/** A pull that removes more than this part of the cache stops and asks (F33); small caches change by large parts in normal work. */
const massDeletePart = 0.2;
const massDeleteFloor = 50;

/** Rolls a transaction back with the question to the person. */
class MassDeletion extends Error {
  readonly count: number;
  readonly total: number;

  constructor(count: number, total: number) {
    super(`Would delete ${count} of ${total} documents`);
    this.name = 'MassDeletion';
    this.count = count;
    this.total = total;
  }
}

/**
 * What a desk knows: the outbox (durable first) and the cache (derived: base + changes of commands not yet contained in it). The one
 * place where the two files meet.
 */
export class DeskBase {
  readonly outbox: Outbox;
  readonly deskId: string;
  readonly #lookup: CommandLookup;
  #cache: Cache;
  #overlay: Overlay;
  #viewer: Viewer | null = null;
  #deletedInRound = 0;

  constructor(options: { readonly outbox: Outbox; readonly cache: Cache; readonly deskId: string; readonly lookup: CommandLookup }) {
    const { outbox, cache, deskId, lookup } = options;
    this.outbox = outbox;
    this.#cache = cache;
    this.deskId = deskId;
    this.#lookup = lookup;
    this.#overlay = this.#overlayOf(cache);
  }

  #overlayOf(cache: Cache): Overlay {
    const { outbox, deskId } = this;
    return new Overlay({ cache, deskId, lookup: this.#lookup, waiting: (ids) => (ids === undefined ? outbox.commands.toReplay(this.incarnation, this.coveredSeq) : outbox.commands.named(ids)) });
  }

  /** With the changes of every accepted command over it: whoever reads sees them, however soon. Ask for it at each use. */
  get cache(): Cache {
    return this.#overlay.cache;
  }

  get incarnation(): string {
    return this.outbox.incarnation;
  }

  /** Epoch and cursor of the last applied page; null at first and after a refetch began. */
  get position(): Pick<PullRequest, 'epoch' | 'cursor'> {
    return { epoch: this.#cache.meta('epoch'), cursor: this.#cache.meta('cursor') };
  }

  /** True until the first whole base is here. */
  get filling(): boolean {
    return this.#cache.meta('filled') === null;
  }

  /** The ready base that is being fetched; null: none. Until it is laid pages bring the other types only. */
  get snapshot(): SnapshotOffer | null {
    const stored = this.#cache.meta('snapshot');
    return stored === null ? null : snapshotOfferSchema.parse(JSON.parse(stored));
  }

  /** A ready base would be of use: nothing is here, and none has failed. */
  get wantsSnapshot(): boolean {
    return this.filling && this.#cache.meta('cursor') === null && this.#cache.meta('snapshotFailed') === null;
  }

  /** A ready base could not be used: this desk fills itself by pages. */
  get snapshotFailed(): boolean {
    return this.#cache.meta('snapshotFailed') !== null;
  }

  /** All other types are here up to the place where the snapshot was made. */
  get restIsHere(): boolean {
    return this.#cache.meta('restWhole') !== null;
  }

  get dataAt(): string | null {
    return this.#cache.meta('dataAt');
  }

  get external(): readonly ExternalSystem[] {
    return externalSystemSchema.array().parse(JSON.parse(this.#cache.meta('external') ?? '[]'));
  }

  /** Up to this seq the base contains the commands of this incarnation. Kept in the cache, so that it always fits the base. */
  get coveredSeq(): number {
    return this.#cache.meta('coveredIncarnation') === this.incarnation ? Number(this.#cache.meta('coveredSeq') ?? '0') : 0;
  }

  #runRule(request: CommandRequest): Verdict {
    const attempt = { ...request, deskId: this.deskId, now: request.happenedAt };
    return decideHere(this.cache, this.#lookup, attempt, (series, year, taken) => this.outbox.leases.peek(this.incarnation, series, year, taken));
  }

  /**
   * Commits the command durably; what this returns as `ok` survives a power cut. Its changes are laid over the base before anything is
   * read of it, but not before the person is answered: the answer is true from the commit on.
   */
  run(request: CommandRequest): CommandResult {
    const verdict = this.#runRule(request);
    if (!verdict.ok) return verdict;
    const seq = this.#commit(request, verdict);
    const { changes } = verdict.decision;
    this.#overlay.add({ commandId: request.commandId, seq, read: verdict.read, changes });
    return { ok: true, types: new Set(changes.map(({ type }) => type)) };
  }

  #commit({ commandId, author, grant, happenedAt, recordedAt, resends }: CommandRequest, { command, input, decision, numbers }: Extract<Verdict, { ok: true }>): number {
    const seq = this.outbox.nextSeq;
    const queued = {
      commandId, seq, name: command.name, version: command.version, input: input as Json, numbers: [...numbers], happenedAt, recordedAt, grant, // inputs are JSON by their schema
      author: { ...author, roles: [...author.roles], branchIds: [...author.branchIds] }, ...subjectOf(this.cache, command, decision),
    };
    try {
      this.outbox.addCommand(queued as QueuedCommand, () => { // readonly JSON and mutable JSON are the same value
        if (resends !== undefined) this.outbox.settleRejected(resends, 'resent', recordedAt);
      });
    } catch (error) {
      throw new OknoError('storageFailed', {}, { cause: error });
    }
    return seq;
  }

  /** The oldest unanswered commands in the form of the wire. */
  queued(limit: number): readonly Envelope[] {
    return this.outbox.commands.queued(limit).map(envelopeOf);
  }

  /** Records the centre's answers. A refused command's changes are taken off the screen. Returns the types that changed. */
  settle(answers: readonly PushAnswer[], at: string): ReadonlySet<string> {
    const changed = this.outbox.settle(answers, at);
    if (changed.length === 0) return new Set();
    return this.#overlay.transaction(() => {
      this.#overlay.withdraw(changed);
      return this.#overlay.layChanged();
    });
  }

  /** Runs the waiting commands again over the base, all of them. Returns the types touched. */
  layOverlay(): ReadonlySet<string> {
    return this.#overlay.layAll();
  }

  /**
   * Applies a page if it answers the question asked from exactly this position and incarnation: a late, doubled or foreign page is
   * ignored (F16, F26). What a copy of this profile sent is never taken for this desk's own (F7): then nothing is applied either.
   */
  applyPage(request: Pick<PullRequest, 'epoch' | 'cursor' | 'incarnation'>, page: Page, parse: DocumentParser, allowDeletion: boolean): PageResult {
    const { epoch, cursor } = this.position;
    if (request.incarnation !== this.incarnation || request.epoch !== epoch || request.cursor !== cursor) return { kind: 'ignored' };
    if (epoch !== null && page.epoch !== epoch) return { kind: 'ignored' };
    if (page.lastSeq > this.coveredSeq && this.outbox.commands.idAt(this.incarnation, page.lastSeq) !== page.lastCommandId) return { kind: 'cloned' };
    try {
      return { kind: 'applied', types: this.#overlay.transaction(() => this.#applyPage(page, parse, allowDeletion)) };
    } catch (error) {
      if (error instanceof MassDeletion) return { kind: 'asks', count: error.count, total: error.total };
      throw error;
    }
  }

  #applyPage(page: Page, parse: DocumentParser, allowDeletion: boolean): ReadonlySet<string> {
    const generation = Number(this.#cache.meta('generation') ?? '0');
    const touched = new Set<string>();
    this.#checkDeletions(page, allowDeletion);
    for (const { type, id, version, document } of page.rows) {
      if (!this.cache.knows(type)) continue; // a newer centre's document; the program learns it with its update
      const parsed = document === null ? null : parse(type, document);
      if (document !== null && parsed === null) continue; // unreadable here; reported by `parse`
      this.#overlay.baseChanges(type, id, parsed);
      this.cache.receive(type, id, version, generation, parsed);
      touched.add(type);
    }
    const covers = page.lastSeq > this.coveredSeq;
    if (covers) {
      this.#cache.setMeta('coveredIncarnation', this.incarnation);
      this.#cache.setMeta('coveredSeq', String(page.lastSeq));
      this.#overlay.covered(page.lastSeq);
    }
    this.#cache.setMeta('epoch', page.epoch);
    this.#cache.setMeta('cursor', page.cursor);
    this.#cache.setMeta('dataAt', page.serverTime);
    this.#cache.setMeta('external', JSON.stringify(page.external));
    if (!page.more && this.#cache.meta('snapshot') !== null) this.#cache.setMeta('restWhole', 'yes');
    else if (!page.more) for (const type of this.#finishRound(generation, allowDeletion)) touched.add(type);
    // Once, after the last page: until then what is seen stays.
    if (covers || !page.more) for (const type of this.#overlay.layChanged()) touched.add(type);
    return touched;
  }

  #checkDeletions({ rows, more }: Page, allowDeletion: boolean): void {
    const deleted = rows.filter(({ type, id, document }) => document === null && this.cache.knows(type) && this.cache.get(type, id) !== null).length;
    if (this.#deletedInRound + deleted === 0) return; // counting the whole base is for a page that takes rows away
    const total = this.cache.baseCount();
    if (!allowDeletion && isMass(this.#deletedInRound + deleted, total + this.#deletedInRound)) throw new MassDeletion(this.#deletedInRound + deleted, total + this.#deletedInRound);
    this.#deletedInRound = more ? this.#deletedInRound + deleted : 0;
  }

  #finishRound(generation: number, allowDeletion: boolean): ReadonlySet<string> {
    this.#cache.setMeta('filled', 'yes');
    if (this.#cache.meta('refetching') === null) return new Set();
    const touched = new Set(this.cache.restoreBase());
    const stale = this.cache.staleCount(generation);
    const total = this.cache.baseCount();
    if (!allowDeletion && isMass(stale, total)) throw new MassDeletion(stale, total);
    for (const type of this.cache.sweep(generation)) touched.add(type);
    this.#cache.setMeta('refetching', null);
    this.#overlay.lose();
    return touched;
  }

  /** The next pages replace the base; what they do not bring again is removed after the last. Until then the old rows stay on the screen. */
  startRefetch(): void {
    this.#cache.transaction(() => {
      this.#cache.setMeta('generation', String(Number(this.#cache.meta('generation') ?? '0') + 1));
      this.#cache.setMeta('refetching', 'yes');
      this.#beginAnew();
    });
    this.#deletedInRound = 0;
  }

  #beginAnew(): void {
    for (const key of ['epoch', 'cursor', 'snapshot', 'restWhole']) this.#cache.setMeta(key, null);
  }

  /** From now on pages bring all but the snapshot's types, which come with it. */
  beginSnapshot(offer: SnapshotOffer): void {
    this.#cache.transaction(() => {
      this.#cache.setMeta('snapshot', JSON.stringify(offer));
      this.#cache.setMeta('epoch', offer.epoch);
      this.#cache.setMeta('cursor', offer.restCursor);
    });
  }

  /** The snapshot is given up: the next page is the first one again. `forGood`: no other one is asked for. */
  dropSnapshot(forGood: boolean): void {
    this.#cache.transaction(() => {
      this.#beginAnew();
      if (forGood) this.#cache.setMeta('snapshotFailed', 'yes');
    });
  }

  /**
   * Changes the base for the file that `lay` makes of the present one and the snapshot; what waits lies over it again. Where `lay` fails all stays as it was. Returns the
   * types that are seen anew.
   */
  adoptSnapshot(lay: (cache: Cache) => Cache): ReadonlySet<string> {
    const cache = this.#cache;
    try {
      cache.transaction(() => {
        cache.restoreBase();
        if (cache.meta('refetching') !== null) cache.sweep(Number(cache.meta('generation') ?? '0'));
      });
      this.#cache = lay(cache);
      this.#overlay.close();
      this.#overlay = this.#overlayOf(this.#cache);
      if (this.#viewer !== null) this.#overlay.show(this.#viewer);
    } finally {
      this.#overlay.lose();
      this.layOverlay();
    }
    return new Set(this.#cache.types.map(({ type }) => type));
  }

  /**
   * Same profile on two machines: all kept commands go again under the same ids, and stay on the screen. The former incarnation's
   * blocks of numbers stay with the other machine. Returns the types touched.
   */
  newIncarnation(): ReadonlySet<string> {
    this.outbox.newIncarnation(newIncarnationId(), { restored: false });
    return this.layOverlay();
  }

  /**
   * Takes note of the centre's epoch. A new one means that the centre was restored from a backup and may lack what this desk
   * sent: everything kept is sent again, commands by commandId (of refused ones the refusal), lines of the access log by their ids. Returns true if so.
   */
  noteEpoch(epoch: string): boolean {
    const known = this.outbox.meta('epoch');
    if (known === epoch) return false;
    const restored = known !== null;
    this.outbox.transaction(() => {
      if (restored) {
        this.outbox.newIncarnation(newIncarnationId(), { restored: true });
        this.outbox.access.sendAgain();
      }
      this.outbox.setMeta('epoch', epoch);
    });
    if (restored) {
      this.startRefetch();
      this.layOverlay(); // all of them: the restored centre's rows come beneath what it may lack
    }
    return restored;
  }

  /**
   * Somebody begins to work here: nothing that he may not see stays to be seen. On line the base of another scope is forgotten, for the centre
   * sends his; off line only what is outside his scope goes, and the centre is asked for all of his when it answers again.
   */
  beginFor(viewer: Viewer, online: boolean): void {
    this.#viewer = viewer;
    this.#overlay.show(viewer);
    const scope = JSON.stringify(viewer.keys.toSorted());
    const known = this.#cache.meta('scope');
    if (known !== scope) {
      this.#cache.transaction(() => {
        this.#cache.restoreBase();
        if (known !== null && online) this.#cache.clear();
        if (known !== null && !online) this.#cache.retain(viewer.keys);
        this.#cache.setMeta('scope', scope);
      });
      if (known !== null && !online) this.startRefetch();
    }
    this.layOverlay();
  }

  /** Why a command cannot be resent, or null. */
  refusalToResend(commandId: string, name: string | null): Refusal | null {
    return name === null || this.#lookup(name) === undefined ? refusal('notFound', { commandId }) : null;
  }

  close(): void {
    this.#overlay.close();
    this.#cache.close();
    this.outbox.close();
  }
}

function isMass(deleted: number, total: number): boolean {
  return total >= massDeleteFloor && deleted > total * massDeletePart;
}
