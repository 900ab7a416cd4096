import { useEffect, useState } from 'react';
import { cellText } from '../../shared/base/cell-value.ts';
import type { DocumentName } from '../../shared/domain/documents.ts';
import type { ListFilter } from '../../shared/protocol/list.ts';
import { call } from '../bridge.ts';
import { onChanged } from '../store/changes.ts';
import type { RowGroup } from '../store/document-rows.ts';
import type { Choice } from '../ui/choice-field.tsx';
import type { ListColumn } from '../ui/list/columns.ts';
import { rowOf, type DocumentRow } from './rows.ts';

/** Documents in which nothing stands in the column. */
const nothing = { value: '', label: 'Не указано' } as const;

/** The filter of one chosen value; an empty one finds documents in which nothing stands there. */
export function valueFilter(column: string, value: string): ListFilter {
  return value === nothing.value ? { column, op: 'empty' } : { column, op: 'eq', value };
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
