import { PgBoss } from 'pg-boss';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

/** Wakes that outlive the process, and reach whichever process is free. */
export interface WakeQueue {
  readonly wakeAt: (at: string) => void;
  readonly stop: () => Promise<void>;
}

const QUEUE = 'effects';

/** Starts pg-boss in its own schema of our database, over our own pool. `onWake` looks for effects; a sweep each minute does too. */
export async function startWakeQueue(pool: Pool, log: Logger, onWake: () => void, sweepSeconds: number): Promise<WakeQueue> {
  const boss = new PgBoss({ db: { executeSql: (text, values) => pool.query(text, values) }, schema: 'okno_jobs', schedule: false, monitorVacuum: false });
  boss.on('error', (error) => log.warn({ err: error }, 'job queue'));
  await boss.start();
  await boss.createQueue(QUEUE, { retryLimit: 3, deleteAfterSeconds: 3600 });
  await boss.work(QUEUE, { pollingIntervalSeconds: 2, batchSize: 50 }, async () => onWake());
  const sweep = setInterval(onWake, sweepSeconds * 1000);
  return {
    wakeAt: (at) => {
      // One wake per second is enough, however many effects are due then.
      const startAfter = new Date(Math.ceil(Date.parse(at) / 1000) * 1000);
      boss.send(QUEUE, {}, { startAfter, singletonKey: startAfter.toISOString() }).catch((error: unknown) => log.warn({ err: error }, 'wake not queued: the sweep will see to it'));
    },
    stop: async () => {
      clearInterval(sweep);
      await boss.stop({ graceful: true, timeout: 5000, close: false });
    },
  };
}
