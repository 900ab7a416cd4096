import { OknoError, refusal, type ErrorCode, type Refusal } from '../../shared/base/errors.ts';
import type { Instant } from '../../shared/base/instant.ts';
import { refuse, type Command } from '../../shared/base/rule-book.ts';
import { inScope, mayRun, scopeKeysOf } from '../../shared/base/scope.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import { shortName, type User } from '../../shared/domain/user/model.ts';
import { deskOfProgram, type Program } from '../auth/program.ts';
import { covers } from '../auth/token-scope.ts';
import type { Clock } from '../clock.ts';
import type { CentreStore } from '../db/centre-store.ts';
import type { DecidingView } from './deciding-view.ts';
import type { Prepared, Submitted } from './execute.ts';
import type { Execute } from './gather.ts';
import { numberCeiling, numberFloor } from './number-ceiling.ts';

export interface ProgramRunnerDependencies {
  readonly store: Pick<CentreStore, 'nextNumbers'>;
  readonly clock: Clock;
  readonly execute: Execute;
  readonly commandByName: (name: string) => Command | undefined;
  /** The name and the desk that a known command was stored under. */
  readonly storedCommand: (commandId: string) => Promise<{ readonly name: string; readonly deskId: string } | null>;
}

export interface ProgramCommand {
  readonly commandId: string;
  readonly name: string;
  readonly input: unknown;
}

export type ProgramOutcome = { readonly outcome: 'applied'; readonly duplicate: boolean } | { readonly outcome: 'rejected'; readonly duplicate: boolean; readonly refusal: Refusal };

/** Runs one command of another program; null: it met too many conflicts, repeat it with the same commandId. */
export type RunForProgram = (program: Program, command: ProgramCommand) => Promise<ProgramOutcome | null>;

/** Refusals whose details hold values of the documents that the rule has read. */
const tellsContents: ReadonlySet<ErrorCode> = new Set(['fieldConflict', 'cardMerged', 'notMerged']);

/** The command, that tells nothing of documents which its author may not see: neither is it told by its refusals (a desk does not even hold them). */
function discreet(command: Command): Command {
  return {
    ...command,
    *decide(input, context) {
      const keys = scopeKeysOf(context.author);
      const deciding = command.decide(input, context);
      let readsForeign = false;
      let step = deciding.next();
      while (step.done !== true) {
        const reads = step.value;
        const answers = yield reads;
        readsForeign ||= reads.some((read, n) => {
          const answer = answers[n];
          return read.kind === 'get' && typeof answer === 'object' && answer !== null && 'id' in answer && !inScope(documentTypeOf(read.type), answer, keys);
        });
        step = deciding.next(answers);
      }
      const decision = step.value;
      return !decision.ok && readsForeign && tellsContents.has(decision.refusal.code) ? refuse(refusal('notAllowed', { action: command.title })) : decision;
    },
  };
}

/**
 * Commands of other programs, decided as those of desks are: by the rights that the token's user has at this moment. What the token itself does not allow is
 * thrown (`tokenScope`, `notAllowed`, `invalidInput`) and leaves no trace; a refusal of the rule is final and stored under the commandId.
 */
export function programRunner({ store, clock, execute, commandByName, storedCommand }: ProgramRunnerDependencies): RunForProgram {
  const takeNumber: Extract<Prepared, { ok: true }>['takeNumber'] = async (series, year) => {
    const bounds = { floor: (restoredAt: Instant | null) => numberFloor(year, restoredAt), ceiling: numberCeiling(year, clock.now()) };
    const block = await store.nextNumbers(series, year, 1, bounds);
    return block === null ? null : { series, year, value: block.from };
  };

  return async (program, { commandId, name, input }) => {
    const known = commandByName(name);
    if (known === undefined) throw new OknoError('invalidInput', { field: `name: нет команды «${name}»` });
    const command = discreet(known);
    if (!covers(program.scope.run, name)) throw new OknoError('tokenScope', { action: command.title, scope: `run:${name}` });
    const { user } = program;
    if (!mayRun(command, { userId: user.id, roles: user.roles })) throw new OknoError('notAllowed', { action: command.title });
    const author = { userId: user.id, name: shortName(user), roles: user.roles, branchIds: user.branchIds };
    const deskId = deskOfProgram(program);
    const submitted: Submitted = {
      epoch: null,
      origin: { commandId, name, input, numbers: [], version: command.version, deskId, incarnation: null, seq: null, authorId: user.id, authorName: author.name, happenedAt: clock.now() },
      authorReads: [{ kind: 'get', type: 'user', id: user.id }],
      guess: { command, author },
      prepare: (view: DecidingView): Prepared => {
        const now = view.get('user', user.id) as User | null; // the view answers with documents of the asked type
        if (now === null || !now.active || now.deleted === true) return { ok: false, refusal: refusal('notAllowed', { action: command.title }) };
        return { ok: true, command, author: { ...author, roles: now.roles, branchIds: author.branchIds.filter((id) => now.branchIds.includes(id)) }, takeNumber };
      },
    };
    const [answer] = await execute([submitted]);
    if (!answer || answer === 'clonedProfile' || answer === 'otherEpoch') return null; // the last two are of desks only
    if (answer.duplicate) {
      const stored = await storedCommand(commandId);
      if (stored !== null && (stored.name !== name || stored.deskId !== deskId)) throw new OknoError('invalidInput', { field: 'commandId: он уже принадлежит другой команде' });
    }
    return answer.outcome === 'applied' ? { outcome: 'applied', duplicate: answer.duplicate } : { outcome: 'rejected', duplicate: answer.duplicate, refusal: answer.refusal ?? refusal('internal') };
  };
}
