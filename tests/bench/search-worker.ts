import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { fullRow } from '../../main/db/list-query.ts';
import { clientHistory } from '../../main/desk/client-history.ts';
import { searchHere } from '../../main/desk/search.ts';
import { PortRpc } from '../../main/port-rpc.ts';
import { calls } from '../../shared/protocol/ipc.ts';
import { openLargeDesk } from './large-base.ts';

/** The desk's worker reduced to its questions: the same port, the same handlers, and the barest statement of each kind of search beside them. */
const bareSchema = z.object({ sql: z.string(), values: z.array(z.union([z.string(), z.number()])) });

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
    /** Milliseconds of the statement alone, with its rows read. */
    bare: (args) => {
      const { sql, values } = bareSchema.parse(args);
      const prepared = statement(sql);
      const began = performance.now();
      prepared.all(...values);
      return performance.now() - began;
    },
    size: () => cache.database.prepare(`SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name ORDER BY bytes DESC LIMIT 12`).all(),
    close: () => base.close(),
  };
  const rpc = new PortRpc(port, {
    answer: (name, args) => handlers[name]?.(args),
    onEvent: () => undefined,
    onError: (error) => console.error(error),
  });
  rpc.emit('ready', {});
}

start();
