import type { Pool } from 'pg';
import type { EffectView } from '../../shared/protocol/http.ts';
import type { RunningEffect } from './effects.ts';

interface EffectRow {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly createdAt: Date;
}

const columns = 'id, kind, payload, attempts, created_at AS "createdAt"';

function running(row: EffectRow | undefined): RunningEffect | null {
  return row === undefined ? null : { ...row, createdAt: row.createdAt.toISOString() };
}

/** Takes the oldest effect of a kind that is due and whose predecessors are done; no other process gets it. */
export async function claimDue(pool: Pool, kind: string, runner: number, now: string): Promise<RunningEffect | null> {
  const { rows } = await pool.query<EffectRow>({
    name: 'claim-effect',
    text: `UPDATE effect SET state = 'runs', attempts = attempts + 1, runner = $2 WHERE id = (
        SELECT e.id FROM effect e
        WHERE e.state = 'waits' AND e.kind = $1 AND (e.not_before IS NULL OR e.not_before <= $3)
          AND NOT EXISTS (SELECT 1 FROM unnest(e.depends_on) AS p(id) LEFT JOIN effect d ON d.id = p.id WHERE d.state IS DISTINCT FROM 'done')
        ORDER BY e.created_at, e.id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING ${columns}`,
    values: [kind, runner, now],
  });
  return running(rows[0]);
}

/** The class of the advisory locks by which runners show that they are alive. */
export const RUNNER_LOCK = 20484;

/** Takes over an effect whose runner is gone: the lock that its process held is free. */
export async function claimOrphan(pool: Pool, kind: string, runner: number): Promise<RunningEffect | null> {
  const { rows } = await pool.query<EffectRow>({
    name: 'claim-orphan',
    text: `UPDATE effect SET runner = $2 WHERE id = (
        SELECT e.id FROM effect e
        WHERE e.state = 'runs' AND e.kind = $1 AND NOT EXISTS (
          SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = ${RUNNER_LOCK} AND l.objid = e.runner::oid AND l.granted
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
        ORDER BY e.created_at, e.id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING ${columns}`,
    values: [kind, runner],
  });
  return running(rows[0]);
}

/** Writes how a run ended; nothing if the effect is no longer this runner's. */
export async function finishEffect(pool: Pool, id: string, runner: number, end: { state: 'waits' | 'done' | 'failed' | 'unknown'; detail: string; notBefore: string | null; now: string }): Promise<void> {
  await pool.query({
    name: 'finish-effect',
    text: `UPDATE effect SET state = $3, last_error = $4, not_before = coalesce($5, not_before), runner = NULL, finished_at = CASE WHEN $3 = 'waits' THEN NULL ELSE $6::timestamptz END
      WHERE id = $1 AND state = 'runs' AND runner = $2`,
    values: [id, runner, end.state, end.detail.replaceAll('\0', '').slice(0, 2000), end.notBefore, end.now],
  });
}

/** What waits for something called off is called off too. */
export async function cancelDependents(pool: Pool): Promise<void> {
  await pool.query(
    `WITH RECURSIVE gone AS (
       SELECT e.id FROM effect e WHERE e.state = 'waits' AND EXISTS (SELECT 1 FROM effect d WHERE d.id = ANY (e.depends_on) AND d.state = 'cancelled')
       UNION SELECT e.id FROM effect e JOIN gone g ON g.id = ANY (e.depends_on) WHERE e.state = 'waits')
     UPDATE effect SET state = 'cancelled', finished_at = now() WHERE id IN (SELECT id FROM gone) AND state = 'waits'`,
  );
}

/** Ends the pauses of effects that were tried already; one that waits by its nature (a reply that can be undone) keeps its time. */
export async function dueNow(pool: Pool, kinds: readonly string[], now: string): Promise<void> {
  await pool.query({ name: 'effects-due-now', text: `UPDATE effect SET not_before = $2 WHERE state = 'waits' AND attempts > 0 AND not_before > $2 AND kind = ANY ($1)`, values: [[...kinds], now] });
}

/** The registration of one appeal is due at once, whatever its pause has grown to, and even if it was given up; false if there is none to hurry. */
export async function registrationDueNow(pool: Pool, appealId: string, now: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'registration-due-now',
    text: `UPDATE effect SET state = 'waits', not_before = $2, finished_at = NULL WHERE kind = 'registerAppeal' AND state IN ('waits', 'failed', 'unknown') AND document_ids @> ARRAY[$1]`,
    values: [appealId, now],
  });
  return (rowCount ?? 0) > 0;
}

/** When the next waiting effect is due, or null. */
export async function nextDue(pool: Pool, now: string): Promise<string | null> {
  const { rows } = await pool.query<{ at: Date | null }>(`SELECT min(not_before) AS at FROM effect WHERE state = 'waits' AND not_before > $1`, [now]);
  return rows[0]?.at?.toISOString() ?? null;
}

/** How many effects of each kind are not finished. */
export async function waitingByKind(pool: Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ kind: string; waiting: string }>(`SELECT kind, count(*) AS waiting FROM effect WHERE state IN ('waits', 'runs') GROUP BY kind`);
  return new Map(rows.map(({ kind, waiting }) => [kind, Number(waiting)]));
}

/** Effects whose payload names the document, newest first. */
export async function effectsOf(pool: Pool, documentId: string): Promise<readonly EffectView[]> {
  const { rows } = await pool.query<Omit<EffectView, 'createdAt' | 'notBefore'> & { createdAt: Date; notBefore: Date | null }>(
    `SELECT id, kind, state, attempts, not_before AS "notBefore", last_error AS "lastError", created_at AS "createdAt", payload
     FROM effect WHERE document_ids @> ARRAY[$1] ORDER BY created_at DESC, id DESC LIMIT 200`,
    [documentId],
  );
  return rows.map((row) => ({ ...row, notBefore: row.notBefore?.toISOString() ?? null, createdAt: row.createdAt.toISOString() }));
}
