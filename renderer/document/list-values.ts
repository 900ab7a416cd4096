import { useEffect, useState } from 'react';
import { cellText } from '../../shared/base/cell-value.ts';
import { addMs, moscowDayOf } from '../../shared/base/instant.ts';
import { documentTypeOf, type DocumentName } from '../../shared/domain/documents.ts';
import type { ListFilter } from '../../shared/protocol/list.ts';
import { call } from '../bridge.ts';
import { onChanged } from '../store/changes.ts';
import type { RowGroup } from '../store/document-rows.ts';
import type { Choice } from '../ui/choice-field.tsx';
import type { ListColumn } from '../ui/list/columns.ts';
import { periodOf, type ListFilterField } from '../ui/list/filters.ts';
import { rowOf, type DocumentRow } from './rows.ts';

const DAY_MS = 86_400_000;

/** Documents in which nothing stands in the column. */
const nothing = { value: '', label: 'Не указано' } as const;

/** The filter of one chosen value; an empty one finds documents in which nothing stands there. */
export function valueFilter(column: string, value: string): ListFilter {
  return value === nothing.value ? { column, op: 'empty' } : { column, op: 'eq', value };
}

/** What a filter of the list asks with what was chosen in it: a value, a part of a text, days of Moscow from–to. */
export function filterWhere(filter: ListFilterField, value: string): readonly ListFilter[] {
  const { column } = filter;
  if (!('kind' in filter)) return [valueFilter(column, value)];
  if (filter.kind === 'text') return [{ column, op: 'contains', value }];
  const { from, to } = periodOf(value);
  // «gt» and «lt» leave their bound out: the last moment before the day, the first after it.
  return [...(from === '' ? [] : [{ column, op: 'gt', value: addMs(moscowDayOf(from), -1) } as const]), ...(to === '' ? [] : [{ column, op: 'lt', value: addMs(moscowDayOf(to), DAY_MS) } as const])];
}

/** How a column of the document type can be filtered: few values by choice, texts by a part of them, times from–to. */
export function columnFilter<K extends DocumentName>(type: K, where: readonly ListFilter[], column: ListColumn<DocumentRow<K>>): ListFilterField | null {
  if (column.sort === undefined) return null;
  const { sort, title } = column;
  if (column.pick === true) return { column: sort, title, choices: () => columnChoices(type, where, column) };
  const kind = documentTypeOf(type).columns[sort]?.kind;
  if (kind === 'text' || kind === 'ref') return { column: sort, title, kind: 'text' };
  return kind === 'time' ? { column: sort, title, kind: 'period' } : null;
}

/** What stands in a column among the documents of a list, as the list itself calls it, in the order of the alphabet; nothing comes last. */
export async function columnChoices<K extends DocumentName>(type: K, where: readonly ListFilter[], column: ListColumn<DocumentRow<K>>): Promise<readonly Choice[]> {
  if (column.sort === undefined) return [];
  const { values } = await call('document.values', { query: { type, where: [...where], anyOf: [], search: '', sort: [], offset: 0, limit: 0 }, column: column.sort });
  const named = values.flatMap(({ value, row }) => (value === null ? [] : [{ value, label: cellText(column.cell(rowOf<K>({ ...row, pending: false }))) || value }]));
  const sorted = named.toSorted((a, b) => a.label.localeCompare(b.label, 'ru'));
  return values.some(({ value }) => value === null) ? [...sorted, nothing] : sorted;
}

/** The list in groups by what stands in the column; null while it is read. Follows changes of the types named in `followed`. */
export function useColumnGroups<K extends DocumentName>(type: K, where: readonly ListFilter[], column: ListColumn<DocumentRow<K>> | undefined, followed: string): readonly RowGroup[] | null {
  const [held, setHeld] = useState<{ readonly column: string; readonly groups: readonly RowGroup[] } | null>(null);
  useEffect(() => {
    if (column?.sort === undefined) return;
    const { key, sort } = column;
    const read = (): void =>
      void columnChoices(type, where, column).then((choices) => {
        const groups = choices.map(({ value, label }): RowGroup => ({ key: `${key} ${value}`, title: label, where: [valueFilter(sort, value)] }));
        // The same groups ask for nothing anew.
        setHeld((old) => (JSON.stringify(old) === JSON.stringify({ column: key, groups }) ? old : { column: key, groups }));
      });
    read();
    return onChanged(followed.split(' '), read);
  }, [type, where, column, followed]);
  return column !== undefined && held?.column === column.key ? held.groups : null;
}
