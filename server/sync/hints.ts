import type { Client } from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { FeedStep } from '../db/centre-store.ts';

/** `step`: what is new, where this process wrote it and knows that it is all. */
export type Hint = { readonly kind: 'feed'; readonly step?: FeedStep } | { readonly kind: 'sessionEnded'; readonly userId: string; readonly except: string | null };

const CHANNEL = 'okno_hints';
/** Notifications between processes in this time become one: under load a commit must not cost one each. */
const COALESCE_MS = 10;
const RECONNECT_MS = 1000;
/** What could not be given yet is hinted at again after a moment, which doubles while it still cannot be. */
const LATER_MS = { first: 10, longest: 160 } as const;

const messageSchema = z.object({ from: z.number(), hint: z.union([z.object({ kind: z.literal('feed') }), z.object({ kind: z.literal('sessionEnded'), userId: z.string(), except: z.string().nullable() })]) });

/**
 * Tells desks of this process at once, and those of other processes through the base (LISTEN/NOTIFY on a connection of its own,
 * never within a command's transaction: NOTIFY takes a lock that puts all commits in a row).
 */
export class Hints {
  readonly #runner: number;
  readonly #log: Logger;
  readonly #listeners = new Set<(hint: Hint) => void>();
  readonly #connect: () => Promise<Client>;
  readonly #onConnected: (client: Client) => Promise<void>;
  #client: Client | null = null;
  #soon: NodeJS.Timeout | undefined;
  #local: NodeJS.Immediate | undefined;
  #retry: NodeJS.Timeout | undefined;
  #later: NodeJS.Timeout | undefined;
  #laterMs: number = LATER_MS.first;
  #saidLaterAt = 0;
  #stopped = false;

  /** `onConnected` gets the connection each time it is made: other things that live as long as this process hang on it. */
  constructor(runner: number, connect: () => Promise<Client>, onConnected: (client: Client) => Promise<void>, log: Logger) {
    this.#runner = runner;
    this.#connect = connect;
    this.#onConnected = onConnected;
    this.#log = log;
  }

  async start(): Promise<void> {
    const client = await this.#connect();
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    client.on('error', (error) => this.#lost(error));
    client.on('end', () => this.#lost(null));
    await this.#onConnected(client);
    await client.query(`LISTEN ${CHANNEL}`);
    this.#client = client;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of [this.#soon, this.#retry, this.#later]) clearTimeout(timer);
    clearImmediate(this.#local);
    await this.#client?.end();
  }

  subscribe(listener: (hint: Hint) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something was committed. */
  feedChanged(): void {
    this.#local ??= setImmediate(() => {
      this.#local = undefined;
      this.#tell({ kind: 'feed' });
    });
    this.#tellOthers();
  }

  /** This process committed something: with its step desks need not ask, and are told at once. */
  committed(step: FeedStep | null): void {
    if (step === null) return this.feedChanged();
    this.#tell({ kind: 'feed', step });
    this.#tellOthers();
  }

  #tellOthers(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#notify({ kind: 'feed' });
    }, COALESCE_MS);
  }

  /** Something committed could not be given yet: say it again in a moment. */
  feedChangesLater(): void {
    if (this.#later !== undefined) return;
    const calm = Date.now() - this.#saidLaterAt > LATER_MS.longest;
    this.#laterMs = calm ? LATER_MS.first : Math.min(this.#laterMs * 2, LATER_MS.longest);
    this.#later = setTimeout(() => {
      this.#later = undefined;
      this.#saidLaterAt = Date.now();
      this.feedChanged();
    }, this.#laterMs);
  }

  sessionsEnded(userId: string, except: string | null): void {
    this.#tell({ kind: 'sessionEnded', userId, except });
    this.#notify({ kind: 'sessionEnded', userId, except });
  }

  #tell(hint: Hint): void {
    for (const listener of this.#listeners) listener(hint);
  }

  #notify(hint: Hint): void {
    this.#client?.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify({ from: this.#runner, hint })]).catch((error: unknown) => this.#log.warn({ err: error }, 'hint not passed on'));
  }

  #hear(payload: string): void {
    const { from, hint } = messageSchema.parse(JSON.parse(payload));
    if (from !== this.#runner) this.#tell(hint);
  }

  #lost(error: Error | null): void {
    if (this.#stopped || this.#retry !== undefined) return;
    this.#client = null;
    this.#log.warn({ err: error }, 'hint connection lost, connecting again');
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.start().then(
        () => this.feedChanged(), // what was said meanwhile was not heard
        (again: unknown) => this.#lost(again instanceof Error ? again : null),
      );
    }, RECONNECT_MS);
  }
}
