import { createParser } from 'eventsource-parser';
import { hintSchema, type Page } from '../../shared/protocol/sync.ts';
import type { Timers } from './desk-engine.ts';
import { retryPause } from './retry-pause.ts';

/** The centre's heartbeat comes every 10 s; after two missed ones the line is taken for dead (F17). */
export const silenceMs = 25_000;

export interface HintStreamOptions {
  readonly open: (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  readonly timers: Timers;
  readonly random: () => number;
  readonly onOpen: () => void;
  /** The open stream broke or fell silent: nobody knows whether the centre can be reached. */
  readonly onLost: () => void;
  readonly onFeed: () => void;
  readonly onPage: (page: Page) => void;
  readonly onSessionEnded: () => void;
}

/** Listens for «there is something new» and for pages of it. Only a short cut: polling finds the same within a minute. */
export class HintStream {
  readonly #options: HintStreamOptions;
  #abort: AbortController | null = null;
  #cancelTimer: (() => void) | null = null;
  #failures = 0;
  #closed = false;

  constructor(options: HintStreamOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#listen();
  }

  stop(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#abort?.abort();
  }

  #watch(abort: AbortController): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.timers.after(silenceMs, () => abort.abort());
  }

  async #listen(): Promise<void> {
    const abort = new AbortController();
    let open = false;
    this.#abort = abort;
    try {
      this.#watch(abort);
      const stream = await this.#options.open(abort.signal);
      if (this.#closed) return;
      this.#failures = 0;
      open = true;
      this.#options.onOpen();
      const parser = createParser({ onEvent: ({ data }) => this.#receive(data) });
      const decoder = new TextDecoder();
      for await (const chunk of stream) {
        this.#watch(abort);
        parser.feed(decoder.decode(chunk, { stream: true }));
      }
    } catch {
      // Whatever broke the stream, the engine's own round finds out and shows it; here it is only opened again.
    }
    if (this.#closed) return;
    if (open) this.#options.onLost();
    this.#failures += 1;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.timers.after(retryPause(this.#failures, null, this.#options.random), () => void this.#listen());
  }

  #receive(data: string): void {
    const hint = hintSchema.safeParse(parseJson(data));
    if (!hint.success) return;
    if (hint.data.kind === 'feed') this.#options.onFeed();
    if (hint.data.kind === 'page') this.#options.onPage(hint.data.page);
    if (hint.data.kind === 'sessionEnded') this.#options.onSessionEnded();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not a hint: the schema refuses it
  }
}
