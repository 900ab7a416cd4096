import { describe, expect, it } from 'vitest';
import { HintStream, silenceMs } from '../../../main/sync/hint-stream.ts';

/** The stream over a line that the test feeds, and timers that it moves. */
class Line {
  readonly seen: string[] = [];
  readonly stream: HintStream;
  #now = 0;
  #timers: { readonly at: number; readonly call: () => void }[] = [];
  #feed: ReadableStreamDefaultController<Uint8Array> | null = null;
  opened = 0;

  constructor() {
    this.stream = new HintStream({
      open: (signal) => this.#open(signal),
      timers: { after: (ms, call) => this.#after(ms, call) },
      random: () => 0.5,
      onOpen: () => this.seen.push('open'),
      onLost: () => this.seen.push('lost'),
      onFeed: () => this.seen.push('feed'),
      onSessionEnded: () => this.seen.push('ended'),
    });
    this.stream.start();
  }

  #after(ms: number, call: () => void): () => void {
    const timer = { at: this.#now + ms, call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  async #open(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    this.opened += 1;
    return new ReadableStream({
      start: (controller) => {
        this.#feed = controller;
        signal.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
  }

  async say(kind: string): Promise<void> {
    this.#feed?.enqueue(new TextEncoder().encode(`data: {"kind":"${kind}"}\n\n`));
    await settled();
  }

  async breakOff(): Promise<void> {
    this.#feed?.error(new Error('reset'));
    await settled();
  }

  async pass(ms: number): Promise<void> {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { call } of due) call();
    await settled();
  }
}

/** All promises that can settle have. */
async function settled(): Promise<void> {
  for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('the stream of hints', () => {
  it('F17 silently dead is noticed within half a minute, told, and opened anew', async () => {
    const line = new Line();
    await settled();
    await line.pass(silenceMs - 1_000);
    await line.say('heartbeat');
    await line.pass(silenceMs - 1_000);
    expect(line.seen).toEqual(['open']);
    await line.pass(1_000);
    expect(silenceMs).toBeLessThan(30_000);
    expect(line.seen).toEqual(['open', 'lost']);
    await line.pass(1_000);
    expect(line.seen).toEqual(['open', 'lost', 'open']);
    line.stream.stop();
  });

  it('broken off is told at once; one that was stopped says nothing', async () => {
    const line = new Line();
    await settled();
    await line.say('feed');
    await line.breakOff();
    expect(line.seen).toEqual(['open', 'feed', 'lost']);
    line.stream.stop();
    await line.pass(60_000);
    expect(line.opened).toBe(1);
  });
});
