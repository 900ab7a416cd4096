import { keyMarks, reversed } from '../../shared/text/search-words.ts';
import type { NumberQuery } from '../../shared/text/search-query.ts';
import type { Cache } from './cache.ts';
import { columnName, tableName } from './document-table.ts';
import type { SqliteDatabase, Statement } from './open-database.ts';
import { searchKeyTableName, searchTableName } from './search-index.ts';

type SqlValue = string | number;
const afterAll = '\u{10ffff}';
/** Words of one beginning are asked for by name up to so many; a shorter beginning has a table of its own in the full-text index. */
const mostSpellings = 64;
const longestPrefixTable = 3;

/** Full-text expression of a word: quoted, so that no sign of it is an operator. */
function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}

/** A document as it is stored: read where it is found, and parsed only if it is shown. */
export interface FoundDocument {
  readonly row: number;
  readonly body: string;
}

const statements = new WeakMap<SqliteDatabase, Map<string, Statement<SqlValue[]>>>();

function prepared(database: SqliteDatabase, sql: string): Statement<SqlValue[]> {
  let known = statements.get(database);
  if (known === undefined) statements.set(database, (known = new Map()));
  let statement = known.get(sql);
  if (statement === undefined) known.set(sql, (statement = database.prepare<SqlValue[]>(sql)));
  return statement;
}

function found(cache: Cache, sql: string, ...values: readonly SqlValue[]): readonly FoundDocument[] {
  return prepared(cache.database, sql).all(...values) as readonly FoundDocument[]; // every statement here selects `row` and `body`
}

/** Documents whose column of kind `text` begins so, in its order. */
export function foundByColumn(cache: Cache, type: string, column: string, folded: string, limit: number): readonly FoundDocument[] {
  const name = columnName(column);
  return found(cache, `SELECT row, body FROM ${tableName(type)} WHERE deleted = 0 AND ${name} >= ? AND ${name} < ? ORDER BY ${name}, id LIMIT ?`, folded, `${folded}${afterAll}`, limit);
}

/** Under two keys of one beginning a document stands twice. */
function foundByKey(cache: Cache, type: string, start: string, limit: number): readonly FoundDocument[] {
  return found(cache, `SELECT d.row, d.body FROM ${searchKeyTableName(type)} k CROSS JOIN ${tableName(type)} d ON d.row = k.row WHERE k.key >= ? AND k.key < ? AND d.deleted = 0 LIMIT ?`, start, `${start}${afterAll}`, limit);
}

/** A last group is looked for alone («1842» of «КП-26-1842») from so many digits on. */
const shortestGroup = 4;

/** Beginnings of keys under which a number is found, the exact ones first. */
export function numberKeyStarts({ forms, groups }: NumberQuery): readonly string[] {
  const last = groups.length > 1 ? (groups.at(-1) ?? '') : '';
  return [
    ...forms.flatMap((form) => [`${keyMarks.fromEnd}${reversed(form)}`, `${keyMarks.fromStart}${form}`]),
    ...(last.length >= shortestGroup ? [`${keyMarks.fromEnd}${reversed(last)}`] : []),
  ];
}

/** Documents found by the digits of a phone or a number, from its beginning or its end: whole numbers first, for the keys stand in order. */
export function foundByNumber(cache: Cache, type: string, number: NumberQuery, limit: number): readonly FoundDocument[] {
  const all = new Map<number, FoundDocument>();
  for (const start of numberKeyStarts(number)) {
    if (all.size >= limit) break;
    for (const one of foundByKey(cache, type, start, limit)) all.set(one.row, one);
  }
  return [...all.values()];
}

/** Documents found by the beginning of an address of mail. */
export function foundByEmail(cache: Cache, type: string, email: string, limit: number): readonly FoundDocument[] {
  return foundByKey(cache, type, `${keyMarks.email}${email}`, limit);
}

/**
 * The expression for «begins so». A beginning of up to three letters has its own table; for a longer one the words of the vocabulary are
 * named, since the index would first collect every row of every such word. Words before the @ of an address are not in the
 * vocabulary: for Latin letters the beginning itself is asked too.
 */
function beginsSo(cache: Cache, type: string, word: string): string {
  const prefix = `${quoted(word)}*`;
  if ([...word].length <= longestPrefixTable) return prefix;
  const terms = cache.terms.beginning(type, word, mostSpellings + 1);
  if (terms.length > mostSpellings) return prefix;
  const latin = /[a-z0-9]/.test(word);
  if (terms.length === 0) return latin ? prefix : '';
  return `(${[...terms.map(quoted), ...(latin ? [prefix] : [])].join(' OR ')})`;
}

/** Documents that hold every word by its beginning, the newest rows first. No rank: counting it costs as much as reading every row that fits. */
export function foundByWords(cache: Cache, type: string, words: readonly string[], limit: number): readonly FoundDocument[] {
  const parts = words.map((word) => beginsSo(cache, type, word));
  return parts.length === 0 || parts.includes('') ? [] : matching(cache, type, parts, limit);
}

/** Documents that hold one of the spellings of every word, each spelling a whole word. */
export function foundBySpellings(cache: Cache, type: string, words: readonly (readonly string[])[], limit: number): readonly FoundDocument[] {
  if (words.length === 0 || words.some((spellings) => spellings.length === 0)) return [];
  return matching(cache, type, words.map((spellings) => `(${spellings.map(quoted).join(' OR ')})`), limit);
}

function matching(cache: Cache, type: string, parts: readonly string[], limit: number): readonly FoundDocument[] {
  const words = searchTableName(type);
  return found(cache, `SELECT d.row, d.body FROM ${words} CROSS JOIN ${tableName(type)} d ON d.row = ${words}.rowid WHERE ${words} MATCH ? AND d.deleted = 0 ORDER BY ${words}.rowid DESC LIMIT ?`, parts.join(' AND '), limit);
}
