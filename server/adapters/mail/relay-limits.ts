import type { Pool } from 'pg';
import { inTransaction } from '../../db/transaction.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Class of the advisory locks under which the letters of one relay are counted. */
const LIMIT_LOCK = 20_486;

export interface Limits {
  /** Letters; 0 = no limit. */
  readonly perMinute: number;
  readonly perDay: number;
}

export interface RelayLimits {
  /** Takes the place of one letter at the relay: 0, or how long (ms) there is none. */
  readonly take: (relay: string, limits: Limits, now: string) => Promise<number>;
}

/** Counts in the table `relay_use`, for all processes of the centre together; what was begun counts, however it ended. */
export function relayLimits(pool: Pool): RelayLimits {
  return {
    take: (relay, { perMinute, perDay }, now) =>
      perMinute === 0 && perDay === 0
        ? Promise.resolve(0)
        : inTransaction(pool, async (client) => {
            await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LIMIT_LOCK, relay]);
            const at = Date.parse(now);
            await client.query('DELETE FROM relay_use WHERE relay = $1 AND at <= $2', [relay, new Date(at - DAY_MS)]);
            const waitFor = async (limit: number, windowMs: number): Promise<number> => {
              if (limit === 0) return 0;
              const { rows } = await client.query<{ at: Date }>('SELECT at FROM relay_use WHERE relay = $1 ORDER BY relay_use.at DESC OFFSET $2 LIMIT 1', [relay, limit - 1]);
              return rows[0] === undefined ? 0 : Math.max(0, rows[0].at.getTime() + windowMs - at);
            };
            const wait = Math.max(await waitFor(perMinute, MINUTE_MS), await waitFor(perDay, DAY_MS));
            if (wait === 0) await client.query('INSERT INTO relay_use (relay, at) VALUES ($1, $2)', [relay, now]);
            return wait;
          }),
  };
}

/** Spreads the letters for which there is no place over the coming windows, in the order in which they ask: else all of them would ask again at once, window after window. */
export class WaitingLine {
  readonly #lines = new Map<string, { readonly until: number; waiting: number }>();

  /** How long (ms) this letter waits, given that there is no place for `wait` ms. */
  place(relay: string, wait: number, { perMinute, perDay }: Limits, now: number): number {
    const line = this.#lines.get(relay);
    const current = line !== undefined && line.until > now ? line : { until: now + wait, waiting: 0 };
    this.#lines.set(relay, current);
    const position = current.waiting++;
    const ofDay = perMinute === 0 || wait > MINUTE_MS;
    const perWindow = ofDay ? perDay : perMinute;
    const windowMs = ofDay ? DAY_MS : MINUTE_MS;
    return wait + Math.floor(position / perWindow) * windowMs;
  }
}
