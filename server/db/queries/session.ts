import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { User } from '../../../shared/domain/user/model.ts';

export interface Session {
  readonly sessionId: string;
  readonly deskId: string;
  /** The user as he is now. */
  readonly user: User;
}

/** The base never holds a token that could be used. */
function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export async function createSession(pool: Pool, token: string, { sessionId, user, deskId }: { sessionId: string; user: User; deskId: string }): Promise<void> {
  await pool.query('INSERT INTO session (token_hash, session_id, user_id, desk_id, rights, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, now(), now())', [tokenHash(token), sessionId, user.id, deskId, rightsOf(user)]);
}

/** What a user may, as a session keeps it. */
function rightsOf({ roles, branchIds }: User): string {
  return JSON.stringify([[...roles].sort(), [...branchIds].sort()]);
}

/** Ends the sessions that a user began with other roles or branches than he has now; gives how many. */
export async function endOutdatedSessionsOf(pool: Pool, user: User): Promise<number> {
  const { rowCount } = await pool.query("DELETE FROM session WHERE user_id = $1 AND rights <> '' AND rights <> $2", [user.id, rightsOf(user)]);
  return rowCount ?? 0;
}

/**
 * The session of a token if it has not idled out and its user is active, with the rights that it began with. `activity`: this request counts as work (polling does
 * not), which moves the time, at most once a minute.
 */
export async function findSession(pool: Pool, token: string, idleMinutes: number, activity: boolean): Promise<Session | null> {
  const { rows } = await pool.query<Session & { rights: string; stale: boolean }>({
    name: 'session',
    text: `SELECT s.session_id AS "sessionId", s.desk_id AS "deskId", d.body AS user, s.rights, s.last_seen_at < now() - least(interval '1 minute', $2::float8 * interval '15 seconds') AS stale
      FROM session s JOIN document d ON d.type = 'user' AND d.id = s.user_id
      WHERE s.token_hash = $1 AND s.last_seen_at > now() - $2::float8 * interval '1 minute' AND (d.body->>'active')::boolean AND NOT coalesce((d.body->>'deleted')::boolean, false)`,
    values: [tokenHash(token), idleMinutes],
  });
  const [row] = rows;
  if (row === undefined || (row.rights !== '' && row.rights !== rightsOf(row.user))) return null;
  if (row.stale && activity) await pool.query('UPDATE session SET last_seen_at = now() WHERE token_hash = $1', [tokenHash(token)]);
  return { sessionId: row.sessionId, deskId: row.deskId, user: row.user };
}

export async function endSession(pool: Pool, token: string): Promise<void> {
  await pool.query('DELETE FROM session WHERE token_hash = $1', [tokenHash(token)]);
}

/** Ends all sessions of a user, except one; gives how many. */
export async function endSessionsOf(pool: Pool, userId: string, except: string | null): Promise<number> {
  const { rowCount } = await pool.query('DELETE FROM session WHERE user_id = $1 AND session_id IS DISTINCT FROM $2', [userId, except]);
  return rowCount ?? 0;
}

/** Sessions that idled out are of no use to anybody. */
export async function sweepSessions(pool: Pool, idleMinutes: number): Promise<void> {
  await pool.query(`DELETE FROM session WHERE last_seen_at < now() - $1::float8 * interval '1 minute'`, [idleMinutes]);
}
