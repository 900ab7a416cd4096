import { OknoError } from '../../shared/base/errors.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** A token asked for more than it may; it comes again after so many seconds. */
export class LimitReached extends OknoError {
  readonly retryAfterSeconds: number;

  constructor(limit: number, period: string, retryAfterSeconds: number) {
    super('readingLimit', { limit, period });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function secondsLeft(now: number, period: number): number {
  return Math.max(1, Math.ceil((period - (now % period)) / 1000));
}

/** Requests of each token in the present minute, of this process. */
export class RequestLimit {
  #minute = 0;
  readonly #counts = new Map<string, number>();

  /** Counts one request; throws LimitReached above `perMinute`. `now` in milliseconds. */
  count(tokenId: string, perMinute: number, now: number): void {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    const count = (this.#counts.get(tokenId) ?? 0) + 1;
    if (count > perMinute) throw new LimitReached(perMinute, 'запросов в минуту', secondsLeft(now, MINUTE_MS));
    this.#counts.set(tokenId, count);
  }
}

/** How many documents may still be given; throws LimitReached when there is none. `now` in milliseconds. */
export function rowsLeft(given: { readonly hour: number; readonly day: number }, limits: { readonly rowsPerHour: number; readonly rowsPerDay: number }, now: number): number {
  // What weighs on the day's limit passes hour by hour.
  if (given.day >= limits.rowsPerDay) throw new LimitReached(limits.rowsPerDay, 'документов за сутки', secondsLeft(now, HOUR_MS));
  if (given.hour >= limits.rowsPerHour) throw new LimitReached(limits.rowsPerHour, 'документов за час', secondsLeft(now, HOUR_MS));
  return Math.min(limits.rowsPerHour - given.hour, limits.rowsPerDay - given.day);
}
