import type { SnapshotOffer, SnapshotRequest } from '../../shared/protocol/sync.ts';
import { isPart } from '../db/snapshot-file.ts';
import type { StepsBack, Timers } from './desk-engine.ts';
import { retryPause } from './retry-pause.ts';
import { TransportError } from './transport.ts';

/** The desk's files as the fill sees them. */
export interface SnapshotDesk {
  readonly deskId: string;
  /** The tables that this program knows. */
  readonly structure: string;
  /** Nothing is here yet, and no ready base has failed. */
  readonly wanted: boolean;
  /** What is being fetched; null: nothing. */
  readonly offer: SnapshotOffer | null;
  readonly restIsHere: boolean;
  begin(offer: SnapshotOffer): void;
  /** How many parts from the beginning are here as they should be. */
  here(offer: SnapshotOffer): Promise<number>;
  add(offer: SnapshotOffer, part: number, bytes: Uint8Array): Promise<void>;
  /** All parts are here: prepares the file. */
  finish(offer: SnapshotOffer): Promise<void>;
  /** Changes the base for the prepared file. Synchronous: nobody sees half of it. Returns the types seen anew. */
  adopt(offer: SnapshotOffer): ReadonlySet<string>;
  /** Gives the file up: the desk fills itself by pages, `forGood` without asking for another file. */
  drop(forGood: boolean): void;
}

/** The centre as the fill sees it. */
export interface SnapshotSource {
  offer(request: SnapshotRequest): Promise<SnapshotOffer | null>;
  part(id: string, part: number): Promise<Uint8Array>;
}

export interface SnapshotFillOptions {
  readonly desk: SnapshotDesk;
  readonly source: SnapshotSource;
  readonly timers: Timers;
  readonly random: () => number;
  /** Parts come while nobody waits for the thread. */
  readonly givingWay?: Pick<StepsBack, 'rest'>;
  readonly events: {
    /** Something to show has changed. */
    progress(): void;
    /** The base is another one: these types are seen anew, pages go on from another place. */
    laid(types: ReadonlySet<string>): void;
    /** The file was given up: pages begin from the beginning. */
    dropped(): void;
    failed(text: string, error: unknown): void;
  };
}

/** A file that the centre has replaced meanwhile is asked for anew so often. */
const mostOffers = 3;

/** A part that came twice otherwise than it should. */
class Damaged extends Error {}

/**
 * The first fill by a ready base: fetched in parts in the background, from where it was broken off, while pages bring everything else and the
 * desk is used; when it is whole it takes the place of the empty base at once. Whatever goes wrong with it ends in pages.
 */
export class SnapshotFill {
  readonly #options: SnapshotFillOptions;
  #running: Promise<void> | null = null;
  #stopped = false;
  #failures = 0;
  #offers = 0;
  #done = 0;
  #cancelTimer: (() => void) | null = null;

  constructor(options: SnapshotFillOptions) {
    this.#options = options;
  }

  /** How much of it is here, of 100; null: none is being fetched. */
  get percent(): number | null {
    const { offer } = this.#options.desk;
    return offer === null ? null : Math.floor((100 * this.#done) / offer.parts.length);
  }

  /** Before the first page: asks the centre for a file. `epoch`: what the desk heard of the centre last. Rejects with TransportError. */
  async ask(epoch: string | null): Promise<void> {
    const { desk, source } = this.#options;
    if (!desk.wanted || this.#offers >= mostOffers) return;
    this.#offers += 1;
    const offer = await source.offer({ deskId: desk.deskId, structure: desk.structure });
    if (offer === null || offer.epoch !== epoch || this.#stopped || !desk.wanted) return;
    this.#done = 0;
    desk.begin(offer);
    this.#options.events.progress();
  }

  /** The centre has answered: goes on with what is being fetched. */
  proceed(): void {
    if (this.#stopped || this.#options.desk.offer === null) return;
    this.#cancelTimer?.();
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { desk, events } = this.#options;
    const { offer } = desk;
    if (offer === null) return;
    try {
      if (!(await this.#fetchAll(offer))) return;
      await desk.finish(offer);
      if (!this.#isCurrent(offer) || !desk.restIsHere) return; // the next round of the exchange goes on
      events.laid(desk.adopt(offer));
    } catch (error) {
      if (this.#isCurrent(offer)) this.#fail(error);
    }
  }

  /** Neither stopped nor replaced: another epoch or other rights make the file useless. */
  #isCurrent({ id }: SnapshotOffer): boolean {
    return !this.#stopped && this.#options.desk.offer?.id === id;
  }

  async #fetchAll(offer: SnapshotOffer): Promise<boolean> {
    const { desk, events } = this.#options;
    this.#done = await desk.here(offer);
    let coming = this.#ahead(offer, this.#done);
    while (this.#done < offer.parts.length) {
      const part = this.#done;
      const bytes = await coming;
      if (!this.#isCurrent(offer)) return false;
      coming = this.#ahead(offer, part + 1); // on its way while this one is written
      const before = this.percent;
      await desk.add(offer, part, isPart(offer, part, bytes) ? bytes : await this.#again(offer, part));
      this.#done = part + 1;
      this.#failures = 0;
      if (this.percent !== before) events.progress();
      await this.#options.givingWay?.rest();
    }
    return this.#isCurrent(offer);
  }

  #ahead(offer: SnapshotOffer, part: number): Promise<Uint8Array> {
    if (part >= offer.parts.length) return Promise.resolve(new Uint8Array());
    const coming = this.#options.source.part(offer.id, part);
    coming.catch(() => undefined); // whoever waits for the part meets its failure; it may come before that
    return coming;
  }

  async #again(offer: SnapshotOffer, part: number): Promise<Uint8Array> {
    const bytes = await this.#options.source.part(offer.id, part);
    if (!isPart(offer, part, bytes)) throw new Damaged(`Part ${part} of snapshot ${offer.id} is not what it should be`);
    return bytes;
  }

  #fail(error: unknown): void {
    const { desk, events, timers, random } = this.#options;
    if (error instanceof TransportError && error.kind !== 'refused') {
      this.#failures += 1;
      this.#cancelTimer = timers.after(retryPause(this.#failures, error.retryAfterMs, random), () => this.proceed());
      return;
    }
    // Replaced at the centre, or not this user's any more: there may be another one. Anything else would happen again.
    const forGood = !(error instanceof TransportError);
    if (forGood) events.failed('The ready base cannot be used, the desk fills itself by pages', error);
    desk.drop(forGood);
    events.dropped();
  }
}
