import type { AnyDocument } from '../../shared/base/document-type.ts';
import type { Refusal } from '../../shared/base/errors.ts';
import type { Instant } from '../../shared/base/instant.ts';

/** A document as it is stored, a deleted one too. */
export interface StoredDocument {
  readonly type: string;
  readonly id: string;
  /** 1 for the first; 0 is said of a document that is not there. */
  readonly version: number;
  readonly document: AnyDocument;
}

export type StoreRead =
  | { readonly kind: 'get'; readonly type: string; readonly id: string }
  | { readonly kind: 'find'; readonly type: string; readonly index: string; readonly key: string };

/** get → none or one; find → all under the key, ordered by id. */
export type StoreAnswer = readonly StoredDocument[];

/** The final, stored end of a command. */
export interface StoredOutcome {
  readonly outcome: 'applied' | 'rejected';
  readonly refusal: Refusal | null;
}

/** Both ends belong to it. */
export interface NumberBlock {
  readonly from: number;
  readonly to: number;
}

export interface NumberKey {
  readonly series: string;
  readonly year: string;
  readonly value: number;
}

/** A place in the queue of one incarnation of a desk. */
export interface SeqKey {
  readonly incarnation: string;
  readonly seq: number;
}

/** What is asked before commands are decided: one round trip. */
export interface Lookup {
  readonly commandIds: readonly string[];
  readonly seqs: readonly SeqKey[];
  readonly numbers: readonly NumberKey[];
  readonly reads: readonly StoreRead[];
}

export interface Known {
  readonly epoch: string;
  readonly outcomes: ReadonlyMap<string, StoredOutcome>;
  /** Of the asked seqs those already seen (`seqKey`) → the command they were seen with. */
  readonly seqs: ReadonlyMap<string, string>;
  /** Of the asked numbers those already given, as `series-year-value`. */
  readonly usedNumbers: ReadonlySet<string>;
  readonly answers: readonly StoreAnswer[];
}

export interface CommandRecord {
  readonly commandId: string;
  readonly deskId: string;
  readonly incarnation: string | null;
  readonly seq: number | null;
  readonly name: string;
  readonly version: number;
  /** Kept for refused commands only: what an applied one did is in the history. */
  readonly input: unknown;
  readonly authorId: string;
  readonly authorName: string;
  readonly happenedAt: Instant;
  readonly recordedAt: Instant;
  readonly outcome: 'applied' | 'rejected';
  readonly refusal: Refusal | null;
}

export interface IndexRow {
  readonly type: string;
  readonly index: string;
  readonly key: string;
  readonly id: string;
}

/** Everything that a batch of decided commands writes, all or nothing. */
export interface BatchWrite {
  /** The epoch of the look-up: nothing is written in another. */
  readonly epoch: string;
  /** Versions that were read: the write happens only if they are still these. Holds every document of `documents`. */
  readonly gets: readonly { readonly type: string; readonly id: string; readonly version: number }[];
  /** What `find` answered: the write happens only if it would still answer this. */
  readonly finds: readonly { readonly type: string; readonly index: string; readonly key: string; readonly ids: readonly string[] }[];
  readonly commands: readonly CommandRecord[];
  /** Known commands that came again under another incarnation: their seq is passed there. */
  readonly repeated: readonly { readonly commandId: string; readonly incarnation: string; readonly seq: number }[];
  /** The last version of each changed document. */
  readonly documents: readonly (StoredDocument & { readonly scope: readonly string[] })[];
  /** Every version, with the command that made it. */
  readonly history: readonly (StoredDocument & { readonly commandId: string })[];
  readonly indexRemoved: readonly IndexRow[];
  readonly indexAdded: readonly IndexRow[];
  readonly numbers: readonly (NumberKey & { readonly commandId: string })[];
  readonly effects: readonly EffectRecord[];
  /** Effects called off if they still wait. */
  readonly cancels: readonly string[];
}

export interface EffectRecord {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly notBefore: Instant | null;
  readonly dependsOn: readonly string[];
  readonly commandId: string;
  readonly createdAt: Instant;
}

/** A place in the feed: commit order. Everything at or before it was given. */
export interface FeedPosition {
  readonly xid: bigint;
  readonly seq: bigint;
}

/** More rows than this are not kept as a step: a page of them is read when it is asked for. */
export const longestStep = 100;

/** What a write added to the feed, where it is known to be all that came after the row before it: nothing older was still under way. */
export interface FeedStep {
  readonly epoch: string;
  /** The last row of the feed, in any scope, before the write. */
  readonly from: FeedPosition;
  readonly to: FeedPosition;
  /** In the order of the feed, documents as the base holds them. */
  readonly rows: readonly (StoredDocument & { readonly scope: readonly string[]; readonly pastScope: readonly string[] })[];
  /** Incarnations of the desks whose commands were written. */
  readonly incarnations: ReadonlySet<string>;
}

/** `step` null: what is new has to be asked for. */
export interface Written {
  readonly step: FeedStep | null;
}

export interface FeedRequest {
  /** Null = from the beginning. */
  readonly after: FeedPosition | null;
  readonly scopeKeys: readonly string[];
  readonly limit: number;
  readonly incarnation: string;
  /** The highest number of each series that the desk has seen: counters never stay below it. */
  readonly seen: readonly NumberKey[];
  /** Documents of these types are left out: a desk receives them otherwise. */
  readonly without?: readonly string[];
}

export interface FeedPage {
  /** The base's epoch at the moment that the page shows. */
  readonly epoch: string;
  /** `document` null: it left these scope keys. */
  readonly rows: readonly { readonly type: string; readonly id: string; readonly version: number; readonly document: AnyDocument | null }[];
  readonly position: FeedPosition;
  readonly more: boolean;
  /** Every command of the incarnation up to this seq is contained in what was given so far. */
  readonly lastSeq: number;
  /** The command known under `lastSeq`; null for 0. */
  readonly lastCommandId: string | null;
  /** The asked position lies after the newest commit: the base is older than the desk, it was restored from a backup. */
  readonly ahead: boolean;
  /** Something is committed that cannot be given yet, because an older transaction still runs: ask again soon. */
  readonly behind: boolean;
}

/** Between them numbers are given, the floor excluded. The floor depends on when the base was last restored; null: never. */
export interface NumberBounds {
  readonly floor: (restoredAt: Instant | null) => number;
  readonly ceiling: number;
}

export interface LeaseRecord {
  readonly leaseId: string;
  readonly deskId: string;
  readonly incarnation: string;
  readonly series: string;
  readonly year: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The centre's base as commands, push and pull see it. PostgreSQL in `server/db`; in memory in the simulation, which
 * models commit order.
 */
export interface CentreStore {
  readonly lookup: (lookup: Lookup) => Promise<Known>;
  /** One snapshot, one round trip. */
  readonly read: (reads: readonly StoreRead[]) => Promise<readonly StoreAnswer[]>;
  /**
   * One transaction. `conflict`: nothing was written because something read has changed, or a commandId, seq or number is
   * taken: look up and decide again. Throws StoreDataError if the base cannot hold these data.
   */
  readonly apply: (write: BatchWrite) => Promise<Written | 'conflict'>;
  /** The next numbers for the centre itself, up to `count`; those taken and not written are lost, which leaves a gap. Null: there are none now. */
  readonly nextNumbers: (series: string, year: string, count: number, bounds: NumberBounds) => Promise<NumberBlock | null>;
  /** Takes up to `count` numbers within the bounds, above both the counter and `highest`, and records whose they are, before it answers; null: there are none now. */
  readonly lease: (request: { bounds: NumberBounds; deskId: string; incarnation: string; series: string; year: string; count: number; highest: number; leaseId: (from: number, to: number) => string; at: Instant }) => Promise<LeaseRecord | null>;
  /** One round trip, but when a counter has to be raised. */
  readonly feed: (request: FeedRequest) => Promise<FeedPage>;
  readonly epoch: () => Promise<string>;
  /** The base was restored at `at`: desks fetch everything anew and send again what it lost; numbers go on from a floor of that time. */
  readonly newEpoch: (from: string, at: Instant) => Promise<string>;
}

/** The base refuses these data for what they are: trying again is of no use. */
export class StoreDataError extends Error {
  constructor(cause: unknown) {
    super('The base cannot hold these data', { cause });
    this.name = 'StoreDataError';
  }
}

export function numberKey({ series, year, value }: NumberKey): string {
  return `${series}-${year}-${value}`;
}

export function seqKey({ incarnation, seq }: SeqKey): string {
  return `${incarnation}\n${seq}`;
}

/** The desks' incarnations whose commands a write holds, known ones that came again too. */
export function incarnationsOf({ commands, repeated }: BatchWrite): ReadonlySet<string> {
  return new Set([...commands, ...repeated].flatMap(({ incarnation }) => incarnation ?? []));
}
