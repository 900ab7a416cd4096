import { pauseAfter } from '../../jobs/effect-runner.ts';

const LONGEST_MS = 5 * 60_000;

interface Rest {
  readonly failures: number;
  readonly until: number;
  readonly answer: string;
}

/**
 * A relay that does not work is asked by one letter at a time, after growing pauses: hundreds of waiting letters neither storm it nor get the mailbox locked by a wrong
 * password. Of this process only; another one finds out by itself.
 */
export class RelayRest {
  readonly #resting = new Map<string, Rest>();
  readonly #firstPauseMs: number;

  constructor(firstPauseMs: number) {
    this.#firstPauseMs = firstPauseMs;
  }

  /** How long (ms) a letter has to wait, and why; null: it may try now. The one that may try holds the others back meanwhile. */
  wait(relay: string, now: number, patienceMs: number): { readonly ms: number; readonly answer: string } | null {
    const rest = this.#resting.get(relay);
    if (rest === undefined) return null;
    if (now < rest.until) return { ms: rest.until - now + 1, answer: rest.answer };
    this.#resting.set(relay, { ...rest, until: now + patienceMs });
    return null;
  }

  /** It did not work; gives the pause. */
  failed(relay: string, now: number, answer: string): number {
    const failures = (this.#resting.get(relay)?.failures ?? 0) + 1;
    const pause = Math.min(pauseAfter(failures, this.#firstPauseMs), LONGEST_MS);
    this.#resting.set(relay, { failures, until: now + pause, answer });
    return pause;
  }

  /** It works; true if it had not. */
  works(relay: string): boolean {
    return this.#resting.delete(relay);
  }
}
