import type { AnyDocument, Column, DocumentType } from '../../shared/base/document-type.ts';
import { OknoError } from '../../shared/base/errors.ts';
import { fold } from '../../shared/base/fold.ts';
import type { Json } from '../../shared/base/json.ts';
import type { ListFilter, ListPage, ListQuery, ListRow, ListValues } from '../../shared/protocol/list.ts';
import { aliasOfType, namesSql, survivingSql } from './alias.ts';
import type { Cache } from './cache.ts';
import { columnName, tableName } from './document-table.ts';
import { isShort, narrowedRows, windowByColumn, type WindowRow } from './list-window.ts';
import { markedRows } from './marked-search.ts';
import { searchKeyTableName, searchTableName } from './search-index.ts';
import { numberKeyStarts } from './search-read.ts';
import { searchQuery } from '../../shared/text/search-query.ts';
import { textOf } from '../../shared/base/json.ts';

type SqlValue = string | number;
interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

function columnOf(type: DocumentType, name: string): Column<AnyDocument> | 'id' {
  if (name === 'id') return 'id';
  const column = Object.hasOwn(type.columns, name) ? type.columns[name] : undefined;
  if (column === undefined) throw new OknoError('invalidInput', { field: `${type.type}.${name}` });
  return column;
}

function sqlValue(column: Column<AnyDocument> | 'id', value: unknown): SqlValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  const text = textOf(value);
  return column !== 'id' && column.kind === 'text' ? fold(text) : text;
}

/** SQL of a column `read` (`title_folded`, `id`) of the document that a reference means; the one it was merged into stands for a merged one. */
function referredSql(refType: string, read: string): string {
  const alias = aliasOfType(refType);
  return alias === undefined ? `r.${read}` : survivingSql(tableName(refType), columnName(alias), read);
}

function condition(type: DocumentType, { column: name, op, value }: ListFilter): Condition {
  const column = columnOf(type, name);
  const alias = column !== 'id' && column.kind === 'ref' ? aliasOfType(column.refType) : undefined;
  if (column !== 'id' && column.kind === 'ref' && alias !== undefined && typeof value === 'string' && (op === 'eq' || op === 'ne')) {
    const named = `d.${columnName(name)} ${op === 'eq' ? 'IN' : 'NOT IN'} (${namesSql(tableName(column.refType), columnName(alias))})`;
    return { sql: op === 'eq' ? named : `(d.${columnName(name)} IS NULL OR ${named})`, values: [value] };
  }
  const sql = column === 'id' ? 'd.id' : `d.${columnName(name)}`;
  const one = () => [sqlValue(column, value)];
  switch (op) {
    case 'eq':
      return value === null || value === undefined ? { sql: `${sql} IS NULL`, values: [] } : { sql: `${sql} = ?`, values: one() };
    case 'ne':
      return value === null || value === undefined ? { sql: `${sql} IS NOT NULL`, values: [] } : { sql: `(${sql} IS NULL OR ${sql} <> ?)`, values: one() };
    case 'in': {
      const list = Array.isArray(value) ? value : [];
      return list.length === 0 ? { sql: '0', values: [] } : { sql: `${sql} IN (${list.map(() => '?').join(', ')})`, values: list.map((item) => sqlValue(column, item)) };
    }
    case 'lt':
      return { sql: `${sql} < ?`, values: one() };
    case 'gt':
      return { sql: `${sql} > ?`, values: one() };
    case 'contains':
      return contains(column, sql, textOf(value));
    case 'empty':
      return { sql: `(${sql} IS NULL OR ${sql} = '')`, values: [] };
    case 'notEmpty':
      return { sql: `(${sql} IS NOT NULL AND ${sql} <> '')`, values: [] };
  }
}

function contains(column: Column<AnyDocument> | 'id', sql: string, text: string): Condition {
  const pattern = `%${fold(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  if (column !== 'id' && column.kind === 'ref') {
    return { sql: `${sql} IN (SELECT r.id FROM ${tableName(column.refType)} r WHERE ${referredSql(column.refType, 'title_folded')} LIKE ? ESCAPE '\\')`, values: [pattern] };
  }
  return { sql: `${sql} LIKE ? ESCAPE '\\'`, values: [pattern] };
}

function joined(conditions: readonly Condition[], word: ' AND ' | ' OR '): Condition {
  return { sql: `(${conditions.map(({ sql }) => sql).join(word)})`, values: conditions.flatMap(({ values }) => values) };
}

/** Every word must begin some word of the document; a number is found by its beginning or its end. */
function searchCondition(type: DocumentType, search: string): Condition | null {
  if (search.trim() === '') return null;
  const { words, number, besideNumber } = searchQuery(search);
  const byWords = wordsCondition(type, words);
  if (number === null) return byWords;
  const beside = besideNumber.length === 0 ? [] : [wordsCondition(type, besideNumber)];
  const byNumber = joined(numberKeyStarts(number).map((start) => keyCondition(type, start)), ' OR ');
  return joined([byWords, joined([byNumber, ...beside], ' AND ')], ' OR ');
}

function wordsCondition(type: DocumentType, words: readonly string[]): Condition {
  if (words.length === 0) return { sql: '0', values: [] };
  const table = searchTableName(type.type);
  return { sql: `d.row IN (SELECT rowid FROM ${table} WHERE ${table} MATCH ?)`, values: [words.map((word) => `"${word}"*`).join(' AND ')] };
}

function keyCondition(type: DocumentType, start: string): Condition {
  return { sql: `d.row IN (SELECT row FROM ${searchKeyTableName(type.type)} WHERE key >= ? AND key < ?)`, values: [start, `${start}\u{10ffff}`] };
}

/** Filter by this name asks for documents marked deleted; without it none of them is listed. */
const deletedColumn = 'deleted';

function asksMarked(where: readonly ListFilter[]): boolean {
  return where.some(({ column, op, value }) => column === deletedColumn && op === 'eq' && value === true);
}

/** What the search finds among the documents marked deleted: by their rows. */
function markedCondition(cache: Cache, type: DocumentType, search: string): Condition | null {
  return search.trim() === '' ? null : { sql: 'd.row IN (SELECT value FROM json_each(?))', values: [JSON.stringify(markedRows(cache, type, search))] };
}

/**
 * Documents merged into another are listed only where they are asked for. Nearly all are not merged, so the index of the alias must not be what a list is
 * read by (the sign «+» keeps it out): the indexes of the other columns hold the alias too. With a search it holds all that is looked at of a found row.
 */
function unmerged({ alias }: DocumentType, where: readonly ListFilter[], search: string): readonly Condition[] {
  return alias === undefined || where.some(({ column }) => column === alias) ? [] : [{ sql: `${search.trim() === '' ? '+' : ''}d.${columnName(alias)} IS NULL`, values: [] }];
}

function whereOf(cache: Cache, type: DocumentType, { where, anyOf, search }: Pick<ListQuery, 'where' | 'anyOf' | 'search'>): Condition {
  const groups = anyOf.filter((group) => group.length > 0).map((group) => joined(group.map((filter) => condition(type, filter)), ' AND '));
  const isMarked = asksMarked(where);
  const found = isMarked ? markedCondition(cache, type, search) : searchCondition(type, search);
  return joined(
    [{ sql: `d.deleted = ${isMarked ? 1 : 0}`, values: [] }, ...unmerged(type, where, search), ...where.filter(({ column }) => column !== deletedColumn).map((filter) => condition(type, filter)), ...(groups.length === 0 ? [] : [joined(groups, ' OR ')]), ...(found === null ? [] : [found])],
    ' AND ',
  );
}

function orderOf(type: DocumentType, sort: ListQuery['sort']): string {
  const terms = sort.map(({ column: name, descending }) => {
    const column = columnOf(type, name);
    const value =
      column === 'id' ? 'd.id' : column.kind === 'ref' ? `(SELECT ${referredSql(column.refType, 'title_folded')} FROM ${tableName(column.refType)} r WHERE r.id = d.${columnName(name)})` : `d.${columnName(name)}`;
    return `${value} ${descending ? 'DESC' : 'ASC'}`;
  });
  // The id makes the order complete, so that windows of rows never overlap.
  return [...terms, `d.id ${sort[0]?.descending === true ? 'DESC' : 'ASC'}`].join(', ');
}

/** Nothing narrows the list: all documents of the type but those marked deleted and those merged into another. */
function isWhole({ where, anyOf, search }: ListQuery): boolean {
  return where.length === 0 && anyOf.every((group) => group.length === 0) && search.trim() === '';
}

/** Each condition as a set of rows by itself: found by the index of its own column, whatever else is asked. */
function narrowing(type: DocumentType, { where, anyOf, search }: ListQuery): Condition {
  const table = tableName(type.type);
  const rowsOf = (filter: ListFilter): Condition => {
    const { sql, values } = condition(type, filter);
    return { sql: `d.row IN (SELECT d.row FROM ${table} d WHERE d.deleted = 0 AND ${sql})`, values };
  };
  const groups = anyOf.filter((group) => group.length > 0).map((group) => joined(group.map(rowsOf), ' AND '));
  const found = searchCondition(type, search);
  const all = [...where.filter(({ column }) => column !== deletedColumn).map(rowsOf), ...(groups.length === 0 ? [] : [joined(groups, ' OR ')]), ...(found === null ? [] : [found])];
  return all.length === 0 ? { sql: '1', values: [] } : joined(all, ' AND ');
}

/** Types whose documents decide what the list shows and in which order. */
function versionOf(cache: Cache, type: DocumentType, { where, anyOf, sort }: ListQuery): number {
  const named = [...where.filter(({ column }) => column !== deletedColumn), ...anyOf.flat(), ...sort].flatMap(({ column: name }) => {
    const column = columnOf(type, name);
    return column !== 'id' && column.kind === 'ref' ? [column.refType] : [];
  });
  return [...new Set([type.type, ...named])].reduce((sum, one) => sum + cache.table(one).version, 0);
}

/** The rows of a narrowed list, or of a short one, in order; null where they are not held: documents marked deleted, and long lists. */
function heldRows(cache: Cache, type: DocumentType, query: ListQuery): Int32Array | null {
  if (asksMarked(query.where) || (isWhole(query) && !isShort(cache.table(query.type).listed))) return null;
  const { where, anyOf, search, sort } = query;
  const whole = isWhole(query);
  const { sql, values } = whole ? { sql: '1', values: [] } : narrowing(type, query);
  const always = joined([{ sql: 'd.deleted = 0', values: [] }, ...unmerged(type, where, '')], ' AND ').sql;
  return narrowedRows(cache, query.type, { key: JSON.stringify([query.type, where, anyOf, search, sort]), version: versionOf(cache, type, query), always, narrowing: sql, values, order: orderOf(type, sort) });
}

/** The column of a whole list's order, if an index stands in that order. */
function indexedOrder(type: DocumentType, sort: ListQuery['sort']): { readonly column: string; readonly descending: boolean } | null {
  const [first, ...others] = sort;
  if (first === undefined || others.length > 0 || first.column === 'id') return null;
  const column = type.columns[first.column];
  return column === undefined || column.kind === 'ref' || column.kind === 'flag' ? null : { column: first.column, descending: first.descending };
}

/** How many documents the query finds. */
export function listTotal(cache: Cache, query: ListQuery): number {
  const type = cache.table(query.type).type;
  if (isWhole(query)) return cache.table(query.type).listed;
  const { sql, values } = whereOf(cache, type, query);
  return cache.database.prepare<SqlValue[], number>(`SELECT count(*) FROM ${tableName(query.type)} d WHERE ${sql}`).pluck().get(...values) ?? 0;
}

/** A window of a list: filtered, searched and sorted in SQL; `total` counts all that fit. */
export function listPage(cache: Cache, query: ListQuery): ListPage {
  const { type, version, listed } = cache.table(query.type);
  if (query.limit === 0) return { rows: [], total: listTotal(cache, query) };
  const order = isWhole(query) ? indexedOrder(type, query.sort) : null;
  const shown = ({ body, pending }: WindowRow): ListRow => listRow(cache, type, JSON.parse(body) as AnyDocument, pending === 1); // written by the cache from a document
  if (order !== null) return { rows: windowByColumn(cache, { type, ...order, version, total: listed }, query).map(shown), total: listed };
  const held = heldRows(cache, type, query);
  if (held !== null) return { rows: [...listRowsAt(cache, query.type, [...held.subarray(query.offset, query.offset + query.limit)])], total: held.length };
  const total = listTotal(cache, query);
  const { sql, values } = whereOf(cache, type, query);
  const rows = cache.database
    .prepare<SqlValue[], WindowRow>(`SELECT d.body, d.pending FROM ${tableName(query.type)} d WHERE ${sql} ORDER BY ${orderOf(type, query.sort)} LIMIT ? OFFSET ?`)
    .all(...values, query.limit, query.offset);
  return { rows: rows.map(shown), total };
}

/** Ids of the same window. */
export function listIds(cache: Cache, query: ListQuery): readonly string[] {
  const { type } = cache.table(query.type);
  const { sql, values } = whereOf(cache, type, query);
  return cache.database.prepare<SqlValue[], string>(`SELECT d.id FROM ${tableName(query.type)} d WHERE ${sql} ORDER BY ${orderOf(type, query.sort)} LIMIT ? OFFSET ?`).pluck().all(...values, query.limit, query.offset);
}

/** More values than this are a search, not a choice. */
const mostValues = 100;

/**
 * What the column holds among the documents that the query finds (its order and window do not matter), the most frequent first. Throws
 * `invalidInput` for a column of times, numbers or flags, and for one that the type does not have.
 */
export function listValues(cache: Cache, query: ListQuery, name: string): ListValues {
  const { type } = cache.table(query.type);
  const column = columnOf(type, name);
  if (column === 'id' || column.kind === 'time' || column.kind === 'number' || column.kind === 'flag') throw new OknoError('invalidInput', { field: `${type.type}.${name}` });
  const { sql, values } = whereOf(cache, type, query);
  const own = `d.${columnName(name)}`;
  const shown = column.kind === 'ref' && aliasOfType(column.refType) !== undefined ? `coalesce((SELECT ${referredSql(column.refType, 'id')} FROM ${tableName(column.refType)} r WHERE r.id = ${own}), ${own})` : own;
  const found = cache.database
    .prepare<SqlValue[], { value: string | null; count: number; row: number }>(`SELECT nullif(${shown}, '') AS value, count(*) AS count, max(d.row) AS row FROM ${tableName(query.type)} d WHERE ${sql} GROUP BY 1 ORDER BY count DESC, value LIMIT ${mostValues + 1}`)
    .all(...values);
  const kept = found.slice(0, mostValues);
  const rows = listRowsAt(cache, query.type, kept.map(({ row }) => row)); // a row for each: they were found just now
  return { values: kept.flatMap(({ value, count }, index) => (rows[index] === undefined ? [] : [{ value, count, row: rows[index] }])), more: found.length > mostValues };
}

/** All that the query finds, in its order, as row numbers of the table: `listRowsAt` reads them later, whatever changed meanwhile. */
export function listRowNumbers(cache: Cache, query: ListQuery): readonly number[] {
  const type = cache.table(query.type).type;
  const { sql, values } = whereOf(cache, type, query);
  return cache.database.prepare<SqlValue[], number>(`SELECT d.row FROM ${tableName(query.type)} d WHERE ${sql} ORDER BY ${orderOf(type, query.sort)}`).pluck().all(...values);
}

/** Rows by their numbers, in that order; one that is gone is left out. */
export function listRowsAt(cache: Cache, typeName: string, numbers: readonly number[]): readonly ListRow[] {
  const { type } = cache.table(typeName);
  const found = cache.database
    .prepare<[string], { row: number; body: string; pending: number }>(`SELECT d.row, d.body, d.pending FROM ${tableName(typeName)} d WHERE d.row IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(numbers));
  const rows = new Map(found.map(({ row, body, pending }) => [row, listRow(cache, type, JSON.parse(body) as AnyDocument, pending === 1)])); // written by the cache from a document
  return numbers.flatMap((number) => rows.get(number) ?? []);
}

/** A row with the presentations of what its declared columns point at. */
export function listRow(cache: Cache, type: DocumentType, document: AnyDocument, pending: boolean): ListRow {
  const refs: Record<string, string> = {};
  for (const column of Object.values(type.columns)) {
    if (column.kind !== 'ref') continue;
    const id = column.value(document);
    const title = id === null ? null : cache.title(column.refType, id);
    if (id !== null && title !== null) refs[id] = title;
  }
  return { document: document as unknown as Record<string, Json>, refs, pending } as ListRow; // a document is JSON
}

const idKey = /(?:Ids?|By|offeredTo)$/;

/** Every id that the document names in a field called …Id, …Ids or …By. */
function idsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return idKey.test(key) && value !== '' && value.length <= 80 ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => idsIn(item, key));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, member]) => idsIn(member, name));
  return [];
}

/** One document for a form: presentations of everything it points at, of whatever type. */
export function fullRow(cache: Cache, type: DocumentType, document: AnyDocument, pending: boolean): ListRow {
  const row = listRow(cache, type, document, pending);
  const refs: Record<string, string> = { ...row.refs };
  for (const id of new Set(idsIn(document))) {
    if (refs[id] !== undefined) continue;
    for (const { type: other } of cache.types) {
      const title = cache.title(other, id);
      if (title !== null) {
        refs[id] = title;
        break;
      }
    }
  }
  return { ...row, refs };
}
