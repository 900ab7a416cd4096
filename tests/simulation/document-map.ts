import type { AnyDocument } from '../../shared/base/document-type.ts';
import { indexRowsOf, storedKey } from '../../server/db/document-keys.ts';

const place = (type: string, id: string): string => `${type}\n${id}`;

/** Documents are never changed in place: what they are found by is worked out once. */
const foundBy = new WeakMap<AnyDocument, readonly string[]>();

function indexNames(type: string, document: AnyDocument): readonly string[] {
  let names = foundBy.get(document);
  if (names === undefined) foundBy.set(document, (names = indexRowsOf(type, document).map(({ index, key }) => `${type}\n${index}\n${key}`)));
  return names;
}

/** Documents by type and id, found by their declared indexes. */
export class DocumentMap<T extends { readonly type: string; readonly id: string; readonly document: AnyDocument }> {
  readonly #rows: Map<string, T>;
  readonly #index = new Map<string, Set<string>>();

  constructor(rows: Iterable<T> = []) {
    this.#rows = new Map();
    for (const row of rows) this.put(row);
  }

  get size(): number {
    return this.#rows.size;
  }

  values(): Iterable<T> {
    return this.#rows.values();
  }

  get(type: string, id: string): T | undefined {
    return this.#rows.get(place(type, id));
  }

  put(row: T): void {
    this.remove(row.type, row.id);
    this.#rows.set(place(row.type, row.id), row);
    for (const name of indexNames(row.type, row.document)) {
      const ids = this.#index.get(name);
      if (ids === undefined) this.#index.set(name, new Set([row.id]));
      else ids.add(row.id);
    }
  }

  remove(type: string, id: string): void {
    const old = this.#rows.get(place(type, id));
    if (old === undefined) return;
    for (const name of indexNames(type, old.document)) this.#index.get(name)?.delete(id);
    this.#rows.delete(place(type, id));
  }

  /** Ids under a key, in order. */
  ids(type: string, index: string, key: string): readonly string[] {
    const ids = this.#index.get(`${type}\n${index}\n${storedKey(key)}`);
    return ids === undefined ? [] : [...ids].sort();
  }
}
