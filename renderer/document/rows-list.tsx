import { useMemo, useState, type ReactNode } from 'react';
import type { ListColumn } from '../ui/list/columns.ts';
import type { ListRows, ListSort } from '../ui/list/list-rows.ts';
import { ListView, type ListChip, type ShownNow } from '../ui/list/list-view.tsx';
import type { MenuCommand } from '../ui/menu-items.tsx';
import type { RowCommand } from '../ui/list/row-menu.tsx';
import { EmptyState } from '../ui/state-message.tsx';
import { exportList, type Portions, type ShownList } from './list-export.ts';
import { useListMemory } from './list-memory.ts';
import { printList } from './list-print.ts';
import { arrangedRows, rowFilters, type HeldGroup } from './rows-at-hand.ts';

export interface RowsListProps<Row> {
  /** Under this name the columns, sort, filters and views of the user are remembered. */
  readonly id: string;
  readonly title: string;
  /** Whose rows they are, for the name of a file and the head of a sheet. */
  readonly owner: string;
  /** Several lists on one screen: a low head, keys of the one with the focus. */
  readonly section?: boolean;
  readonly count?: ReactNode;
  readonly chips?: readonly ListChip[];
  readonly chip?: string;
  readonly onChip?: (key: string) => void;
  readonly headEnd?: ReactNode;
  readonly commands?: ReactNode;
  /** What else can be done with the whole list: before export and print in its menu. */
  readonly menuCommands?: readonly MenuCommand[];
  readonly columns: readonly ListColumn<Row>[];
  /** Null while they are read. */
  readonly rows: readonly Row[] | null;
  readonly rowId: (row: Row) => string;
  readonly sort: ListSort;
  readonly onOpen: (row: Row) => void;
  /** Enter, where it does not open; `primaryLabel` says what it does. */
  readonly onPrimary?: (row: Row) => void;
  readonly primaryLabel?: string;
  /** The row that has just been chosen by hand or focus; null where there is none. */
  readonly onPicked?: (row: Row | null) => void;
  readonly rowCommands?: (row: Row) => readonly RowCommand[];
  /** What is said where there are no rows at all. */
  readonly empty: ReactNode;
  /** Other rows begin from the top. */
  readonly resetKey: string;
}

let revisions = 0;
const noRows: readonly never[] = [];

/** All rows at hand, as the list component wants them. */
function rowsOf<Row>(groups: readonly HeldGroup<Row>[], loading: boolean, rowId: (row: Row) => string, folded: ReadonlySet<string>, fold: (key: string, folded: boolean) => void): ListRows<Row> {
  const places = new Map(groups.flatMap(({ rows }, group) => rows.map((row, index) => [rowId(row), { group, index }] as const)));
  revisions += 1;
  return {
    groups: groups.map(({ key, title, rows }) => ({ key, title, total: rows.length, folded: folded.has(key) })),
    revision: revisions,
    loading,
    problem: null,
    rowAt: (group, index) => groups[group]?.rows[index],
    find: (id) => places.get(id) ?? null,
    want: () => undefined,
    fold: (group, value) => fold(groups[group]?.key ?? '', value),
    reload: () => undefined,
    ids: async (group, from, to) => groups[group]?.rows.slice(from, to + 1).map(rowId) ?? [],
  };
}

async function* portionsOf<Row>(groups: readonly HeldGroup<Row>[]): Portions<Row> {
  const most = 500;
  for (const { title, rows } of groups) for (let from = 0; from < rows.length; from += most) yield { rows: rows.slice(from, from + most), group: title };
}

/** A list of rows that are all at hand, as a part of a screen or of a document: the same manners, memory, files and paper as every list. */
export function RowsList<Row>({ id, title, owner, menuCommands = noRows, columns, rows, rowId, sort, empty, resetKey, ...list }: RowsListProps<Row>): ReactNode {
  const memory = useListMemory(id, sort);
  const { shown } = memory;
  const [search, setSearch] = useState('');
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const filters = useMemo(() => rowFilters(columns, rows ?? noRows), [columns, rows]);
  const question = JSON.stringify({ search, chosen: shown.chosen, group: shown.group, sort: shown.sort });
  const groups = useMemo(() => arrangedRows(rows ?? noRows, columns, JSON.parse(question) as Parameters<typeof arrangedRows>[2]), [rows, columns, question]); // written one line above
  const held = useMemo(
    () => rowsOf(groups, rows === null, rowId, folded, (key, isFolded) => setFolded((old) => new Set(isFolded ? [...old, key] : [...old].filter((one) => one !== key)))),
    [groups, rows, rowId, folded],
  );
  const onPaper = (now: ShownNow<Row>): ShownList<Row> => ({
    title: owner === '' ? title : `${title}: ${owner}`,
    query: { type: id, where: [], anyOf: [], search, sort: [shown.sort] },
    groups: groups.map(({ key, title: name }) => ({ key, title: name, where: [] })),
    ...now,
  });
  const narrowed = search !== '' || Object.keys(shown.chosen).length > 0;
  return (
    <ListView<Row>
      {...list}
      {...shown}
      title={title}
      columns={columns}
      filters={filters}
      rows={held}
      rowId={rowId}
      search={search}
      onSearch={setSearch}
      autoFocus={false}
      onPrint={(now) => void printList(onPaper(now), () => portionsOf(groups))}
      listCommands={(now) => [
        ...menuCommands,
        { label: 'Выгрузить в Excel (XLSX)', onClick: () => void exportList(onPaper(now), 'xlsx', () => portionsOf(groups)) },
        { label: 'Выгрузить в CSV', onClick: () => void exportList(onPaper(now), 'csv', () => portionsOf(groups)) },
      ]}
      resetKey={`${resetKey} ${question}`}
      foundKey={`${resetKey} ${search} ${JSON.stringify(shown.chosen)}`}
      empty={narrowed && (rows?.length ?? 0) > 0 ? <EmptyState title="Ничего не найдено" second={16}>{search === '' ? 'Под этот отбор ничего не подходит.' : `По запросу «${search}» ничего нет. Поиск понимает ё и е, другую раскладку и часть слова.`}</EmptyState> : empty}
    />
  );
}
