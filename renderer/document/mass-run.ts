import { describeRefusal, OknoError, refusal, type Refusal } from '../../shared/base/errors.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { runCommand } from '../store/commands.ts';

/** What is done with one row; a refusal tells why it was not. */
export type RowStep<Row> = (row: Row) => Promise<Refusal | null>;

/** An act on rows, one after another, and the way back for those that have one. */
export interface MassSteps<Row> {
  readonly run: RowStep<Row>;
  /** Null: there is no way back for any row. A single row that has none answers a refusal. */
  readonly undo: RowStep<Row> | null;
}

/** A command of the rule book with its input. */
export interface Order {
  readonly name: string;
  readonly input: object;
}

/** How it ended, row by row. */
export interface MassOutcome<Row> {
  readonly done: readonly Row[];
  readonly refused: readonly { readonly id: string; readonly row: Row | null; readonly refusal: Refusal }[];
  /** Rows not come to: the person stopped it. */
  readonly left: readonly string[];
}

const runQuietly = async ({ name, input }: Order): Promise<Refusal | null> => {
  const answer = await runCommand(name, input, { quiet: true, said: null });
  return answer.ok ? null : answer.refusal;
};

/**
 * Steps made of commands: one for each document. Where the act does not fit a row, `orderOf` answers the refusal. The way back is the command that
 * the rule book names as undo, with the same input, unless `backOf` gives another; null where a row has none.
 */
export function byCommand<Row>(orderOf: (row: Row) => Order | Refusal, backOf: (row: Row, order: Order) => Order | null = (_, order) => undoOf(order)): MassSteps<Row> {
  return {
    run: async (row) => {
      const order = orderOf(row);
      return 'code' in order ? order : runQuietly(order);
    },
    undo: async (row) => {
      const order = orderOf(row);
      const back = 'code' in order ? null : backOf(row, order);
      return back === null ? refusal('undoExpired') : runQuietly(back);
    },
  };
}

function undoOf({ name, input }: Order): Order | null {
  const undo = commandByName(name)?.undo ?? null;
  return undo === null ? null : { name: undo, input };
}

/** Goes through the rows in their order. `tellDone` hears after each how many are behind; `isStopped` ends it between two rows. */
export async function runOver<Row>(ids: readonly string[], rowOf: (id: string) => Promise<Row | null>, step: RowStep<Row>, tellDone: (count: number) => void, isStopped: () => boolean): Promise<MassOutcome<Row>> {
  const done: Row[] = [];
  const refused: MassOutcome<Row>['refused'][number][] = [];
  for (const [index, id] of ids.entries()) {
    if (isStopped()) return { done, refused, left: ids.slice(index) };
    const row = await rowOf(id);
    const problem = row === null ? refusal('notFound') : await withoutThrow(step, row);
    if (row !== null && problem === null) done.push(row);
    else refused.push({ id, row, refusal: problem ?? refusal('notFound') });
    tellDone(index + 1);
  }
  return { done, refused, left: [] };
}

/** What breaks at one row ends neither the others nor the summary. */
async function withoutThrow<Row>(step: RowStep<Row>, row: Row): Promise<Refusal | null> {
  try {
    return await step(row);
  } catch (error) {
    return error instanceof OknoError ? error.refusal : refusal('internal');
  }
}

/** A reason, and the rows that it holds for. */
export interface RefusedFor {
  readonly text: string;
  readonly advice: string;
  readonly names: readonly string[];
}

/** Refused rows by their reasons, the most frequent first. */
export function reasonsOf<Row>(refused: MassOutcome<Row>['refused'], nameOf: (row: Row) => string): readonly RefusedFor[] {
  const found = new Map<string, { readonly text: string; readonly advice: string; readonly names: string[] }>();
  for (const { row, refusal: why } of refused) {
    const { text, advice } = describeRefusal(why);
    const one = found.get(text) ?? { text, advice, names: [] };
    one.names.push(row === null ? 'строка, которой здесь уже нет' : nameOf(row) || 'без названия');
    found.set(text, one);
  }
  return [...found.values()].toSorted((a, b) => b.names.length - a.names.length);
}
