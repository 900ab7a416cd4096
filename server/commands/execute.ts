import { refusal, type Refusal } from '../../shared/base/errors.ts';
import type { Author, Command } from '../../shared/base/rule-book.ts';
import { systemAuthor } from '../../shared/base/scope.ts';
import type { Clock } from '../clock.ts';
import { Batch, type CommandOrigin } from './batch.ts';
import { seqKey, StoreDataError, type BatchWrite, type CentreStore, type FeedStep, type Known, type Lookup, type StoredOutcome, type StoreRead } from '../db/centre-store.ts';
import { decide, firstReads, prefetch, type ReadyCommand, type Verdict } from './decide.ts';
import { DecidingView } from './deciding-view.ts';

/** A command as it came, before anything is known of it. */
export interface Submitted {
  /** The epoch that its sender knows; null for the centre itself, which is always in the present one. */
  readonly epoch: string | null;
  readonly origin: CommandOrigin;
  /** Documents that say who the author is; fetched with the look-up. */
  readonly authorReads: readonly StoreRead[];
  /** The command and who its author was when he logged in: what it will read first is guessed from them. Null: not known. */
  readonly guess: { readonly command: Command; readonly author: Author } | null;
  /** Checks everything around the command (the grant, the author's rights now); a refusal is its final answer. */
  readonly prepare: (view: DecidingView, usedNumbers: ReadonlySet<string>) => Prepared;
}

export type Prepared =
  | { readonly ok: true; readonly command: Command; readonly author: Author; readonly takeNumber: ReadyCommand['takeNumber'] }
  | { readonly ok: false; readonly refusal: Refusal; readonly authorName?: string };

export interface ExecuteDependencies {
  readonly store: CentreStore;
  readonly clock: Clock;
  /** Of these files (sha256), named by a desk's command, those that the centre does not have. */
  readonly missingFiles: (files: readonly string[]) => Promise<readonly string[]>;
  /** A bug in a command: it is refused, the others go on. */
  readonly onFault: (origin: CommandOrigin, error: unknown) => void;
  /** After the commit. */
  readonly onApplied: (write: BatchWrite, step: FeedStep | null) => void;
}

/**
 * How one command ended. `clonedProfile`: its seq is known with another commandId; neither it nor what follows of its incarnation was run.
 * `otherEpoch`: it was sent before a restore of the base, and its sender will send again what the base lacks.
 */
export type Answer = (StoredOutcome & { readonly duplicate: boolean }) | 'clonedProfile' | 'otherEpoch';

/**
 * One attempt at a batch, in order, of one desk or of many: look up, decide over one view, write in one transaction. `conflict`
 * means that nothing was written: somebody was faster.
 */
export async function execute(batch: readonly Submitted[], dependencies: ExecuteDependencies): Promise<readonly Answer[] | 'conflict'> {
  const { store, clock } = dependencies;
  const lookup = lookupOf(batch);
  const known = await store.lookup(lookup);
  const view = new DecidingView(store);
  view.remember(lookup.reads, known.answers);

  const late = new Set(batch.filter(({ epoch }) => epoch !== null && epoch !== known.epoch));
  const cloned = clonedOf(batch, known);
  const prepared = new Map(batch.filter((one) => !late.has(one) && !cloned.has(one) && !known.outcomes.has(one.origin.commandId)).map((one) => [one, one.prepare(view, known.usedNumbers)]));
  if (prepared.size > 1) await prefetch([...prepared].flatMap(([one, ready]) => (ready.ok ? [readyCommand(one, ready)] : [])), view);

  const result = new Batch(view, clock.now(), known.epoch);
  const answers: Answer[] = [];
  const done = new Map<string, StoredOutcome>(known.outcomes);
  for (const one of batch) {
    const { commandId, incarnation, seq } = one.origin;
    const before = done.get(commandId);
    const ready = prepared.get(one);
    if (late.has(one)) answers.push('otherEpoch');
    else if (cloned.has(one)) answers.push('clonedProfile');
    else if (before !== undefined) {
      if (incarnation !== null && seq !== null && !known.seqs.has(seqKey({ incarnation, seq }))) result.repeat(commandId, incarnation, seq);
      answers.push({ ...before, duplicate: true });
    } else if (ready !== undefined) {
      const outcome = await decideOne(one, ready, view, result, dependencies);
      done.set(commandId, outcome);
      answers.push({ ...outcome, duplicate: false });
    }
  }
  if (!result.isEmpty) {
    const write = result.write();
    const written = await store.apply(write);
    if (written === 'conflict') return 'conflict';
    dependencies.onApplied(write, written.step);
  }
  return answers;
}

/** Commands of a cloned profile: from the first whose seq was seen with another commandId, the rest of that incarnation. */
function clonedOf(batch: readonly Submitted[], known: Known): ReadonlySet<Submitted> {
  const incarnations = new Set<string>();
  return new Set(
    batch.filter(({ origin: { commandId, incarnation, seq } }) => {
      if (incarnation === null || seq === null) return false;
      if ((known.seqs.get(seqKey({ incarnation, seq })) ?? commandId) !== commandId) incarnations.add(incarnation);
      return incarnations.has(incarnation);
    }),
  );
}

function lookupOf(batch: readonly Submitted[]): Lookup {
  // Of a batch the reads are found out together (prefetch); one that comes alone would wait a round trip for them.
  const [only] = batch.length === 1 ? batch : [];
  const guessed = only === undefined || only.guess === null ? [] : firstReads({ ...only.origin, ...only.guess, now: only.origin.happenedAt });
  const reads = new Map([...batch.flatMap(({ authorReads }) => authorReads), ...guessed].map((read) => [JSON.stringify(read), read]));
  return {
    commandIds: batch.map(({ origin }) => origin.commandId),
    seqs: batch.flatMap(({ origin: { incarnation, seq } }) => (incarnation === null || seq === null ? [] : [{ incarnation, seq }])),
    numbers: batch.flatMap(({ origin }) => origin.numbers),
    reads: [...reads.values()],
  };
}

function readyCommand({ origin }: Submitted, prepared: Extract<Prepared, { ok: true }>): ReadyCommand {
  const { commandId, input, deskId, happenedAt } = origin;
  return { command: prepared.command, commandId, input, author: prepared.author, deskId, now: happenedAt, takeNumber: prepared.takeNumber };
}

async function decideOne(one: Submitted, prepared: Prepared, view: DecidingView, batch: Batch, dependencies: ExecuteDependencies): Promise<StoredOutcome> {
  if (!prepared.ok) {
    batch.refuse({ ...one.origin, authorName: prepared.authorName ?? one.origin.authorName }, prepared.refusal);
    return { outcome: 'rejected', refusal: prepared.refusal };
  }
  const origin = { ...one.origin, authorName: prepared.author.name };
  const ready = readyCommand(one, prepared);
  const verdict = await verdictOf(ready, origin, view, dependencies);
  if (!verdict.ok) {
    batch.refuse(origin, verdict.refusal);
    return { outcome: 'rejected', refusal: verdict.refusal };
  }
  batch.accept(origin, ready, verdict);
  return { outcome: 'applied', refusal: null };
}

/** A command that throws is refused as an internal error, so that it never stops the ones behind it (F27). */
async function verdictOf(ready: ReadyCommand, origin: CommandOrigin, view: DecidingView, { missingFiles, onFault }: ExecuteDependencies): Promise<Verdict> {
  let verdict: Verdict;
  try {
    verdict = await decide(ready, view);
  } catch (error) {
    if (view.storeFailed) throw error;
    onFault(origin, error);
    return { ok: false, refusal: refusal('internal') };
  }
  // The centre's own commands name files that it has stored itself.
  if (!verdict.ok || verdict.newFiles.size === 0 || ready.author.userId === systemAuthor.userId) return verdict;
  const [missing] = await missingFiles([...verdict.newFiles]);
  return missing === undefined ? verdict : { ok: false, refusal: refusal('fileMissing', { name: missing.slice(0, 12) }) };
}

/** Attempts at one command before its sender is told to try again. */
const ATTEMPTS = 8;

/**
 * Runs a batch to its end: again after a conflict, one by one when the batch keeps failing or its data are refused by the
 * base. Null = try again later; everything behind it of the same incarnation then waits too, for order.
 */
export async function executeAll(batch: readonly Submitted[], dependencies: ExecuteDependencies): Promise<readonly (Answer | null)[]> {
  if (batch.length > 1) {
    const whole = await attempt(batch, dependencies, 2);
    if (whole !== null) return whole;
  }
  const stuck = new Set<string | null>();
  const answers: (Answer | null)[] = [];
  for (const one of batch) {
    const { incarnation } = one.origin;
    const waits = incarnation !== null && stuck.has(incarnation);
    const answer = waits ? null : ((await attempt([one], dependencies, ATTEMPTS))?.[0] ?? null);
    if (answer === null) stuck.add(incarnation);
    answers.push(answer);
  }
  return answers;
}

async function attempt(batch: readonly Submitted[], dependencies: ExecuteDependencies, times: number): Promise<readonly Answer[] | null> {
  for (let n = 0; n < times; n++) {
    try {
      const executed = await execute(batch, dependencies);
      if (executed !== 'conflict') return executed;
    } catch (error) {
      const [only] = batch;
      if (!(error instanceof StoreDataError)) throw error;
      if (batch.length > 1 || only === undefined) return null; // one by one tells which of them it is
      dependencies.onFault(only.origin, error);
      return attempt([refusedByBase(only)], dependencies, times);
    }
  }
  return null;
}

/** The base cannot hold what this command writes: its refusal is stored without its data. */
function refusedByBase({ epoch, origin }: Submitted): Submitted {
  return { epoch, origin: { ...origin, input: null }, authorReads: [], guess: null, prepare: () => ({ ok: false, refusal: refusal('internal') }) };
}
