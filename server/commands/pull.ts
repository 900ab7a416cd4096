import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ExternalSystem, Lease, PullRequest, PullResponse } from '../../shared/protocol/sync.ts';
import { oldestServedProtocol } from '../../shared/protocol/version.ts';
import type { Clock } from '../clock.ts';
import type { CentreStore, FeedPosition, NumberKey } from '../db/centre-store.ts';
import { leaseToken } from './lease-token.ts';
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
/** A number has eight digits (2.8.1). */
const HIGHEST_NUMBER = 99_999_999;

const cursorSchema = z.object({ epoch: z.string(), xid: z.string().regex(/^\d+$/), seq: z.string().regex(/^\d+$/), scope: z.string() });

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
    const page = await store.feed({ after, scopeKeys, limit: request.limit, incarnation: request.incarnation, seen: seenNumbers(request.highestNumbers) });
    const { epoch } = page;
    if (opened !== null && (opened.epoch !== epoch || request.epoch !== epoch)) return { kind: 'mustRefetch', epoch };
    if (page.ahead) return { kind: 'mustRefetch', epoch: await this.#restored(epoch) };
    if (page.behind && !page.more) onBehind();
    return {
      kind: 'page',
      asked: { incarnation: request.incarnation, epoch: request.epoch, cursor: request.cursor },
      epoch,
      // The answer's schema has plain objects; documents are JSON.
      rows: page.rows as Extract<PullResponse, { kind: 'page' }>['rows'],
      cursor: this.#cursor(page.position, epoch, scopeHash(scopeKeys)),
      more: page.more,
      lastSeq: page.lastSeq,
      lastCommandId: page.lastCommandId,
      serverTime: clock.now(),
      external: [...(await external())],
    };
  }

  #opened(cursor: string): z.infer<typeof cursorSchema> | 'foreign' {
    return this.#dependencies.signer.open('cursor', cursor, cursorSchema) ?? 'foreign';
  }

  #cursor({ xid, seq }: FeedPosition, epoch: string, scope: string): string {
    return this.#dependencies.signer.sign('cursor', { epoch, xid: String(xid), seq: String(seq), scope });
  }

  /** A cursor of ours, of this epoch, beyond the newest commit: the base was put back in time without anybody saying so (F23). */
  async #restored(epoch: string): Promise<string> {
    const next = await this.#dependencies.store.newEpoch(epoch);
    this.#dependencies.onRestored(next);
    return next;
  }

  /** A block of numbers for an incarnation, written down before it is given. */
  async lease(request: { deskId: string; incarnation: string; series: string; year: string; count: number; highest: number }): Promise<Lease | null> {
    const { store, clock, signer, newNonce } = this.#dependencies;
    if (!series.test(request.series) || request.highest + request.count > HIGHEST_NUMBER) return null;
    const nonce = newNonce();
    const { leaseId, from, to } = await store.lease({ ...request, at: clock.now(), leaseId: (first, last) => leaseToken(signer, { ...request, from: first, to: last }, nonce) });
    return { leaseId, series: request.series, year: request.year, from, to };
  }
}

/** `КП-26` → the highest number that a desk knows of it; what does not look like ours is left out. */
function seenNumbers(highest: Readonly<Record<string, number>>): readonly NumberKey[] {
  return Object.entries(highest).flatMap(([name, value]) => {
    const found = /^([А-ЯA-Z]{1,8})-(\d{2})$/.exec(name);
    return found?.[1] === undefined || found[2] === undefined || value === 0 || value > HIGHEST_NUMBER ? [] : [{ series: found[1], year: found[2], value }];
  });
}
