import type { Clock, StepsBack, Timers } from './desk-engine.ts';

/** After the last sign of a person at work the background keeps still for so long. */
const stillMs = 400;
/** It goes on after so long all the same: who types all day long gets his data too. */
const longestMs = 2_000;

/** The background steps back while a person is at work: he waits for the one thread that both share. */
export class GivingWay implements StepsBack {
  readonly #clock: Clock;
  readonly #timers: Timers;
  #signAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** The person types, searches, presses a button, speaks. */
  sign(): void {
    this.#signAt = this.#clock.now();
  }

  /** True while he is at work: what is done meanwhile comes in small pieces. */
  get isNeeded(): boolean {
    return this.#clock.now() - this.#signAt < stillMs;
  }

  /** Between two pieces: resolves at once, or when he has paused, and in any case after a while. */
  async rest(): Promise<void> {
    const began = this.#clock.now();
    while (this.isNeeded && this.#clock.now() - began < longestMs) await new Promise<void>((resolve) => void this.#timers.after(stillMs - (this.#clock.now() - this.#signAt), resolve));
  }
}
