import type { Refusal } from '../../shared/base/errors.ts';

/** How a command of the centre itself ended. `duplicate`: this commandId was run before, the stored outcome is given. */
export type SystemOutcome =
  | { readonly ok: true; readonly commandId: string; readonly duplicate: boolean }
  | { readonly ok: false; readonly commandId: string; readonly duplicate: boolean; readonly refusal: Refusal };

/**
 * Runs a command as the centre itself (author `system`): intake, results of effects. `commandId` (a uuid) makes it happen
 * once for ever: derive it from what is taken in with `commandIdFor`. Rejects only for what should not happen
 * (a bug in the command, a database that is down): then nothing was written.
 */
export type RunSystem = (name: string, input: unknown, options?: { readonly commandId?: string; readonly happenedAt?: string }) => Promise<SystemOutcome>;

/** One of several commands of the centre. */
export interface SystemCommand {
  readonly name: string;
  readonly input: unknown;
  readonly commandId?: string;
  readonly happenedAt?: string;
}

/**
 * Runs several commands in order and, where nothing is in the way, in one transaction: what comes in masses (a feed, letters). One
 * refused does not stop the others; null = it met too many conflicts, repeat it with the same commandId.
 */
export type RunSystemAll = (commands: readonly SystemCommand[]) => Promise<readonly (SystemOutcome | null)[]>;

export interface CommandRunner {
  readonly runSystem: RunSystem;
}
