import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { OknoError } from '../../shared/base/errors.ts';
import { shortName, type User } from '../../shared/domain/user/model.ts';
import type { LoginRequest, LoginResponse, SessionUser } from '../../shared/protocol/http.ts';
import { oldestServedProtocol } from '../../shared/protocol/version.ts';
import type { Clock } from '../clock.ts';
import { signGrant } from '../commands/grant.ts';
import type { Signer } from '../commands/signed-token.ts';
import type { CentreConfig } from '../config.ts';
import { findDesk, saveDesk } from '../db/queries/desk.ts';
import { writeSecurityEvent } from '../db/queries/security-log.ts';
import { createSession, endSessionsOf } from '../db/queries/session.ts';
import { setUserSecret, userByLogin, type UserWithSecret } from '../db/queries/user-secret.ts';
import type { Escrow } from './escrow.ts';
import { hashPassword, passwordFits } from './passwords.ts';

export interface LoginDependencies {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly escrow: Escrow;
  readonly config: Pick<CentreConfig, 'enrolCode' | 'grantDays'>;
  readonly epoch: () => Promise<string>;
  readonly onSessionsEnded: (userId: string) => void;
}

export function sessionUserOf(user: User): SessionUser {
  return { userId: user.id, login: user.login, name: shortName(user), roles: user.roles, branchIds: user.branchIds };
}

/** A login: password, desk, session, grant. Refusals: programTooOld, badCredentials, deskRejected, required (new password). */
export async function logIn(dependencies: LoginDependencies, request: LoginRequest): Promise<LoginResponse> {
  const { pool, clock, signer, escrow, config, epoch } = dependencies;
  if (request.protocol < oldestServedProtocol) throw new OknoError('programTooOld');
  const { user, oneTime } = await checkPassword(pool, request);
  await checkDesk(pool, config.enrolCode, request, user.id);
  if (oneTime) await replaceOneTime(dependencies, user.id, request);
  const dataKey = request.keyEscrow === undefined ? null : escrow.open(request.keyEscrow);
  const token = randomBytes(32).toString('base64url');
  await createSession(pool, token, { sessionId: randomUUID(), user, deskId: request.deskId });
  await writeSecurityEvent(pool, { kind: 'login', userId: user.id, deskId: request.deskId, details: { escrowOpened: dataKey !== null } });
  const issuedAt = clock.now();
  const sessionUser = sessionUserOf(user);
  const { grant, expiresAt } = signGrant(signer, sessionUser, { deskId: request.deskId, issuedAt, days: config.grantDays });
  return { token, grant, grantExpiresAt: expiresAt, user: sessionUser, epoch: await epoch(), serverTime: issuedAt, escrowPublicKey: escrow.publicKey, dataKey };
}

/** One answer for a wrong name, a wrong password and a dismissed user: who has an account is nobody's business. */
async function checkPassword(pool: Pool, { login, password, deskId }: LoginRequest): Promise<UserWithSecret> {
  const found = await userByLogin(pool, login);
  const fits = await passwordFits(password, found?.hash ?? null);
  if (found === null || !fits || !found.user.active || found.user.deleted === true) {
    await writeSecurityEvent(pool, { kind: 'loginFailed', userId: found?.user.id ?? null, deskId, details: {} });
    throw new OknoError('badCredentials');
  }
  return found;
}

/** A desk enrols at its first login on line, with the administrator's code where one is set. */
async function checkDesk(pool: Pool, enrolCode: string | null, { deskId, deskName, enrolCode: given }: LoginRequest, userId: string): Promise<void> {
  const desk = await findDesk(pool, deskId);
  if (desk?.blocked === true || (desk === null && enrolCode !== null && given !== enrolCode)) throw new OknoError('deskRejected');
  await saveDesk(pool, { deskId, name: deskName, enrolledBy: userId });
  if (desk === null) await writeSecurityEvent(pool, { kind: 'deskEnrolled', userId, deskId, details: { deskName } });
}

async function replaceOneTime({ pool, onSessionsEnded }: LoginDependencies, userId: string, { newPassword, password, deskId }: LoginRequest): Promise<void> {
  if (newPassword === undefined || newPassword === password) throw new OknoError('required', { fields: ['новый пароль'], field: 'newPassword' });
  await setPassword(pool, userId, newPassword, false, { byUserId: userId, deskId });
  onSessionsEnded(userId);
}

/** Sets a password; who was logged in with the old one is not any more. */
export async function setPassword(pool: Pool, userId: string, password: string, oneTime: boolean, by: { byUserId: string; deskId: string | null }): Promise<void> {
  await setUserSecret(pool, userId, await hashPassword(password), oneTime);
  await endSessionsOf(pool, userId, null);
  await writeSecurityEvent(pool, { kind: 'passwordSet', userId, deskId: by.deskId, details: { by: by.byUserId, oneTime } });
}
