const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/**
 * How long to wait after the n-th failure in a row (n from 1), milliseconds: doubling up to a minute, with jitter of up to half, so
 * that five hundred desks do not come back at once (F19). A wait that the centre asked for is kept, with the jitter on top.
 */
export function retryPause(failures: number, retryAfterMs: number | null, random: () => number): number {
  const grown = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - 1, 10));
  const jittered = grown * (0.5 + random() / 2);
  return Math.round(retryAfterMs === null ? jittered : retryAfterMs + jittered);
}
