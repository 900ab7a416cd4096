import { refusal, type Refusal } from '../../../shared/base/errors.ts';
import { taskKindTitles } from '../../../shared/domain/task/model.ts';
import { byCommand, type Order } from '../../document/mass-run.ts';
import type { DocumentRow } from '../../document/rows.ts';
import type { MassCommand } from '../../document/use-mass.tsx';
import { plural } from '../../ui/format.ts';
import { letterMass, type LetterMass } from '../incoming-email/letter-mass.ts';
import { takeOf } from './task-actions.ts';

type Row = DocumentRow<'task'>;

const tasks = (count: number): string => `${count} ${plural(count, 'задачу', 'задачи', 'задач')}`;

/** Commands of letters are for tasks about letters; of another task they are refused by its kind. */
function letterOf({ document }: Row): { readonly id: string; readonly holderId: string | null } | Refusal {
  if (document.kind !== 'incomingEmail') return refusal('notAllowed', { action: `действие с письмом для задачи «${taskKindTitles[document.kind]}»` });
  return { id: document.documentId, holderId: document.holderId };
}

/** What can be done with the selected tasks: of letters by the letters' own commands, of others by the task's. */
export function taskMass(options: Omit<LetterMass<Row>, 'letterOf' | 'noun'>): readonly MassCommand<Row>[] {
  const { giveBack, reassign, finish, spam } = letterMass({ ...options, letterOf, noun: tasks });
  const take: MassCommand<Row> = {
    label: 'Принять в работу',
    done: 'Принято в работу',
    reason: options.denied.take,
    question: (count) => `Принять в работу ${tasks(count)}?`,
    steps: byCommand<Row>(({ document }): Order => takeOf(document)),
  };
  return [take, giveBack, reassign, finish, spam];
}
