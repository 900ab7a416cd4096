import { useMemo, useState, type ReactNode } from 'react';
import { momentCell } from '../../../shared/base/cell-value.ts';
import { rejectedCommandSchema, type RejectedCommand } from '../../../shared/protocol/ipc.ts';
import type { ListRow } from '../../../shared/protocol/list.ts';
import { call } from '../../bridge.ts';
import { FetchedList, type FetchedChip } from '../../document/fetched-list.tsx';
import { WithPreview } from '../../document/with-preview.tsx';
import { useConnection } from '../../store/connection.ts';
import { useUser } from '../../store/session.ts';
import type { RowGroup } from '../../store/document-rows.ts';
import { formatRecentExactly, plural } from '../../ui/format.ts';
import type { ListColumn } from '../../ui/list/columns.ts';
import { openRejected } from './rejected-actions.ts';
import { RejectedPreview } from './rejected-preview.tsx';
import { everybody, outcomeOf, rejectedPage, typedText } from './rejected-rows.ts';
import '../tasks/tasks.css';
import './rejected.css';

const groups: readonly RowGroup[] = [
  { key: 'open', title: null, where: [{ column: 'group', op: 'eq', value: 'open' }] },
  { key: 'today', title: 'Разобрано сегодня', where: [{ column: 'group', op: 'eq', value: 'today' }] },
  { key: 'earlier', title: 'Разобрано раньше', where: [{ column: 'group', op: 'eq', value: 'earlier' }] },
];

function commandOf(row: ListRow): RejectedCommand {
  return rejectedCommandSchema.parse(row.document['command']);
}

/** Settled ones are quiet: there is nothing to do about them. */
function Cell({ row, children }: { readonly row: ListRow; readonly children: (command: RejectedCommand) => string }): ReactNode {
  const command = commandOf(row);
  const text = children(command);
  return (
    <span className={command.settled === null ? undefined : 'okno-text2'} title={text}>
      {text}
    </span>
  );
}

const columns: readonly ListColumn<ListRow>[] = [
  { key: 'happenedAt', title: 'Время', width: 88, min: 76, priority: 1, sort: 'happenedAt', cell: (row) => momentCell(commandOf(row).happenedAt), render: (row) => <Cell row={row}>{({ happenedAt }) => formatRecentExactly(happenedAt)}</Cell> },
  { key: 'author', title: 'Кто', width: 112, min: 88, priority: 2, sort: 'author', cell: (row) => commandOf(row).author.name, render: (row) => <Cell row={row}>{({ author }) => author.name}</Cell> },
  { key: 'title', title: 'Команда', width: 168, min: 112, priority: 1, sort: 'title', cell: (row) => commandOf(row).title, render: (row) => <Cell row={row}>{({ title }) => title}</Cell> },
  { key: 'documentTitle', title: 'Документ', width: 244, min: 120, priority: 1, sort: 'documentTitle', cell: (row) => commandOf(row).documentTitle, render: (row) => <Cell row={row}>{({ documentTitle }) => documentTitle}</Cell> },
  { key: 'typed', title: 'Что введено', width: 184, min: 112, priority: 3, cell: (row) => typedText(commandOf(row)), render: (row) => <Cell row={row}>{typedText}</Cell> },
  { key: 'refusal', title: 'Почему не принято', width: 264, min: 144, priority: 1, grow: true, sort: 'refusal', cell: (row) => outcomeOf(commandOf(row)), render: (row) => <Cell row={row}>{outcomeOf}</Cell> },
];

/** Whose commands are shown: a supervisor begins with everybody's, another with his own. */
function chipsOf({ userId, roles }: ReturnType<typeof useUser>): readonly FetchedChip[] {
  const mine: FetchedChip = { key: 'mine', title: 'Мои', where: { column: 'author', op: 'eq', value: userId } };
  const all: FetchedChip = { key: 'all', title: 'Все на этом рабочем месте', where: { column: 'author', op: 'eq', value: everybody } };
  return roles.includes('supervisor') ? [all, mine] : [mine, all];
}

/** «Разобрать»: commands that the centre refused, with all that was entered. Kept at this desk, so it works off line as well. */
export function Rejected(): ReactNode {
  const rejected = useConnection(({ connection }) => connection?.rejected ?? 0);
  const [settled, setSettled] = useState(0);
  const [selected, setSelected] = useState<RejectedCommand | null>(null);
  const user = useUser();
  const chips = useMemo(() => chipsOf(user), [user]);
  return (
    <WithPreview
      setting="pane.rejected"
      width={400}
      list={
        <FetchedList
          id="rejected"
          title="Разобрать"
          columns={columns}
          sort={{ column: 'happenedAt', descending: true }}
          groups={groups}
          chips={chips}
          read={async (query) => rejectedPage(await call('rejected.list', {}), query, new Date().toISOString())}
          follows={`${rejected} ${settled}`}
          commands={rejected === 0 ? null : <span className="okno-text2 rejected-summary">{`Центр не принял ${rejected} ${plural(rejected, 'команду', 'команды', 'команд')}. Введённое сохранено.`}</span>}
          onOpen={(row) => openRejected(commandOf(row))}
          onSelected={(row) => setSelected(row === null ? null : commandOf(row))}
          empty={{ title: 'Разбирать нечего', text: 'Центр принял все ваши команды. Если какую-то он не примет, она появится здесь вместе со всем, что вы ввели.' }}
        />
      }
      preview={<RejectedPreview key={selected?.commandId ?? ''} command={selected} onSettled={() => setSettled((count) => count + 1)} />}
    />
  );
}
