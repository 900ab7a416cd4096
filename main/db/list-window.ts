import type { DocumentType } from '../../shared/base/document-type.ts';
import type { ListQuery } from '../../shared/protocol/list.ts';
import type { Cache } from './cache.ts';
import { columnName, tableName } from './document-table.ts';

/** A stored row of a window. */
export interface WindowRow {
  readonly body: string;
  readonly pending: number;
}

/** A place in the order of a column: `offset` rows stand before the one that follows this row. */
interface Anchor {
  readonly offset: number;
  readonly value: string | number | null;
  readonly id: string;
}

interface Known {
  readonly version: number;
  /** Rows of a narrowed list in its order. */
  readonly rows: Int32Array | null;
  /** Of a whole list: rows without a value in the column, and places met while it was scrolled, by offset, for rows without and with a value. */
  readonly empty: number;
  readonly anchors: { readonly empty: Anchor[]; readonly full: Anchor[] };
}

const mostKnown = 8;
/** A list of more rows is not held in memory when it is only sorted. */
const mostSorted = 200_000;
/** So few rows are put in order by reading each; of more the index of the order is gone through. */
const fewRows = 1_500;
/** After a long way a place so far before the window is kept too, for scrolling back. */
const wayBack = 1_000;

const memories = new WeakMap<Cache, Map<string, Known>>();

/** What is known of the list; forgotten when a document of its type has changed. */
function known(cache: Cache, key: string, version: number, make: () => Pick<Known, 'rows' | 'empty'>): Known {
  let memory = memories.get(cache);
  if (memory === undefined) memories.set(cache, (memory = new Map()));
  let found = memory.get(key);
  memory.delete(key); // and put in again as the latest
  if (found === undefined || found.version !== version) found = { version, anchors: { empty: [], full: [] }, ...make() };
  memory.set(key, found);
  for (const oldest of memory.keys()) {
    if (memory.size <= mostKnown) break;
    memory.delete(oldest);
  }
  return found;
}

/** How the rows of a narrowed list are found and put in order; conditions and order as SQL over `d`. */
export interface Narrowed {
  readonly key: string;
  /** Changes with the documents that the list depends on. */
  readonly version: number;
  /** Conditions that the indexes of the order hold. */
  readonly always: string;
  /** Each by itself over the index of its own column. */
  readonly narrowing: string;
  readonly values: readonly (string | number)[];
  readonly order: string;
}

/**
 * All row numbers of a narrowed list in its order. Found once by the indexes of the columns that narrow it, put in order by the index of the column that sorts it; no
 * document is read for it. Windows and the total come from it until something changes.
 */
export function narrowedRows(cache: Cache, type: string, { key, version, always, narrowing, values, order }: Narrowed): Int32Array {
  const found = known(cache, key, version, () => {
    const table = tableName(type);
    const some = cache.database.prepare<(string | number)[], number>(`SELECT d.row FROM ${table} d WHERE ${always} AND ${narrowing} LIMIT ${fewRows + 1}`).pluck().all(...values);
    const isFew = some.length <= fewRows;
    const rows = isFew
      ? cache.database.prepare<[string], number>(`SELECT d.row FROM ${table} d WHERE d.row IN (SELECT value FROM json_each(?)) ORDER BY ${order}`).pluck().all(JSON.stringify(some))
      : cache.database.prepare<(string | number)[], number>(`SELECT d.row FROM ${table} d WHERE ${always} AND ${narrowing.replaceAll('d.row IN', '+d.row IN')} ORDER BY ${order}`).pluck().all(...values);
    return { rows: Int32Array.from(rows), empty: 0 };
  });
  return found.rows ?? new Int32Array();
}

/** True if a list that is only sorted is short enough to be held in memory. */
export function isShort(total: number): boolean {
  return total <= mostSorted;
}

interface Part {
  readonly isEmpty: boolean;
  readonly from: number;
  readonly to: number;
}

export interface ColumnOrder {
  readonly type: DocumentType;
  readonly column: string;
  readonly descending: boolean;
  readonly version: number;
  /** Rows of the whole list. */
  readonly total: number;
}

/**
 * A window of a whole list in the order of a column that has an index. From the nearest place met before the rows are gone through one by one: scrolling costs the window
 * alone, in a list of millions too, and only a jump costs the way.
 */
export function windowByColumn(cache: Cache, order: ColumnOrder, { offset, limit }: Pick<ListQuery, 'offset' | 'limit'>): readonly WindowRow[] {
  const { type, column, descending, version, total } = order;
  const name = columnName(column);
  const list = `FROM ${tableName(type.type)} d WHERE d.deleted = 0${type.alias === undefined ? '' : ` AND +d.${columnName(type.alias)} IS NULL`}`;
  const found = known(cache, JSON.stringify([type.type, column, descending]), version, () => ({ rows: null, empty: cache.database.prepare<[], number>(`SELECT count(*) ${list} AND d.${name} IS NULL`).pluck().get() ?? 0 }));
  // SQLite counts no value as less than any other.
  const parts: readonly Part[] = descending
    ? [{ isEmpty: false, from: 0, to: total - found.empty }, { isEmpty: true, from: total - found.empty, to: total }]
    : [{ isEmpty: true, from: 0, to: found.empty }, { isEmpty: false, from: found.empty, to: total }];
  return parts.flatMap(({ isEmpty, from, to }) => {
    const [start, end] = [Math.max(offset, from), Math.min(offset + limit, to)];
    return end <= start ? [] : partRows(cache, { list, name, descending, isEmpty, anchors: isEmpty ? found.anchors.empty : found.anchors.full }, start - from, end - start);
  });
}

interface PartOrder {
  readonly list: string;
  readonly name: string;
  readonly descending: boolean;
  readonly isEmpty: boolean;
  readonly anchors: Anchor[];
}

type Place = Pick<Anchor, 'value' | 'id'>;

function partRows(cache: Cache, part: PartOrder, offset: number, limit: number): readonly WindowRow[] {
  let anchor = nearest(part.anchors, offset);
  if (offset - (anchor?.offset ?? 0) > 2 * wayBack) {
    const place = cache.database.prepare<(string | number)[], Place>(`SELECT d.${part.name} AS value, d.id AS id ${from(part, anchor)} LIMIT 1 OFFSET ?`).get(...bounds(part, anchor), offset - wayBack - 1 - (anchor?.offset ?? 0));
    if (place !== undefined) keep(part.anchors, (anchor = { offset: offset - wayBack, ...place }));
  }
  const rows = cache.database
    .prepare<(string | number)[], WindowRow & Place>(`SELECT d.body, d.pending, d.${part.name} AS value, d.id AS id ${from(part, anchor)} LIMIT ? OFFSET ?`)
    .all(...bounds(part, anchor), limit, offset - (anchor?.offset ?? 0));
  const last = rows.at(-1);
  if (last !== undefined) keep(part.anchors, { offset: offset + rows.length, value: last.value, id: last.id });
  return rows;
}

function from({ list, name, descending, isEmpty }: PartOrder, anchor: Anchor | null): string {
  const [sign, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
  if (isEmpty) return `${list} AND d.${name} IS NULL${anchor === null ? '' : ` AND d.id ${sign} ?`} ORDER BY d.id ${direction}`;
  return `${list} AND d.${name} IS NOT NULL${anchor === null ? '' : ` AND (d.${name}, d.id) ${sign} (?, ?)`} ORDER BY d.${name} ${direction}, d.id ${direction}`;
}

function bounds({ isEmpty }: PartOrder, anchor: Anchor | null): readonly (string | number)[] {
  if (anchor === null) return [];
  return isEmpty || anchor.value === null ? [anchor.id] : [anchor.value, anchor.id];
}

/** Anchors stand by offset. */
function nearest(anchors: readonly Anchor[], offset: number): Anchor | null {
  let [low, high] = [0, anchors.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((anchors[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return anchors[low - 1] ?? null;
}

function keep(anchors: Anchor[], anchor: Anchor): void {
  let at = anchors.length;
  while (at > 0 && (anchors[at - 1]?.offset ?? 0) > anchor.offset) at -= 1;
  if (anchors[at - 1]?.offset !== anchor.offset) anchors.splice(at, 0, anchor);
}
