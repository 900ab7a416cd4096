import { searchPlacesOf, type AnyDocument } from '../../shared/base/document-type.ts';
import type { Client } from '../../shared/domain/client/model.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { rowsOfGroup, searchAnswerSchema, searchTextSchema, searchTypes, type SearchAnswer, type SearchGroup, type SearchType } from '../../shared/protocol/search.ts';
import { searchRow } from '../../shared/protocol/search-row.ts';
import { bestMatch } from '../../shared/text/search-match.ts';
import { readings, type SearchQuery } from '../../shared/text/search-query.ts';
import { findDocuments, visibleClient } from '../db/queries/search.ts';
import { bearerToken, readableTypes, scopeOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

type Pool = CentreParts['pool'];

/** Looked at before the best are chosen. */
const LOOKED = 24;
/** A desk asks once for each text that typing came to rest at. */
const SEARCHES_PER_MINUTE = 120;

/** What the user may see of the whole base, by whatever was typed: what his desk does not hold is found here. */
export function searchRoutes(app: CentreApp, { pool, reading }: CentreParts): void {
  app.post(
    paths.search,
    {
      config: { programs: 'too', rateLimit: { max: SEARCHES_PER_MINUTE, timeWindow: '1 minute', keyGenerator: (request) => bearerToken(request) ?? request.ip } },
      schema: { tags: ['Документы'], summary: 'Найти, что бы ни было написано: имя, телефон, номер, адрес', body: searchTextSchema, response: { 200: searchAnswerSchema, ...problemAnswers } },
    },
    async (request) => {
      const { text } = request.body;
      const { program } = request;
      if (program === null) return search(pool, text, scopeOf(request), searchTypes);
      const readable = new Set<string>(readableTypes(request));
      const types = searchTypes.filter((type) => readable.has(type));
      const found = await reading.page(
        program, LOOKED * types.length, 'Поиск',
        async () => {
          const answer = await search(pool, text, scopeOf(request), types);
          return { answer, rows: answer.groups.flatMap(({ rows }) => rows) };
        },
        ({ answer }) => answer.groups.flatMap(({ type, rows }) => rows.map(({ id }) => ({ type, id }))),
      );
      return found.answer;
    },
  );
}

async function search(pool: Pool, text: string, scopeKeys: readonly string[], types: readonly SearchType[]): Promise<SearchAnswer> {
  for (const { understood, query } of readings(text)) {
    const groups = await groupsOf(pool, query, scopeKeys, types);
    if (groups.length > 0) return { understood, groups };
  }
  return { understood: null, groups: [] };
}

async function groupsOf(pool: Pool, query: SearchQuery, scopeKeys: readonly string[], types: readonly SearchType[]): Promise<SearchGroup[]> {
  const found = await findDocuments(pool, query, scopeKeys, LOOKED);
  const groups: SearchGroup[] = [];
  for (const type of types) {
    const rows = await rowsOf(pool, type, found.filter((one) => one.type === type).map(({ body }) => body), query, scopeKeys);
    if (rows.length > 0) groups.push({ type, rows: rows.slice(0, rowsOfGroup), more: rows.length > rowsOfGroup });
  }
  return groups;
}

async function rowsOf(pool: Pool, type: SearchType, bodies: readonly AnyDocument[], query: SearchQuery, scopeKeys: readonly string[]): Promise<SearchGroup['rows']> {
  const wanted = { words: query.words.map((word) => [word]), number: query.number, email: query.email };
  const matches = bodies.flatMap((document) => {
    const match = bestMatch(searchPlacesOf(documentTypeOf(type), document), wanted);
    return match === null ? [] : [{ document, match }];
  });
  const rows = new Map<string, SearchGroup['rows'][number]>();
  for (const { document, match } of matches.toSorted((a, b) => b.match.score - a.match.score)) {
    const aliasOf = type === 'client' ? (document as Client).aliasOf : null; // a document of type client
    const shown = aliasOf === null ? document : await visibleClient(pool, aliasOf, scopeKeys);
    if (shown !== null && shown.deleted !== true && !rows.has(shown.id)) rows.set(shown.id, searchRow(type, shown, match, false));
  }
  return [...rows.values()];
}
