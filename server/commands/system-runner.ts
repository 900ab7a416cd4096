import { createHash } from 'node:crypto';
import { refusal } from '../../shared/base/errors.ts';
import type { Instant } from '../../shared/base/instant.ts';
import type { Command } from '../../shared/base/rule-book.ts';
import { systemAuthor } from '../../shared/base/scope.ts';
import type { Clock } from '../clock.ts';
import type { CentreStore } from '../db/centre-store.ts';
import type { Submitted } from './execute.ts';
import type { Execute } from './gather.ts';
import { numberCeiling, numberFloor } from './number-ceiling.ts';
import type { RunSystem, RunSystemAll, SystemCommand, SystemOutcome } from './run-system.ts';

export interface SystemRunnerDependencies {
  readonly store: Pick<CentreStore, 'nextNumbers'>;
  readonly clock: Clock;
  readonly execute: Execute;
  readonly commandByName: (name: string) => Command | undefined;
  readonly newCommandId: () => string;
}

/** The desk that the centre's own commands are written down under. */
export const systemDeskId = 'centre';

/** Numbers that this process takes at once: each taking is a transaction of its own, and letters come in batches. */
const BLOCK = 50;

/** Hands out numbers from a block in memory, a new one when it is used up. What a stop leaves of a block is a gap. */
function ownNumbers(store: SystemRunnerDependencies['store'], clock: Clock): (series: string, year: string) => Promise<number | null> {
  const left = new Map<string, number[]>();
  return async (series, year) => {
    const key = `${series}-${year}`;
    const held = left.get(key)?.shift();
    if (held !== undefined) return held;
    const bounds = { floor: (restoredAt: Instant | null) => numberFloor(year, restoredAt), ceiling: numberCeiling(year, clock.now()) };
    const block = await store.nextNumbers(series, year, BLOCK, bounds);
    if (block === null) return null;
    const [first = null, ...others] = Array.from({ length: block.to - block.from + 1 }, (_, n) => block.from + n);
    left.set(key, [...(left.get(key) ?? []), ...others]); // another command may have asked meanwhile
    return first;
  };
}

/** Runs several commands of the centre itself (see RunSystemAll). */
export function systemBatchRunner(dependencies: SystemRunnerDependencies): RunSystemAll {
  const { store, clock, execute, commandByName, newCommandId } = dependencies;
  const nextOf = ownNumbers(store, clock);
  const submit = ({ name, input, commandId = newCommandId(), happenedAt = clock.now() }: SystemCommand): Submitted => {
    const command = commandByName(name);
    if (command === undefined) throw new Error(`Unknown command: ${name}`);
    return {
      epoch: null,
      origin: {
        commandId, name, input, numbers: [], version: command.version, deskId: systemDeskId, incarnation: null, seq: null,
        authorId: systemAuthor.userId, authorName: systemAuthor.name, happenedAt,
      },
      authorReads: [],
      guess: { command, author: systemAuthor },
      prepare: () => ({
        ok: true,
        command,
        author: systemAuthor,
        takeNumber: async (series, year) => {
          const value = await nextOf(series, year);
          return value === null ? null : { series, year, value };
        },
      }),
    };
  };
  return async (commands) => {
    const submitted = commands.map(submit);
    const outcomes = submitted.length === 0 ? [] : await execute(submitted);
    return submitted.map(({ origin: { commandId } }, at): SystemOutcome | null => {
      const outcome = outcomes[at];
      if (!outcome || outcome === 'clonedProfile' || outcome === 'otherEpoch') return null; // only desks' commands end so
      return outcome.outcome === 'applied'
        ? { ok: true, commandId, duplicate: outcome.duplicate }
        : { ok: false, commandId, duplicate: outcome.duplicate, refusal: outcome.refusal ?? refusal('internal') };
    });
  };
}

/** Runs commands of the centre itself (see RunSystem). */
export function systemRunner(dependencies: SystemRunnerDependencies): RunSystem {
  const runAll = systemBatchRunner(dependencies);
  return async (name, input, options = {}) => {
    const [outcome] = await runAll([{ name, input, ...options }]);
    // Everybody else was faster each time: the caller repeats with the same commandId.
    if (!outcome) throw new Error(`Command ${name} met too many conflicts`);
    return outcome;
  };
}

/** A uuid made of a name: the same name gives the same command for ever (a letter, an answer of an effect). */
export function commandIdFor(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  // Version 8 of RFC 9562: a uuid made by a rule of one's own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
