import { cellOrder, cellText, type CellTime, type CellValue } from '../../shared/base/cell-value.ts';
import { fold } from '../../shared/base/fold.ts';
import { addMs, moscowDayOf } from '../../shared/base/instant.ts';
import { readings } from '../../shared/text/search-query.ts';
import type { ListColumn } from '../ui/list/columns.ts';
import { periodOf, type ListFilterField } from '../ui/list/filters.ts';
import type { ListSort } from '../ui/list/list-rows.ts';

/** What narrows, groups and orders rows that are all at hand. */
export interface RowsQuestion {
  readonly search: string;
  /** Column → value, as the filters of `rowFilters` have it. */
  readonly chosen: Readonly<Record<string, string>>;
  /** Key of the column by whose values the rows stand in groups. */
  readonly group: string | null;
  readonly sort: ListSort;
}

export interface HeldGroup<Row> {
  readonly key: string;
  /** Null: the rows stand in no groups. */
  readonly title: string | null;
  readonly rows: readonly Row[];
}

const nothing = 'Не указано';
const DAY_MS = 86_400_000;

const isTime = (value: CellValue): value is CellTime => typeof value === 'object' && value !== null;

/** A filter for each column that can be sorted: times from–to, few values by choice, other texts by a part of them. */
export function rowFilters<Row>(columns: readonly ListColumn<Row>[], rows: readonly Row[]): readonly ListFilterField[] {
  return columns.flatMap(({ key, title, sort, pick, cell }): ListFilterField[] => {
    if (sort === undefined) return [];
    const values = rows.map(cell);
    if (values.some(isTime)) return [{ column: key, title, kind: 'period' }];
    if (pick !== true) return [{ column: key, title, kind: 'text' }];
    const texts = [...new Set(values.map((value) => cellText(value) || nothing))].toSorted(byName);
    return [{ column: key, title, choices: texts.map((text) => ({ value: text, label: text })) }];
  });
}

/** By the alphabet, what is not given last. */
function byName(a: string, b: string): number {
  return a === nothing ? 1 : b === nothing ? -1 : a.localeCompare(b, 'ru');
}

function fits(filter: ListFilterField, value: CellValue, wanted: string): boolean {
  if (!('kind' in filter)) return (cellText(value) || nothing) === wanted;
  if (filter.kind === 'text') return fold(cellText(value)).includes(fold(wanted));
  const { from, to } = periodOf(wanted);
  const at = isTime(value) ? value.at : '';
  return at !== '' && (from === '' || at >= moscowDayOf(from)) && (to === '' || at < addMs(moscowDayOf(to), DAY_MS));
}

/** Rows in which every word of the text stands somewhere; what finds nothing so is read in another layout, as the search does. */
function found<Row>(rows: readonly Row[], columns: readonly ListColumn<Row>[], search: string): readonly Row[] {
  if (search.trim() === '') return rows;
  const texts = rows.map((row) => fold(columns.map(({ cell }) => cellText(cell(row))).join(' ')));
  for (const { understood, query } of readings(search)) {
    const words = fold(understood ?? query.text).split(' ');
    const hits = rows.filter((_, index) => words.every((word) => texts[index]?.includes(word) === true));
    if (hits.length > 0) return hits;
  }
  return [];
}

function sorted<Row>(rows: readonly Row[], columns: readonly ListColumn<Row>[], { column, descending }: ListSort): readonly Row[] {
  const cell = columns.find(({ sort }) => sort === column)?.cell;
  if (cell === undefined) return rows;
  const keyed = rows.map((row) => ({ row, key: cellOrder(cell(row)) })).toSorted((a, b) => a.key.localeCompare(b.key, 'ru'));
  return (descending ? keyed.toReversed() : keyed).map(({ row }) => row);
}

/** The rows as the list shows them: narrowed, in order, in groups. One group without a title where they are not grouped. */
export function arrangedRows<Row>(rows: readonly Row[], columns: readonly ListColumn<Row>[], { search, chosen, group, sort }: RowsQuestion): readonly HeldGroup<Row>[] {
  const filters = rowFilters(columns, rows).filter(({ column }) => chosen[column] !== undefined);
  const narrowed = rows.filter((row) => filters.every((filter) => fits(filter, columns.find(({ key }) => key === filter.column)?.cell(row) ?? null, chosen[filter.column] ?? '')));
  const shown = sorted(found(narrowed, columns, search), columns, sort);
  const by = columns.find(({ key, pick }) => key === group && pick === true);
  if (by === undefined) return [{ key: 'all', title: null, rows: shown }];
  const groups = Map.groupBy(shown, (row) => cellText(by.cell(row)) || nothing);
  return [...groups].toSorted(([a], [b]) => byName(a, b)).map(([title, own]) => ({ key: `${by.key} ${title}`, title, rows: own }));
}
