import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { addMs } from '../../shared/base/instant.ts';
import type { CentreTools } from '../adapters/adapter.ts';
import type { Clock } from '../clock.ts';
import { cancelDependents, claimDue, claimOrphan, dueNow, finishEffect, nextDue } from './effect-queries.ts';
import type { EffectHandler, EffectResult, RunningEffect } from './effects.ts';

/** Growing pauses, as multiples of the first: with 5 s these are 5 s, 15 s, 1 min, 5 min, 15 min, 1 h, and 1 h from then on. */
const GROWTH = [1, 3, 12, 60, 180, 720] as const;

/** Runs of one kind at once: a slow system holds up only its own effects. */
const AT_ONCE = 2;

/** Longest that a timer is set for; the sweep sees to the rest. */
const LONGEST_TIMER_MS = 60_000;

export function pauseAfter(attempts: number, firstPauseMs: number): number {
  return firstPauseMs * (GROWTH[Math.min(attempts, GROWTH.length) - 1] ?? 1);
}

export interface EffectRunnerDependencies {
  readonly pool: Pool;
  readonly handlers: readonly EffectHandler[];
  readonly tools: CentreTools;
  /** Number of this process among runners: its advisory lock says that it lives. */
  readonly runner: number;
  readonly firstPauseMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Asks for a wake at that time that outlives this process. */
  readonly wakeAt: (at: string) => void;
  readonly onRun: (kind: string, result: EffectResult['result']) => void;
}

/** Carries out effects: waits → runs → done | failed | unknown, or back to waits with a growing pause. */
export class EffectRunner {
  readonly #dependencies: EffectRunnerDependencies;
  readonly #running = new Set<Promise<void>>();
  readonly #busy = new Map<string, number>();
  readonly #again = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(dependencies: EffectRunnerDependencies) {
    this.#dependencies = dependencies;
  }

  /** Looks for something to do, of every kind. */
  wake(): void {
    if (this.#stopped) return;
    for (const handler of this.#dependencies.handlers) this.#start(handler);
  }

  /** Effects of a system that is back: those that were tried already are due at once, whatever their pause has grown to. */
  retry(system: string): void {
    const { pool, handlers, clock, log } = this.#dependencies;
    const kinds = handlers.filter((handler) => handler.system === system).map(({ kind }) => kind);
    if (this.#stopped || kinds.length === 0) return;
    const work = dueNow(pool, kinds, clock.now())
      .then(() => this.wake(), (error: unknown) => log.error({ err: error, system }, 'effects could not be brought forward'))
      .finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  /** Nothing new is begun; what runs is waited for. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #start(handler: EffectHandler): void {
    const { kind } = handler;
    const busy = this.#busy.get(kind) ?? 0;
    if (busy >= AT_ONCE) {
      this.#again.add(kind);
      return;
    }
    this.#busy.set(kind, busy + 1);
    const work = this.#work(handler)
      .catch((error: unknown) => this.#dependencies.log.error({ err: error, kind }, 'effects could not be run'))
      .finally(() => {
        this.#running.delete(work);
        this.#busy.set(kind, (this.#busy.get(kind) ?? 1) - 1);
        if (this.#again.delete(kind) && !this.#stopped) this.#start(handler);
      });
    this.#running.add(work);
  }

  async #work(handler: EffectHandler): Promise<void> {
    const { pool, runner, clock } = this.#dependencies;
    await cancelDependents(pool);
    while (!this.#stopped) {
      const orphan = await claimOrphan(pool, handler.kind, runner);
      const effect = orphan ?? (await claimDue(pool, handler.kind, runner, clock.now()));
      if (effect === null) break;
      // A second worker of the kind looks for more while this one waits for the other side.
      this.#startAnother(handler);
      await this.#run(handler, effect, orphan !== null);
    }
    await this.#setTimer();
  }

  #startAnother(handler: EffectHandler): void {
    if ((this.#busy.get(handler.kind) ?? 0) < AT_ONCE && !this.#stopped) this.#start(handler);
  }

  async #run(handler: EffectHandler, effect: RunningEffect, orphan: boolean): Promise<void> {
    const { pool, runner, clock, log, firstPauseMs } = this.#dependencies;
    const result = await this.#result(handler, effect, orphan);
    const now = clock.now();
    const retry = result.result === 'retry';
    const notBefore = retry ? addMs(now, result.retryAfterMs ?? pauseAfter(effect.attempts, firstPauseMs)) : null;
    await finishEffect(pool, effect.id, runner, { state: result.result === 'retry' ? 'waits' : result.result, detail: result.detail, notBefore, now });
    this.#dependencies.onRun(effect.kind, result.result);
    log.info({ effect: effect.id, kind: effect.kind, attempts: effect.attempts, result: result.result }, 'effect run');
    if (notBefore !== null) this.#dependencies.wakeAt(notBefore);
    if (result.result === 'done') this.wake(); // others may wait for this one
  }

  async #result(handler: EffectHandler, effect: RunningEffect, orphan: boolean): Promise<EffectResult> {
    const { tools, log } = this.#dependencies;
    try {
      return await (orphan ? handler.recover(effect, tools) : handler.run(effect, tools));
    } catch (error) {
      log.error({ err: error, effect: effect.id, kind: effect.kind }, 'effect handler failed');
      return { result: handler.onThrow ?? 'unknown', detail: 'Внутренняя ошибка при выполнении' };
    }
  }

  async #setTimer(): Promise<void> {
    const { pool, clock } = this.#dependencies;
    if (this.#stopped) return;
    const at = await nextDue(pool, clock.now());
    if (at === null || this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(Date.parse(at) - Date.parse(clock.now()), 0) + 5, LONGEST_TIMER_MS));
  }
}
