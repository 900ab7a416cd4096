import type { CentreTools } from '../adapter.ts';
import type { EmailParser } from './email-parser.ts';
import type { IntakeEntry, IntakeJournal } from './intake-journal.ts';
import { receiveLetter } from './receive-letter.ts';
import { mailSystem } from './send-email-effect.ts';

const BATCH = 20;
/** How often the journal is looked at when no one calls: letters left by a crash or postponed. */
const SWEEP_MS = 2_000;
const pausesMs = [1_000, 5_000, 30_000, 120_000, 600_000];

export interface MailIntake {
  /** Something new is in the journal. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
}

async function takeOne(entry: IntakeEntry, parser: EmailParser, tools: CentreTools, journal: IntakeJournal): Promise<void> {
  try {
    await journal.done(entry.id, await receiveLetter(entry, parser, tools));
    if (entry.attempts > 0) tools.externalSystems.report(mailSystem.system, { title: mailSystem.title, works: true, detail: '' });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    tools.log.error({ err: error, intakeId: entry.id, attempts: entry.attempts }, 'a stored letter could not be received yet');
    tools.externalSystems.report(mailSystem.system, { title: mailSystem.title, works: false, detail: `Письмо принято, но ещё не записано: ${problem}` });
    await journal.postpone(entry.id, problem, pausesMs[Math.min(entry.attempts, pausesMs.length - 1)] ?? 600_000);
  }
}

/** Turns what is in the journal into documents, oldest first, for as long as the centre runs. */
export function startMailIntake(tools: CentreTools, journal: IntakeJournal, parser: EmailParser): MailIntake {
  let stopped = false;
  let asked = true;
  let working: Promise<void> | null = null;

  const drain = async (): Promise<void> => {
    while (asked && !stopped) {
      asked = false;
      const entries = await journal.due(BATCH);
      for (const entry of entries) {
        if (stopped) return;
        await takeOne(entry, parser, tools, journal);
      }
      if (entries.length === BATCH) asked = true;
    }
  };
  const wake = (): void => {
    asked = true;
    if (working !== null || stopped) return;
    working = drain()
      .catch((error: unknown) => tools.log.error({ err: error }, 'the journal of letters cannot be read'))
      .finally(() => {
        working = null;
        if (asked) wake(); // called between the last look and now
      });
  };
  const sweep = setInterval(wake, SWEEP_MS);
  wake();
  return {
    wake,
    stop: async () => {
      stopped = true;
      clearInterval(sweep);
      await working;
    },
  };
}
