import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { RunSystemAll } from '../commands/run-system.ts';

const BATCH = 100;
/** At one look: what an older program left unnumbered by the million must not keep the centre busy. */
const MOST = 2_000;
const unnumberedSql = `SELECT id FROM document WHERE type = 'contactEvent' AND body ->> 'number' IS NULL ORDER BY document.id LIMIT $1`;

export interface EventNumbersDependencies {
  readonly pool: Pool;
  readonly runSystemAll: RunSystemAll;
  readonly log: Logger;
  /** Seconds between two looks. */
  readonly everySeconds: number;
}

export interface EventNumbers {
  /** Numbers what can be numbered now; resolves to how many events were looked at. */
  readonly look: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/**
 * Numbers the events that were written where no number was at hand: at a desk whose block was used up, by an older program, in the minute after
 * a restore. Several processes may do it side by side: an event keeps the number it has.
 */
export function startEventNumbers({ pool, runSystemAll, log, everySeconds }: EventNumbersDependencies): EventNumbers {
  let stopped = false;
  const look = async (): Promise<number> => {
    let looked = 0;
    let first: string | undefined;
    for (;;) {
      const { rows } = await pool.query<{ id: string }>(unnumberedSql, [BATCH]);
      // The same one is first again: there are no numbers now, the next look will find some.
      if (stopped || rows[0] === undefined || rows[0].id === first || looked >= MOST) return looked;
      first = rows[0].id;
      await runSystemAll(rows.map(({ id }) => ({ name: 'contactEvent.assignNumber', input: { id } })));
      looked += rows.length;
    }
  };
  let running: Promise<unknown> | null = null;
  const start = (): void => {
    running ??= look()
      .catch((error: unknown) => log.warn({ err: error }, 'events not numbered'))
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(start, everySeconds * 1000);
  start();
  return {
    look,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
