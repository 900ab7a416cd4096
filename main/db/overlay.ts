import type { AnyDocument } from '../../shared/base/document-type.ts';
import type { Change } from '../../shared/base/rule-book.ts';
import { inScope } from '../../shared/base/scope.ts';
import type { Cache } from './cache.ts';
import type { QueuedCommand } from './command-queue.ts';
import { documentKey, namesOf, OverlayLinks } from './overlay-links.ts';
import { decideAgain, type CommandLookup } from './run-command.ts';

/** Who looks at this desk, and the scope keys he holds. */
export interface Viewer {
  readonly userId: string;
  readonly keys: readonly string[];
}

export interface OverlayOptions {
  readonly cache: Cache;
  readonly deskId: string;
  readonly lookup: CommandLookup;
  /** All commands whose effect the base does not contain yet, in their order; with `ids` of those only these. */
  readonly waiting: (ids?: ReadonlySet<string>) => readonly QueuedCommand[];
}

/** A command accepted here, and what it read for that. */
interface Laying {
  readonly commandId: string;
  readonly seq: number;
  readonly read: ReadonlySet<string>;
  readonly changes: readonly Change[];
}

/**
 * The changes of waiting commands over the base that the centre sent. All of them are laid at the first reading after a start; later only what
 * hangs together with what has changed.
 */
export class Overlay {
  readonly #options: OverlayOptions;
  readonly #cache: Cache;
  readonly #links = new OverlayLinks();
  /** Accepted in this turn of the event loop, not laid over the base yet. */
  #toLay: Laying[] = [];
  /** Names of base rows that changed beneath since it was laid. */
  #dirty = new Set<string>();
  /** Nothing may be read before all is laid. */
  #isStale = true;
  /** A transaction was rolled back, or the whole base was taken apart: which commands hang together is not known. */
  #lost = false;
  #viewer: Viewer | null = null;

  constructor(options: OverlayOptions) {
    this.#options = options;
    this.#cache = options.cache;
  }

  /** With the changes of every accepted command over it: whoever reads sees them, however soon. Ask for it at each use. */
  get cache(): Cache {
    if (this.#isStale) this.layAll();
    this.#lay();
    return this.#cache;
  }

  /** Lays a command that was just accepted: before anything is read, but not before the person is answered. */
  add(laying: Laying): void {
    if (this.#toLay.length === 0) setImmediate(() => this.#laySoon());
    this.#toLay.push(laying);
  }

  /** Derived: lost in a crash, they are laid again at the next start. What fails here is tried again by whoever reads next, and told to him. */
  #lay(): void {
    const toLay = this.#toLay;
    if (toLay.length === 0) return;
    const written = this.#cache.transactionSoon(() => toLay.map(({ changes }) => this.#put(changes)));
    this.#toLay = [];
    toLay.forEach(({ commandId, seq, read }, n) => this.#links.note(commandId, { seq, read, written: written[n] ?? new Set() }));
  }

  #laySoon(): void {
    try {
      this.#lay();
    } catch {
      // Nobody waits for it in this turn; the changes are kept, and the next reading meets the same fault (a full disk).
    }
  }

  /** Puts the changes over the base; gives the names that they wrote. */
  #put(changes: readonly Change[]): ReadonlySet<string> {
    const written = new Set<string>();
    for (const { type, document } of changes) {
      const before = this.#cache.overlay(type, document);
      for (const each of before === null ? [document] : [before, document]) for (const name of namesOf(this.#cache.table(type).type, each)) written.add(name);
    }
    return written;
  }

  /** Somebody else looks from now on. */
  show(viewer: Viewer): void {
    this.#viewer = viewer;
    this.#isStale = true;
  }

  /** Changes the base and what lies over it in one step. */
  transaction<T>(work: () => T): T {
    const { cache } = this;
    try {
      return cache.transaction(work);
    } catch (error) {
      this.#lost = true;
      throw error;
    }
  }

  /** Base rows are about to be written: whoever read or changed them is laid again. */
  baseChanges(type: string, id: string, after: AnyDocument | null): void {
    if (this.#links.size === 0) return;
    const table = this.#cache.table(type);
    const before = table.get(id)?.document ?? null;
    this.#dirty.add(documentKey(type, id));
    for (const each of [before, after]) if (each !== null) for (const name of namesOf(table.type, each)) this.#dirty.add(name);
  }

  /** The overlay was taken off as a whole, or other commands wait than before. */
  lose(): void {
    this.#lost = true;
  }

  /** These do not wait any more: refused. What the overlay does not know has come back to the queue instead. */
  withdraw(commandIds: readonly string[]): void {
    for (const commandId of commandIds) {
      if (!this.#links.has(commandId)) this.#lost = true;
      for (const name of this.#links.forget(commandId)) this.#dirty.add(name);
    }
  }

  /** The base contains the commands up to this seq. */
  covered(seq: number): void {
    this.withdraw(this.#links.upTo(seq));
  }

  /** Lays everything anew. Returns the types touched. */
  layAll(): ReadonlySet<string> {
    this.#isStale = false; // inside, the bare cache is read
    this.#toLay = [];
    try {
      return this.#cache.transaction(() => this.#layAll());
    } catch (error) {
      this.#isStale = true;
      throw error;
    }
  }

  #layAll(): ReadonlySet<string> {
    const touched = new Set(this.#cache.restoreBase());
    this.#links.clear();
    this.#layQueued(this.#options.waiting(), touched);
    this.#dirty.clear();
    this.#lost = false;
    return touched;
  }

  /** Inside a transaction: lays again what hangs together with what has changed. Returns the types touched. */
  layChanged(): ReadonlySet<string> {
    if (this.#lost) return this.#layAll();
    const touched = new Set<string>();
    let tied = this.#links.tied(this.#dirty);
    for (;;) {
      for (const type of this.#cache.restoreBase(tied.names)) touched.add(type);
      for (const commandId of tied.commands) this.#links.forget(commandId);
      this.#layQueued(this.#options.waiting(tied.commands), touched);
      // Deciding otherwise, a command may have come to touch what others wrote: then they are laid with it.
      const now = this.#links.tied(tied.names, tied.commands);
      if (now.commands.size === tied.commands.size) break;
      tied = now;
    }
    this.#dirty.clear();
    return touched;
  }

  #layQueued(commands: readonly QueuedCommand[], touched: Set<string>): void {
    for (const queued of commands) {
      const read = new Set<string>();
      const changes = (decideAgain(this.#cache, this.#options.lookup, queued, this.#options.deskId, read)?.changes ?? []).filter(({ type, document }) => this.#mayShow(queued, type, document));
      this.#links.note(queued.commandId, { seq: queued.seq, read, written: this.#put(changes) });
      for (const { type } of changes) touched.add(type);
    }
  }

  /** What another user entered here, and the present one may not see, waits unseen. */
  #mayShow({ author }: QueuedCommand, type: string, document: AnyDocument): boolean {
    return this.#viewer === null || author.userId === this.#viewer.userId || inScope(this.#cache.table(type).type, document, this.#viewer.keys);
  }

  /** Nothing more is laid. */
  close(): void {
    this.#toLay = [];
  }
}
