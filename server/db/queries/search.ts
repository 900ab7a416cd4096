import type { Pool } from 'pg';
import type { AnyDocument } from '../../../shared/base/document-type.ts';
import { searchTypes, type SearchType } from '../../../shared/protocol/search.ts';
import type { SearchQuery } from '../../../shared/text/search-query.ts';
import { keyMarks, reversed } from '../../../shared/text/search-words.ts';
import { typeWord } from '../search-words.ts';

export interface FoundBody {
  readonly type: SearchType;
  readonly body: AnyDocument;
}

/** At least one word must be so long: a shorter one fits nearly every document. */
const SHORTEST_WORD = 3;

function beginsSo(word: string): string {
  return `'${word.replace(/['\\]/g, '$&$&')}':*`;
}

function all(words: readonly string[]): string {
  return words.map(beginsSo).join(' & ');
}

/** The question in the language of the text search; null if it would fit nearly everything. */
function tsquery({ words, number, besideNumber, email }: SearchQuery): string | null {
  const parts: string[] = [];
  if (words.some((word) => word.length >= SHORTEST_WORD)) parts.push(`(${all(words)})`);
  if (number !== null) {
    const keys = number.forms.flatMap((form) => [`${keyMarks.fromStart}${form}`, `${keyMarks.fromEnd}${reversed(form)}`]);
    parts.push(`((${keys.map(beginsSo).join(' | ')})${besideNumber.length === 0 ? '' : ` & ${all(besideNumber)}`})`);
  }
  if (email.length > 1) parts.push(beginsSo(`${keyMarks.email}${email}`));
  return parts.length === 0 ? null : parts.join(' | ');
}

const searchSql = `
  SELECT q.type, f.body FROM unnest($1::text[], $2::text[]) AS q(type, query)
  CROSS JOIN LATERAL (
    SELECT d.body FROM document_search s JOIN document d ON d.type = s.type AND d.id = s.id
    WHERE s.words @@ q.query::tsquery AND s.type = q.type AND d.scope && $3 LIMIT $4) f`;

/** Documents that a holder of these keys may see and that fit, at most `limit` of each type. */
export async function findDocuments(pool: Pool, query: SearchQuery, scopeKeys: readonly string[], limit: number): Promise<readonly FoundBody[]> {
  const text = tsquery(query);
  if (text === null) return [];
  const { rows } = await pool.query<FoundBody>({ name: 'search', text: searchSql, values: [searchTypes, searchTypes.map((type) => `'${typeWord(type)}' & (${text})`), scopeKeys, limit] });
  return rows;
}

/** The card that a merged one became, if a holder of these keys may see it. */
export async function visibleClient(pool: Pool, id: string, scopeKeys: readonly string[]): Promise<AnyDocument | null> {
  const { rows } = await pool.query<{ body: AnyDocument }>(`SELECT body FROM document WHERE type = 'client' AND id = $1 AND scope && $2`, [id, scopeKeys]);
  return rows[0]?.body ?? null;
}
