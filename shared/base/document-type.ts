import type { z } from 'zod';

/** Every document has an id; a document marked deleted stays stored (nothing is deleted for good). */
export interface AnyDocument {
  readonly id: string;
  readonly deleted?: boolean | undefined;
}

/**
 * A column of the desk's table: what lists sort and filter by. `text` is stored folded (lower case, ё→е), `ref` holds
 * the id of a document of `refType` and sorts by that document's presentation.
 */
export type Column<T> =
  | { readonly kind: 'text'; readonly value: (document: T) => string | null }
  | { readonly kind: 'time'; readonly value: (document: T) => string | null }
  | { readonly kind: 'code'; readonly value: (document: T) => string | null }
  | { readonly kind: 'number'; readonly value: (document: T) => number | null }
  | { readonly kind: 'flag'; readonly value: (document: T) => boolean }
  | { readonly kind: 'ref'; readonly refType: string; readonly value: (document: T) => string | null };

/**
 * How a place of a document is searched: `name`, `address`, `text` and `email` by beginnings of words (a `name` with a slip of the keyboard
 * too), `phone` and `number` by digits from their beginning or end, `email` also as a whole.
 */
export type SearchKind = 'name' | 'address' | 'text' | 'email' | 'phone' | 'number';

/** A place where a document is found: the «Строка поиска» as the screen calls it, and its text. An empty text is no place. */
export interface SearchPlace {
  readonly place: string;
  readonly kind: SearchKind;
  /** As shown, with what was found marked in it. */
  readonly text: string;
  /** What is compared instead of the text: the E.164 of a phone as typed. */
  readonly value?: string | undefined;
}

/**
 * One kind of document: its shape, what it is called, how it is found, and who receives it. Tables of the desk, the
 * centre's index and the scope of sync all derive from this one declaration.
 */
export interface DocumentType<T extends AnyDocument = AnyDocument> {
  readonly type: string;
  /** Russian name, singular, as in the glossary. */
  readonly title: string;
  readonly schema: z.ZodType<T>;
  /** How one document is called in a list, a link, the history: «Соколова М. И.», «КП-26-00001842». */
  readonly presentation: (document: T) => string;
  /**
   * Name of the column (`ref` to the same type) that a document merged into another is marked by. Whoever names the merged one means the other:
   * lists of it, references to it and forms follow the mark, and its own row is not listed.
   */
  readonly alias?: string;
  readonly columns: Readonly<Record<string, Column<T>>>;
  /**
   * The closed list of queries that rules may `find` by: index name → the keys under which this document is found.
   * A deleted document is under no key.
   */
  readonly indexes: Readonly<Record<string, (document: T) => readonly string[]>>;
  /** Everything by which this document is searched, the most telling first: search, quick search of lists and the marked row derive from it. */
  readonly searchPlaces: (document: T) => readonly SearchPlace[];
  /**
   * Scope keys: a desk receives the document if it holds one of them: `all`, `role:<role>`, `branch:<id>`, `user:<id>`.
   */
  readonly scope: (document: T) => readonly string[];
}

/** Identity that infers the document's type from its schema. */
export function defineDocument<T extends AnyDocument>(definition: DocumentType<T>): DocumentType<T> {
  return definition;
}

/** The places of a document that say something; none of a deleted one. */
export function searchPlacesOf<T extends AnyDocument>(type: DocumentType<T>, document: T): readonly SearchPlace[] {
  return document.deleted === true ? [] : type.searchPlaces(document).filter(({ text }) => text !== '');
}

/** The keys of one document in one index; none for a deleted one. */
export function indexKeys<T extends AnyDocument>(type: DocumentType<T>, document: T): readonly (readonly [index: string, key: string])[] {
  if (document.deleted === true) return [];
  return Object.entries(type.indexes).flatMap(([index, keysOf]) => [...new Set(keysOf(document))].map((key) => [index, key] as const));
}
