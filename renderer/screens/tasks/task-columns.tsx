import type { ReactNode } from 'react';
import { momentCell } from '../../../shared/base/cell-value.ts';
import type { DocumentRow } from '../../document/rows.ts';
import { refText } from '../../document/rows.ts';
import { useNow } from '../../shell/clock.ts';
import { formatLeft, formatMoment, urgency } from '../../ui/format.ts';
import type { ListColumn } from '../../ui/list/columns.ts';

const MINUTE = 60_000;
const tones = { late: 'okno-red', soon: 'okno-amber', calm: '' } as const;

/** «Осталось»: counts down by itself. */
function Left({ dueAt }: { readonly dueAt: string | null }): ReactNode {
  const now = useNow(MINUTE);
  if (dueAt === null) return <span className="okno-text2 okno-regular">без срока</span>;
  return (
    <span className={`okno-tabular okno-regular ${tones[urgency(dueAt, now)]}`} title={`Срок ${formatMoment(dueAt)}`}>
      {formatLeft(dueAt, now)}
    </span>
  );
}

/** «Я», «Я, к отправке» or the colleague; empty for a free one. */
function Holder({ row, userId }: { readonly row: DocumentRow<'task'>; readonly userId: string }): ReactNode {
  const { holderId } = row.document;
  if (holderId === null) return row.pending ? <span className="okno-amber">к отправке</span> : null;
  if (holderId !== userId) return <span className="okno-text2">{refText(row, holderId)}</span>;
  return row.pending ? <span className="okno-amber">Я, к отправке</span> : <span className="okno-text2">Я</span>;
}

export function taskColumns(userId: string): readonly ListColumn<DocumentRow<'task'>>[] {
  return [
    { key: 'dueAt', title: 'Осталось', width: 88, min: 88, priority: 1, sort: 'dueAt', fileTitle: 'Срок', cell: ({ document }) => momentCell(document.dueAt), render: ({ document }) => <Left dueAt={document.dueAt} /> },
    { key: 'fromName', title: 'От кого', width: 248, min: 160, priority: 1, sort: 'fromName', cell: ({ document }) => document.fromName },
    { key: 'subject', title: 'Тема', width: 300, min: 160, priority: 1, grow: true, sort: 'subject', cell: ({ document }) => document.subject, render: ({ document }) => document.subject || <span className="okno-text2">без темы</span> },
    { key: 'holderId', title: 'В работе', width: 116, min: 100, priority: 2, sort: 'holderId', pick: true, cell: (row) => refText(row, row.document.holderId), render: (row) => <Holder row={row} userId={userId} /> },
    { key: 'createdAt', title: 'Поступило', width: 136, min: 128, priority: 3, sort: 'createdAt', off: true, cell: ({ document }) => momentCell(document.createdAt), render: ({ document }) => <span className="okno-tabular okno-text2">{formatMoment(document.createdAt)}</span> },
  ];
}
