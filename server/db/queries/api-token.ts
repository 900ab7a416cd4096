import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { User } from '../../../shared/domain/user/model.ts';
import type { TokenScope } from '../../auth/token-scope.ts';

export interface TokenLimits {
  readonly requestsPerMinute: number;
  readonly rowsPerHour: number;
  readonly rowsPerDay: number;
}

export interface ApiToken extends TokenLimits {
  readonly tokenId: string;
  readonly name: string;
  readonly userId: string;
  readonly scope: TokenScope;
  /** Null: the branches of its user. */
  readonly branchIds: readonly string[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** The base never holds a token that could be used. */
function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

const columns = `t.token_id AS "tokenId", t.name, t.user_id AS "userId", t.scope, t.branch_ids AS "branchIds", t.requests_per_minute AS "requestsPerMinute",
  t.rows_per_hour AS "rowsPerHour", t.rows_per_day AS "rowsPerDay", t.created_at AS "createdAt", t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt", t.last_used_at AS "lastUsedAt"`;

/** Writes a new token down; false if a living token has the name. */
export async function saveApiToken(pool: Pool, token: string, { tokenId, name, userId, scope, branchIds, requestsPerMinute, rowsPerHour, rowsPerDay, expiresAt }: Omit<ApiToken, 'createdAt' | 'revokedAt' | 'lastUsedAt'>): Promise<boolean> {
  const { rowCount } = await pool.query(
    `INSERT INTO api_token (token_id, token_hash, name, user_id, scope, branch_ids, requests_per_minute, rows_per_hour, rows_per_day, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now(), $10) ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING`,
    [tokenId, tokenHash(token), name, userId, JSON.stringify(scope), branchIds, requestsPerMinute, rowsPerHour, rowsPerDay, expiresAt],
  );
  return rowCount === 1;
}

/** The token and its user as he is now (null if he is gone); notes at most once a minute that it was used. */
export async function findApiToken(pool: Pool, token: string): Promise<(ApiToken & { readonly user: User | null }) | null> {
  const { rows } = await pool.query<ApiToken & { user: User | null }>({
    name: 'api-token',
    text: `SELECT ${columns}, d.body AS user FROM api_token t LEFT JOIN document d ON d.type = 'user' AND d.id = t.user_id WHERE t.token_hash = $1`,
    values: [tokenHash(token)],
  });
  const [row] = rows;
  if (row === undefined) return null;
  if (row.lastUsedAt === null || Date.now() - row.lastUsedAt.getTime() > 60_000) await pool.query('UPDATE api_token SET last_used_at = now() WHERE token_id = $1', [row.tokenId]);
  return row;
}

/** All tokens, the newest first; none of them can be used with what is listed. */
export async function listApiTokens(pool: Pool): Promise<readonly (ApiToken & { readonly userName: string })[]> {
  const { rows } = await pool.query<ApiToken & { userName: string }>(
    `SELECT ${columns}, coalesce(d.body->>'login', '') AS "userName" FROM api_token t LEFT JOIN document d ON d.type = 'user' AND d.id = t.user_id ORDER BY t.created_at DESC, t.token_id`,
  );
  return rows;
}

/** The token of that name that still works ends at once; null if there is none. */
export async function revokeApiToken(pool: Pool, name: string): Promise<ApiToken | null> {
  const { rows } = await pool.query<ApiToken>(`UPDATE api_token t SET revoked_at = now() WHERE t.name = $1 AND t.revoked_at IS NULL RETURNING ${columns}`, [name]);
  return rows[0] ?? null;
}

/** How many documents a token was given in this hour and in the last day, this hour included. */
export async function givenTo(pool: Pool, tokenId: string): Promise<{ readonly hour: number; readonly day: number }> {
  const { rows } = await pool.query<{ hour: string; day: string }>({
    name: 'api-given',
    text: `SELECT coalesce(sum(given) FILTER (WHERE hour = date_trunc('hour', now())), 0) AS hour, coalesce(sum(given), 0) AS day
      FROM api_reading WHERE token_id = $1 AND hour > date_trunc('hour', now()) - interval '24 hours'`,
    values: [tokenId],
  });
  return { hour: Number(rows[0]?.hour ?? 0), day: Number(rows[0]?.day ?? 0) };
}

export async function noteGiven(pool: Pool, tokenId: string, count: number): Promise<void> {
  await pool.query({
    name: 'api-note-given',
    text: `INSERT INTO api_reading (token_id, hour, given) VALUES ($1, date_trunc('hour', now()), $2) ON CONFLICT (token_id, hour) DO UPDATE SET given = api_reading.given + excluded.given`,
    values: [tokenId, count],
  });
}

/** What lies longer back than any limit looks. */
export async function sweepReadings(pool: Pool): Promise<void> {
  await pool.query(`DELETE FROM api_reading WHERE hour < now() - interval '7 days'`);
}
