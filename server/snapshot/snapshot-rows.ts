import type { Pool } from 'pg';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import type { FeedPosition } from '../db/centre-store.ts';
import { snapshotTypes } from './profile.ts';

export interface SnapshotRow {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  /** Null: it left the scope. */
  readonly document: AnyDocument | null;
}

export interface SnapshotRows {
  readonly rows: readonly SnapshotRow[];
  /** Everything up to here has been given. */
  readonly position: FeedPosition;
  readonly more: boolean;
}

interface Row {
  readonly type: string | null;
  readonly id: string;
  readonly version: number;
  readonly xid: string;
  readonly seq: string;
  readonly newestXid: string | null;
  readonly newestSeq: string | null;
  readonly body: AnyDocument | null;
}

/** As the feed reads, of the snapshot's types only: below the oldest transaction that runs, in its order. */
const rowsSql = `
  WITH horizon AS MATERIALIZED (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin)
  SELECT d.type, d.id, d.version, d.xid, d.seq, d.body, w.xid::text AS "newestXid", w.seq::text AS "newestSeq"
  FROM horizon h
  LEFT JOIN LATERAL (SELECT xid, seq FROM document WHERE xid < h.xmin ORDER BY xid DESC, seq DESC LIMIT 1) w ON true
  LEFT JOIN LATERAL (
    SELECT type, id, version, xid::text AS xid, seq::text AS seq, CASE WHEN scope && $3 THEN body END AS body FROM document
    WHERE (xid, seq) > ($1::text::xid8, $2::bigint) AND xid < h.xmin AND type = ANY($5) AND (scope && $3 OR past_scope && $3)
    ORDER BY document.xid, document.seq LIMIT $4) d ON true`;

/** The next documents of the snapshot's types for holders of the keys. */
export async function rowsAfter(pool: Pool, after: FeedPosition, keys: readonly string[], limit: number): Promise<SnapshotRows> {
  const { rows } = await pool.query<Row>({ name: 'snapshotRows', text: rowsSql, values: [String(after.xid), String(after.seq), keys, limit, snapshotTypes] });
  const found = rows.flatMap(({ type, id, version, body }): SnapshotRow[] => (type === null ? [] : [{ type, id, version, document: body }]));
  const last = rows.at(-1);
  const more = found.length === limit;
  const position = more ? { xid: BigInt(last?.xid ?? 0), seq: BigInt(last?.seq ?? 0) } : { xid: BigInt(last?.newestXid ?? 0), seq: BigInt(last?.newestSeq ?? 0) };
  return { rows: found, position: position.xid < after.xid ? after : position, more };
}

/**
 * True if, since the position, a document left these keys: a file made there holds what its reader may see no more. Those that are being written now
 * count as soon as they are committed.
 */
export async function somethingLeft(pool: Pool, since: FeedPosition, keys: readonly string[]): Promise<boolean> {
  const { rows } = await pool.query<{ left: boolean }>({
    name: 'snapshotLeft',
    text: `SELECT EXISTS (SELECT 1 FROM document WHERE (xid, seq) > ($1::text::xid8, $2::bigint) AND type = ANY($4) AND past_scope && $3 AND NOT scope && $3) AS left`,
    values: [String(since.xid), String(since.seq), keys, snapshotTypes],
  });
  return rows[0]?.left === true;
}

/** True if the keys see at least so many documents of these types. */
export async function hasAtLeast(pool: Pool, keys: readonly string[], least: number): Promise<boolean> {
  const { rowCount } = await pool.query(`SELECT 1 FROM document WHERE type = ANY($1) AND scope && $2 OFFSET $3 LIMIT 1`, [snapshotTypes, keys, least - 1]);
  return rowCount === 1;
}

/** Branches of the users that work now, each set of them once, the most usual first. */
export async function branchSets(pool: Pool): Promise<readonly (readonly string[])[]> {
  const { rows } = await pool.query<{ branchIds: string[] }>(
    `SELECT body->'branchIds' AS "branchIds" FROM document WHERE type = 'user' AND body->'active' = 'true' AND jsonb_typeof(body->'branchIds') = 'array' GROUP BY 1 ORDER BY count(*) DESC`,
  );
  return rows.map(({ branchIds }) => branchIds);
}
