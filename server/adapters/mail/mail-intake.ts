import { describeRefusal } from '../../../shared/base/errors.ts';
import type { CentreTools } from '../adapter.ts';
import type { EmailParser } from '../../../shared/mail/parse-apart.ts';
import type { IntakeEntry, IntakeJournal } from './intake-journal.ts';
import { openLetter, prepareLetter, type OpenedLetter, type PreparedLetter } from './receive-letter.ts';
import { mailSystem } from './send-email-effect.ts';

const BATCH = 20;
/** Letters beyond this are made ready one after another. */
const LARGE_BYTES = 4 * 1024 * 1024;
/** How often the journal is looked at when no one calls: letters left by a crash or postponed. */
const SWEEP_MS = 2_000;
const pausesMs = [1_000, 5_000, 30_000, 120_000, 600_000];

export interface MailIntake {
  /** Something new is in the journal. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
}

interface Ready {
  readonly entry: IntakeEntry;
  readonly letter: PreparedLetter;
}

const present = <T>(list: readonly (T | null)[]): readonly T[] => list.filter((one) => one !== null);

/** Takes in a batch: the letters are made ready side by side and written in order, in one transaction where nothing is in the way. */
async function takeIn(entries: readonly IntakeEntry[], parser: EmailParser, tools: CentreTools, journal: IntakeJournal): Promise<void> {
  const failed = async (entry: IntakeEntry, problem: string, error?: unknown): Promise<void> => {
    tools.log.error({ err: error, intakeId: entry.id, attempts: entry.attempts, problem }, 'a stored letter could not be received yet');
    tools.externalSystems.report(mailSystem.system, { title: mailSystem.title, works: false, detail: `Письмо принято, но ещё не записано: ${problem}` });
    await journal.postpone(entry.id, problem, pausesMs[Math.min(entry.attempts, pausesMs.length - 1)] ?? 600_000);
  };
  const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

  const orPostpone = async <T>(entry: IntakeEntry, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      await failed(entry, messageOf(error), error);
      return null;
    }
  };
  /** Which letters have their document already, in one question. */
  const knownOf = async (letters: readonly OpenedLetter[]): Promise<readonly boolean[]> => {
    const answers = await tools.read(letters.map(({ incomingEmailId: id }) => ({ kind: 'get', type: 'incomingEmail', id })));
    return answers.map((answer) => answer !== null);
  };
  const prepareAll = async (together: readonly IntakeEntry[]): Promise<readonly Ready[]> => {
    const opened = present(await Promise.all(together.map((entry) => orPostpone(entry, () => openLetter(entry, tools)))));
    const known = await knownOf(opened);
    return present(
      await Promise.all(opened.map((letter, at) => orPostpone(letter.entry, async () => ({ entry: letter.entry, letter: await prepareLetter(letter, known[at] === true, parser, tools) })))),
    );
  };
  const sizes = await Promise.all(entries.map(({ rawFileId }) => tools.files.size(rawFileId)));
  const isLarge = (_: IntakeEntry, at: number): boolean => (sizes[at] ?? 0) > LARGE_BYTES;
  const ready = [...(await prepareAll(entries.filter((entry, at) => !isLarge(entry, at))))];
  for (const entry of entries.filter(isLarge)) ready.push(...(await prepareAll([entry]))); // several at once would fill the memory
  const done = ready.filter(({ letter }) => letter.command === null);
  const writing = ready.flatMap(({ entry, letter }) => (letter.command === null ? [] : [{ entry, letter, command: letter.command }]));
  try {
    const outcomes = await tools.runSystemAll(writing.map(({ command }) => command));
    for (const [at, one] of writing.entries()) {
      const outcome = outcomes[at] ?? null;
      if (outcome?.ok === true) done.push(one);
      else await failed(one.entry, outcome === null ? 'база данных занята' : describeRefusal(outcome.refusal).text);
    }
  } catch (error) {
    for (const { entry } of writing) await failed(entry, messageOf(error), error);
  }
  await journal.done(done.map(({ entry, letter }) => ({ id: entry.id, incomingEmailId: letter.incomingEmailId })));
  if (done.some(({ entry }) => entry.attempts > 0)) tools.externalSystems.report(mailSystem.system, { title: mailSystem.title, works: true, detail: '' });
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
      if (entries.length > 0) await takeIn(entries, parser, tools, journal);
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
