import type { Instant } from '../../shared/base/instant.ts';
import type { CentreTools } from '../adapters/centre-tools.ts';

/** An effect as its handler gets it. `attempts` counts this one too. */
export interface RunningEffect {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly createdAt: Instant;
}

/**
 * done: it happened. retry: it certainly did not happen, try later (growing pauses). failed: it cannot happen as it is, a
 * person may repeat. unknown: it may have happened, a person decides.
 */
export interface EffectResult {
  readonly result: 'done' | 'retry' | 'failed' | 'unknown';
  /** For people, Russian: the other side's answer or what went wrong. */
  readonly detail: string;
  /** For retry: the other side said when. Otherwise the runner's growing pauses. */
  readonly retryAfterMs?: number;
}

/** Carries out one kind of effect. Results reach the documents by system commands that the handler runs before it answers. */
export interface EffectHandler {
  readonly kind: string;
  /** The external system whose state it is, as in `ExternalSystems.report`. */
  readonly system: string;
  /** Must not throw for what the other side does; a throw counts as `retry` only if the handler says it is safe: see `onThrow`. */
  readonly run: (effect: RunningEffect, tools: CentreTools) => Promise<EffectResult>;
  /** The process died while `run` was going on: ask the other side before repeating. Without an answer: `unknown`. */
  readonly recover: (effect: RunningEffect, tools: CentreTools) => Promise<EffectResult>;
  /** What an unexpected exception of `run` or `recover` means; default `unknown`. */
  readonly onThrow?: 'retry' | 'failed' | 'unknown';
}
