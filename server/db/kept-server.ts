import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Before a server that ended by itself is started again, so that one that cannot run does not keep the machine busy. */
const PAUSE_MS = 1000;

/** A database server that is started again when it ends without being asked to: killed, out of memory, its disk was full. */
export class KeptServer {
  readonly #launch: () => ChildProcess;
  readonly #clear: () => Promise<void>;
  readonly #log: Logger;
  #child: ChildProcess | null = null;
  #exited: Promise<void> = Promise.resolve();
  #stopping = false;

  /** `clear` ends what a dead server may have left. */
  constructor(launch: () => ChildProcess, clear: () => Promise<void>, log: Logger) {
    this.#launch = launch;
    this.#clear = clear;
    this.#log = log;
  }

  /** Answers when the server takes connections. */
  async start(): Promise<void> {
    const child = this.#launch();
    this.#child = child;
    this.#exited = new Promise((resolve) => void child.once('exit', () => resolve()));
    await ready(child, this.#log);
    child.once('exit', (code) => {
      if (!this.#stopping) void this.#again(code);
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child?.stdin) this.#child.stdin.end(); // the wrapper then asks PostgreSQL to end
    else this.#child?.kill();
    await this.#exited;
  }

  async #again(code: number | null): Promise<void> {
    this.#log.error({ code }, 'the database server ended by itself, starting it again');
    while (!this.#stopping) {
      try {
        await pause(PAUSE_MS);
        await this.#clear();
        if (!this.#stopping) await this.start();
        return;
      } catch (error) {
        this.#log.error({ err: error }, 'the database server did not start');
      }
    }
  }
}

function ready(child: ChildProcess, log: Logger): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`PostgreSQL не запустился (код ${code}): ${said.slice(-5).join('\n')}`)));
    // A server that ended before its wrapper read from it is told of by `exit`.
    child.stdin?.on('error', (error) => log.debug({ err: error }, 'wrapper is gone'));
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      if (said.length > 50) said.shift();
      log.debug({ line }, 'postgres');
      if (line.includes('ready to accept connections')) resolve();
    });
  });
}
