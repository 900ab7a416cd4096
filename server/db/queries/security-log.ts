import type { Pool } from 'pg';

export interface SecurityEvent {
  readonly kind: 'login' | 'loginFailed' | 'logout' | 'passwordSet' | 'mailboxSecretSet' | 'sessionsEnded' | 'accessChainBroken' | 'deskEnrolled' | 'tokenIssued' | 'tokenRevoked';
  readonly userId: string | null;
  readonly deskId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Who, what, when: never a password or a token. */
export async function writeSecurityEvent(pool: Pool, { kind, userId, deskId, details }: SecurityEvent): Promise<void> {
  await pool.query('INSERT INTO security_log (at, kind, user_id, desk_id, details) VALUES (now(), $1, $2, $3, $4)', [kind, userId, deskId, JSON.stringify(details)]);
}
