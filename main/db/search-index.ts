import { searchPlacesOf, type AnyDocument, type DocumentType } from '../../shared/base/document-type.ts';
import { placeKeys, placeWords } from '../../shared/text/search-words.ts';
import type { SqliteDatabase } from './open-database.ts';
import type { SearchTerms } from './search-terms.ts';

export function searchTableName(type: string): string {
  return `search_${type}`;
}

export function searchKeyTableName(type: string): string {
  return `search_key_${type}`;
}

/**
 * Tables by which documents of a type are searched: words, and keys of digits and addresses of mail. Words come folded and divided by
 * blanks, so the simplest tokenizer is right: one that knows letters itself divides a word whose letters are newer than it, and
 * `detail=none` refuses a question for a word in two parts.
 */
export function searchSql(type: string): string {
  return `
    CREATE VIRTUAL TABLE ${searchTableName(type)} USING fts5(words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize="ascii");
    CREATE TABLE ${searchKeyTableName(type)} (key TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (key, row)) WITHOUT ROWID;
  `;
}

export interface SearchEntry {
  /** Space between words; empty if the document is in no full-text row. */
  readonly words: string;
  readonly keys: ReadonlySet<string>;
}

/** Keeps the search tables of one type beside its documents. Runs inside the caller's transaction. */
export class SearchIndex {
  readonly #type: DocumentType;
  readonly #terms: SearchTerms;
  readonly #addWords;
  readonly #removeWords;
  readonly #addKey;
  readonly #removeKey;

  constructor(database: SqliteDatabase, type: DocumentType, terms: SearchTerms) {
    this.#type = type;
    this.#terms = terms;
    const [words, keys] = [searchTableName(type.type), searchKeyTableName(type.type)];
    this.#addWords = database.prepare<[number, string]>(`INSERT INTO ${words} (rowid, words) VALUES (?, ?)`);
    this.#removeWords = database.prepare<[number]>(`DELETE FROM ${words} WHERE rowid = ?`);
    this.#addKey = database.prepare<[string, number]>(`INSERT OR IGNORE INTO ${keys} (key, row) VALUES (?, ?)`);
    this.#removeKey = database.prepare<[string, number]>(`DELETE FROM ${keys} WHERE key = ? AND row = ?`);
  }

  /** What the tables hold of a document. */
  entry(document: AnyDocument, note?: (word: string, isName: boolean) => void): SearchEntry {
    const words: string[] = [];
    const keys = new Set<string>();
    for (const place of searchPlacesOf(this.#type, document)) {
      const own = placeWords(place);
      words.push(...own);
      if (note !== undefined) noteWords(own, place.kind, note);
      for (const key of placeKeys(place)) keys.add(key);
    }
    return { words: words.join(' '), keys };
  }

  #noted(document: AnyDocument): SearchEntry {
    return this.entry(document, (word, isName) => this.#terms.note(this.#type.type, word, isName));
  }

  add(row: number, document: AnyDocument): void {
    const { words, keys } = this.#noted(document);
    if (words !== '') this.#addWords.run(row, words);
    for (const key of keys) this.#addKey.run(key, row);
  }

  remove(row: number, document: AnyDocument): void {
    const { words, keys } = this.entry(document);
    if (words !== '') this.#removeWords.run(row);
    for (const key of keys) this.#removeKey.run(key, row);
  }

  change(row: number, before: AnyDocument, after: AnyDocument): void {
    const [had, has] = [this.entry(before), this.#noted(after)];
    for (const key of had.keys) if (!has.keys.has(key)) this.#removeKey.run(key, row);
    for (const key of has.keys) if (!had.keys.has(key)) this.#addKey.run(key, row);
    if (had.words === has.words) return;
    if (had.words !== '') this.#removeWords.run(row);
    if (has.words !== '') this.#addWords.run(row, has.words);
  }
}

/** Of an address of mail only the words of its domain repeat; those before the @ are as many as there are people. */
function noteWords(words: readonly string[], kind: string, note: (word: string, isName: boolean) => void): void {
  if (kind === 'email') return;
  for (const word of words) note(word, kind === 'name');
}
