import type { Asking, Change, Read, ReadAnswer } from '../base/rule-book.ts';
import type { DocumentMap, DocumentName } from './documents.ts';

/** Asks for one document: `const email = yield* get('incomingEmail', id)`. Null if it is not there or marked deleted. */
export function* get<K extends DocumentName>(type: K, id: string): Asking<DocumentMap[K] | null> {
  const document = yield* getMarked(type, id);
  return document?.deleted === true ? null : document;
}

/** As `get`, but a document marked deleted is answered too: to take the mark off, or not to make it twice. */
export function* getMarked<K extends DocumentName>(type: K, id: string): Asking<DocumentMap[K] | null> {
  const [answer] = yield [{ kind: 'get', type, id }];
  return (answer ?? null) as DocumentMap[K] | null; // the driver answers `get` with a document of the asked type
}

/** Asks for several documents in one round trip; those not there or marked deleted are left out. */
export function* getAll<K extends DocumentName>(type: K, ids: readonly string[]): Asking<readonly DocumentMap[K][]> {
  if (ids.length === 0) return [];
  const answers = yield [...new Set(ids)].map((id): Read => ({ kind: 'get', type, id }));
  return (answers as readonly (DocumentMap[K] | null)[]).filter((document) => document !== null && document.deleted !== true) as readonly DocumentMap[K][]; // as above
}

/** Asks for documents under a key of one of the type's indexes, ordered by id. */
export function* find<K extends DocumentName>(type: K, index: string, key: string): Asking<readonly DocumentMap[K][]> {
  return yield* findAll(type, index, [key]);
}

/** Documents under any of the keys, in one round trip; each once, in the order of the keys and then of ids. */
export function* findAll<K extends DocumentName>(type: K, index: string, keys: readonly string[]): Asking<readonly DocumentMap[K][]> {
  if (keys.length === 0) return [];
  const answers = yield [...new Set(keys)].map((key): Read => ({ kind: 'find', type, index, key }));
  const found = (answers as readonly (readonly DocumentMap[K][] | null)[]).flatMap((documents) => documents ?? []); // the driver answers `find` with documents of the asked type
  return [...new Map(found.map((document) => [document.id, document])).values()];
}

/** Asks for the next number of a series and year; null when this desk's block is used up. Ask last: a number is used up. */
export function* takeNumber(series: string, year: string): Asking<string | null> {
  const [answer] = yield [{ kind: 'number', series, year }];
  return (answer ?? null) as string | null; // the driver answers `number` with a text or null
}

/** As `takeNumber`, for a document that may wait for its number: one that the desk may not use is answered as null, and refuses nothing. */
export function* takeNumberIfAny(series: string, year: string): Asking<string | null> {
  const [answer] = yield [{ kind: 'number', series, year, optional: true }];
  return (answer ?? null) as string | null; // as above
}

/** Asks several questions in one round trip: `yield* together(read1, read2)` gives raw answers in order. */
export function* together(...reads: readonly Read[]): Asking<readonly ReadAnswer[]> {
  return yield reads;
}

/** A change of a document of a known type. */
export function put<K extends DocumentName>(type: K, document: DocumentMap[K]): Change {
  return { type, document };
}
