import { z } from 'zod';
import { OknoError } from '../shared/base/errors.ts';
import { refusalSchema } from '../shared/protocol/sync.ts';
import { refusalOf } from './wire-refusal.ts';

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.number(), name: z.string(), args: z.unknown() }),
  z.object({ kind: z.literal('answer'), id: z.number(), value: z.unknown() }),
  z.object({ kind: z.literal('failure'), id: z.number(), refusal: refusalSchema }),
  z.object({ kind: z.literal('event'), name: z.string(), payload: z.unknown() }),
]);

/** A MessagePort or a Worker. */
export interface RpcPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

export interface RpcSide {
  /** Answers a call of the other side by its name. */
  readonly answer: (name: string, args: unknown) => unknown;
  readonly onEvent: (name: string, payload: unknown) => void;
  /** An unexpected error of a handler: the other side only learns `internal`. */
  readonly onError: (error: unknown) => void;
}

/** Calls and events in both directions over one port: no code for each call. */
export class PortRpc {
  readonly #port: RpcPort;
  readonly #side: RpcSide;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  #lastId = 0;

  constructor(port: RpcPort, side: RpcSide) {
    this.#port = port;
    this.#side = side;
    port.on('message', (message: unknown) => this.#receive(message));
  }

  call(name: string, args: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#port.postMessage({ kind: 'call', id, name, args });
    });
  }

  emit(name: string, payload: unknown): void {
    this.#port.postMessage({ kind: 'event', name, payload });
  }

  /** Ends every call that still waits: the other side is gone. */
  fail(error: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #receive(message: unknown): void {
    const parsed = messageSchema.parse(message);
    if (parsed.kind === 'call') void this.#answer(parsed.id, parsed.name, parsed.args);
    else if (parsed.kind === 'event') this.#side.onEvent(parsed.name, parsed.payload);
    else {
      const call = this.#waiting.get(parsed.id);
      this.#waiting.delete(parsed.id);
      if (parsed.kind === 'answer') call?.resolve(parsed.value);
      else call?.reject(new OknoError(parsed.refusal.code, parsed.refusal.details));
    }
  }

  async #answer(id: number, name: string, args: unknown): Promise<void> {
    try {
      const value = await this.#side.answer(name, args);
      this.#port.postMessage({ kind: 'answer', id, value });
    } catch (error) {
      if (!(error instanceof OknoError)) this.#side.onError(error);
      this.#port.postMessage({ kind: 'failure', id, refusal: refusalOf(error) });
    }
  }
}
