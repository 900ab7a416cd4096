import type { Refusal } from '../../../shared/base/errors.ts';
import { byCommand, type MassSteps, type Order } from '../../document/mass-run.ts';
import type { MassCommand } from '../../document/use-mass.tsx';
import type { NoAnswer } from './finish-dialog.tsx';

/** Where the letters stand, and what this user may not do with them. */
export interface LetterMass<Row> {
  /** The letter of a row, or why it has none. */
  readonly letterOf: (row: Row) => { readonly id: string; readonly holderId: string | null } | Refusal;
  /** «12 писем», as it is taken, returned and marked. */
  readonly noun: (count: number) => string;
  readonly denied: Readonly<Record<'take' | 'giveBack' | 'reassign' | 'spam' | 'unspam' | 'restore' | 'finish', string | undefined>>;
  /** Asks to whom they go; null = given up. */
  readonly chooseUser: (count: number) => Promise<string | null>;
  /** Asks why they get no answer; null = given up. */
  readonly chooseReason: (count: number) => Promise<NoAnswer | null>;
}

type Name = keyof LetterMass<unknown>['denied'];

/** What can be done with many letters, wherever they are listed: each by the letter's own command. */
export function letterMass<Row>({ letterOf, noun, denied, chooseUser, chooseReason }: LetterMass<Row>): Readonly<Record<Name, MassCommand<Row>>> {
  const order = (name: string, more: object = {}) => (row: Row): Order | Refusal => {
    const letter = letterOf(row);
    return 'code' in letter ? letter : { name, input: { id: letter.id, ...more } };
  };
  const reassigned = (userId: string): MassSteps<Row> =>
    byCommand<Row>(order('incomingEmail.reassign', { userId }), (row) => {
      const letter = letterOf(row);
      // A letter of the queue had nobody to whom it could be given back.
      return 'code' in letter || letter.holderId === null ? null : { name: 'incomingEmail.reassign', input: { id: letter.id, userId: letter.holderId } };
    });
  return {
    take: { label: 'Принять в работу', done: 'Принято в работу', reason: denied.take, question: (count) => `Принять в работу ${noun(count)}?`, steps: byCommand(order('incomingEmail.take')) },
    giveBack: { label: 'Вернуть в очередь', done: 'Возвращено в очередь', reason: denied.giveBack, question: (count) => `Вернуть в очередь ${noun(count)}?`, steps: byCommand(order('incomingEmail.returnToQueue')) },
    reassign: {
      label: 'Переназначить…',
      done: 'Переназначено',
      reason: denied.reassign,
      question: (count) => `Переназначить ${noun(count)}?`,
      steps: async (count) => {
        const userId = await chooseUser(count);
        return userId === null ? null : reassigned(userId);
      },
    },
    spam: { label: 'Спам', done: 'Отмечено как спам', danger: true, reason: denied.spam, question: (count) => `Отметить как спам ${noun(count)}?`, steps: byCommand(order('incomingEmail.markSpam')) },
    unspam: { label: 'Не спам', done: 'Отмечено как не спам', reason: denied.unspam, question: (count) => `Вернуть из спама ${noun(count)}?`, steps: byCommand(order('incomingEmail.unmarkSpam'), (_, { input }) => ({ name: 'incomingEmail.markSpam', input })) },
    finish: {
      label: 'Завершить без ответа…',
      done: 'Завершено без ответа',
      reason: denied.finish,
      final: true,
      question: (count) => `Завершить без ответа ${noun(count)}?`,
      steps: async (count) => {
        const said = await chooseReason(count);
        return said === null ? null : { ...byCommand(order('incomingEmail.finish', said)), undo: null };
      },
    },
    restore: { label: 'Вернуть в обработку', done: 'Возвращено в обработку', reason: denied.restore, final: true, question: (count) => `Вернуть в обработку ${noun(count)}?`, steps: { ...byCommand(order('incomingEmail.restore')), undo: null } },
  };
}
