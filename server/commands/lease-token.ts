import { z } from 'zod';
import type { TakenNumber } from '../../shared/protocol/sync.ts';
import type { LeaseRecord } from '../db/centre-store.ts';
import type { Signer } from './signed-token.ts';

const leaseTokenSchema = z.object({ desk: z.string(), series: z.string(), year: z.string(), from: z.number(), to: z.number(), nonce: z.string() });

/**
 * The id of a lease says itself, signed, whose numbers it holds: after a restore from a backup that has no record of the
 * lease, numbers already shown as final are still accepted.
 */
export function leaseToken(signer: Signer, lease: Omit<LeaseRecord, 'leaseId' | 'incarnation'>, nonce: string): string {
  return signer.sign('lease', { desk: lease.deskId, series: lease.series, year: lease.year, from: lease.from, to: lease.to, nonce });
}

/**
 * True if the number comes from a block leased to this desk. The desk, not the incarnation: a desk that took a new
 * incarnation sends numbers already shown from its earlier block; that each is given once, the log of numbers sees to.
 */
export function leaseHolds(signer: Signer, number: TakenNumber, deskId: string): boolean {
  const lease = signer.open('lease', number.leaseId, leaseTokenSchema);
  return lease !== null && lease.desk === deskId && lease.series === number.series && lease.year === number.year && number.value >= lease.from && number.value <= lease.to;
}
