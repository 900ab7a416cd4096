import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import type { CentreStore, FeedPage, FeedPosition, FeedRequest } from './centre-store.ts';
import { raiseCounters } from './pg-numbers.ts';

interface FeedRow {
  readonly xmin: string;
  readonly epoch: string;
  readonly behind: boolean;
  readonly lowCounter: boolean;
  readonly lastSeq: string | null;
  readonly lastCommandId: string | null;
  readonly newestXid: string | null;
  readonly newestSeq: string | null;
  readonly type: string | null;
  readonly id: string;
  readonly version: number;
  readonly xid: string;
  readonly seq: string;
  readonly body: AnyDocument | null;
}

/** More documents than this at or above the horizon: then nothing is said to be covered. */
const mostHidden = 5_000;

/**
 * The seq before which the desk has been given what its commands did: the first one whose document was changed again at or above the
 * horizon. That row is not in the page yet, so what the command did to it is not either. Asked only where something is hidden.
 */
const coveredBelowSql = `
    CASE WHEN NOT EXISTS (SELECT 1 FROM hidden) THEN 9223372036854775807
    WHEN (SELECT count(*) FROM hidden) >= ${mostHidden} THEN 0
    ELSE coalesce((
      SELECT min(m.seq) FROM hidden d JOIN document_version v USING (type, id) CROSS JOIN LATERAL (
        SELECT c.seq FROM command c WHERE c.command_id = v.command_id AND c.incarnation = $5
        UNION ALL SELECT r.seq FROM repeated_command r WHERE r.command_id = v.command_id AND r.incarnation = $5) AS m), 9223372036854775807) END`;

/** The last command of the incarnation below that whose transaction has ended: from each table its last one by the index. */
const lastSeqSql = `
    SELECT k.seq, k.command_id FROM (
      (SELECT seq, command_id FROM command WHERE incarnation = $5 AND seq < b.below AND xid < h.xmin ORDER BY incarnation DESC, seq DESC LIMIT 1)
      UNION ALL
      (SELECT seq, command_id FROM repeated_command WHERE incarnation = $5 AND seq < b.below AND xid < h.xmin ORDER BY incarnation DESC, seq DESC LIMIT 1)) AS k
    ORDER BY k.seq DESC LIMIT 1`;

/**
 * One statement, one snapshot: everything that a page says fits together. At least one row comes, to bring the horizon: every
 * transaction below xmin has ended. `newest` is the last row below it in any scope: the position of a whole page. It is not xmin
 * itself, for a number that only an aborted transaction bore may be given again after a crash, and what it then brings would be
 * passed over. Each part goes by an index to what it needs, whatever the planner believes of an xmin that it does not know: an order and a
 * limit say so.
 */
const pageSql = (without: string): string => `
  WITH horizon AS MATERIALIZED (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin),
  hidden AS MATERIALIZED (
    SELECT d.type, d.id FROM horizon h CROSS JOIN LATERAL (SELECT type, id FROM document WHERE xid >= h.xmin ORDER BY xid, seq LIMIT ${mostHidden}) d),
  facts AS MATERIALIZED (
    SELECT h.xmin,
      (SELECT value #>> '{}' FROM setting WHERE name = 'epoch') AS epoch,
      EXISTS (SELECT 1 FROM hidden) AS behind,
      EXISTS (SELECT 1 FROM unnest($6::text[], $7::text[], $8::bigint[]) AS n(series, year, value) LEFT JOIN number_counter c USING (series, year)
        WHERE n.value > coalesce(c.value, 0)) AS low,
      l.seq AS "lastSeq", l.command_id AS "lastCommandId",
      w.xid AS "newestXid", w.seq AS "newestSeq"
    FROM horizon h
    CROSS JOIN LATERAL (SELECT ${coveredBelowSql} AS below) b
    LEFT JOIN LATERAL (SELECT xid, seq FROM document WHERE xid < h.xmin ORDER BY xid DESC, seq DESC LIMIT 1) w ON true
    LEFT JOIN LATERAL (${lastSeqSql}) l ON true)
  SELECT f.xmin::text AS xmin, f.epoch, f.behind, f.low AS "lowCounter", f."lastSeq"::text AS "lastSeq", f."lastCommandId", f."newestXid"::text AS "newestXid", f."newestSeq"::text AS "newestSeq",
    d.type, d.id, d.version, d.xid, d.seq, d.body
  FROM facts f
  LEFT JOIN LATERAL (
    SELECT type, id, version, xid::text AS xid, seq::text AS seq, CASE WHEN scope && $3 THEN body END AS body
    FROM document
    WHERE (xid, seq) > ($1::text::xid8, $2::bigint) AND xid < f.xmin AND (scope && $3 OR past_scope && $3)${without}
    ORDER BY document.xid, document.seq LIMIT $4
  ) d ON true`;

/**
 * Only one of several that notice it at once changes the epoch. Rows restored into another cluster may bear transactions that
 * are yet to come there: they get the present one.
 */
const newEpochSql = `
  WITH changed AS (UPDATE setting SET value = to_jsonb($2::text) WHERE name = 'epoch' AND value = to_jsonb($1::text) RETURNING 1),
  restored AS (INSERT INTO setting (name, value) SELECT 'restoredAt', to_jsonb($3::text) FROM changed ON CONFLICT (name) DO UPDATE SET value = excluded.value),
  documents AS (UPDATE document SET xid = pg_current_xact_id() WHERE EXISTS (SELECT 1 FROM changed) AND xid >= pg_snapshot_xmax(pg_current_snapshot())),
  repeated AS (UPDATE repeated_command SET xid = pg_current_xact_id() WHERE EXISTS (SELECT 1 FROM changed) AND xid >= pg_snapshot_xmax(pg_current_snapshot()))
  UPDATE command SET xid = pg_current_xact_id() WHERE EXISTS (SELECT 1 FROM changed) AND xid >= pg_snapshot_xmax(pg_current_snapshot())`;

/** One statement; on a connection of one's own in its transaction. */
export async function declareNewEpoch(client: Pool | ClientBase, from: string, at: string): Promise<void> {
  await client.query(newEpochSql, [from, randomUUID(), at]);
}

export function pgFeed(pool: Pool): Pick<CentreStore, 'feed' | 'epoch' | 'newEpoch'> {
  const epoch = async (): Promise<string> => {
    const { rows } = await pool.query<{ value: string }>({ name: 'epoch', text: `SELECT value #>> '{}' AS value FROM setting WHERE name = 'epoch'` });
    const value = rows[0]?.value;
    if (value === undefined) throw new Error('The base has no epoch');
    return value;
  };
  return {
    epoch,
    newEpoch: async (from, at) => {
      await declareNewEpoch(pool, from, at);
      return epoch();
    },
    feed: (request) => feedPage(pool, request),
  };
}

function later(a: FeedPosition, b: FeedPosition): FeedPosition {
  return a.xid > b.xid || (a.xid === b.xid && a.seq > b.seq) ? a : b;
}

/** All types, and all but those named: statements of their own, each with its plan. */
const pages = { whole: { name: 'feed', text: pageSql('') }, rest: { name: 'feedRest', text: pageSql(' AND type <> ALL($9::text[])') } } as const;

async function feedPage(pool: Pool, { after, scopeKeys, limit, incarnation, seen, without = [] }: FeedRequest): Promise<FeedPage> {
  const from = after ?? { xid: 0n, seq: 0n };
  const { rows } = await pool.query<FeedRow>({
    ...(without.length === 0 ? pages.whole : pages.rest),
    values: [
      String(from.xid), String(from.seq), scopeKeys, limit + 1, incarnation, seen.map(({ series }) => series), seen.map(({ year }) => year), seen.map(({ value }) => value),
      ...(without.length === 0 ? [] : [without]),
    ],
  });
  const [first] = rows;
  if (first === undefined) throw new Error('The feed gave no horizon');
  if (first.lowCounter) await raiseCounters(pool, seen);
  const found = first.type === null ? [] : rows;
  const more = found.length > limit;
  const page = more ? found.slice(0, limit) : found;
  const last = page.at(-1);
  return {
    epoch: first.epoch,
    rows: page.map(({ type, id, version, body }) => ({ type: type ?? '', id, version, document: body })),
    position: later(from, more && last !== undefined ? { xid: BigInt(last.xid), seq: BigInt(last.seq) } : { xid: BigInt(first.newestXid ?? 0), seq: BigInt(first.newestSeq ?? 0) }),
    more,
    // With more to come a later page may hold what an earlier command did: the last page tells.
    lastSeq: more ? 0 : Number(first.lastSeq ?? 0),
    lastCommandId: more ? null : first.lastCommandId,
    ahead: from.xid >= BigInt(first.xmin),
    behind: first.behind,
  };
}
