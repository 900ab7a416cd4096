import type { AnyDocument } from '../../shared/base/document-type.ts';
import type { Author } from '../../shared/base/rule-book.ts';
import type { Refusal } from '../../shared/base/errors.ts';
import type { AccessEntry, Envelope, Lease } from '../../shared/protocol/sync.ts';
import { DocumentMap } from './document-map.ts';

export interface KeptCommand {
  readonly envelope: Envelope;
  readonly author: Author;
  readonly incarnation: string;
  readonly state: 'queued' | 'applied' | 'rejected';
  readonly refusal: Refusal | null;
  /** Refused, and a restored centre has to be told so. */
  readonly tell: boolean;
}

export interface OutboxFile {
  incarnation: string;
  epoch: string | null;
  commands: KeptCommand[];
  leases: (Lease & { readonly incarnation: string; readonly next: number })[];
  /** `sent`: the centre said that it has the line. */
  access: { readonly entry: AccessEntry; readonly sent: boolean }[];
}

export interface BaseRow {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly generation: number;
  readonly document: AnyDocument;
}

export interface CacheFile {
  base: DocumentMap<BaseRow>;
  epoch: string | null;
  cursor: string | null;
  coveredIncarnation: string | null;
  coveredSeq: number;
  generation: number;
  refetching: boolean;
  /** False from a power cut or the loss of the cache, and while it is filled, until the last page: others' changes may be missing. */
  whole: boolean;
}

export function emptyCache(): CacheFile {
  return { base: new DocumentMap(), epoch: null, cursor: null, coveredIncarnation: null, coveredSeq: 0, generation: 0, refetching: false, whole: false };
}

export function copyCache(cache: CacheFile): CacheFile {
  return { ...cache, base: new DocumentMap(cache.base.values()) };
}

/** Kept commands, leases and entries are never changed in place: lists are enough to copy. */
export function copyOutbox(outbox: OutboxFile): OutboxFile {
  return { ...outbox, commands: [...outbox.commands], leases: [...outbox.leases], access: [...outbox.access] };
}

/**
 * The disk of one machine. The outbox is synced with every commit; of the cache the last commits may be lost in a power cut, never
 * one from the middle.
 */
export class DeskDisk {
  outbox: OutboxFile;
  cache: CacheFile = emptyCache();
  /** Counts commits, so that whoever watches knows when there is something new. */
  commits = 0;
  #syncedOutbox: OutboxFile;
  #syncedCache: { readonly file: CacheFile; readonly rows: readonly BaseRow[] } = { file: emptyCache(), rows: [] };

  constructor(incarnation: string) {
    this.outbox = { incarnation, epoch: null, commands: [], leases: [], access: [] };
    this.#syncedOutbox = copyOutbox(this.outbox);
  }

  syncOutbox(): void {
    this.#syncedOutbox = copyOutbox(this.outbox);
  }

  syncCache(): void {
    this.#syncedCache = { file: { ...this.cache }, rows: [...this.cache.base.values()] };
  }

  /** The disk as the next program finds it. After a power cut what was not synced is lost; `outboxSynced` is false only in a seeded bug. */
  copyForRestart(powerCut: boolean, outboxSynced: boolean): DeskDisk {
    const next = new DeskDisk(this.outbox.incarnation);
    next.outbox = copyOutbox(powerCut && !outboxSynced ? this.#syncedOutbox : this.outbox);
    next.cache = powerCut ? { ...this.#syncedCache.file, base: new DocumentMap(this.#syncedCache.rows) } : copyCache(this.cache);
    if (powerCut) next.cache.whole = false;
    next.syncOutbox();
    next.syncCache();
    return next;
  }

  loseCache(): void {
    this.cache = emptyCache();
    this.commits += 1;
    this.syncCache();
  }

  /** The whole profile, as a copy to another machine takes it. */
  copy(): DeskDisk {
    const copy = new DeskDisk(this.outbox.incarnation);
    copy.outbox = copyOutbox(this.outbox);
    copy.cache = copyCache(this.cache);
    copy.syncOutbox();
    copy.syncCache();
    return copy;
  }
}
