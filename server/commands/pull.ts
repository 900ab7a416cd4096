import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import type { Instant } from '../../shared/base/instant.ts';
import type { ExternalSystem, Lease, LeaseRequest, Page, PullRequest, PullResponse } from '../../shared/protocol/sync.ts';
import { oldestServedProtocol } from '../../shared/protocol/version.ts';
import type { Clock } from '../clock.ts';
import type { CentreStore, FeedPosition, FeedStep, NumberKey } from '../db/centre-store.ts';
import { leaseToken } from './lease-token.ts';
import { numberCeiling, numberFloor } from './number-ceiling.ts';
import type { Signer } from './signed-token.ts';

export interface PullDependencies {
  readonly store: CentreStore;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly external: () => Promise<readonly ExternalSystem[]>;
  /** Something is committed that this page could not hold yet: hint at it again soon. */
  readonly onBehind: () => void;
  /** The base proved to be a restored one. */
  readonly onRestored: (epoch: string) => void;
  readonly newNonce: () => string;
}

/** Series of numbers that desks may lease blocks of. */
const series = /^[А-ЯA-Z]{1,8}$/;

const cursorSchema = z.object({
  epoch: z.string(), xid: z.string().regex(/^\d+$/), seq: z.string().regex(/^\d+$/), scope: z.string(),
  /** Types that the desk receives by a snapshot: pages leave them out until it asks from the snapshot's cursor. */
  without: z.array(z.string()).optional(),
});

function scopeHash(keys: readonly string[]): string {
  return createHash('sha256').update([...keys].sort().join('\n')).digest('base64url').slice(0, 16);
}

/** Gives desks what changed: `pull` of architecture §4, and blocks of numbers. */
export class PullService {
  readonly #dependencies: PullDependencies;

  constructor(dependencies: PullDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * One page for a holder of these scope keys. A cursor of another epoch, of other scope keys (the user's rights changed,
   * another user came) or not made here gets `mustRefetch`; no cursor = from the beginning.
   */
  async pull(request: PullRequest, scopeKeys: readonly string[]): Promise<PullResponse> {
    if (request.protocol < oldestServedProtocol) return { kind: 'programTooOld', oldest: oldestServedProtocol };
    const { store, clock, onBehind, external } = this.#dependencies;
    const opened = request.cursor === null ? null : this.#opened(request.cursor);
    if (opened !== null && (opened === 'foreign' || opened.scope !== scopeHash(scopeKeys))) return { kind: 'mustRefetch', epoch: await store.epoch() };
    const after = opened === null ? null : { xid: BigInt(opened.xid), seq: BigInt(opened.seq) };
    const without = opened?.without ?? [];
    const page = await store.feed({ after, scopeKeys, limit: request.limit, incarnation: request.incarnation, seen: seenNumbers(request.highestNumbers, clock.now()), without });
    const { epoch } = page;
    if (opened !== null && (opened.epoch !== epoch || request.epoch !== epoch)) return { kind: 'mustRefetch', epoch };
    if (page.ahead) return { kind: 'mustRefetch', epoch: await this.#restored(epoch) };
    if (page.behind && !page.more) onBehind();
    return {
      kind: 'page',
      asked: { incarnation: request.incarnation, epoch: request.epoch, cursor: request.cursor },
      epoch,
      // The answer's schema has plain objects; documents are JSON.
      rows: page.rows as Page['rows'],
      cursor: this.#cursor(page.position, epoch, scopeHash(scopeKeys), without),
      more: page.more,
      // What a command did to the documents left out is not there yet.
      lastSeq: without.length === 0 ? page.lastSeq : 0,
      lastCommandId: without.length === 0 ? page.lastCommandId : null,
      serverTime: clock.now(),
      external: [...(await external())],
    };
  }

  /**
   * The page that `pull` would give now, without asking the base: the one after `before`, if a step is all that came since and tells nothing of commands
   * of this incarnation, whose coverage only the base knows. Rights stand in documents of the feed: a step of users is left to `pull`, so that no page is given for rights that are no more; so is a desk that still fetches a snapshot.
   */
  follow(request: PullRequest, scopeKeys: readonly string[], before: Page, step: FeedStep): Page | null {
    const opened = request.cursor === null ? 'foreign' : this.#opened(request.cursor);
    const scope = scopeHash(scopeKeys);
    if (opened === 'foreign' || opened.scope !== scope || opened.epoch !== step.epoch || request.epoch !== step.epoch) return null;
    if (opened.xid !== String(step.from.xid) || opened.seq !== String(step.from.seq)) return null;
    if (opened.without !== undefined || step.incarnations.has(request.incarnation) || step.rows.some(({ type }) => type === 'user')) return null;
    const meets = (keys: readonly string[]): boolean => keys.some((key) => scopeKeys.includes(key));
    const rows = step.rows.flatMap(({ type, id, version, document, scope: its, pastScope }) => (meets(its) || meets(pastScope) ? [{ type, id, version, document: meets(its) ? document : null }] : []));
    const { epoch, lastSeq, lastCommandId, external } = before;
    return {
      kind: 'page', asked: { incarnation: request.incarnation, epoch: request.epoch, cursor: request.cursor }, epoch, rows: rows as Page['rows'],
      cursor: this.#cursor(step.to, epoch, scope, []), more: false, lastSeq, lastCommandId, serverTime: this.#dependencies.clock.now(), external,
    };
  }

  #opened(cursor: string): z.infer<typeof cursorSchema> | 'foreign' {
    return this.#dependencies.signer.open('cursor', cursor, cursorSchema) ?? 'foreign';
  }

  /** Cursors of a holder of these scope keys: where pages go on after a snapshot that was made at `position`, and from where those of all other types come until it is laid. */
  snapshotCursors(position: FeedPosition, epoch: string, scopeKeys: readonly string[], types: readonly string[]): { readonly cursor: string; readonly restCursor: string } {
    const scope = scopeHash(scopeKeys);
    return { cursor: this.#cursor(position, epoch, scope, []), restCursor: this.#cursor({ xid: 0n, seq: 0n }, epoch, scope, types) };
  }

  #cursor({ xid, seq }: FeedPosition, epoch: string, scope: string, without: readonly string[]): string {
    return this.#dependencies.signer.sign('cursor', { epoch, xid: String(xid), seq: String(seq), scope, ...(without.length === 0 ? {} : { without }) });
  }

  /** A cursor of ours, of this epoch, beyond the newest commit: the base was put back in time without anybody saying so (F23). */
  async #restored(epoch: string): Promise<string> {
    const { store, clock } = this.#dependencies;
    const next = await store.newEpoch(epoch, clock.now());
    this.#dependencies.onRestored(next);
    return next;
  }

  /** A block of numbers for an incarnation; null: none can be given now, so soon after a restore. */
  async lease(request: LeaseRequest): Promise<Lease | null> {
    const { store, clock, signer, newNonce } = this.#dependencies;
    const { series: name, year } = request;
    if (!series.test(name)) throw new OknoError('invalidInput', { field: 'series' });
    const [at, nonce] = [clock.now(), newNonce()];
    const bounds = { floor: (restoredAt: Instant | null) => numberFloor(year, restoredAt), ceiling: numberCeiling(year, at) };
    const highest = request.highest > bounds.ceiling ? 0 : request.highest; // nobody was ever given such a number
    const lease = await store.lease({ ...request, highest, bounds, at, leaseId: (from, to) => leaseToken(signer, { ...request, from, to }, nonce) });
    return lease === null ? null : { leaseId: lease.leaseId, series: name, year, from: lease.from, to: lease.to };
  }
}

/** `КП-26` → the highest number that a desk knows of it; what cannot be ours is left out. */
function seenNumbers(highest: Readonly<Record<string, number>>, now: Instant): readonly NumberKey[] {
  return Object.entries(highest).flatMap(([name, value]) => {
    const found = /^([А-ЯA-Z]{1,8})-(\d{2})$/.exec(name);
    return found?.[1] === undefined || found[2] === undefined || value === 0 || value > numberCeiling(found[2], now) ? [] : [{ series: found[1], year: found[2], value }];
  });
}
