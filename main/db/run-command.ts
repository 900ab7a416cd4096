import { randomUUID } from 'node:crypto';
import { cleaned } from '../../shared/base/clean-text.ts';
import { refusal, type Refusal } from '../../shared/base/errors.ts';
import { derivedId, driveSync, type Accepted, type Author, type Command, type Context, type Decision, type Read, type ReadAnswer } from '../../shared/base/rule-book.ts';
import { mayChange, mayRun } from '../../shared/base/scope.ts';
import { formatNumber, type TakenNumber } from '../../shared/protocol/sync.ts';
import type { Cache } from './cache.ts';
import type { QueuedCommand } from './command-queue.ts';
import { documentKey, findKey } from './overlay-links.ts';

export type CommandLookup = (name: string) => Command | undefined;

/** What a rule is told besides its reads; the same at both ends. */
function contextOf(commandId: string, author: Author, deskId: string, now: string): Context {
  return { commandId, author, deskId, now, id: (n) => derivedId(commandId, n) };
}

/** Gives the next number of a block, or null when there is none. */
export type NumberSource = (series: string, year: string, taken: readonly TakenNumber[]) => TakenNumber | null;

export interface Attempt {
  readonly commandId: string;
  readonly name: string;
  readonly input: unknown;
  readonly author: Author;
  readonly deskId: string;
  readonly now: string;
}

export type Verdict =
  | { readonly ok: true; readonly command: Command; readonly input: unknown; readonly decision: Accepted; readonly numbers: readonly TakenNumber[]; readonly read: ReadonlySet<string> }
  | { readonly ok: false; readonly refusal: Refusal };

/** Runs a command for the first time: is it known, allowed, filled in, and does its rule accept it on the desk's base. */
export function decideHere(cache: Cache, lookup: CommandLookup, attempt: Attempt, numberSource: NumberSource): Verdict {
  const command = lookup(attempt.name);
  if (command === undefined) return { ok: false, refusal: refusal('programTooOld') };
  // Before the input is looked at: a stranger learns nothing from its errors.
  if (!mayRun(command, attempt.author)) return { ok: false, refusal: refusal('notAllowed', { action: command.title }) };
  const parsed = command.input.safeParse(cleaned(attempt.input));
  if (!parsed.success) return { ok: false, refusal: refusal('invalidInput', { field: parsed.error.issues[0]?.path.join('.') ?? '' }) };
  const numbers: TakenNumber[] = [];
  const names = new Set<string>();
  const answer = (read: Read): ReadAnswer => {
    if (read.kind !== 'number') return answered(cache, read, names);
    const taken = numberSource(read.series, read.year, numbers);
    if (taken === null) return null;
    numbers.push(taken);
    return formatNumber(taken.series, taken.year, taken.value);
  };
  const decision: Decision = driveSync(command.decide(parsed.data, contextOf(attempt.commandId, attempt.author, attempt.deskId, attempt.now)), answer);
  if (!decision.ok) return { ok: false, refusal: decision.refusal };
  // What the centre would say: a row may stay here for a while after the author's rights have left it.
  const foreign = decision.changes.some(({ type, document }) => cache.knows(type) && !mayChange(cache.table(type).type, cache.get(type, document.id)?.document ?? null, attempt.author));
  return foreign ? { ok: false, refusal: refusal('notAllowed', { action: command.title }) } : { ok: true, command, input: parsed.data, decision, numbers, read: names };
}

/** Answers a rule, and notes under which name it read. */
function answered(cache: Cache, read: Exclude<Read, { kind: 'number' }>, names: Set<string>): ReadAnswer {
  names.add(read.kind === 'get' ? documentKey(read.type, read.id) : findKey(read.type, read.index, read.key));
  return cache.answer(read);
}

/**
 * Runs a queued command again over a newer base, with the numbers and the time it had. Null if the rule refuses now: the centre will say. What it reads is
 * added to `names`.
 */
export function decideAgain(cache: Cache, lookup: CommandLookup, queued: QueuedCommand, deskId: string, names: Set<string>): Accepted | null {
  const command = lookup(queued.name);
  const parsed = command?.input.safeParse(cleaned(queued.input));
  if (command === undefined || parsed?.success !== true) return null;
  const left = [...queued.numbers];
  const answer = (read: Read): ReadAnswer => {
    if (read.kind !== 'number') return answered(cache, read, names);
    const place = left.findIndex(({ series, year }) => series === read.series && year === read.year);
    const [taken] = place < 0 ? [] : left.splice(place, 1);
    return taken === undefined ? null : formatNumber(taken.series, taken.year, taken.value);
  };
  const decision = driveSync(command.decide(parsed.data, { ...contextOf(queued.commandId, queued.author, deskId, queued.happenedAt), laidAgain: true }), answer);
  return decision.ok ? decision : null;
}

/** The document that a command is about: the first it changed of the type its name begins with. */
export function subjectOf(cache: Cache, command: Command, { changes }: Accepted): Pick<QueuedCommand, 'documentType' | 'documentId' | 'documentTitle'> {
  const object = command.name.split('.')[0];
  const change = changes.find(({ type }) => type === object) ?? changes[0];
  if (change === undefined || !cache.knows(change.type)) return { documentType: null, documentId: null, documentTitle: command.title };
  return { documentType: change.type, documentId: change.document.id, documentTitle: cache.table(change.type).type.presentation(change.document) };
}

export function newIncarnationId(): string {
  return randomUUID();
}
