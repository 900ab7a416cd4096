import { useMemo, useState, type ReactNode } from 'react';
import { taskKindSchema, taskKindTitles } from '../../../shared/domain/task/model.ts';
import type { ListFilter } from '../../../shared/protocol/list.ts';
import { DocumentList, type DocumentChip } from '../../document/document-list.tsx';
import type { DocumentRow } from '../../document/rows.ts';
import { WithPreview } from '../../document/with-preview.tsx';
import { useUser } from '../../store/session.ts';
import { useNow } from '../../shell/clock.ts';
import { Button } from '../../ui/button.tsx';
import { useLetterMass } from '../incoming-email/use-letter-mass.tsx';
import { markSpam, openTask, takeAndOpen } from './task-actions.ts';
import { taskColumns } from './task-columns.tsx';
import { taskMass } from './task-mass.ts';
import { TaskPreview } from './task-preview.tsx';
import './tasks.css';

const running: readonly ListFilter[] = [{ column: 'state', op: 'in', value: ['open', 'inWork'] }];
const groups = taskKindSchema.options.map((kind) => ({ key: kind, title: taskKindTitles[kind], where: [{ column: 'kind', op: 'eq' as const, value: kind }] }));
const MINUTE = 60_000;

function chipsOf(userId: string, now: number): readonly DocumentChip[] {
  return [
    { key: 'all', title: 'Все' },
    { key: 'mine', title: 'Мои', where: [{ column: 'holderId', op: 'eq', value: userId }] },
    { key: 'free', title: 'Свободные', where: [{ column: 'state', op: 'eq', value: 'open' }] },
    { key: 'late', title: 'Просрочены', where: [{ column: 'dueAt', op: 'lt', value: new Date(now).toISOString() }] },
  ];
}

/** «Мои задачи»: by kind, most urgent first; Enter accepts and opens (1.4.1). */
export function Tasks(): ReactNode {
  const user = useUser();
  const now = useNow(MINUTE);
  const [row, setRow] = useState<DocumentRow<'task'> | null>(null);
  const columns = useMemo(() => taskColumns(user.userId), [user.userId]);
  const chips = useMemo(() => chipsOf(user.userId, now), [user.userId, now]);
  const letters = useLetterMass();
  const mass = taskMass(letters.options);
  return (
    <>
      <WithPreview
        setting="pane.tasks"
        width={352}
        list={
          <DocumentList
            id="tasks"
            type="task"
            title="Мои задачи"
            columns={columns}
            sort={{ column: 'dueAt', descending: false }}
            where={running}
            groups={groups}
            chips={chips}
            also={['user']}
            unread={({ document }) => document.state === 'open'}
            primaryLabel="Принять в работу"
            onPrimary={({ document }) => void takeAndOpen(document)}
            onOpen={({ document }) => openTask(document)}
            onSelected={setRow}
            rowCommands={({ document }) => (document.kind === 'incomingEmail' ? [{ label: 'Спам', danger: true, reason: document.state === 'open' ? undefined : 'Задача уже в работе: «Спам» отмечают в письме', onRun: () => void markSpam(document) }] : [])}
            mass={mass}
            empty={({ chip, totals, showChip }) => {
              const free = totals['free'] ?? 0;
              if (chip === 'mine') {
                return { title: 'Ваших задач нет', text: free === 0 ? 'Свободных задач тоже нет. Новые письма появятся здесь сами.' : `Свободных задач ${free}. Примите следующую: самая срочная стоит первой.`, actions: free === 0 ? undefined : <Button variant="primary" onClick={() => showChip('free')}>Показать свободные</Button> };
              }
              if (chip === 'late') return { title: 'Просроченных задач нет', text: 'Всё идёт в срок.' };
              return { title: chip === 'free' ? 'Свободных задач нет' : 'Задач нет', text: 'Новые письма и другие задачи появятся здесь сами, обновлять список не нужно.' };
            }}
          />
        }
        preview={<TaskPreview row={row} />}
      />
      {letters.dialog}
    </>
  );
}

