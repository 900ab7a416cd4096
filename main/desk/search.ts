import { searchPlacesOf, type AnyDocument } from '../../shared/base/document-type.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import type { Client } from '../../shared/domain/client/model.ts';
import { rowsOfGroup, searchTypes, type SearchAnswer, type SearchGroup, type SearchRow, type SearchType } from '../../shared/protocol/search.ts';
import { searchRow } from '../../shared/protocol/search-row.ts';
import { bestMatch, hasWords, type Wanted } from '../../shared/text/search-match.ts';
import { readings, type Reading, type SearchQuery } from '../../shared/text/search-query.ts';
import type { Cache } from '../db/cache.ts';
import { foundByColumn, foundByEmail, foundByNumber, foundBySpellings, foundByWords, type FoundDocument } from '../db/search-read.ts';
import { isSimilarWord } from './similar-name.ts';

/** Rows looked at before the best are chosen; one more than shown where they come in the order of the answer. */
const rowsLooked = 16;
const rowsInOrder = rowsOfGroup + 1;
/** Spellings of one word asked for at once. */
const mostSpellings = 48;
const shortestPart = 3;
const shortestWithSlip = 4;
/** With fewer clients found exactly by one word, similar names are offered; by several words, when none is. */
const fewExact = 3;
/** Cards merged into cards that were merged later. */
const longestAlias = 8;

interface Found {
  readonly id: string;
  readonly row: SearchRow;
  readonly score: number;
}

interface FoundGroup {
  readonly rows: readonly Found[];
  readonly more: boolean;
}

const nobody: FoundGroup = { rows: [], more: false };

/** A merged card is shown as the one it became. */
function surviving(cache: Cache, type: SearchType, document: AnyDocument): AnyDocument | null {
  let now: AnyDocument | null = document;
  for (let step = 0; type === 'client' && step < longestAlias && now !== null; step += 1) {
    const { aliasOf } = now as Client; // the table of clients holds clients
    if (aliasOf === null) return now;
    now = cache.get(type, aliasOf)?.document ?? null;
  }
  return now;
}

/** The documents with what was found in them, each once, the best first. */
function foundRows(cache: Cache, type: SearchType, documents: readonly FoundDocument[], wanted: Wanted, fits: (document: AnyDocument) => boolean = () => true): readonly Found[] {
  const declared = documentTypeOf(type);
  const found = new Map<string, Found>();
  for (const body of new Map(documents.map((one) => [one.row, one.body])).values()) {
    const document = JSON.parse(body) as AnyDocument; // written by the cache from a document
    if (!fits(document)) continue;
    const match = bestMatch(searchPlacesOf(declared, document), wanted);
    const shown = match === null ? null : surviving(cache, type, document);
    if (match === null || shown === null || shown.deleted === true || found.has(shown.id)) continue;
    found.set(shown.id, { id: shown.id, row: searchRow(type, shown, match, false), score: match.score });
  }
  return [...found.values()].toSorted((a, b) => b.score - a.score);
}

function wantedOf({ words, number, email }: SearchQuery): Wanted {
  return { words: words.map((word) => [word]), number, email };
}

/** Digits: a phone or a number from its beginning or end, with the words beside it. */
function byNumber(cache: Cache, type: SearchType, query: SearchQuery): readonly Found[] {
  if (query.number === null) return [];
  const wanted: Wanted = { words: query.besideNumber.map((word) => [word]), number: query.number, email: '' };
  const fits = (document: AnyDocument) => query.besideNumber.length === 0 || hasWords(searchPlacesOf(documentTypeOf(type), document), query.besideNumber);
  return foundRows(cache, type, foundByNumber(cache, type, query.number, query.besideNumber.length === 0 ? rowsInOrder : rowsLooked), wanted, fits);
}

function byWords(cache: Cache, type: SearchType, query: SearchQuery): readonly Found[] {
  const wanted = wantedOf(query);
  if (type !== 'client') return foundRows(cache, type, foundByWords(cache, type, query.words, rowsInOrder), wanted);
  const byName = query.words.length === 0 ? [] : foundByColumn(cache, type, 'name', query.folded, rowsInOrder);
  const documents = byName.length < rowsInOrder ? [...byName, ...foundByWords(cache, type, query.words, rowsLooked)] : byName;
  return foundRows(cache, type, documents, wanted);
}

/** Words of which the typed ones are a part: «бязян» of «Шахбазян». */
function byParts(cache: Cache, type: SearchType, query: SearchQuery): readonly Found[] {
  if (!query.words.some((word) => [...word].length >= shortestPart)) return [];
  const spellings: (readonly string[])[] = [];
  let isPart = false;
  for (const word of query.words) {
    const beginning = cache.terms.beginning(type, word, mostSpellings);
    const own = beginning.length > 0 ? beginning : cache.terms.containing(type, word, mostSpellings);
    if (own.length === 0) return [];
    isPart ||= beginning.length === 0;
    spellings.push(own);
  }
  if (!isPart) return [];
  return foundRows(cache, type, foundBySpellings(cache, type, spellings, rowsInOrder), wantedOf(query));
}

function merged(...lists: readonly (readonly Found[])[]): FoundGroup {
  const seen = new Set<string>();
  const rows = lists.flat().filter(({ id }) => !seen.has(id) && seen.add(id).size > 0);
  return { rows: rows.slice(0, rowsOfGroup), more: rows.length > rowsOfGroup };
}

function exact(cache: Cache, type: SearchType, query: SearchQuery, withParts: boolean): FoundGroup {
  const wanted = wantedOf(query);
  const lists: (readonly Found[])[] = [];
  const count = () => lists.reduce((sum, { length }) => sum + length, 0);
  if (query.email !== '') lists.push(foundRows(cache, type, foundByEmail(cache, type, query.email, rowsInOrder), wanted));
  lists.push(byNumber(cache, type, query));
  if (count() < (query.number === null && query.email === '' ? rowsInOrder : 1)) lists.push(byWords(cache, type, query));
  if (withParts && count() === 0 && query.email === '' && query.number === null) lists.push(byParts(cache, type, query));
  return merged(...lists);
}

/** Clients whose names differ from what was typed by a slip of the keyboard. */
function similarClients(cache: Cache, query: SearchQuery): readonly Found[] {
  let slips = 0;
  const spellings = query.words.map((word) => {
    const near = word.length < shortestWithSlip ? [] : cache.terms.nearly('client', word).filter((term) => isSimilarWord(word, term)).slice(0, mostSpellings);
    slips += near.length;
    return [...near, ...cache.terms.beginning('client', word, mostSpellings)];
  });
  if (slips === 0) return [];
  const found = foundRows(cache, 'client', foundBySpellings(cache, 'client', spellings, rowsLooked), { words: spellings, number: null, email: '' });
  return found.map((one) => ({ ...one, row: { ...one.row, similar: true } }));
}

type Groups = ReadonlyMap<SearchType, FoundGroup>;

function groupsOf(cache: Cache, query: SearchQuery, withParts: boolean): Groups {
  return new Map(searchTypes.map((type) => [type, exact(cache, type, query, withParts)]));
}

function isEmpty(groups: Groups): boolean {
  return [...groups.values()].every(({ rows }) => rows.length === 0);
}

/** Letters only, all of them Latin: a name spelt so, or the wrong keyboard, even where an address of mail holds the very word. */
function isLatin(text: string): boolean {
  return /^[A-Za-z'\s.-]+$/.test(text);
}

function union(groups: Groups, others: Groups): Groups {
  return new Map(searchTypes.map((type) => [type, { ...merged(groups.get(type)?.rows ?? [], others.get(type)?.rows ?? []), ...((groups.get(type)?.more ?? false) || (others.get(type)?.more ?? false) ? { more: true } : {}) }]));
}

function withSimilar(groups: Groups, similar: readonly Found[]): Groups {
  const clients = groups.get('client') ?? nobody;
  const { rows, more } = merged(clients.rows, similar);
  return new Map([...groups, ['client', { rows, more: more || clients.more }]]);
}

function answered(understood: string | null, groups: Groups): SearchAnswer {
  const shown = searchTypes.map((type): SearchGroup => ({ type, rows: (groups.get(type) ?? nobody).rows.map(({ row }) => row), more: groups.get(type)?.more ?? false }));
  return { understood, groups: shown.filter(({ rows }) => rows.length > 0) };
}

/** The first reading but the one as typed that finds something. */
function otherReading(cache: Cache, others: readonly Reading[]): { readonly understood: string | null; readonly groups: Groups } | null {
  for (const [n, { understood, query }] of others.entries()) {
    const groups = groupsOf(cache, query, n === 0); // parts of words for the likeliest reading only
    if (!isEmpty(groups)) return { understood, groups };
  }
  return null;
}

/**
 * Finds clients and all that concerns them by whatever was typed, on this desk's base. As typed first; what finds nothing so is read in
 * another keyboard layout or transliterated; where few clients are found exactly, names with a slip follow. Any text has an answer.
 */
export function searchHere(cache: Cache, text: string): SearchAnswer {
  const [asTyped, ...others] = readings(text);
  if (asTyped.query.words.length === 0 && asTyped.query.number === null && others.length === 0) return { understood: null, groups: [] };
  const typed = groupsOf(cache, asTyped.query, true);
  const isFound = !isEmpty(typed);
  const other = isFound && !(isLatin(asTyped.query.text) && (typed.get('client') ?? nobody).rows.length < rowsOfGroup) ? null : otherReading(cache, others);
  const groups = other === null ? typed : union(typed, other.groups);
  const understood = other?.understood ?? null;
  const enough = asTyped.query.words.length > 1 ? 1 : fewExact;
  if ((groups.get('client') ?? nobody).rows.length >= enough || asTyped.query.number !== null) return answered(understood, groups);
  for (const reading of isEmpty(groups) ? [asTyped, ...others] : [asTyped]) {
    const similar = similarClients(cache, reading.query);
    if (similar.length > 0) return answered(understood ?? reading.understood, withSimilar(groups, similar));
  }
  return answered(understood, groups);
}

/** Of the centre's answer what this desk does not hold itself: the rest was shown already. */
export function beyondHere(cache: Cache, { understood, groups }: SearchAnswer): SearchAnswer {
  const rest = groups.map((group): SearchGroup => ({ ...group, rows: group.rows.filter(({ id }) => cache.get(group.type, id) === null) }));
  return { understood, groups: rest.filter(({ rows }) => rows.length > 0) };
}
