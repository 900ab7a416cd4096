import { executeAll, type Answer, type ExecuteDependencies, type Submitted } from './execute.ts';

interface Waiting {
  readonly commands: readonly Submitted[];
  readonly resolve: (answers: readonly (Answer | null)[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs commands: those of many desks that come at the same moment share a transaction, and so the disk's sync. */
export type Execute = (commands: readonly Submitted[]) => Promise<readonly (Answer | null)[]>;

/**
 * Two rounds at a time: while one waits for the disk the other decides. Nobody waits for company: a command that comes alone is
 * run at once, those that come while both rounds are busy go together in the next, up to `batchSize`.
 */
const ROUNDS = 2;

export function gatherer(dependencies: ExecuteDependencies, batchSize: number): Execute {
  const waiting: Waiting[] = [];
  let rounds = 0;

  const next = (): readonly Waiting[] => {
    let size = 0;
    const count = waiting.findIndex(({ commands }) => (size += commands.length) > batchSize);
    return waiting.splice(0, count < 0 ? waiting.length : Math.max(count, 1));
  };

  const round = async (): Promise<void> => {
    for (let together = next(); together.length > 0; together = next()) {
      try {
        const answers = await executeAll(together.flatMap(({ commands }) => commands), dependencies);
        let from = 0;
        for (const { commands, resolve } of together) resolve(answers.slice(from, (from += commands.length)));
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
  };

  const start = (): void => {
    if (rounds >= ROUNDS) return;
    rounds++;
    void round().finally(() => rounds--); // a round never fails: each who waits is told
  };

  return (commands) =>
    new Promise((resolve, reject) => {
      waiting.push({ commands, resolve, reject });
      start();
    });
}
