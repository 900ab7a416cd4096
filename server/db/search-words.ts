import { searchPlacesOf, type AnyDocument } from '../../shared/base/document-type.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import { searchTypes } from '../../shared/protocol/search.ts';
import { placeKeys, placeWords } from '../../shared/text/search-words.ts';

/** Longer words say nothing, and the text search takes none over 2 KB. */
const LONGEST_WORD = 100;

export function isSearched(type: string): boolean {
  return searchTypes.some((searched) => searched === type);
}

/** The word that stands for the type itself: the index finds words of one type only. */
export function typeWord(type: string): string {
  return `#${type}`;
}

/** Words and keys of a document as the centre's index keeps them; none for a deleted one. */
export function storedSearchWords(type: string, document: AnyDocument): readonly string[] {
  const places = searchPlacesOf(documentTypeOf(type), document);
  if (places.length === 0) return [];
  const words = places.flatMap((place) => [...placeWords(place), ...placeKeys(place)]);
  return [typeWord(type), ...new Set(words.map((word) => word.replaceAll('\0', '').toWellFormed().slice(0, LONGEST_WORD)))].filter((word) => word !== '');
}
