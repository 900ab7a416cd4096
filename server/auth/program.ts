import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { OknoError } from '../../shared/base/errors.ts';
import { moscowText } from '../../shared/base/instant.ts';
import type { User } from '../../shared/domain/user/model.ts';
import { findApiToken, type TokenLimits } from '../db/queries/api-token.ts';
import type { TokenScope } from './token-scope.ts';

/** Another program that calls the centre with a token. */
export interface Program {
  readonly tokenId: string;
  readonly name: string;
  /** Whom it acts as, his branches narrowed to the token's. */
  readonly user: User;
  readonly scope: TokenScope;
  readonly limits: TokenLimits;
}

const PREFIX = 'okno_';

/** 256 random bits; the beginning tells people, and searches for leaked secrets, what it is. */
export function newProgramToken(): string {
  return `${PREFIX}${randomBytes(32).toString('base64url')}`;
}

export function isProgramToken(token: string): boolean {
  return token.startsWith(PREFIX);
}

/** The desk that a program's commands and readings are written down under. */
export function deskOfProgram({ tokenId }: Pick<Program, 'tokenId'>): string {
  return `api:${tokenId}`;
}

/** The program of a token; throws `tokenInvalid` with the reason. */
export async function programOfToken(pool: Pool, token: string, now: number): Promise<Program> {
  const found = await findApiToken(pool, token);
  if (found === null) throw new OknoError('tokenInvalid', { reason: 'такого токена нет' });
  const { tokenId, name, user, scope, branchIds, revokedAt, expiresAt, requestsPerMinute, rowsPerHour, rowsPerDay } = found;
  if (revokedAt !== null) throw new OknoError('tokenInvalid', { reason: 'он отозван' });
  if (expiresAt.getTime() <= now) throw new OknoError('tokenInvalid', { reason: `его срок истёк ${moscowText(expiresAt.toISOString())}` });
  if (user === null || !user.active || user.deleted === true) throw new OknoError('tokenInvalid', { reason: 'пользователь, от имени которого он действует, отключён' });
  const narrowed = branchIds === null ? user : { ...user, branchIds: user.branchIds.filter((id) => branchIds.includes(id)) };
  return { tokenId, name, user: narrowed, scope, limits: { requestsPerMinute, rowsPerHour, rowsPerDay } };
}
