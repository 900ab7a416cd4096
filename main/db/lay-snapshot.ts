import type { SnapshotOffer } from '../../shared/protocol/sync.ts';
import type { Cache } from './cache.ts';
import { tableName } from './document-table.ts';
import { searchKeyTableName, searchTableName } from './search-index.ts';

/** Tables in which FTS5 keeps an index without contents. */
const shadows = ['data', 'idx', 'docsize', 'config'] as const;

/** Copies a table of full-text words whole; the other one is empty. */
function copyWords(table: string): string {
  return shadows.map((shadow) => `DELETE FROM laid.${table}_${shadow}; INSERT INTO laid.${table}_${shadow} SELECT * FROM main.${table}_${shadow};`).join('\n');
}

/** Everything that belongs to one type. */
function copyType(type: string): string {
  const [documents, words, keys] = [tableName(type), searchTableName(type), searchKeyTableName(type)];
  return `INSERT INTO laid.${documents} SELECT * FROM main.${documents}; UPDATE laid.${documents} SET generation = 0 WHERE generation <> 0;
    INSERT INTO laid.${keys} SELECT * FROM main.${keys}; ${copyWords(words)}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Brings what the cache holds beside the snapshot's types into the snapshot's file, which from then on is the whole base, at the snapshot's place in the feed. One
 * transaction of that file; one that was broken off after it is found done. The overlay has to be off, and documents of former rounds removed.
 */
export function copyBeside(cache: Cache, laid: string, key: Uint8Array, offer: SnapshotOffer): void {
  const { database } = cache;
  const others = cache.types.map(({ type }) => type).filter((type) => !offer.types.includes(type));
  const of = offer.types.map(quoted).join(', ');
  database.unsafeMode(true); // the tables of FTS5 are written as they are
  database.exec(`ATTACH DATABASE ${quoted(laid)} AS laid KEY 'raw:${Buffer.from(key).toString('hex')}'`);
  try {
    const isDone = database.prepare(`SELECT 1 FROM laid.meta WHERE key = 'cursor'`).get() !== undefined;
    if (isDone) return;
    database.transaction(() => {
      database.exec(others.map(copyType).join('\n'));
      database.exec(`
        INSERT OR IGNORE INTO laid.find_key SELECT * FROM main.find_key;
        INSERT OR IGNORE INTO laid.search_term (type, term) SELECT type, term FROM main.search_term WHERE type NOT IN (${of});
        INSERT INTO laid.search_part (rowid, term) SELECT id, term FROM laid.search_term WHERE type NOT IN (${of}) AND length(term) >= 3;
        DELETE FROM laid.meta;
        INSERT INTO laid.meta SELECT key, value FROM main.meta WHERE key NOT IN ('snapshot', 'restWhole', 'generation', 'refetching', 'epoch', 'cursor');`);
      const set = database.prepare<[string, string]>(`INSERT INTO laid.meta (key, value) VALUES (?, ?)`);
      set.run('epoch', offer.epoch);
      set.run('cursor', offer.cursor);
    })();
  } finally {
    database.exec('DETACH DATABASE laid');
    database.unsafeMode(false);
  }
}
