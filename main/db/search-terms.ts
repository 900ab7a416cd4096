import type { SqliteDatabase } from './open-database.ts';

/**
 * Every word that documents of a type hold, once: what the full-text index cannot tell quickly (words by their beginning, by a part, with a
 * slip of the keyboard) is asked here, and documents by whole words there. Words are never removed: one that no document holds any
 * more finds nothing.
 */
export const searchTermsSql = `
  CREATE TABLE search_term (id INTEGER PRIMARY KEY, type TEXT NOT NULL, term TEXT NOT NULL, UNIQUE (type, term));
  CREATE VIRTUAL TABLE search_part USING fts5(term, content='', detail=none, tokenize="trigram");
  -- Each name with one letter left out: two words that share a row differ by one or two slips.
  CREATE TABLE search_slip (key TEXT NOT NULL, term INTEGER NOT NULL, PRIMARY KEY (key, term)) WITHOUT ROWID;
`;

/** Names of these types are searched with slips. */
const slipTypes: ReadonlySet<string> = new Set(['client']);
const slipLetters = /^\p{L}{4,24}$/u;
const shortestPart = 3;
const longestTerm = 64;
/** Words of all types that hold one part. */
const mostParts = 400;
const mostHeldParts = 32;
/** Words remembered as stored, to ask the table once for each. */
const mostKnown = 200_000;

/** A word as it is, and with each letter left out. */
function leftOut(word: string): readonly string[] {
  const letters = [...word];
  return [...new Set([word, ...letters.map((_, place) => letters.toSpliced(place, 1).join(''))])];
}

interface TypedTerm {
  readonly type: string;
  readonly term: string;
}

export class SearchTerms {
  readonly #database: SqliteDatabase;
  readonly #insert;
  readonly #id;
  readonly #addPart;
  readonly #addSlip;
  readonly #beginning;
  readonly #slips;
  readonly #parts;
  /** One search asks for the same parts of every type. */
  readonly #heldParts = new Map<string, readonly TypedTerm[]>();
  /** `n` for a name whose slips are stored, `w` for another word. */
  readonly #known = new Map<string, Map<string, 'n' | 'w'>>();
  #size = 0;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#insert = database.prepare<[string, string]>(`INSERT OR IGNORE INTO search_term (type, term) VALUES (?, ?)`);
    this.#id = database.prepare<[string, string], number>(`SELECT id FROM search_term WHERE type = ? AND term = ?`).pluck();
    this.#addPart = database.prepare<[number, string]>(`INSERT INTO search_part (rowid, term) VALUES (?, ?)`);
    this.#addSlip = database.prepare<[string, number]>(`INSERT OR IGNORE INTO search_slip (key, term) VALUES (?, ?)`);
    this.#beginning = database.prepare<[string, string, string, number], string>(`SELECT term FROM search_term WHERE type = ? AND term >= ? AND term < ? ORDER BY term LIMIT ?`).pluck();
    this.#parts = database.prepare<[string, string, number], TypedTerm>(`SELECT t.type, t.term FROM search_part JOIN search_term t ON t.id = search_part.rowid WHERE search_part MATCH ? AND instr(t.term, ?) > 0 LIMIT ?`);
    this.#slips = database.prepare<[string, string], string>(`SELECT t.term FROM search_slip s JOIN search_term t ON t.id = s.term WHERE s.key = ? AND t.type = ?`).pluck();
  }

  /** Stores a word of a document; inside the caller's transaction. */
  note(type: string, word: string, isName: boolean): void {
    let known = this.#known.get(type);
    if (known === undefined) this.#known.set(type, (known = new Map()));
    const withSlips = isName && slipTypes.has(type);
    const before = known.get(word);
    if (before === 'n' || (before === 'w' && !withSlips)) return;
    if (word.length <= longestTerm) this.#store(type, word, withSlips);
    known.set(word, withSlips ? 'n' : 'w');
    this.#size += 1;
    if (this.#size > mostKnown) this.forget();
  }

  #store(type: string, word: string, withSlips: boolean): void {
    this.#heldParts.clear();
    const { changes, lastInsertRowid } = this.#insert.run(type, word);
    if (changes === 1 && word.length >= shortestPart) this.#addPart.run(Number(lastInsertRowid), word);
    if (!withSlips || !slipLetters.test(word)) return;
    const id = changes === 1 ? Number(lastInsertRowid) : (this.#id.get(type, word) ?? 0);
    for (const key of leftOut(word)) this.#addSlip.run(key, id);
  }

  /** A transaction was rolled back: what it stored is not there. */
  forget(): void {
    this.#known.clear();
    this.#heldParts.clear();
    this.#size = 0;
  }

  clear(): void {
    this.forget();
    this.#database.exec(`DELETE FROM search_term; INSERT INTO search_part (search_part) VALUES ('delete-all'); DELETE FROM search_slip;`);
  }

  /** Words that begin so, in order, at most `limit`. */
  beginning(type: string, start: string, limit: number): readonly string[] {
    return this.#beginning.all(type, start, `${start}\u{10ffff}`, limit);
  }

  /** Words that hold the part somewhere, at most `limit` of the type; none for a part shorter than three letters. */
  containing(type: string, part: string, limit: number): readonly string[] {
    let found = this.#heldParts.get(part);
    if (found === undefined) {
      if (this.#heldParts.size >= mostHeldParts) this.#heldParts.clear();
      this.#heldParts.set(part, (found = this.#holding(part)));
    }
    return found.filter((one) => one.type === type).slice(0, limit).map(({ term }) => term);
  }

  #holding(part: string): readonly TypedTerm[] {
    const letters = [...part];
    if (letters.length < shortestPart) return [];
    const trigrams = letters.slice(shortestPart - 1).map((_, place) => `"${letters.slice(place, place + shortestPart).join('')}"`);
    return this.#parts.all(trigrams.join(' AND '), part, mostParts);
  }

  /** Names that may be the word with a slip or two: to be compared by the caller. */
  nearly(type: string, word: string): readonly string[] {
    if (!slipLetters.test(word)) return [];
    return [...new Set(leftOut(word).flatMap((key) => this.#slips.all(key, type)))].filter((term) => term !== word);
  }
}
