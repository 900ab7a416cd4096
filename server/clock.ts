import type { Instant } from '../shared/base/instant.ts';

/** Where the centre's parts get the time: given to them, so that tests and the simulation can move it. */
export interface Clock {
  readonly now: () => Instant;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };
