import { Worker } from 'node:worker_threads';
import { app } from 'electron';
import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import type { WorkerData } from '../desk-worker-data.ts';
import { PortRpc } from '../port-rpc.ts';
import { refusalOf } from '../wire-refusal.ts';
import { createLetterParser } from './letter-parser.ts';
import { openWithKeyring, sealWithKeyring } from './keyring.ts';

export interface DeskWorkerOptions {
  readonly data: WorkerData;
  readonly onEvent: (name: string, payload: unknown) => void;
  readonly log: (text: string, error?: unknown) => void;
}

const parseArgs = z.object({ raw: z.instanceof(Uint8Array), envelope: z.object({ returnPath: z.string().nullable() }), chosen: z.string().nullable() });
const restartPauseMs = 1_000;
const closeTimeoutMs = 5_000;

/** The worker thread that owns the desk's files. If it dies it is started again: what was accepted is on the disk. */
export class DeskWorker {
  readonly #options: DeskWorkerOptions;
  #rpc: PortRpc;
  #worker: Worker;
  readonly #parser = createLetterParser();
  #closing = false;

  constructor(options: DeskWorkerOptions) {
    this.#options = options;
    [this.#worker, this.#rpc] = this.#start();
  }

  #start(): [Worker, PortRpc] {
    const { data, log } = this.#options;
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: data });
    const rpc = new PortRpc(worker, {
      answer: (name, args) => this.#answer(name, args),
      onEvent: (name, payload) => this.#receive(name, payload),
      onError: (error) => log('A question of the worker failed', error),
    });
    let reason: unknown = null;
    worker.on('error', (error) => {
      reason = error;
      log('The worker failed', error);
    });
    worker.on('exit', () => this.#ended(rpc, reason));
    return [worker, rpc];
  }

  async #answer(name: string, args: unknown): Promise<unknown> {
    await app.whenReady(); // the thread may start before the program is ready, the keyring is there only after it
    if (name === 'keyring.seal') return sealWithKeyring(z.string().parse(args));
    if (name === 'keyring.open') return openWithKeyring(z.string().parse(args));
    if (name === 'letter.parse') {
      const { raw, envelope, chosen } = parseArgs.parse(args);
      return this.#parser.parse(raw, envelope, chosen);
    }
    throw new OknoError('internal', { name });
  }

  #receive(name: string, payload: unknown): void {
    if (name === 'log') {
      const { text, error } = z.object({ text: z.string(), error: z.string() }).parse(payload);
      this.#options.log(text, error === '' ? undefined : error);
    } else this.#options.onEvent(name, payload);
  }

  #ended(rpc: PortRpc, reason: unknown): void {
    rpc.fail(new OknoError(refusalOf(reason).code));
    if (this.#closing) return;
    setTimeout(() => {
      if (!this.#closing) [this.#worker, this.#rpc] = this.#start();
    }, restartPauseMs);
  }

  call(name: string, args: unknown): Promise<unknown> {
    return this.#rpc.call(name, args);
  }

  /** Lets calls in flight end and the files close, then ends the thread. */
  async close(): Promise<void> {
    this.#closing = true;
    const timeout = new Promise<void>((resolve) => {
      setTimeout(resolve, closeTimeoutMs).unref();
    });
    await Promise.race([this.#rpc.call('own.close', null).catch((error: unknown) => this.#options.log('Closing the files failed', error)), timeout]);
    await Promise.race([this.#parser.stop(), timeout]);
    await this.#worker.terminate();
  }
}
