/** What a runner counted. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** The sum over all runners. */
export function sum(tallies: readonly Tally[]): Tally {
  return { passed: tallies.reduce((total, { passed }) => total + passed, 0), failed: tallies.reduce((total, { failed }) => total + failed, 0) };
}

/** The last line of `npm test`. */
export function lastLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
