import type { ApplicationStage } from './model.ts';

const over: ReadonlySet<ApplicationStage> = new Set(['completed', 'rejected', 'annulled', 'withdrawn']);

/** Nothing more is done on an application at this stage: its term does not run. */
export function isApplicationOver(stage: ApplicationStage): boolean {
  return over.has(stage);
}
