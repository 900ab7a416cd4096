import type { Pool } from 'pg';
import { RUNNER_LOCK } from '../../../jobs/effect-queries.ts';

/**
 * Which of these mailboxes are this process's to watch: those that are its own already, and those that nobody living watches. The lock that each process of the centre
 * holds tells who lives.
 */
export async function claimMailboxes(pool: Pool, runner: number, mailboxIds: readonly string[]): Promise<ReadonlySet<string>> {
  const held = await pool.query<{ id: string }>('SELECT mailbox_id AS id FROM mailbox_watch WHERE runner = $1 AND mailbox_id = ANY ($2)', [runner, [...mailboxIds]]);
  const own = new Set(held.rows.map(({ id }) => id));
  const others = mailboxIds.filter((id) => !own.has(id));
  if (others.length === 0) return own;
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO mailbox_watch AS w (mailbox_id, runner) SELECT id, $1 FROM unnest($2::text[]) AS id ORDER BY id
     ON CONFLICT (mailbox_id) DO UPDATE SET runner = $1
       WHERE NOT EXISTS (
         SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = ${RUNNER_LOCK} AND l.objid = w.runner::oid AND l.granted
           AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
     RETURNING mailbox_id AS id`,
    [runner, others],
  );
  return new Set([...own, ...rows.map(({ id }) => id)]);
}
