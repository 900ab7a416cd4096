import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import { searchIndexVersion } from '../../shared/text/search-words.ts';
import { storableJson } from '../db/clean-json.ts';
import { isSearched, storedSearchWords } from '../db/search-words.ts';
import { advisoryLocks, inTransaction } from '../db/transaction.ts';

const BATCH = 500;
/** Changes of one moment are indexed together. */
const REST_MS = 200;

interface Row {
  readonly type: string;
  readonly id: string;
  readonly xid: string;
  readonly seq: string;
  readonly body: AnyDocument;
}

interface Position {
  readonly version: number;
  readonly xid: string;
  readonly seq: string;
}

const nextSql = `
  SELECT type, id, xid::text AS xid, seq::text AS seq, body FROM document
  WHERE (xid, seq) > ($1::text::xid8, $2::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY document.xid, document.seq LIMIT $3`;

const writeSql = `
  INSERT INTO document_search (type, id, words)
  SELECT type, id, array_to_tsvector(words) FROM jsonb_to_recordset($1::jsonb) AS d(type text, id text, words text[])
  ON CONFLICT (type, id) DO UPDATE SET words = excluded.words`;

/**
 * Writes the search words of documents after they are committed, so that no command waits for it: follows the feed, goes on where it
 * stopped, and begins anew when a newer program words documents otherwise.
 */
export class SearchIndexer {
  readonly #pool: Pool;
  readonly #log: Logger;
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #again = false;
  #stopped = false;

  constructor(pool: Pool, log: Logger) {
    this.#pool = pool;
    this.#log = log;
  }

  /** Something was committed. */
  wake(): void {
    if (this.#stopped || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#start();
    }, REST_MS);
  }

  #start(): void {
    if (this.#running !== null) {
      this.#again = true;
      return;
    }
    this.#running = this.index()
      .catch((error: unknown) => this.#log.error({ err: error }, 'search words not written'))
      .finally(() => {
        this.#running = null;
        if (this.#again) this.wake();
        this.#again = false;
      });
  }

  /** Indexes all that is committed; resolves when it has come to the end. */
  async index(): Promise<void> {
    while (!this.#stopped && (await this.#batch()) === BATCH);
  }

  /** Only one of several processes indexes at a time. */
  #batch(): Promise<number> {
    return inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS held', [advisoryLocks.searchIndex]);
      return rows[0]?.held === true ? indexNext(client) : 0;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}

async function indexNext(client: PoolClient): Promise<number> {
  const stored = await client.query<{ value: Position }>(`SELECT value FROM setting WHERE name = 'searchIndexed'`);
  const known = stored.rows[0]?.value;
  const from = known === undefined || known.version !== searchIndexVersion ? { xid: '0', seq: '0' } : known;
  const { rows } = await client.query<Row>(nextSql, [from.xid, from.seq, BATCH]);
  const last = rows.at(-1);
  if (last === undefined) return 0;
  const words = rows.filter(({ type }) => isSearched(type)).map(({ type, id, body }) => ({ type, id, words: storedSearchWords(type, body) }));
  if (words.length > 0) await client.query(writeSql, [storableJson(words)]);
  const position: Position = { version: searchIndexVersion, xid: last.xid, seq: last.seq };
  await client.query(`INSERT INTO setting (name, value) VALUES ('searchIndexed', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, [JSON.stringify(position)]);
  return rows.length;
}
