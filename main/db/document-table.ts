import { indexKeys, type AnyDocument, type Column, type DocumentType } from '../../shared/base/document-type.ts';
import { fold } from '../../shared/base/fold.ts';
import { survivingSql } from './alias.ts';
import type { SqliteDatabase, Statement } from './open-database.ts';
import { SearchIndex, searchSql } from './search-index.ts';
import type { SearchTerms } from './search-terms.ts';

type SqlValue = string | number | null;

/** A stored row: the document and what sync knows of it. */
export interface StoredDocument {
  readonly document: AnyDocument;
  readonly version: number;
  readonly generation: number;
  readonly pending: boolean;
}

interface Row {
  readonly row: number;
  readonly body: string;
  readonly version: number;
  readonly generation: number;
  readonly pending: number;
}

export function tableName(type: string): string {
  return `document_${type}`;
}

/** SQL name of a declared column. */
export function columnName(column: string): string {
  return `c_${column}`;
}

/** The tables of one document type, derived from its declaration. */
export function tableSql(type: DocumentType): string {
  const table = tableName(type.type);
  const columns = Object.entries(type.columns).map(([name, { kind }]) => `${columnName(name)} ${kind === 'number' || kind === 'flag' ? 'NUMERIC' : 'TEXT'}`);
  // The alias stands in every index: a list asks of each document whether it was merged, and would read the whole row for it.
  const held = (name: string): string => [columnName(name), 'id', ...(type.alias === undefined || type.alias === name ? [] : [columnName(type.alias)])].join(', ');
  const indexes = Object.entries(type.columns)
    .filter(([, { kind }]) => kind !== 'flag')
    .map(([name]) => `CREATE INDEX ${table}_${name} ON ${table} (${held(name)}) WHERE deleted = 0;`);
  return `
    CREATE TABLE ${table} (
      row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, version INTEGER NOT NULL, generation INTEGER NOT NULL,
      pending INTEGER NOT NULL, deleted INTEGER NOT NULL, title TEXT NOT NULL, title_folded TEXT NOT NULL${columns.map((column) => `, ${column}`).join('')}
    );
    ${indexes.join('\n')}
    ${searchSql(type.type)}
  `;
}

function columnValue(column: Column<AnyDocument>, document: AnyDocument): SqlValue {
  switch (column.kind) {
    case 'flag':
      return column.value(document) ? 1 : 0;
    case 'text': {
      const value = column.value(document);
      return value === null ? null : fold(value);
    }
    case 'code':
    case 'number':
    case 'ref':
    case 'time':
      return column.value(document);
  }
}

/** Reads and writes the documents of one type, with their `find` keys and search words. Runs inside the caller's transaction. */
export class DocumentTable {
  readonly type: DocumentType;
  readonly #database: SqliteDatabase;
  readonly #columns: readonly Column<AnyDocument>[];
  readonly #names: readonly string[];
  readonly #updates = new Map<string, Statement<SqlValue[]>>();
  readonly #select;
  readonly #insert;
  readonly #delete;
  readonly #addKey;
  readonly #removeKey;
  readonly #search: SearchIndex;
  readonly #find;
  readonly #title;
  readonly #survivingId;
  readonly #touch;
  readonly #count;
  /** Documents that a whole list shows; null: to be counted. */
  #listed: number | null = null;
  #version = 0;

  constructor(database: SqliteDatabase, type: DocumentType, terms: SearchTerms) {
    this.type = type;
    this.#database = database;
    this.#columns = Object.values(type.columns);
    const table = tableName(type.type);
    const names = ['id', 'body', 'version', 'generation', 'pending', 'deleted', 'title', 'title_folded', ...Object.keys(type.columns).map(columnName)];
    this.#names = names;
    this.#select = database.prepare<[string], Row>(`SELECT row, body, version, generation, pending FROM ${table} WHERE id = ?`);
    this.#insert = database.prepare<SqlValue[]>(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`);
    this.#delete = database.prepare<[number]>(`DELETE FROM ${table} WHERE row = ?`);
    this.#addKey = database.prepare<[string, string, string]>(`INSERT OR IGNORE INTO find_key (name, key, id) VALUES (?, ?, ?)`);
    this.#removeKey = database.prepare<[string, string, string]>(`DELETE FROM find_key WHERE name = ? AND key = ? AND id = ?`);
    this.#search = new SearchIndex(database, type, terms);
    this.#find = database.prepare<[string, string], string>(`SELECT d.body FROM find_key k JOIN ${table} d ON d.id = k.id WHERE k.name = ? AND k.key = ? ORDER BY k.id`).pluck();
    const surviving = (column: string): string => (type.alias === undefined ? `r.${column}` : survivingSql(table, columnName(type.alias), column));
    this.#title = database.prepare<[string], string>(`SELECT ${surviving('title')} FROM ${table} r WHERE r.id = ?`).pluck();
    this.#survivingId = database.prepare<[string], string>(`SELECT ${surviving('id')} FROM ${table} r WHERE r.id = ?`).pluck();
    this.#count = database.prepare<[], number>(`SELECT count(*) FROM ${table} WHERE deleted = 0${type.alias === undefined ? '' : ` AND ${columnName(type.alias)} IS NULL`}`).pluck();
    this.#touch = database.prepare<[number, number, string]>(`UPDATE ${table} SET version = ?, generation = ? WHERE id = ?`);
  }

  /** Another one whenever a document of the type has changed here. */
  get version(): number {
    return this.#version;
  }

  /** Documents neither marked deleted nor merged into another. */
  get listed(): number {
    return (this.#listed ??= this.#count.get() ?? 0);
  }

  /** A transaction was rolled back: what was counted in it is not so. */
  forgetCount(): void {
    this.#listed = null;
    this.#version += 1;
  }

  #counts(document: AnyDocument): 0 | 1 {
    const alias = this.type.alias === undefined ? undefined : this.type.columns[this.type.alias];
    return document.deleted === true || (alias !== undefined && alias.value(document) !== null) ? 0 : 1;
  }

  /** `before` and `after`: what became of a document; null where there is none. */
  #changed(before: AnyDocument | null, after: AnyDocument | null): void {
    this.#version += 1;
    if (this.#listed !== null) this.#listed += (after === null ? 0 : this.#counts(after)) - (before === null ? 0 : this.#counts(before));
  }

  #parse(body: string): AnyDocument {
    return JSON.parse(body) as AnyDocument; // written by `put` below from a parsed document
  }

  get(id: string): StoredDocument | null {
    const row = this.#select.get(id);
    return row === undefined ? null : { document: this.#parse(row.body), version: row.version, generation: row.generation, pending: row.pending === 1 };
  }

  /** Documents under a key of one of the type's indexes, in order of id. */
  find(index: string, key: string): readonly AnyDocument[] {
    return this.#find.all(`${this.type.type}.${index}`, key).map((body) => this.#parse(body));
  }

  /** The id of the document that this one was merged into; its own if it stands by itself or is not here. */
  survivingId(id: string): string {
    return this.#survivingId.get(id) ?? id;
  }

  /** The presentation; of a document merged into another, that one's. */
  title(id: string): string | null {
    return this.#title.get(id) ?? null;
  }

  put(document: AnyDocument, version: number, generation: number, pending: boolean): void {
    const old = this.#select.get(document.id);
    const body = JSON.stringify(document);
    if (old !== undefined && old.body === body && (old.pending === 1) === pending) {
      this.#touch.run(version, generation, document.id);
      return;
    }
    const values = this.#values(document, body, version, generation, pending);
    if (old === undefined) {
      this.#index(Number(this.#insert.run(...values).lastInsertRowid), document);
      this.#changed(null, document);
      return;
    }
    const before = this.#parse(old.body);
    this.#changed(before, document);
    this.#update(old.row, this.#values(before, old.body, old.version, old.generation, old.pending === 1), values);
    if (old.body !== body) this.#reindex(old.row, before, document);
  }

  #values(document: AnyDocument, body: string, version: number, generation: number, pending: boolean): SqlValue[] {
    const title = this.type.presentation(document);
    const values: SqlValue[] = [document.id, body, version, generation, pending ? 1 : 0, document.deleted === true ? 1 : 0, title, fold(title)];
    for (const column of this.#columns) values.push(columnValue(column, document));
    return values;
  }

  /** Sets only what changed: SQLite rewrites every index whose column is named in an UPDATE, changed or not. */
  #update(row: number, before: readonly SqlValue[], after: readonly SqlValue[]): void {
    const changed = after.flatMap((value, place) => (value === before[place] ? [] : [place]));
    if (changed.length === 0) return;
    const key = changed.join();
    let statement = this.#updates.get(key);
    if (statement === undefined) {
      const sets = changed.map((place) => `${this.#names[place] ?? ''} = ?`).join(', ');
      statement = this.#database.prepare<SqlValue[]>(`UPDATE ${tableName(this.type.type)} SET ${sets} WHERE row = ?`);
      this.#updates.set(key, statement);
    }
    statement.run(...changed.map((place) => after[place] ?? null), row);
  }

  remove(id: string): boolean {
    const old = this.#select.get(id);
    if (old === undefined) return false;
    const document = this.#parse(old.body);
    for (const [index, key] of indexKeys(this.type, document)) this.#removeKey.run(`${this.type.type}.${index}`, key, id);
    this.#search.remove(old.row, document);
    this.#delete.run(old.row);
    this.#changed(document, null);
    return true;
  }

  #index(row: number, document: AnyDocument): void {
    for (const [index, key] of indexKeys(this.type, document)) this.#addKey.run(`${this.type.type}.${index}`, key, document.id);
    this.#search.add(row, document);
  }

  #reindex(row: number, old: AnyDocument, now: AnyDocument): void {
    const before = indexKeys(this.type, old);
    const after = indexKeys(this.type, now);
    const text = (keys: readonly (readonly [string, string])[]) => new Set(keys.map(([index, key]) => `${index}\n${key}`));
    const [had, has] = [text(before), text(after)];
    for (const [index, key] of before) if (!has.has(`${index}\n${key}`)) this.#removeKey.run(`${this.type.type}.${index}`, key, now.id);
    for (const [index, key] of after) if (!had.has(`${index}\n${key}`)) this.#addKey.run(`${this.type.type}.${index}`, key, now.id);
    this.#search.change(row, old, now);
  }
}
