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
      onPage: ({ cursor }) => this.seen.push(`page to ${cursor}`),
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
    await this.hear(`data: {"kind":"${kind}"}\n\n`);
  }

  async hear(text: string): Promise<void> {
    this.#feed?.enqueue(new TextEncoder().encode(text));
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

  it('a page comes whole, in however many pieces; what is no page of this protocol is passed over', async () => {
    const line = new Line();
    await settled();
    const page = { kind: 'page', asked: { incarnation: 'one', epoch: 'e', cursor: '1' }, epoch: 'e', rows: [{ type: 'client', id: 'c', version: 1, document: { name: 'Соколова' } }], cursor: '2', more: false, lastSeq: 0, lastCommandId: null, serverTime: '2026-11-24T06:14:00.000Z', external: [] };
    const text = `data: ${JSON.stringify({ kind: 'page', page })}\n\n`;
    await line.hear(text.slice(0, 150));
    await line.hear(text.slice(150));
    await line.hear(`data: ${JSON.stringify({ kind: 'page', page: { ...page, cursor: 7 } })}\n\n`);
    expect(line.seen).toEqual(['open', 'page to 2']);
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
