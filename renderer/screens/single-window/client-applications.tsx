import { dateCell } from '../../../shared/base/cell-value.ts';
import { useMemo, type ReactNode } from 'react';
import { applicationStageTitles } from '../../../shared/domain/application/model.ts';
import { refText, type DocumentRow } from '../../document/rows.ts';
import { useNow } from '../../shell/clock.ts';
import { openDocument } from '../../store/places.ts';
import { StateCell } from '../../ui/badge.tsx';
import { formatCount, formatDate } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { EmptyState } from '../../ui/state-message.tsx';
import { tell } from '../../ui/status-message.ts';
import { streetFirst } from './address-in-table.ts';
import { applicationStanding } from './application-standing.ts';
import type { ListColumn } from '../../ui/list/columns.ts';
import { RowsList } from '../../document/rows-list.tsx';

type Row = DocumentRow<'application'>;

/** Why the form of 2.9 cannot be opened yet. */
export const noCommentYet = 'Комментарий к заявке здесь пока не пишется: форма «Комментарий / Запрос» ещё не подключена';

function columnsAt(now: number): readonly ListColumn<Row>[] {
  return [
    { key: 'number', title: 'Заявка', width: 168, min: 152, priority: 1, sort: 'number', cell: ({ document }) => document.number },
    { key: 'receivedAt', title: 'Дата', width: 96, min: 96, priority: 4, sort: 'receivedAt', cell: ({ document }) => dateCell(document.receivedAt), render: ({ document }) => <span className="okno-text2 okno-tabular">{formatDate(document.receivedAt)}</span> },
    { key: 'objectName', title: 'Объект', width: 160, min: 144, priority: 2, sort: 'objectName', cell: ({ document }) => document.objectName },
    { key: 'address', title: 'Адрес', width: 208, min: 176, priority: 2, grow: true, sort: 'address', cell: ({ document }) => streetFirst(document.address), render: ({ document }) => <span className="okno-text2">{streetFirst(document.address)}</span> },
    { key: 'gridDistrict', title: 'РЭС', width: 144, min: 120, priority: 6, sort: 'gridDistrict', pick: true, cell: (row) => refText(row, row.document.gridDistrictId), render: (row) => <span className="okno-text2">{refText(row, row.document.gridDistrictId)}</span> },
    { key: 'stage', title: 'Этап', width: 208, min: 160, priority: 5, sort: 'stage', pick: true, cell: ({ document }) => applicationStageTitles[document.stage] },
    {
      key: 'dueAt', title: 'Срок', width: 96, min: 96, priority: 1, sort: 'dueAt', cell: ({ document }) => dateCell(document.dueAt),
      render: ({ document }) => <span className={`okno-tabular${applicationStanding(document, now).late ? ' okno-red' : ''}`}>{formatDate(document.dueAt)}</span>,
    },
    {
      key: 'state', title: 'Состояние', width: 136, min: 128, priority: 1, sort: 'state', pick: true, cell: ({ document }) => applicationStanding(document, now).text,
      render: ({ document }) => {
        const { text, tone } = applicationStanding(document, now);
        return <StateCell tone={tone}>{text}</StateCell>;
      },
    },
    { key: 'actions', title: 'Комментарий', titleHidden: true, width: 40, min: 40, priority: 1, cell: () => null, render: ({ document }) => <CommentButton number={document.number} /> },
  ];
}

/** The icon of the source in the row of the application (2.9): it stays, and says why it cannot be used. */
function CommentButton({ number }: { readonly number: string }): ReactNode {
  return (
    <button
      type="button"
      className="section-action"
      tabIndex={-1}
      aria-label={`Добавить комментарий к заявке ${number}`}
      aria-disabled="true"
      title={`Добавить комментарий. ${noCommentYet}`}
      onMouseDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        tell(noCommentYet, { tone: 'amber' });
      }}
    >
      <Icon name="comment" />
    </button>
  );
}

const MINUTE = 60_000;
const rowId = ({ document }: Row): string => document.id;
const open = ({ document }: Row): void => openDocument('application', document.id);

interface ClientApplicationsProps {
  readonly clientId: string;
  /** What the client is called, for a file or a sheet of them. */
  readonly owner: string;
  readonly rows: readonly Row[] | null;
  /** The whole tab of a card, not a part of the single window. */
  readonly whole?: boolean;
  readonly onChosen?: (row: Row | null) => void;
}

/** «Заявки» of the client: as АС ФЭУ holds them. */
export function ApplicationsSection({ clientId, owner, whole = false, rows, onChosen }: ClientApplicationsProps): ReactNode {
  const now = useNow(MINUTE);
  const columns = useMemo(() => columnsAt(now), [now]);
  return (
    <RowsList
      id={whole ? 'client.applications' : 'singleWindow.applications'}
      title="Заявки"
      owner={owner}
      section={!whole}
      count={rows === null ? '' : rows.length >= 500 ? 'последние 500' : formatCount(rows.length)}
      columns={columns}
      rows={rows}
      rowId={rowId}
      sort={{ column: 'receivedAt', descending: true }}
      onOpen={open}
      {...(onChosen === undefined ? {} : { onPicked: onChosen })}
      resetKey={clientId}
      empty={whole ? <EmptyState title="Заявок нет">Заявки клиента приходят из АС ФЭУ и появятся здесь сами.</EmptyState> : <div className="section-empty">Заявок нет. Они приходят из АС ФЭУ и появятся здесь сами.</div>}
    />
  );
}
