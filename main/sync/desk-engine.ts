import { refusal, type Refusal } from '../../shared/base/errors.ts';
import type { Lease, AccessEntry, Envelope, Page, PullRequest, PushAnswer, PushRequest } from '../../shared/protocol/sync.ts';
import { protocolVersion } from '../../shared/protocol/version.ts';
import { isStorageFault } from '../db/storage-fault.ts';
import type { NumberSeries } from './number-series.ts';
import { yearsToHold } from './number-series.ts';
import { retryPause } from './retry-pause.ts';
import { TransportError, type Transport } from './transport.ts';

/** The desk's two files as the engine sees them. Synchronous: nothing comes between a question and its answer. */
export interface DeskStore {
  readonly deskId: string;
  readonly incarnation: string;
  /** Epoch of the centre as last heard of; null before the first greeting. */
  readonly epoch: string | null;
  readonly position: Pick<PullRequest, 'epoch' | 'cursor'>;
  queued(limit: number): readonly Envelope[];
  settle(answers: readonly PushAnswer[], at: string): ReadonlySet<string>;
  applyPage(request: Pick<PullRequest, 'incarnation' | 'epoch' | 'cursor'>, page: Page, allowDeletion: boolean): { readonly kind: 'applied'; readonly types: ReadonlySet<string> } | { readonly kind: 'ignored' } | { readonly kind: 'cloned' } | { readonly kind: 'asks'; readonly count: number; readonly total: number };
  startRefetch(): void;
  newIncarnation(): ReadonlySet<string>;
  noteEpoch(epoch: string): boolean;
  highestNumbers(): Record<string, number>;
  numbersLeft(series: string, year: string): number;
  addLease(lease: Lease): void;
  accessEntries(limit: number): readonly AccessEntry[];
  /** `now`: milliseconds since 1970. */
  accessEntriesSent(ids: readonly string[], now: number): void;
  /** Files stored here, not yet at the centre, that these commands name. */
  filesToUpload(commands: readonly Envelope[]): readonly string[];
  fileContent(fileId: string): Promise<Uint8Array>;
  fileUploaded(fileId: string): void;
}

export interface Clock {
  /** Milliseconds since 1970 by this machine. */
  now(): number;
}

export interface Timers {
  /** Calls once after `ms`; the answer cancels. */
  after(ms: number, call: () => void): () => void;
}

/** What the engine tells of itself. */
export interface EngineState {
  readonly state: 'onLine' | 'offLine' | 'connecting';
  readonly since: string;
  readonly nextAttemptAt: string | null;
  readonly problem: Refusal | null;
}

export interface EngineEvents {
  changed(types: ReadonlySet<string>): void;
  state(state: EngineState): void;
  /** The centre's clock minus this machine's, milliseconds. */
  clockOffset(ms: number): void;
  /** The centre does not take the session any more. The engine waits for `wake`. */
  unauthorized(): void;
  failed(error: unknown): void;
}

/** The first fill by a ready base, beside the pages. */
export interface FirstFill {
  /** Before the first page of all. Rejects with TransportError. */
  ask(epoch: string | null): Promise<void>;
  /** A round has succeeded. */
  proceed(): void;
}

/** A person is at work: what nobody waits for comes in small pieces, and rests between them. */
export interface StepsBack {
  readonly isNeeded: boolean;
  rest(): Promise<void>;
}

export interface EngineOptions {
  /** None: the desk fills itself by pages. */
  readonly firstFill?: FirstFill;
  /** None: nobody waits for the thread. */
  readonly givingWay?: StepsBack;
  readonly store: DeskStore;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly timers: Timers;
  readonly events: EngineEvents;
  /** Series that the users of this session need. */
  readonly series: readonly NumberSeries[];
}

const largestBatch = 200;
/** Small enough that a page being applied never keeps the screen's calls waiting long. */
const pageRows = 500;
const fewestRows = 10;
/** While a person is at work: applied within a few milliseconds. */
const rowsBesideWork = 40;
const accessBatch = 500;
const pollMs = 60_000;
/** Within so long a desk whose stream broke asks whether the centre is there. */
const doubtMs = 2_000;

function answers(asked: Page['asked'], request: Pick<PullRequest, 'incarnation' | 'epoch' | 'cursor'>): boolean {
  return asked.incarnation === request.incarnation && asked.epoch === request.epoch && asked.cursor === request.cursor;
}

/** Of a failure that passes by itself, what a person has to know. */
function problemOf(error: unknown): Refusal | null {
  if (error instanceof TransportError) return error.kind === 'untrusted' ? refusal('certificateInvalid') : null;
  return isStorageFault(error) ? refusal('storageFailed') : null;
}

/** The engine was stopped while it waited for an answer: what came late is not written. */
class Stopped extends Error {}

/**
 * Exchange of one desk with the centre: queued commands go first, then pages come, then number blocks and the access log. One
 * round at a time; a round that fails is repeated after a growing pause. Everything it needs is injected, so that a simulation
 * runs it with its own clock, network and crashes.
 */
export class DeskEngine {
  readonly #options: EngineOptions;
  #state: EngineState;
  #running: Promise<void> | null = null;
  #again = false;
  /** The next round asks for pages. */
  #toPull = true;
  /** The stream of hints brings pages by itself: what the centre answers to a push comes with them. */
  #carried = false;
  #stopped = false;
  #failures = 0;
  #batch = largestBatch;
  #pageRows = pageRows;
  /** What waits for its answer: if that comes too late, less of it goes next time. */
  #asked: 'commands' | 'page' | null = null;
  #greet = true;
  #allowDeletion = false;
  #cancelTimer: (() => void) | null = null;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#state = { state: 'connecting', since: this.#time(), nextAttemptAt: null, problem: null };
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Begins the next round now; a running one is followed by another. Resolves when the exchange has come to rest. */
  wake(): Promise<void> {
    this.#toPull = true;
    return this.send();
  }

  /** As `wake`, for a command that was just accepted: it is sent; what it changed at the centre comes by the stream if that brings pages. */
  send(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** A page that the centre sent unasked. Applied if it is the very answer to what would be asked now; otherwise the question is asked. */
  receive(page: Page): void {
    if (this.#stopped) return;
    this.#carried = this.#fits(page);
    if (!this.#carried) void this.wake();
  }

  #fits(page: Page): boolean {
    const { store, events } = this.#options;
    const standing = { incarnation: store.incarnation, ...store.position };
    if (this.#greet || page.more || page.epoch !== store.epoch || !answers(page.asked, standing)) return false;
    try {
      const result = store.applyPage(standing, page, false);
      if (result.kind === 'applied') events.changed(result.types);
      return result.kind === 'applied';
    } catch {
      return false; // the round that follows meets the same fault and tells of it
    }
  }

  /** The stream of hints was opened anew: the centre may be another one than before. */
  connectionRenewed(): Promise<void> {
    this.#carried = false;
    this.#greet = true;
    return this.wake();
  }

  /**
   * The stream of hints broke or fell silent: what is shown as on line may be so no more. The next answer, or its lack, tells: asked for
   * after a moment, another for each desk, since a centre that goes down breaks the streams of all at once (F19).
   */
  connectionDoubted(): void {
    if (this.#stopped) return;
    if (this.#state.state === 'onLine') this.#show({ state: 'connecting', nextAttemptAt: null, problem: this.#state.problem });
    this.#carried = false;
    this.#greet = true;
    this.#toPull = true;
    if (this.#running === null) this.#schedule(this.#options.random() * doubtMs);
  }

  /** The person agreed to a mass deletion. */
  allowDeletion(): Promise<void> {
    this.#allowDeletion = true;
    return this.wake();
  }

  /** Ends the exchange. Answers that come later are not written. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await this.#running;
  }

  #time(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }

  #show(next: Omit<EngineState, 'since'>): void {
    const since = next.state === this.#state.state ? this.#state.since : this.#time();
    this.#state = { ...next, since };
    this.#options.events.state(this.#state);
  }

  #schedule(ms: number): string {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.timers.after(ms, () => void this.wake());
    return new Date(this.#options.clock.now() + ms).toISOString();
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      this.#cancelTimer?.();
      try {
        const problem = await this.#round();
        this.#failures = 0;
        this.#options.firstFill?.proceed();
        this.#show({ state: 'onLine', nextAttemptAt: this.#schedule(pollMs), problem });
      } catch (error) {
        if (error instanceof Stopped) return;
        this.#fail(error);
      }
    }
  }

  #fail(error: unknown): void {
    this.#greet = true;
    this.#toPull = true;
    this.#failures += 1;
    const kind = error instanceof TransportError ? error.kind : null;
    if (kind === 'tooLarge' && this.#batch > 1) {
      this.#batch = Math.ceil(this.#batch / 2);
      this.#again = true;
      return;
    }
    if (kind === 'slow' && this.#asked === 'commands') this.#batch = Math.ceil(this.#batch / 2);
    if (kind === 'slow' && this.#asked === 'page') this.#pageRows = Math.max(fewestRows, Math.ceil(this.#pageRows / 2));
    this.#asked = null;
    if (kind === null) this.#options.events.failed(error);
    if (kind === 'unauthorized') {
      this.#show({ state: 'offLine', nextAttemptAt: null, problem: refusal('sessionEnded') });
      this.#options.events.unauthorized();
      return;
    }
    const retryAfterMs = error instanceof TransportError ? error.retryAfterMs : null;
    const nextAttemptAt = this.#schedule(retryPause(this.#failures, retryAfterMs, this.#options.random));
    this.#show({ state: 'offLine', nextAttemptAt, problem: problemOf(error) });
  }

  /** Waits for an answer; nothing that comes after `stop` is used. */
  async #ask<T>(answer: Promise<T>): Promise<T> {
    const value = await answer;
    if (this.#stopped) throw new Stopped();
    return value;
  }

  async #round(): Promise<Refusal | null> {
    if (this.#greet) {
      // Learn the epoch before anything is sent: a restored centre must get older commands before newer ones.
      const greeted = await this.#push([]);
      if (greeted !== null) return greeted;
      this.#greet = false;
    }
    const problem = (await this.#pushAll()) ?? (this.#toPull || !this.#carried ? await this.#pullAll() : null);
    if (problem !== null) return problem;
    await this.#topUpNumbers();
    await this.#sendAccessLog();
    return null;
  }

  async #pushAll(): Promise<Refusal | null> {
    for (;;) {
      const commands = this.#options.store.queued(this.#batch);
      if (commands.length === 0) return null;
      const ready = this.#needNoFile(commands);
      if (ready.length === 0) {
        await this.#uploadFiles(commands.slice(0, 1));
        continue;
      }
      const first = ready[0]?.commandId;
      const problem = await this.#push(ready);
      if (problem !== null) return problem;
      // «retry» for the oldest: the centre asks to come again later, and the order must hold.
      if (this.#options.store.queued(1)[0]?.commandId === first && this.#options.store.incarnation === this.#lastIncarnation) throw new TransportError('server');
      this.#batch = Math.min(largestBatch, this.#batch * 2);
    }
  }

  #lastIncarnation = '';

  async #push(commands: readonly Envelope[]): Promise<Refusal | null> {
    const { store, transport, events } = this.#options;
    const incarnation = store.incarnation;
    this.#lastIncarnation = incarnation;
    const request: PushRequest = { protocol: protocolVersion, deskId: store.deskId, incarnation, epoch: store.epoch, commands: [...commands] };
    const sentAt = this.#options.clock.now();
    this.#asked = commands.length === 0 ? null : 'commands';
    const response = await this.#ask(transport.push(request));
    this.#asked = null;
    if (response.kind === 'programTooOld') return refusal('programTooOld');
    this.#noteTime(response.serverTime, sentAt);
    if (response.kind === 'clonedProfile') {
      this.#toPull = true;
      if (store.incarnation === incarnation) events.changed(store.newIncarnation());
      return null;
    }
    // A restored centre: all is sent again, in order, under a new incarnation.
    if (store.noteEpoch(response.epoch) || response.kind === 'otherEpoch') {
      this.#toPull = true;
      return null;
    }
    const changed = store.settle(response.answers, this.#time());
    events.changed(changed);
    return null;
  }

  #noteTime(serverTime: string, sentAt: number): void {
    const now = this.#options.clock.now();
    this.#options.events.clockOffset(Date.parse(serverTime) - (sentAt + now) / 2);
  }

  /** The commands before the first one that names a file still to be uploaded: they do not wait for it on a slow line (F20). */
  #needNoFile(commands: readonly Envelope[]): readonly Envelope[] {
    const { store } = this.#options;
    if (store.filesToUpload(commands).length === 0) return commands;
    const first = commands.findIndex((command) => store.filesToUpload([command]).length > 0);
    return first < 0 ? commands : commands.slice(0, first);
  }

  async #uploadFiles(commands: readonly Envelope[]): Promise<void> {
    const { store, transport } = this.#options;
    for (const fileId of store.filesToUpload(commands)) {
      const content = await this.#ask(store.fileContent(fileId));
      await this.#ask(transport.uploadFile(fileId, content));
      store.fileUploaded(fileId);
    }
  }

  async #pullAll(): Promise<Refusal | null> {
    const { store, transport, events } = this.#options;
    this.#toPull = false;
    if (store.position.cursor === null && this.#options.firstFill !== undefined) await this.#ask(this.#options.firstFill.ask(store.epoch));
    for (;;) {
      const request: PullRequest = {
        protocol: protocolVersion, deskId: store.deskId, incarnation: store.incarnation, ...store.position, limit: this.#options.givingWay?.isNeeded === true ? Math.min(rowsBesideWork, this.#pageRows) : this.#pageRows, highestNumbers: store.highestNumbers(),
      };
      // What was hinted at until now is in the answer: another round for it would bring nothing.
      if (!this.#greet && store.queued(1).length === 0) this.#again = false;
      const sentAt = this.#options.clock.now();
      this.#asked = 'page';
      const response = await this.#ask(transport.pull(request));
      this.#asked = null;
      this.#pageRows = Math.min(pageRows, this.#pageRows * 2);
      if (response.kind === 'programTooOld') return refusal('programTooOld');
      if (response.kind === 'mustRefetch') {
        const restored = store.noteEpoch(response.epoch);
        if (!restored && request.cursor === null) throw new TransportError('badAnswer'); // a question that asks for everything cannot be refused
        if (!restored) store.startRefetch();
        void this.wake();
        return null;
      }
      if (!answers(response.asked, request)) throw new TransportError('badAnswer'); // a late one, in the place of another
      this.#noteTime(response.serverTime, sentAt);
      if (store.noteEpoch(response.epoch)) {
        void this.wake();
        return null;
      }
      const result = store.applyPage(request, response, this.#allowDeletion);
      if (result.kind === 'asks') return refusal('massDelete', { count: result.count, total: result.total });
      if (result.kind === 'applied') events.changed(result.types);
      if (result.kind === 'cloned') {
        events.changed(store.newIncarnation());
        void this.wake();
        return null;
      }
      // A page of the stream came before this answer, which may hold more than that.
      if (result.kind === 'ignored' && !answers(request, { incarnation: store.incarnation, ...store.position })) void this.wake();
      if (result.kind === 'ignored' || !response.more) break;
      const pushed = await this.#pushAll(); // what was done meanwhile goes before the rest of a long fill
      if (pushed !== null) return pushed;
      if (this.#options.givingWay !== undefined) await this.#ask(this.#options.givingWay.rest());
    }
    this.#allowDeletion = false;
    return null;
  }

  async #topUpNumbers(): Promise<void> {
    const { store, transport, series } = this.#options;
    for (const { series: name, low, block } of series) {
      for (const year of yearsToHold(this.#time())) {
        if (store.numbersLeft(name, year) >= low) continue;
        const { deskId, incarnation } = store;
        const highest = store.highestNumbers()[`${name}-${year}`] ?? 0;
        const lease = await this.#ask(transport.lease({ deskId, incarnation, series: name, year, count: block, highest }));
        if (lease !== null && store.incarnation === incarnation) store.addLease(lease);
      }
    }
  }

  async #sendAccessLog(): Promise<void> {
    const { store, transport } = this.#options;
    for (;;) {
      const entries = store.accessEntries(accessBatch);
      if (entries.length === 0) return;
      await this.#ask(transport.sendAccessLog(store.deskId, entries));
      store.accessEntriesSent(entries.map(({ id }) => id), this.#options.clock.now());
    }
  }
}
