import type { AnyDocument, DocumentType } from '../../shared/base/document-type.ts';
import { searchQuery } from '../../shared/text/search-query.ts';
import { placeKeys, placeWords } from '../../shared/text/search-words.ts';
import type { Cache } from './cache.ts';
import { tableName } from './document-table.ts';
import { numberKeyStarts } from './search-read.ts';

/** Whether a search finds a document by what stands in its places: as the search tables would, had they held it. */
export function isFoundBy(type: DocumentType, document: AnyDocument, search: string): boolean {
  const { words, number, besideNumber } = searchQuery(search);
  const places = type.searchPlaces(document).filter(({ text }) => text !== '');
  const own = places.flatMap(placeWords);
  const hasWords = (wanted: readonly string[]): boolean => wanted.every((word) => own.some((one) => one.startsWith(word)));
  if (words.length > 0 && hasWords(words)) return true;
  if (number === null || !hasWords(besideNumber)) return false;
  const keys = places.flatMap(placeKeys);
  return numberKeyStarts(number).some((start) => keys.some((key) => key.startsWith(start)));
}

/** Rows of documents marked deleted that a search finds. They stand in no search table, so that nothing else finds them; they are few, so each is read. */
export function markedRows(cache: Cache, type: DocumentType, search: string): readonly number[] {
  return cache.database
    .prepare<[], { row: number; body: string }>(`SELECT row, body FROM ${tableName(type.type)} WHERE deleted = 1`)
    .all()
    .flatMap(({ row, body }) => (isFoundBy(type, JSON.parse(body) as AnyDocument, search) ? [row] : [])); // written by the cache from a document
}
