import { useState, type ReactNode } from 'react';
import { momentCell } from '../../../shared/base/cell-value.ts';
import { DocumentList } from '../../document/document-list.tsx';
import { byCommand } from '../../document/mass-run.ts';
import { refText, type DocumentRow } from '../../document/rows.ts';
import { runCommand, useNotAllowed } from '../../store/commands.ts';
import { openDocument } from '../../store/places.ts';
import { Button } from '../../ui/button.tsx';
import { formatMoment, plural } from '../../ui/format.ts';
import type { ListColumn } from '../../ui/list/columns.ts';
import { AddFilterDialog } from './add-filter-dialog.tsx';

type Row = DocumentRow<'mailFilter'>;

/** The address and its state at the centre: one added off line waits. */
function Address({ row }: { readonly row: Row }): ReactNode {
  return row.pending ? (
    <>
      {row.document.address} <span className="okno-amber">к отправке</span>
    </>
  ) : (
    row.document.address
  );
}

/** The letter that was marked «Спам», if the address came from one. */
function FromLetter({ id }: { readonly id: string | null }): ReactNode {
  if (id === null) return <span className="okno-text2">добавлен вручную</span>;
  return (
    <button type="button" className="okno-link" onClick={() => openDocument('incomingEmail', id)}>
      письмо
    </button>
  );
}

function addedBy(row: Row): string {
  return row.document.addedBy === 'system' ? 'Система' : refText(row, row.document.addedBy);
}

const columns: readonly ListColumn<Row>[] = [
  { key: 'address', title: 'Адрес', width: 264, min: 160, priority: 1, sort: 'address', cell: ({ document }) => document.address, render: (row) => <Address row={row} /> },
  { key: 'reason', title: 'Причина', width: 280, min: 120, priority: 1, grow: true, sort: 'reason', cell: ({ document }) => document.reason, render: ({ document }) => document.reason || <span className="okno-text2">не указана</span> },
  { key: 'incomingEmailId', title: 'Откуда', width: 144, min: 96, priority: 3, cell: ({ document }) => (document.incomingEmailId === null ? 'добавлен вручную' : 'письмо'), render: ({ document }) => <FromLetter id={document.incomingEmailId} /> },
  { key: 'addedBy', title: 'Добавил', width: 160, min: 96, priority: 2, sort: 'addedBy', cell: addedBy, render: (row) => <span className="okno-text2">{addedBy(row)}</span> },
  { key: 'addedAt', title: 'Добавлен', width: 136, min: 128, priority: 2, sort: 'addedAt', cell: ({ document }) => momentCell(document.addedAt), render: ({ document }) => <span className="okno-tabular okno-text2">{formatMoment(document.addedAt)}</span> },
];

const massRemoval = byCommand<Row>(({ document }) => ({ name: 'mailFilter.remove', input: { id: document.id } }));

/** «Фильтры электронных писем»: letters from these addresses become «Нежелательная почта» and make no task (1.4.2). */
export function MailFilterList(): ReactNode {
  const [selected, setSelected] = useState<Row | null>(null);
  const [adding, setAdding] = useState(false);
  const denied = useNotAllowed('mailFilter.add');
  const notRemovable = useNotAllowed('mailFilter.remove');
  const removal = notRemovable ?? (selected === null ? 'Выберите адрес в списке' : undefined);
  const remove = ({ document }: Row): void => void runCommand('mailFilter.remove', { id: document.id }, { said: `Убран из чёрного списка: ${document.address}` });
  return (
    <>
      <DocumentList
        id="mailFilters"
        type="mailFilter"
        title="Фильтры электронных писем"
        columns={columns}
        sort={{ column: 'addedAt', descending: true }}
        also={['user']}
        onInsert={() => (denied === undefined ? setAdding(true) : undefined)}
        onSelected={setSelected}
        mass={[{ label: 'Убрать', keys: 'Del', danger: true, reason: notRemovable, done: 'Убрано из чёрного списка', question: (count) => `Убрать из чёрного списка ${count} ${plural(count, 'адрес', 'адреса', 'адресов')}?`, steps: massRemoval }]}
        rowCommands={(row) => [{ label: 'Убрать', keys: 'Del', danger: true, reason: notRemovable, onRun: () => remove(row) }]}
        commands={
          <>
            <Button variant="primary" letter="Д" hint="Ins" reason={denied} onClick={() => setAdding(true)}>
              Добавить адрес
            </Button>
            <Button letter="У" hint="Del" reason={removal} onClick={() => (selected === null ? undefined : remove(selected))}>
              Убрать
            </Button>
          </>
        }
        empty={{ title: 'Чёрный список пуст', text: 'Адрес попадает сюда, когда письмо отмечают «Спам», или вручную. Письма с этих адресов не создают задач.', actions: <Button reason={denied} onClick={() => setAdding(true)}>Добавить адрес</Button> }}
      />
      {adding ? <AddFilterDialog onClose={() => setAdding(false)} /> : null}
    </>
  );
}
