import type { Pool } from 'pg';
import type { User } from '../../../shared/domain/user/model.ts';
import { storedKey } from '../document-keys.ts';

export interface UserWithSecret {
  readonly user: User;
  readonly hash: string | null;
  readonly oneTime: boolean;
}

/** The user of that login, dismissed ones too. */
export async function userByLogin(pool: Pool, login: string): Promise<UserWithSecret | null> {
  const { rows } = await pool.query<{ user: User; hash: string | null; oneTime: boolean }>(
    `SELECT d.body AS user, s.hash, coalesce(s.one_time, false) AS "oneTime"
     FROM document_index i JOIN document d ON d.type = i.type AND d.id = i.id LEFT JOIN user_secret s ON s.user_id = d.id
     WHERE i.type = 'user' AND i.name = 'byLogin' AND i.key = $1 ORDER BY d.id LIMIT 1`,
    [storedKey(login.trim().toLowerCase())],
  );
  return rows[0] ?? null;
}

export async function setUserSecret(pool: Pool, userId: string, hash: string, oneTime: boolean): Promise<void> {
  await pool.query(
    `INSERT INTO user_secret (user_id, hash, one_time, changed_at) VALUES ($1, $2, $3, now())
     ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, one_time = excluded.one_time, changed_at = excluded.changed_at`,
    [userId, hash, oneTime],
  );
}

export async function userExists(pool: Pool, userId: string): Promise<boolean> {
  const { rowCount } = await pool.query(`SELECT 1 FROM document WHERE type = 'user' AND id = $1`, [userId]);
  return rowCount === 1;
}
