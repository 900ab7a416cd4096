import type { Change, Read, ReadAnswer } from '../base/rule-book.ts';
import type { DocumentMap, DocumentName } from './documents.ts';

type Asking<T> = Generator<readonly Read[], T, readonly ReadAnswer[]>;

/** Asks for one document: `const email = yield* get('incomingEmail', id)`. Null if it is not there or marked deleted. */
export function* get<K extends DocumentName>(type: K, id: string): Asking<DocumentMap[K] | null> {
  const [answer] = yield [{ kind: 'get', type, id }];
  return (answer ?? null) as DocumentMap[K] | null; // the driver answers `get` with a document of the asked type
}

/** Asks for documents under a key of one of the type's indexes, ordered by id. */
export function* find<K extends DocumentName>(type: K, index: string, key: string): Asking<readonly DocumentMap[K][]> {
  const [answer] = yield [{ kind: 'find', type, index, key }];
  return (answer ?? []) as readonly DocumentMap[K][]; // the driver answers `find` with documents of the asked type
}

/** Asks for the next number of a series and year; null when this desk's block is used up. */
export function* takeNumber(series: string, year: string): Asking<string | null> {
  const [answer] = yield [{ kind: 'number', series, year }];
  return (answer ?? null) as string | null; // the driver answers `number` with a text or null
}

/** Asks several questions in one round trip: `yield* together(read1, read2)` gives raw answers in order. */
export function* together(...reads: readonly Read[]): Asking<readonly ReadAnswer[]> {
  return yield reads;
}

/** A change of a document of a known type. */
export function put<K extends DocumentName>(type: K, document: DocumentMap[K]): Change {
  return { type, document };
}
