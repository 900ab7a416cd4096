import process from 'node:process';
import { z } from 'zod';
import { centreConfigSchema } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { pgStore } from '../db/pg-store.ts';
import { openLog } from '../log.ts';
import { makeSnapshot } from './make-snapshot.ts';

/** What the centre tells the process that makes a snapshot. */
export const buildOrderSchema = z.object({ config: centreConfigSchema, folder: z.string(), keys: z.array(z.string()) });
export type BuildOrder = z.infer<typeof buildOrderSchema>;

async function build({ config, folder, keys }: BuildOrder): Promise<void> {
  const database = await openDatabase({ ...config, poolSize: 1 }, openLog('silent'), { join: true });
  try {
    await database.pool.query(`SET statement_timeout = 0`);
    await makeSnapshot({ pool: database.pool, folder, keys, epoch: pgStore(database.pool).epoch, now: () => new Date().toISOString() });
  } finally {
    await database.close();
  }
}

/** A process of its own, so that the centre answers meanwhile; it ends with the centre. */
function start(): void {
  process.on('disconnect', () => process.exit(1));
  process.once('message', (order) => {
    build(buildOrderSchema.parse(order)).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}

start();
