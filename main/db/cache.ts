import type { AnyDocument, DocumentType } from '../../shared/base/document-type.ts';
import type { Read, ReadAnswer } from '../../shared/base/rule-book.ts';
import { inScope } from '../../shared/base/scope.ts';
import { openCache, type OpenedCache } from './cache-structure.ts';
import { DocumentTable, tableName, type StoredDocument } from './document-table.ts';
import type { OpenOptions, SqliteDatabase } from './open-database.ts';
import { SearchTerms } from './search-terms.ts';

/** A file system flushes with a command's sync what was written beside it shortly before: several commands in a row write their overlay once. */
const overlayCommitMs = 100;

/** What the centre sent of a document that waiting commands changed. */
interface BaseRow {
  readonly type: string;
  readonly id: string;
  readonly body: string | null;
  readonly version: number;
  readonly generation: number;
}

/**
 * cache.db: the base that the centre sent, with the changes of waiting commands laid over it. The tables hold what the screen sees; of
 * documents changed here, `base` keeps what the centre sent. Fetched anew whenever it is lost.
 */
export class Cache {
  readonly database: SqliteDatabase;
  readonly rebuilt: OpenedCache['rebuilt'];
  /** Every word of the documents, for search. */
  readonly terms: SearchTerms;
  readonly #tables: ReadonlyMap<string, DocumentTable>;
  readonly #readMeta;
  readonly #writeMeta;
  readonly #readBase;
  readonly #writeBase;
  readonly #allBase;
  readonly #baseRow;
  readonly #forgetBaseRow;
  readonly #forgetBase;
  #toCommit = false;

  constructor(options: Omit<OpenOptions, 'synchronous'>, types: readonly DocumentType[], thorough: boolean) {
    const opened = openCache(options, types, thorough);
    this.database = opened.database;
    this.rebuilt = opened.rebuilt;
    this.terms = new SearchTerms(this.database);
    this.#tables = new Map(types.map((type) => [type.type, new DocumentTable(this.database, type, this.terms)]));
    this.#readMeta = this.database.prepare<[string], string>(`SELECT value FROM meta WHERE key = ?`).pluck();
    this.#writeMeta = this.database.prepare(`INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
    this.#readBase = this.database.prepare<[string, string], { version: number }>(`SELECT version FROM base WHERE type = ? AND id = ?`);
    this.#writeBase = this.database.prepare(
      `INSERT INTO base (type, id, body, version, generation) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (type, id) DO UPDATE SET body = excluded.body, version = excluded.version, generation = excluded.generation`,
    );
    this.#allBase = this.database.prepare<[], BaseRow>(`SELECT type, id, body, version, generation FROM base`);
    this.#baseRow = this.database.prepare<[string, string], BaseRow>(`SELECT type, id, body, version, generation FROM base WHERE type = ? AND id = ?`);
    this.#forgetBaseRow = this.database.prepare<[string, string]>(`DELETE FROM base WHERE type = ? AND id = ?`);
    this.#forgetBase = this.database.prepare(`DELETE FROM base`);
  }

  get types(): readonly DocumentType[] {
    return [...this.#tables.values()].map(({ type }) => type);
  }

  table(type: string): DocumentTable {
    const table = this.#tables.get(type);
    if (table === undefined) throw new Error(`Unknown document type: ${type}`);
    return table;
  }

  knows(type: string): boolean {
    return this.#tables.has(type);
  }

  get(type: string, id: string): StoredDocument | null {
    return this.table(type).get(id);
  }

  /** Answers what a rule asks, but for numbers. */
  answer(read: Exclude<Read, { kind: 'number' }>): ReadAnswer {
    if (read.kind === 'find') return this.table(read.type).find(read.index, read.key);
    return this.table(read.type).get(read.id)?.document ?? null;
  }

  /** Presentation of a document of any type, by id. */
  title(type: string, id: string): string | null {
    return this.#tables.get(type)?.title(id) ?? null;
  }

  meta(key: string): string | null {
    return this.#readMeta.get(key) ?? null;
  }

  setMeta(key: string, value: string | null): void {
    if (value === null) this.database.prepare(`DELETE FROM meta WHERE key = ?`).run(key);
    else this.#writeMeta.run(key, value);
  }

  transaction<T>(work: () => T): T {
    this.flush();
    return this.#inTransaction(work);
  }

  #inTransaction<T>(work: () => T): T {
    try {
      return this.database.transaction(work)();
    } catch (error) {
      this.terms.forget();
      for (const table of this.#tables.values()) table.forgetCount();
      throw error;
    }
  }

  /**
   * As `transaction`, but committed a moment later, after the caller has answered, together with what else comes until then: for the overlay,
   * which is derived and laid again after a crash. This connection sees it at once.
   */
  transactionSoon<T>(work: () => T): T {
    if (!this.database.inTransaction) {
      this.database.exec('BEGIN');
      this.#toCommit = true;
      setTimeout(() => this.flush(), overlayCommitMs);
    }
    return this.#inTransaction(work);
  }

  /** Commits what `transactionSoon` left open. */
  flush(): void {
    if (!this.#toCommit || !this.database.open) return;
    this.#toCommit = false;
    this.database.exec('COMMIT');
  }

  /** Puts a change of a waiting command over the base. Returns the document as it was seen before. */
  overlay(type: string, document: AnyDocument): AnyDocument | null {
    const table = this.table(type);
    const now = table.get(document.id);
    if (this.#readBase.get(type, document.id) === undefined) {
      this.#writeBase.run(type, document.id, now === null ? null : JSON.stringify(now.document), now?.version ?? 0, now?.generation ?? 0);
    }
    table.put(document, now?.version ?? 0, now?.generation ?? 0, true);
    return now?.document ?? null;
  }

  /** Takes the changes of waiting commands off: all, or those of the documents named as `documentKey` does. Returns the types touched. */
  restoreBase(names?: ReadonlySet<string>): ReadonlySet<string> {
    const rows = names === undefined ? this.#allBase.all() : this.#baseRows(names);
    if (rows.length === 0) return new Set();
    for (const { type, id, body, version, generation } of rows) {
      const table = this.table(type);
      if (body === null) table.remove(id);
      else table.put(JSON.parse(body) as AnyDocument, version, generation, false); // written by this class from a document
      if (names !== undefined) this.#forgetBaseRow.run(type, id);
    }
    if (names === undefined) this.#forgetBase.run();
    return new Set(rows.map(({ type }) => type));
  }

  #baseRows(names: ReadonlySet<string>): readonly BaseRow[] {
    return [...names].flatMap((name) => {
      const slash = name.indexOf('/');
      const row = slash < 0 ? undefined : this.#baseRow.get(name.slice(0, slash), name.slice(slash + 1));
      return row === undefined ? [] : [row];
    });
  }

  /**
   * A row from the centre. Under a waiting command's change it goes beneath it: the overlay has to be laid again before it is seen.
   * `document` null: the document left this desk's scope.
   */
  receive(type: string, id: string, version: number, generation: number, document: AnyDocument | null): void {
    if (this.#readBase.get(type, id) !== undefined) this.#writeBase.run(type, id, document === null ? null : JSON.stringify(document), version, generation);
    else if (document === null) this.table(type).remove(id);
    else this.table(type).put(document, version, generation, false);
  }

  /** Documents that the centre sent, all types. */
  baseCount(): number {
    const sql = [...this.#tables.keys()].map((type) => `(SELECT count(*) FROM ${tableName(type)})`).join(' + ');
    return this.database.prepare<[], number>(`SELECT ${sql}`).pluck().get() ?? 0;
  }

  /** Documents that a finished refetch did not bring again. */
  staleCount(generation: number): number {
    const sql = [...this.#tables.keys()].map((type) => `(SELECT count(*) FROM ${tableName(type)} WHERE generation < ? AND version > 0)`).join(' + ');
    return this.database.prepare<number[], number>(`SELECT ${sql}`).pluck().get(...[...this.#tables.keys()].map(() => generation)) ?? 0;
  }

  /** Removes them. Call with the overlay taken off. Returns the types touched. */
  sweep(generation: number): ReadonlySet<string> {
    const touched = new Set<string>();
    for (const [type, table] of this.#tables) {
      const ids = this.database.prepare<[number], string>(`SELECT id FROM ${tableName(type)} WHERE generation < ?`).pluck().all(generation);
      for (const id of ids) table.remove(id);
      if (ids.length > 0) touched.add(type);
    }
    return touched;
  }

  /** Removes what a holder of these keys may not see. Call with the overlay taken off. */
  retain(keys: readonly string[]): void {
    for (const [type, table] of this.#tables) {
      const rows = this.database.prepare<[], { id: string; body: string }>(`SELECT id, body FROM ${tableName(type)}`);
      const foreign: string[] = [];
      for (const { id, body } of rows.iterate()) {
        if (!inScope(table.type, JSON.parse(body) as AnyDocument, keys)) foreign.push(id); // written by DocumentTable from a document
      }
      for (const id of foreign) table.remove(id);
    }
  }

  /** Forgets everything: another user's scope. */
  clear(): void {
    for (const [type, table] of this.#tables) {
      for (const id of this.database.prepare<[], string>(`SELECT id FROM ${tableName(type)}`).pluck().all()) table.remove(id);
    }
    this.terms.clear();
    this.database.exec(`DELETE FROM base`);
    this.database.exec(`DELETE FROM meta WHERE key <> 'fingerprint'`);
  }

  close(): void {
    this.flush();
    this.database.close();
  }
}
