import { useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { textOf } from '../../shared/base/json.ts';
import type { ListFilter, ListPage, ListQuery, ListRow } from '../../shared/protocol/list.ts';
import { createDocumentRows, type RowGroup } from '../store/document-rows.ts';
import { formatMoment } from '../ui/format.ts';
import type { ListColumn } from '../ui/list/columns.ts';
import type { ListProblem, ListSort } from '../ui/list/list-rows.ts';
import type { ListFilterField } from '../ui/list/filters.ts';
import { ListView } from '../ui/list/list-view.tsx';
import type { RowCommand } from '../ui/list/row-menu.tsx';
import { EmptyState } from '../ui/state-message.tsx';
import type { EmptyText } from './document-list.tsx';
import { exportList, readRows } from './list-export.ts';
import { printList } from './list-print.ts';
import { useListMemory } from './list-memory.ts';

/** A ready choice and its filter. */
export interface FetchedChip {
  readonly key: string;
  readonly title: string;
  readonly where: ListFilter;
}

export interface FetchedListProps {
  /** Under this name the columns and the sort of the user are remembered. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly ListColumn<ListRow>[];
  readonly sort: ListSort;
  readonly groups?: readonly RowGroup[];
  /** Ready choices in the head, the first until another is chosen. */
  readonly chips?: readonly FetchedChip[];
  readonly filters?: readonly ListFilterField[];
  /** A page of rows; the first function given is kept. */
  readonly read: (query: ListQuery) => Promise<ListPage>;
  /** Words for a failed reading; the first function given is kept. */
  readonly problem?: (error: unknown, at: string) => ListProblem;
  /** When it changes the rows are read again; give a new one after a change of one's own, too. */
  readonly follows: string | number;
  readonly note?: string | null;
  readonly commands?: ReactNode;
  readonly onOpen?: (row: ListRow) => void;
  readonly onSelected?: (row: ListRow | null) => void;
  readonly rowCommands?: (row: ListRow) => readonly RowCommand[];
  readonly empty: EmptyText;
  /** What the search looks at, told when nothing is found. */
  readonly searched?: string;
}

const wholeList: readonly RowGroup[] = [{ key: 'all', title: null, where: [] }];

/** A list whose rows are not documents of the local base but read by a call: the same manners and memory as `DocumentList`. */
export function FetchedList({ id, columns, groups = wholeList, read, problem, follows, note = null, empty, searched = '', chips, ...list }: FetchedListProps): ReactNode {
  const [rows] = useState(() => createDocumentRows({ read, tellProblem: problem }, () => formatMoment(new Date().toISOString())));
  const shown = useSyncExternalStore(rows.subscribe, rows.snapshot);
  const memory = useListMemory(id, list.sort);
  const [search, setSearch] = useState('');
  const chip = chips?.find(({ key }) => key === memory.chip) ?? chips?.[0];
  const asked = JSON.stringify({ type: id, where: [...(chip === undefined ? [] : [chip.where]), ...Object.entries(memory.shown.chosen).map(([column, value]) => ({ column, op: 'eq', value }))], anyOf: [], search, sort: [memory.shown.sort] });
  const query = useMemo(() => JSON.parse(asked) as Omit<ListQuery, 'offset' | 'limit'>, [asked]); // written one line above
  const { ready } = memory;
  useEffect(() => {
    if (ready) rows.ask({ query, groups });
  }, [ready, rows, query, groups]);
  useEffect(() => rows.reload(), [rows, follows]);
  if (!ready) return <section className="okno-list" />;
  return (
    <ListView<ListRow>
      {...list}
      {...memory.shown}
      columns={columns}
      rows={shown}
      rowId={rowIdOf}
      search={search}
      onSearch={setSearch}
      {...(chips === undefined || chip === undefined ? {} : { chips, chip: chip.key })}
      onChip={memory.onChip}
      onPrint={(now) => void printList({ title: list.title, query, groups, ...now }, () => readRows({ title: list.title, query, groups, ...now }, read))}
      listCommands={(now) => {
        const shownList = { title: list.title, query, groups, ...now };
        const save = (format: 'xlsx' | 'csv'): void => void exportList(shownList, format, () => readRows(shownList, read));
        return [
          { label: 'Выгрузить в Excel (XLSX)', onClick: () => save('xlsx') },
          { label: 'Выгрузить в CSV', onClick: () => save('csv') },
        ];
      }}
      note={note}
      resetKey={asked}
      empty={
        search === '' && Object.keys(memory.shown.chosen).length === 0 ? (
          <EmptyState title={empty.title} {...(empty.actions === undefined ? {} : { actions: empty.actions })}>
            {empty.text}
          </EmptyState>
        ) : (
          <EmptyState title="Ничего не найдено">{(search === '' ? 'Под выбранный отбор ничего не подходит.' : `По запросу «${search}» ничего нет. ${searched}`).trim()}</EmptyState>
        )
      }
    />
  );
}

function rowIdOf({ document }: ListRow): string {
  return textOf(document['id']);
}
