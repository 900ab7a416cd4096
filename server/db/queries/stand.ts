import type { Pool } from 'pg';

/** How the centre stands, in numbers. Ages in seconds, 0 where nothing waits. */
export interface Stand {
  readonly effects: readonly { readonly kind: string; readonly state: string; readonly count: number; readonly oldestSeconds: number }[];
  readonly jobs: readonly { readonly state: string; readonly count: number }[];
  readonly intakeWaiting: number;
  readonly intakeOldestSeconds: number;
  readonly feedHeldSeconds: number;
  readonly searchWaiting: number;
  readonly sessions: number;
}

const standSql = `
  SELECT
    (SELECT coalesce(jsonb_agg(e), '[]') FROM (
      SELECT kind, state, count(*) AS count, extract(epoch FROM now() - min(created_at))::float8 AS "oldestSeconds" FROM effect WHERE state IN ('waits', 'runs') GROUP BY kind, state) e) AS effects,
    (SELECT coalesce(jsonb_agg(j), '[]') FROM (SELECT state::text AS state, count(*) AS count FROM okno_jobs.job GROUP BY state) j) AS jobs,
    (SELECT count(*)::int FROM mail_intake WHERE done_at IS NULL) AS "intakeWaiting",
    (SELECT coalesce(extract(epoch FROM now() - min(received_at)), 0)::float8 FROM mail_intake WHERE done_at IS NULL) AS "intakeOldestSeconds",
    (SELECT coalesce(extract(epoch FROM now() - min(xact_start)), 0)::float8 FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL) AS "feedHeldSeconds",
    (SELECT count(*)::int FROM (
      SELECT 1 FROM document WHERE (xid, seq) > (
        coalesce((SELECT value->>'xid' FROM setting WHERE name = 'searchIndexed'), '0')::xid8, coalesce((SELECT value->>'seq' FROM setting WHERE name = 'searchIndexed'), '0')::bigint) LIMIT 10000) d) AS "searchWaiting",
    (SELECT count(*)::int FROM session) AS sessions`;

export async function standOfCentre(pool: Pool): Promise<Stand> {
  const { rows } = await pool.query<Stand>({ name: 'stand', text: standSql });
  const [stand] = rows;
  if (stand === undefined) throw new Error('No stand of the centre');
  return stand;
}
