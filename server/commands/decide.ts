import { cleaned } from '../../shared/base/clean-text.ts';
import { OknoError, refusal, type Refusal } from '../../shared/base/errors.ts';
import type { Instant } from '../../shared/base/instant.ts';
import { derivedId, driveAsync, type Accepted, type Author, type Command, type Decision, type Read, type ReadAnswer } from '../../shared/base/rule-book.ts';
import { mayChange, mayRun } from '../../shared/base/scope.ts';
import { documentTypeOf, parseDocument } from '../../shared/domain/documents.ts';
import { formatNumber } from '../../shared/protocol/sync.ts';
import type { NumberKey, StoreRead } from '../db/centre-store.ts';
import type { DecidingView } from './deciding-view.ts';
import { filesOf, storedKey } from '../db/document-keys.ts';

/** One command with everything around it checked: what is left is to decide. */
export interface ReadyCommand {
  readonly command: Command;
  readonly commandId: string;
  readonly input: unknown;
  readonly author: Author;
  readonly deskId: string;
  readonly now: Instant;
  /** The next number of the series, or null when there is none left. */
  readonly takeNumber: (series: string, year: string) => Promise<NumberKey | null>;
}

export type Verdict =
  | { readonly ok: true; readonly accepted: Accepted; readonly numbers: readonly NumberKey[]; readonly newFiles: ReadonlySet<string> }
  | { readonly ok: false; readonly refusal: Refusal };

/** Ends a decision from within a read: a number that may not be used refuses the command whatever the rule would say. */
class RefusedRead extends Error {
  readonly refusal: Refusal;

  constructor(reason: Refusal) {
    super(reason.code);
    this.refusal = reason;
  }
}

/** Thrown by `takeNumber` for a number that this desk may not use. */
export function voidNumber(number: NumberKey): Error {
  return new RefusedRead(refusal('numberVoid', { number: formatNumber(number.series, number.year, number.value) }));
}

function storeReads(reads: readonly Read[]): readonly StoreRead[] {
  return reads.filter((read) => read.kind !== 'number');
}

function answerFrom(view: DecidingView, read: Exclude<Read, { kind: 'number' }>): ReadAnswer {
  return read.kind === 'get' ? (view.stored(read.type, read.id)?.document ?? null) : view.find(read.type, read.index, read.key);
}

/** The number, or null where there is none; one that may not be used refuses the command unless its rule does without. */
async function takenNumber({ takeNumber }: ReadyCommand, { series, year, optional }: Extract<Read, { kind: 'number' }>): Promise<NumberKey | null> {
  try {
    return await takeNumber(series, year);
  } catch (error) {
    if (optional === true && error instanceof RefusedRead) return null;
    throw error;
  }
}

/**
 * Decides a command over the view. Refusals are values; an exception is a bug of the command. Right before existence:
 * else a stranger learns which documents there are.
 */
export async function decide(ready: ReadyCommand, view: DecidingView): Promise<Verdict> {
  const { command, author } = ready;
  if (!mayRun(command, author)) return { ok: false, refusal: refusal('notAllowed', { action: command.title }) };
  const input = command.input.safeParse(cleaned(ready.input));
  if (!input.success) return { ok: false, refusal: refusal('invalidInput', { field: input.error.issues[0]?.path.join('.') ?? '' }) };

  const numbers: NumberKey[] = [];
  const answerOne = async (read: Read): Promise<ReadAnswer> => {
    if (read.kind !== 'number') return answerFrom(view, read);
    const number = await takenNumber(ready, read);
    if (number === null) return null;
    numbers.push(number);
    return formatNumber(number.series, number.year, number.value);
  };
  const answer = async (reads: readonly Read[]): Promise<readonly ReadAnswer[]> => {
    await view.fetch(storeReads(reads));
    const answers: ReadAnswer[] = [];
    for (const read of reads) answers.push(await answerOne(read));
    return answers;
  };
  const context = { commandId: ready.commandId, author, deskId: ready.deskId, now: ready.now, id: (n: number) => derivedId(ready.commandId, n) };
  let decision: Decision;
  try {
    decision = await driveAsync(command.decide(input.data, context), answer);
  } catch (error) {
    if (error instanceof RefusedRead) return { ok: false, refusal: error.refusal };
    if (error instanceof OknoError) return { ok: false, refusal: error.refusal };
    throw error;
  }
  return decision.ok ? checkAccepted(decision, numbers, ready, view) : { ok: false, refusal: decision.refusal };
}

/** The documents must fit their schemas, and an author changes only what is in his scope. */
async function checkAccepted(accepted: Accepted, numbers: readonly NumberKey[], ready: ReadyCommand, view: DecidingView): Promise<Verdict> {
  const changes = accepted.changes.map(({ type, document }) => ({ type, document: parseDocument(type, document) }));
  await view.fetch(changes.map(({ type, document }) => ({ kind: 'get', type, id: document.id })));
  const newFiles = new Set<string>();
  for (const { type, document } of changes) {
    const before = view.stored(type, document.id)?.document ?? null;
    if (!mayChange(documentTypeOf(type), before, ready.author)) return { ok: false, refusal: refusal('notAllowed', { action: ready.command.title }) };
    const known = filesOf(before);
    for (const file of filesOf(document)) if (!known.has(file)) newFiles.add(file);
  }
  return { ok: true, accepted: { ...accepted, changes }, numbers, newFiles };
}

/** What a command asks first, as far as that is known before its author has been looked up: fetched together with him. Nothing else is taken from it. */
export function firstReads({ command, input, author, commandId, deskId, now }: Omit<ReadyCommand, 'takeNumber'>): readonly StoreRead[] {
  const parsed = command.input.safeParse(cleaned(input));
  if (!parsed.success || !mayRun(command, author)) return [];
  try {
    const { done, value } = command.decide(parsed.data, { commandId, author, deskId, now, id: (n: number) => derivedId(commandId, n) }).next();
    return done === true ? [] : storeReads(value).map((read) => (read.kind === 'find' ? { ...read, key: storedKey(read.key) } : read));
  } catch {
    return []; // a command that throws is refused, and logged, when it is really decided
  }
}

/**
 * Finds out what a batch will read before it is decided, in as few round trips as the longest of its commands asks: all are
 * run side by side over the base alone. Only the reads matter; what they would decide is thrown away.
 */
export async function prefetch(batch: readonly ReadyCommand[], view: DecidingView): Promise<void> {
  let running = batch.flatMap((ready) => {
    const input = ready.command.input.safeParse(cleaned(ready.input));
    if (!input.success || !mayRun(ready.command, ready.author)) return [];
    const context = { commandId: ready.commandId, author: ready.author, deskId: ready.deskId, now: ready.now, id: (n: number) => derivedId(ready.commandId, n) };
    const deciding = ready.command.decide(input.data, context);
    return [{ deciding, step: () => deciding.next() }];
  });
  while (running.length > 0) {
    const written: StoreRead[] = [];
    const asked = running.flatMap(({ deciding, step }) => {
      try {
        const { done, value } = step();
        if (done !== true) return [{ deciding, reads: value }];
        // What it writes is looked at before it is written.
        if (value.ok) written.push(...value.changes.map(({ type, document }): StoreRead => ({ kind: 'get', type, id: document.id })));
        return [];
      } catch {
        return []; // a command that throws is refused, and logged, when it is really decided
      }
    });
    await view.fetch([...asked.flatMap(({ reads }) => storeReads(reads)), ...written]);
    running = asked.map(({ deciding, reads }) => ({
      deciding,
      step: () => deciding.next(reads.map((read) => (read.kind === 'number' ? formatNumber(read.series, read.year, 1) : answerFrom(view, read)))),
    }));
  }
}
