import { randomInt } from 'node:crypto';

/** More is asked at once than can be answered in time: whoever asked comes again later. */
export class Overloaded extends Error {
  /** Another for each, so that those who were sent away do not come back together (F19). */
  readonly retryAfterSeconds = randomInt(2, 12);

  constructor() {
    super('Too much is asked at once');
    this.name = 'Overloaded';
  }
}

/** Lets so many jobs run at once and so many wait for them, in their order; the rest is sent away at once instead of waiting longer than anybody waits for an answer. */
export class Admission {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }) {
    this.#atOnce = atOnce;
    this.#mostWaiting = waiting;
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else if (this.#waiting.length >= this.#mostWaiting) throw new Overloaded();
    else await new Promise<void>((resolve) => this.#waiting.push(resolve)); // who goes gives his place over
    try {
      return await job();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
