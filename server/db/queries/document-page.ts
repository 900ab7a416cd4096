import type { Pool } from 'pg';
import type { AnyDocument } from '../../../shared/base/document-type.ts';
import type { FeedPosition } from '../centre-store.ts';
import { storedKey } from '../document-keys.ts';

export interface GivenDocument {
  readonly id: string;
  readonly version: number;
  readonly document: AnyDocument;
}

export interface DocumentQuestion {
  readonly type: string;
  /** Only documents under this key of one of the type's indexes. */
  readonly under: { readonly index: string; readonly key: string } | null;
  readonly scopeKeys: readonly string[];
  /** Documents after this id; null = from the beginning. */
  readonly after: string | null;
  readonly limit: number;
  /** Null: every document fits. */
  readonly fits: ((document: AnyDocument) => boolean) | null;
}

export interface DocumentPage {
  readonly rows: readonly GivenDocument[];
  /** Where to go on; null: that was all. */
  readonly next: string | null;
}

/** Documents looked at for one page at most: a filter that fits next to nothing gives short or empty pages, but each in good time. */
const LOOKED_AT_MOST = 5_000;
const CHUNK = 1_000;

// A body outside the scope is not even read from the disk.
const allSql = `SELECT id, version, CASE WHEN scope && $2 THEN body END AS body FROM document WHERE type = $1 AND id > $3 ORDER BY id LIMIT $4`;
const underSql = `
  SELECT d.id, d.version, CASE WHEN d.scope && $2 THEN d.body END AS body FROM document_index i JOIN document d ON d.type = i.type AND d.id = i.id
  WHERE i.type = $1 AND i.name = $5 AND i.key = $6 AND i.id > $3 ORDER BY i.id LIMIT $4`;

interface Looked {
  readonly id: string;
  readonly version: number;
  readonly body: AnyDocument | null;
}

async function lookAt(pool: Pool, { type, under, scopeKeys }: DocumentQuestion, after: string, count: number): Promise<readonly Looked[]> {
  const values = [type, scopeKeys, after, count];
  const query = under === null ? { name: 'documents', text: allSql, values } : { name: 'documents-under', text: underSql, values: [...values, under.index, storedKey(under.key)] };
  return (await pool.query<Looked>(query)).rows;
}

/** A page of documents of one type in the order of their ids, as far as a holder of the keys may see them. */
export async function documentPage(pool: Pool, question: DocumentQuestion): Promise<DocumentPage> {
  const { limit, fits } = question;
  const rows: GivenDocument[] = [];
  let after = question.after ?? '';
  for (let looked = 0; looked < LOOKED_AT_MOST; ) {
    const count = fits === null && looked === 0 ? limit : CHUNK;
    const found = await lookAt(pool, question, after, count);
    for (const { id, version, body } of found) {
      after = id;
      if (body !== null && (fits === null || fits(body))) rows.push({ id, version, document: body });
      if (rows.length === limit) return { rows, next: id };
    }
    if (found.length < count) return { rows, next: null };
    looked += found.length;
  }
  return { rows, next: after };
}

/** One document, or null if it is not there or not for a holder of these keys. */
export async function documentById(pool: Pool, type: string, id: string, scopeKeys: readonly string[]): Promise<GivenDocument | null> {
  const { rows } = await pool.query<GivenDocument>({
    name: 'document-by-id',
    text: 'SELECT id, version, body AS document FROM document WHERE type = $1 AND id = $2 AND scope && $3',
    values: [type, id, scopeKeys],
  });
  return rows[0] ?? null;
}

export interface ChangeQuestion {
  readonly types: readonly string[];
  readonly scopeKeys: readonly string[];
  readonly after: FeedPosition;
  readonly limit: number;
}

export interface ChangePage {
  readonly rows: readonly { readonly type: string; readonly id: string; readonly version: number; readonly document: AnyDocument | null }[];
  readonly position: FeedPosition;
  /** More is committed than could be looked at. */
  readonly more: boolean;
  readonly epoch: string;
  /** The asked position lies after the newest commit: the base was put back in time. */
  readonly ahead: boolean;
  /** Something is committed that cannot be given yet, because an older transaction still runs. */
  readonly behind: boolean;
}

// As the pull of desks: in commit order, below the oldest transaction that still runs. One row comes in any case, to bring the facts.
const changesSql = `
  WITH facts AS MATERIALIZED (
    SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin, (SELECT value #>> '{}' FROM setting WHERE name = 'epoch') AS epoch)
  SELECT f.epoch, f.xmin <= $1::text::xid8 AS ahead, EXISTS (SELECT 1 FROM document WHERE xid >= f.xmin) AS behind,
    d.type, d.id, d.version, d.xid::text AS xid, d.seq::text AS seq,
    d.type = ANY ($3) AND (d.scope && $4 OR d.past_scope && $4) AS given, CASE WHEN d.type = ANY ($3) AND d.scope && $4 THEN d.body END AS body
  FROM facts f LEFT JOIN LATERAL (
    SELECT * FROM document WHERE (xid, seq) > ($1::text::xid8, $2::bigint) AND xid < f.xmin ORDER BY xid, seq LIMIT $5) d ON true`;

interface ChangeRow {
  readonly epoch: string;
  readonly ahead: boolean;
  readonly behind: boolean;
  readonly type: string | null;
  readonly id: string;
  readonly version: number;
  readonly xid: string;
  readonly seq: string;
  readonly given: boolean;
  readonly body: AnyDocument | null;
}

/** What changed after a position, each document once as it is now; null for one that left these scope keys. */
export async function changePage(pool: Pool, { types, scopeKeys, after, limit }: ChangeQuestion): Promise<ChangePage> {
  const { rows } = await pool.query<ChangeRow>({ name: 'changes', text: changesSql, values: [String(after.xid), String(after.seq), types, scopeKeys, LOOKED_AT_MOST] });
  const [first] = rows;
  if (first === undefined) throw new Error('The feed gave no facts');
  const looked = first.type === null ? [] : rows;
  const given: ChangePage['rows'][number][] = [];
  let position = after;
  let more = looked.length === LOOKED_AT_MOST;
  for (const [n, row] of looked.entries()) {
    position = { xid: BigInt(row.xid), seq: BigInt(row.seq) };
    if (row.given) given.push({ type: row.type ?? '', id: row.id, version: row.version, document: row.body });
    if (given.length === limit) {
      more ||= n < looked.length - 1;
      break;
    }
  }
  return { rows: given, position, more, epoch: first.epoch, ahead: first.ahead, behind: first.behind };
}
