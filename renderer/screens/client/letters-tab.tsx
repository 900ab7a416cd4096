import type { ReactNode } from 'react';
import { momentCell } from '../../../shared/base/cell-value.ts';
import type { ClientHistoryRow } from '../../../shared/protocol/ipc.ts';
import { formatMoment } from '../../ui/format.ts';
import type { ListColumn } from '../../ui/list/columns.ts';
import { EmptyState } from '../../ui/state-message.tsx';
import { RowsList } from '../../document/rows-list.tsx';
import { openRelated } from '../single-window/open-found.ts';

const columns: readonly ListColumn<ClientHistoryRow>[] = [
  { key: 'at', title: 'Когда', width: 136, min: 128, priority: 1, sort: 'at', cell: ({ at }) => momentCell(at), render: ({ at }) => <span className="okno-tabular">{formatMoment(at)}</span> },
  { key: 'title', title: 'Письмо', width: 208, min: 144, priority: 2, sort: 'title', pick: true, cell: ({ title }) => title },
  { key: 'subject', title: 'Тема', width: 320, min: 160, priority: 1, grow: true, sort: 'subject', cell: ({ subject }) => subject },
  { key: 'number', title: 'Номер', width: 136, min: 128, priority: 3, sort: 'number', cell: ({ number }) => number ?? '' },
  { key: 'who', title: 'Кто', width: 144, min: 96, priority: 4, sort: 'who', pick: true, cell: ({ who }) => who },
  { key: 'state', title: 'Состояние', width: 144, min: 112, priority: 1, sort: 'state', pick: true, cell: ({ state }) => state },
];

const types: readonly string[] = ['incomingEmail', 'outgoingEmail'];
const rowId = ({ type, id }: ClientHistoryRow): string => `${type} ${id}`;

/** Letters of the client's history, both ways. */
export function lettersOf(history: readonly ClientHistoryRow[] | null): readonly ClientHistoryRow[] | null {
  return history === null ? null : history.filter(({ type }) => types.includes(type));
}

/** «Письма» of the client: incoming and outgoing, newest first; Enter opens. */
export function ClientLetters({ clientId, owner, rows }: { readonly clientId: string; readonly owner: string; readonly rows: readonly ClientHistoryRow[] | null }): ReactNode {
  return (
    <RowsList
      id="client.letters"
      title="Письма"
      owner={owner}
      columns={columns}
      rows={rows}
      rowId={rowId}
      sort={{ column: 'at', descending: true }}
      onOpen={({ type, id }) => void openRelated(type, id)}
      empty={<EmptyState title="Писем нет">Письма, у которых в «Контакте» этот клиент, появятся здесь сами.</EmptyState>}
      resetKey={clientId}
    />
  );
}
