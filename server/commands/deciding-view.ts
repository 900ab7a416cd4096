import type { AnyDocument } from '../../shared/base/document-type.ts';
import type { Change } from '../../shared/base/rule-book.ts';
import type { CentreStore, StoredDocument, StoreAnswer, StoreRead } from '../db/centre-store.ts';
import { indexRowsOf, storedKey } from '../db/document-keys.ts';

const documentKey = (type: string, id: string): string => `${type}\n${id}`;
const findKey = (type: string, index: string, key: string): string => `${type}\n${index}\n${key}`;

/**
 * The base as a batch of commands sees it: what was read once, with what earlier commands of the batch put over it. It
 * remembers what was read, so that the write can check that nothing of it has changed.
 */
export class DecidingView {
  readonly #store: Pick<CentreStore, 'read'>;
  readonly #base = new Map<string, StoredDocument | null>();
  readonly #baseFinds = new Map<string, readonly string[]>();
  readonly #put = new Map<string, StoredDocument>();
  readonly #usedGets = new Map<string, { type: string; id: string }>();
  readonly #usedFinds = new Map<string, { type: string; index: string; key: string }>();

  #storeFailed = false;

  constructor(store: Pick<CentreStore, 'read'>) {
    this.#store = store;
  }

  /** True after a failed read: then an exception says nothing about the command. */
  get storeFailed(): boolean {
    return this.#storeFailed;
  }

  /** Takes in answers that were fetched with something else. */
  remember(reads: readonly StoreRead[], answers: readonly StoreAnswer[]): void {
    reads.forEach((read, n) => {
      const answer = answers[n] ?? [];
      if (read.kind === 'get') this.#base.set(documentKey(read.type, read.id), answer[0] ?? null);
      else {
        for (const stored of answer) this.#base.set(documentKey(stored.type, stored.id), stored);
        this.#baseFinds.set(findKey(read.type, read.index, storedKey(read.key)), answer.map(({ id }) => id));
      }
    });
  }

  /** Reads what is not known yet, all of it in one round trip. */
  async fetch(reads: readonly StoreRead[]): Promise<void> {
    const wanted = new Map<string, StoreRead>();
    for (const read of reads) {
      if (read.kind === 'get' && !this.#base.has(documentKey(read.type, read.id))) wanted.set(documentKey(read.type, read.id), read);
      if (read.kind === 'find') {
        const key = findKey(read.type, read.index, storedKey(read.key));
        if (!this.#baseFinds.has(key)) wanted.set(key, { ...read, key: storedKey(read.key) });
      }
    }
    if (wanted.size === 0) return;
    const missing = [...wanted.values()];
    try {
      this.remember(missing, await this.#store.read(missing));
    } catch (error) {
      this.#storeFailed = true;
      throw error;
    }
  }

  /** The current state of one document that was fetched or put; null if it is not there. `used` makes the write check it. */
  stored(type: string, id: string): StoredDocument | null {
    const key = documentKey(type, id);
    this.#usedGets.set(key, { type, id });
    return this.#put.get(key) ?? this.#base.get(key) ?? null;
  }

  /** As a rule gets it: one marked deleted too. */
  get(type: string, id: string): AnyDocument | null {
    return this.stored(type, id)?.document ?? null;
  }

  find(type: string, index: string, rawKey: string): readonly AnyDocument[] {
    const key = storedKey(rawKey);
    const name = findKey(type, index, key);
    this.#usedFinds.set(name, { type, index, key });
    const ids = new Set(this.#baseFinds.get(name) ?? []);
    for (const put of this.#put.values()) {
      if (put.type !== type) continue;
      const under = indexRowsOf(type, put.document).some((row) => row.index === index && row.key === key);
      if (under) ids.add(put.id);
      else ids.delete(put.id);
    }
    return [...ids].sort().flatMap((id) => this.get(type, id) ?? []);
  }

  /** Puts a change over the base; gives the document before and after. The document must have been fetched. */
  put({ type, document }: Change): { readonly before: StoredDocument | null; readonly after: StoredDocument } {
    const before = this.stored(type, document.id);
    const after = { type, id: document.id, version: (before?.version ?? 0) + 1, document };
    this.#put.set(documentKey(type, document.id), after);
    return { before, after };
  }

  /** The last version of everything that was put. */
  changed(): readonly { readonly base: StoredDocument | null; readonly after: StoredDocument }[] {
    return [...this.#put.entries()].map(([key, after]) => ({ base: this.#base.get(key) ?? null, after }));
  }

  usedGets(): readonly { type: string; id: string; version: number }[] {
    return [...this.#usedGets.entries()].map(([key, { type, id }]) => ({ type, id, version: this.#base.get(key)?.version ?? 0 }));
  }

  usedFinds(): readonly { type: string; index: string; key: string; ids: readonly string[] }[] {
    return [...this.#usedFinds.entries()].map(([name, find]) => ({ ...find, ids: this.#baseFinds.get(name) ?? [] }));
  }
}
