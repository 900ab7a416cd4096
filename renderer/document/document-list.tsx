import { use, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { DocumentName } from '../../shared/domain/documents.ts';
import type { ListFilter, ListQuery, ListRow } from '../../shared/protocol/list.ts';
import { call } from '../bridge.ts';
import { onChanged } from '../store/changes.ts';
import { useConnection } from '../store/connection.ts';
import { createDocumentRows, type RowGroup } from '../store/document-rows.ts';
import { formatMoment, formatTime } from '../ui/format.ts';
import type { ListColumn } from '../ui/list/columns.ts';
import type { ListSort } from '../ui/list/list-rows.ts';
import type { ListFilterField } from '../ui/list/filters.ts';
import { ListView, type ListChip } from '../ui/list/list-view.tsx';
import type { MarkCommand } from '../ui/list/mark-bar.tsx';
import type { RowCommand } from '../ui/list/row-menu.tsx';
import { EmptyState } from '../ui/state-message.tsx';
import { exportList } from './list-export.ts';
import { printList } from './list-print.ts';
import { useListMemory } from './list-memory.ts';
import { columnFilter, filterWhere, useColumnGroups } from './list-values.ts';
import { PlaceContext } from './place-context.ts';
import { nameOfRow, rowOf, type DocumentRow } from './rows.ts';
import { useMass, type MassCommand } from './use-mass.tsx';

/** A ready choice in the head: its filter; the count is read by itself. */
export interface DocumentChip {
  readonly key: string;
  readonly title: string;
  readonly where?: readonly ListFilter[];
  readonly anyOf?: readonly (readonly ListFilter[])[];
}

export interface EmptyText {
  readonly title: string;
  readonly text: string;
  readonly actions?: ReactNode;
}

/** Which ready choice is empty, counts of the others, and how to show one of them. */
export interface ShownChoice {
  readonly chip: string | null;
  readonly totals: Readonly<Record<string, number | undefined>>;
  readonly showChip: (key: string) => void;
}

export interface DocumentListProps<K extends DocumentName> {
  /** Under this name the columns, sort and filters of the user are remembered. */
  readonly id: string;
  readonly type: K;
  readonly title: string;
  readonly columns: readonly ListColumn<DocumentRow<K>>[];
  readonly sort: ListSort;
  readonly where?: readonly ListFilter[];
  readonly chips?: readonly DocumentChip[];
  readonly filters?: readonly ListFilterField[];
  readonly groups?: readonly RowGroup[];
  /** Other types whose change makes the list read again (names of references). */
  readonly also?: readonly DocumentName[];
  readonly onOpen?: (row: DocumentRow<K>) => void;
  readonly onPrimary?: (row: DocumentRow<K>) => void;
  readonly onInsert?: () => void;
  readonly unread?: (row: DocumentRow<K>) => boolean;
  readonly onSelected?: (row: DocumentRow<K> | null) => void;
  /** What can be done with several rows at once. */
  readonly mass?: readonly MassCommand<DocumentRow<K>>[] | ((shown: Pick<ShownChoice, 'chip'>) => readonly MassCommand<DocumentRow<K>>[]);
  /** What is done with the selected rows as one, not with each of them: they are opened side by side. */
  readonly together?: readonly MarkCommand[];
  /** What else can be done with a row: in its menu, and by its key (F9, Del). */
  readonly rowCommands?: (row: DocumentRow<K>) => readonly RowCommand[];
  /** What Enter does where `onPrimary` is given, for the menu of the row. */
  readonly primaryLabel?: string;
  readonly commands?: ReactNode;
  /** What is said when nothing is there; while a search or a filter is on, the list says that itself. */
  readonly empty: EmptyText | ((shown: ShownChoice) => EmptyText);
  /** Search to begin with; a new value replaces the present one. */
  readonly search?: string | undefined;
}

const wholeList: readonly RowGroup[] = [{ key: 'all', title: null, where: [] }];
const noFilters: readonly ListFilter[] = [];

/** The filters declared, and one for every other column: those with few values first, as they are chosen most. */
function filtersOf<K extends DocumentName>(type: K, where: readonly ListFilter[], columns: readonly ListColumn<DocumentRow<K>>[], declared: readonly ListFilterField[]): readonly ListFilterField[] {
  const filters = [...declared];
  for (const column of [...columns.filter(({ pick }) => pick === true), ...columns.filter(({ pick }) => pick !== true)]) {
    const own = columnFilter(type, where, column);
    if (own !== null && !filters.some((filter) => filter.column === own.column)) filters.push(own);
  }
  return filters;
}

/** The list of documents of one type over the local base: windows of rows, sort, filters, search, all remembered per user. */
export function DocumentList<K extends DocumentName>(props: DocumentListProps<K>): ReactNode {
  const { id, type, chips, where = noFilters, also } = props;
  const memory = useListMemory(id, props.sort);
  const { ready } = memory;
  const { sort, chosen, group } = memory.shown;
  const followed = [type, ...(also ?? [])].join(' ');
  const filters = useMemo(() => filtersOf(type, where, props.columns, props.filters ?? []), [type, where, props.columns, props.filters]);
  const grouping = group === null ? undefined : props.columns.find(({ key, pick }) => key === group && pick === true);
  const byColumn = useColumnGroups(type, where, grouping, followed);
  const groups = grouping === undefined ? (props.groups ?? wholeList) : byColumn;
  // «Показать все» of the search opens the list with its text; `searchAt` tells the same text asked for again.
  const params = use(PlaceContext)?.params;
  const given = props.search ?? params?.['search'];
  const givenAt = params?.['searchAt'];
  const [search, setSearch] = useState(given ?? '');
  useEffect(() => {
    if (given !== undefined) setSearch(given);
  }, [given, givenAt]);
  const { showAll } = memory;
  const shownAt = useRef<string | undefined>(undefined);
  useEffect(() => {
    // What was found must not be hidden by what was chosen earlier.
    if (!ready || givenAt === shownAt.current) return;
    shownAt.current = givenAt;
    if (givenAt !== undefined) showAll();
  }, [ready, givenAt, showAll]);
  const [rows] = useState(() => createDocumentRows({ read: (query) => call('document.list', query), readIds: (query) => call('document.ids', query) }, () => formatMoment(new Date().toISOString())));
  const shown = useSyncExternalStore(rows.subscribe, rows.snapshot);
  const chip = chips?.find(({ key }) => key === memory.chip) ?? chips?.[0];
  const query = useMemo(
    (): Omit<ListQuery, 'offset' | 'limit'> => ({
      type,
      where: [...where, ...(chip?.where ?? []), ...filters.flatMap((filter) => (chosen[filter.column] === undefined ? [] : filterWhere(filter, chosen[filter.column] ?? '')))],
      anyOf: (chip?.anyOf ?? []).map((group) => [...group]),
      search,
      sort: [sort],
    }),
    [type, where, chip, filters, chosen, search, sort],
  );
  // By the name of the ready choice, not by its filter: that may hold the present minute.
  const foundKey = JSON.stringify([type, where, chip?.key, chosen, search]);
  const resetKey = JSON.stringify([foundKey, sort, group]);
  const asked = useMemo(() => (groups === null ? null : { query, groups }), [query, groups]);
  // The filter may hold the present minute (overdue): the question is compared by value, so that a new object asks nothing.
  const [lastAsked, setLastAsked] = useState('');
  useEffect(() => {
    const text = JSON.stringify(asked);
    if (!ready || asked === null || text === lastAsked) return;
    setLastAsked(text);
    rows.ask(asked);
  }, [ready, asked, lastAsked, rows]);
  useEffect(() => {
    // What changed while the list was not shown is read when it comes back; before the first question this reads nothing.
    rows.reload();
    return onChanged(followed.split(' '), rows.reload);
  }, [followed, rows]);
  const totals = useChipTotals(type, where, chips, search);
  const connection = useConnection((held) => held.connection);
  const empty = typeof props.empty === 'function' ? props.empty({ chip: chip?.key ?? null, totals: Object.fromEntries((chips ?? []).map(({ key }, index) => [key, totals?.[index]])), showChip: memory.onChip }) : props.empty;
  const mass = useMass<DocumentRow<K>>((rowId) => readRow(type, rowId), nameOfRow(type));
  const acts = typeof props.mass === 'function' ? props.mass({ chip: chip?.key ?? null }) : props.mass;
  if (!ready) return <section className="okno-list" />;
  const narrowed = search !== '' || Object.keys(chosen).length > 0;
  return (
    <>
      <ListView<DocumentRow<K>>
        {...listProps(props)}
        {...(acts === undefined && props.together === undefined ? {} : { markCommands: [...(acts ?? []).map(mass.markCommand), ...(props.together ?? [])] })}
        rows={shown as unknown as Parameters<typeof ListView<DocumentRow<K>>>[0]['rows']} // rows of the local base are rows of the type, see rowOf
        {...memory.shown}
        filters={filters}
        rowId={rowIdOf}
        search={search}
        onSearch={setSearch}
        {...(chips === undefined ? {} : { chips: chips.map(({ key, title }, index): ListChip => ({ key, title, total: totals?.[index] })) })}
        {...(chip === undefined ? {} : { chip: chip.key })}
        onChip={memory.onChip}
        onPrint={(now) => void printList({ title: props.title, query, groups: groups ?? [], ...now })}
        listCommands={(now) => {
          const list = { title: props.title, query, groups: groups ?? [], ...now };
          return [
            { label: 'Выгрузить в Excel (XLSX)', onClick: () => void exportList(list, 'xlsx') },
            { label: 'Выгрузить в CSV', onClick: () => void exportList(list, 'csv') },
          ];
        }}
        note={connection?.state === 'offLine' ? `Данные на ${formatTime(connection.dataAt ?? connection.since)}` : null}
        resetKey={resetKey}
        foundKey={foundKey}
        empty={
          narrowed ? (
            <EmptyState title="Ничего не найдено">{search === '' ? 'Под этот отбор ничего не подходит.' : `По запросу «${search}» ничего нет. Поиск понимает ё и е, другую раскладку и часть слова.`}</EmptyState>
          ) : connection?.filling === true ? (
            <EmptyState title="Данные загружаются из центра">Первая загрузка на это рабочее место идёт сейчас. Строки появятся сами.</EmptyState>
          ) : (
            <EmptyState title={empty.title} {...(empty.actions === undefined ? {} : { actions: empty.actions })}>
              {empty.text}
            </EmptyState>
          )
        }
      />
      {mass.dialogs}
    </>
  );
}

/** A row of the local base as it is now; null if it is gone. */
async function readRow<K extends DocumentName>(type: K, id: string): Promise<DocumentRow<K> | null> {
  const row = await call('document.get', { type, id });
  return row === null ? null : rowOf<K>(row);
}

function rowIdOf(row: { readonly document: { readonly id: string } }): string {
  return row.document.id;
}

/** What goes to the list as it is. */
function listProps<K extends DocumentName>({ title, columns, filters, commands, onOpen, onPrimary, onInsert, unread, onSelected, rowCommands, primaryLabel }: DocumentListProps<K>) {
  return {
    title, columns, commands,
    ...(filters === undefined ? {} : { filters }),
    ...(onOpen === undefined ? {} : { onOpen }),
    ...(onPrimary === undefined ? {} : { onPrimary }),
    ...(onInsert === undefined ? {} : { onInsert }),
    ...(unread === undefined ? {} : { unread }),
    ...(onSelected === undefined ? {} : { onSelected }),
    ...(rowCommands === undefined ? {} : { rowCommands }),
    ...(primaryLabel === undefined ? {} : { primaryLabel }),
  };
}

/** Counts of the ready choices; null until they are known. */
function useChipTotals(type: string, where: readonly ListFilter[], chips: readonly DocumentChip[] | undefined, search: string): readonly number[] | null {
  const [totals, setTotals] = useState<readonly number[] | null>(null);
  const question = JSON.stringify((chips ?? []).map((chip) => ({ type, where: [...where, ...(chip.where ?? [])], anyOf: chip.anyOf ?? [], search, sort: [], offset: 0, limit: 0 })));
  useEffect(() => {
    const queries = JSON.parse(question) as ListQuery[]; // written one line above
    if (queries.length === 0) return;
    let current = true;
    const read = (): void => {
      void call('document.totals', queries).then((answer) => {
        if (current) setTotals(answer);
      });
    };
    read();
    const stop = onChanged([type], read);
    return () => {
      current = false;
      stop();
    };
  }, [type, question]);
  return totals;
}

/** One page of documents, for short lists and pickers. */
export async function listDocuments<K extends DocumentName>(type: K, { where = [], search = '', sort = [], limit = 200 }: { readonly where?: readonly ListFilter[]; readonly search?: string; readonly sort?: readonly ListSort[]; readonly limit?: number } = {}): Promise<readonly DocumentRow<K>[]> {
  const page = await call('document.list', { type, where: [...where], anyOf: [], search, sort: [...sort], offset: 0, limit });
  return page.rows.map((row: ListRow) => rowOf<K>(row));
}
