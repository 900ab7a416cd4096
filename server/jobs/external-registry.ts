import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { ExternalSystem } from '../../shared/protocol/sync.ts';
import type { Clock } from '../clock.ts';
import { waitingByKind } from './effect-queries.ts';
import type { EffectHandler } from './effects.ts';
import type { ExternalSystems } from './external-systems.ts';

const stateSchema = z.object({ title: z.string(), works: z.boolean(), detail: z.string(), since: z.string() });
type State = z.infer<typeof stateSchema>;

/** How long an answer serves all who ask: hundreds of desks poll. */
const FRESH_MS = 1000;

/** Keeps the state of external systems in the base, where every process of the centre sees it. */
export class ExternalRegistry implements ExternalSystems {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #handlers: readonly EffectHandler[];
  readonly #onChange: () => void;
  readonly #known = new Map<string, State>();
  #cached: { at: number; answer: Promise<readonly ExternalSystem[]> } | null = null;

  constructor(pool: Pool, handlers: readonly EffectHandler[], clock: Clock, log: Logger, onChange: () => void) {
    this.#pool = pool;
    this.#handlers = handlers;
    this.#clock = clock;
    this.#log = log;
    this.#onChange = onChange;
  }

  report(system: string, { title, works, detail }: { readonly title: string; readonly works: boolean; readonly detail: string }): void {
    const before = this.#known.get(system);
    if (before?.works === works && before.detail === detail) return;
    const state: State = { title, works, detail, since: before?.works === works ? before.since : this.#clock.now() };
    this.#known.set(system, state);
    this.#write(system, 'INSERT INTO adapter_state (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [`external.${system}`, JSON.stringify(state)]);
  }

  forget(system: string): void {
    this.#known.delete(system);
    this.#write(system, 'DELETE FROM adapter_state WHERE key = $1', [`external.${system}`]);
  }

  #write(system: string, sql: string, values: readonly string[]): void {
    this.#pool.query(sql, [...values]).then(
      () => {
        this.#cached = null;
        this.#onChange();
      },
      (error: unknown) => this.#log.warn({ err: error, system }, 'state of an external system not written'),
    );
  }

  all(): Promise<readonly ExternalSystem[]> {
    const now = Date.now();
    if (this.#cached === null || now - this.#cached.at > FRESH_MS) this.#cached = { at: now, answer: this.#read() };
    return this.#cached.answer;
  }

  async #read(): Promise<readonly ExternalSystem[]> {
    const { rows } = await this.#pool.query<{ key: string; value: string }>(`SELECT key, value FROM adapter_state WHERE key LIKE 'external.%' ORDER BY key`);
    const waiting = await waitingByKind(this.#pool);
    return rows.map(({ key, value }) => {
      const system = key.slice('external.'.length);
      const kinds = this.#handlers.filter((handler) => handler.system === system).map(({ kind }) => kind);
      return { system, ...stateSchema.parse(JSON.parse(value)), waiting: kinds.reduce((sum, kind) => sum + (waiting.get(kind) ?? 0), 0) };
    });
  }
}
