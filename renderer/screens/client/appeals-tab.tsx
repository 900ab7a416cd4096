import type { ReactNode } from 'react';
import type { DocumentRow } from '../../document/rows.ts';
import { RowsList } from '../../document/rows-list.tsx';
import { openDocument } from '../../store/places.ts';
import { EmptyState } from '../../ui/state-message.tsx';
import { appealColumns } from '../appeal/appeal-columns.tsx';

type Row = DocumentRow<'appeal'>;

const columns = appealColumns.filter(({ key }) => key !== 'clientId').map((column) => (column.key === 'subtopicId' ? { ...column, grow: true } : column));
const rowId = ({ document }: Row): string => document.id;
const open = ({ document }: Row): void => openDocument('appeal', document.id);

/** «Обращения» of the client. */
export function ClientAppeals({ clientId, owner, rows }: { readonly clientId: string; readonly owner: string; readonly rows: readonly Row[] | null }): ReactNode {
  return (
    <RowsList
      id="client.appeals"
      title="Обращения"
      owner={owner}
      columns={columns}
      rows={rows}
      rowId={rowId}
      sort={{ column: 'createdAt', descending: true }}
      onOpen={open}
      empty={<EmptyState title="Обращений нет">Обращение создаётся из входящего письма кнопкой «Создать обращение».</EmptyState>}
      resetKey={clientId}
    />
  );
}
