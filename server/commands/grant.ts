import { z } from 'zod';
import { addMs, type Instant } from '../../shared/base/instant.ts';
import { sessionUserSchema, type SessionUser } from '../../shared/protocol/http.ts';
import type { Signer } from './signed-token.ts';

/** What the centre signed at a login: who he was then, at which desk, until when he may work without the centre. */
export const grantSchema = z.object({ ...sessionUserSchema.shape, deskId: z.string(), issuedAt: z.iso.datetime(), expiresAt: z.iso.datetime() });
export type Grant = z.infer<typeof grantSchema>;

/** The desk's clock is corrected by the centre's, but not to the millisecond. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

export function signGrant(signer: Signer, user: SessionUser, desk: { deskId: string; issuedAt: Instant; days: number }): { grant: string; expiresAt: Instant } {
  const expiresAt = addMs(desk.issuedAt, desk.days * 86_400_000);
  const payload: Grant = { ...user, deskId: desk.deskId, issuedAt: desk.issuedAt, expiresAt };
  return { grant: signer.sign('grant', payload), expiresAt };
}

/** Opens a grant; `forged` for anything that this centre did not sign. */
export function openGrant(signer: Signer, token: string): Grant | 'forged' {
  return signer.open('grant', token, grantSchema) ?? 'forged';
}

/** True if the grant covered that moment. */
export function grantCovers({ issuedAt, expiresAt }: Grant, happenedAt: Instant): boolean {
  const at = Date.parse(happenedAt);
  return at >= Date.parse(issuedAt) - CLOCK_TOLERANCE_MS && at <= Date.parse(expiresAt) + CLOCK_TOLERANCE_MS;
}
