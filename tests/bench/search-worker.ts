import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Cache } from '../../main/db/cache.ts';
import { fullRow, listPage } from '../../main/db/list-query.ts';
import { clientHistory } from '../../main/desk/client-history.ts';
import { searchHere } from '../../main/desk/search.ts';
import { PortRpc } from '../../main/port-rpc.ts';
import { calls } from '../../shared/protocol/ipc.ts';
import { listQuerySchema } from '../../shared/protocol/list.ts';
import { largeKey, openLargeDesk } from './large-base.ts';

/** The desk's worker reduced to its questions: the same port, the same handlers, and the barest statement of each kind of search beside them. */
const bareSchema = z.object({ sql: z.string(), values: z.array(z.union([z.string(), z.number()])) }).array();

function start(): void {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker thread only');
  const { folder } = z.object({ folder: z.string() }).parse(workerData);
  const { base } = openLargeDesk(folder);
  const { cache } = base;
  const statements = new Map<string, ReturnType<typeof cache.database.prepare>>();
  const statement = (sql: string) => {
    const known = statements.get(sql) ?? cache.database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const handlers: Readonly<Record<string, (args: unknown) => unknown>> = {
    'search.find': (args) => searchHere(cache, calls['search.find'].args.parse(args).text),
    card: (args) => {
      const id = z.string().parse(args);
      const stored = cache.get('client', id);
      return stored === null ? null : { row: fullRow(cache, cache.table('client').type, stored.document, stored.pending), history: clientHistory(cache, id) };
    },
    /** The rows of the statements, as they are stored. */
    bare: (args) => bareSchema.parse(args).map(({ sql, values }) => statement(sql).all(...values)),
    list: (args) => listPage(cache, listQuerySchema.parse(args)),
    /** Milliseconds of look-ups by key in this base and in a plain copy of it. */
    lookups: (args) => lookups(cache, z.array(z.string()).parse(args), path.join(folder, 'plain.db')),
    size: () => cache.database.prepare(`SELECT coalesce(m.tbl_name, s.name) AS name, sum(s.pgsize) AS bytes FROM dbstat s LEFT JOIN sqlite_master m ON m.name = s.name GROUP BY 1 ORDER BY bytes DESC LIMIT 20`).all(),
    close: () => base.close(),
  };
  const rpc = new PortRpc(port, {
    answer: (name, args) => handlers[name]?.(args),
    onEvent: () => undefined,
    onError: (error) => console.error(error),
  });
  rpc.emit('ready', {});
}

/** Each client by his id and then his applications by theirs, in both bases by turns; pages that were read stay in memory as they do at the desk. */
function lookups(cache: Cache, ids: readonly string[], plainFile: string): { readonly encrypted: number; readonly plain: number } {
  cache.database.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(cache.database.name, plainFile);
  const opened = new Database(plainFile);
  try {
    opened.pragma(`cipher = 'chacha20'`);
    opened.pragma(`key = 'raw:${largeKey.toString('hex')}'`);
    opened.pragma('journal_mode = DELETE');
    opened.pragma('journal_mode = OFF');
    opened.pragma(`rekey = ''`);
    opened.pragma(`cache_size = ${String(cache.database.pragma('cache_size', { simple: true }))}`);
    const statementsOf = (database: typeof opened) => [database.prepare<[string], { body: string }>('SELECT body FROM document_client WHERE id = ?'), database.prepare<[string], { body: string }>(`SELECT d.body FROM find_key k JOIN document_application d ON d.id = k.id WHERE k.name = 'application.byClient' AND k.key = ?`)] as const;
    const [encrypted, plain] = [statementsOf(cache.database), statementsOf(opened)];
    const spent = { encrypted: 0, plain: 0 };
    const look = ([client, applications]: typeof plain, id: string): number => {
      const began = performance.now();
      client.get(id);
      applications.all(id);
      return performance.now() - began;
    };
    for (const id of ids) {
      spent.encrypted += look(encrypted, id);
      spent.plain += look(plain, id);
    }
    return spent;
  } finally {
    opened.close();
    rmSync(plainFile, { force: true });
  }
}

start();
