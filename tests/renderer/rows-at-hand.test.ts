import { describe, expect, it } from 'vitest';
import { arrangedRows, rowFilters, type RowsQuestion } from '../../renderer/document/rows-at-hand.ts';
import { dateCell, momentCell } from '../../shared/base/cell-value.ts';
import type { ListColumn } from '../../renderer/ui/list/columns.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly at: string;
  readonly size: number;
}

const column = (key: keyof Row, title: string, more: Partial<ListColumn<Row>> = {}): ListColumn<Row> => ({ key, title, width: 100, min: 80, priority: 1, sort: key, cell: (row) => row[key], ...more });
const columns = [column('name', 'Имя файла'), column('state', 'Состояние', { pick: true }), column('at', 'Когда', { cell: ({ at }) => momentCell(at) }), column('size', 'Размер')];
const rows: readonly Row[] = [
  { id: 'contract', name: 'Договор Ёлкина.pdf', state: 'Закрыто', at: '2026-11-23T21:30:00.000Z', size: 900 },
  { id: 'photo', name: 'Фото опоры.jpg', state: '', at: '2026-11-24T20:59:59.999Z', size: 12_000 },
  { id: 'act', name: 'Акт сверки.xlsx', state: 'В работе', at: '2026-11-24T21:00:00.000Z', size: 80 },
];
const asked: RowsQuestion = { search: '', chosen: {}, group: null, sort: { column: 'name', descending: false } };
const ids = (question: Partial<RowsQuestion>): readonly string[] => arrangedRows(rows, columns, { ...asked, ...question }).flatMap(({ rows: own }) => own.map(({ id }) => id));

describe('rows that are all at hand', () => {
  it('stand in the order of a column: texts by the alphabet, numbers by size, times by time', () => {
    expect(ids({})).toEqual(['act', 'contract', 'photo']);
    expect(ids({ sort: { column: 'size', descending: true } })).toEqual(['photo', 'contract', 'act']);
    expect(ids({ sort: { column: 'at', descending: false } })).toEqual(['contract', 'photo', 'act']);
    expect(ids({ sort: { column: 'gone', descending: false } })).toEqual(['contract', 'photo', 'act']); // as they came
  });

  it('are searched by parts of words in any order, ё as е, in the other keyboard layout', () => {
    expect(ids({ search: 'елкин договор' })).toEqual(['contract']);
    expect(ids({ search: 'СВЕРК' })).toEqual(['act']);
    expect(ids({ search: 'ljujdjh' })).toEqual(['contract']);
    expect(ids({ search: '24.11.2026' })).toEqual(['contract', 'photo']); // as the cells read, by the clock of Moscow
    expect(ids({ search: 'такого нет' })).toEqual([]);
    expect(ids({ search: ' («' })).toEqual([]);
  });

  it('are filtered by a choice, by a part of a text, by days of Moscow from–to', () => {
    expect(ids({ chosen: { state: 'Закрыто' } })).toEqual(['contract']);
    expect(ids({ chosen: { state: 'Не указано' } })).toEqual(['photo']);
    expect(ids({ chosen: { name: 'елк' } })).toEqual(['contract']);
    expect(ids({ chosen: { at: '2026-11-24..2026-11-24' } })).toEqual(['contract', 'photo']);
    expect(ids({ chosen: { at: '2026-11-25..' } })).toEqual(['act']);
    expect(ids({ chosen: { at: '..2026-11-23' } })).toEqual([]);
    expect(ids({ chosen: { at: 'nonsense' } })).toEqual(['act', 'contract', 'photo']);
    expect(ids({ chosen: { gone: 'x' } })).toEqual(['act', 'contract', 'photo']); // a filter of an older program
  });

  it('stand in groups by the alphabet, what is not given last', () => {
    const groups = arrangedRows(rows, columns, { ...asked, group: 'state' });
    expect(groups.map(({ title, rows: own }) => [title, own.map(({ id }) => id)])).toEqual([['В работе', ['act']], ['Закрыто', ['contract']], ['Не указано', ['photo']]]);
    expect(arrangedRows(rows, columns, { ...asked, group: 'name' })).toHaveLength(1); // not one of few values
    expect(arrangedRows([], columns, { ...asked, group: 'state' })).toEqual([]);
  });

  it('offer a filter for each column that can be sorted', () => {
    const actions = { key: 'actions', title: 'Комментарий', width: 40, min: 40, priority: 1, cell: () => null };
    expect(rowFilters([...columns, column('at', 'Срок', { key: 'dueAt', cell: ({ at }) => dateCell(at) }), actions], rows).map((filter) => [filter.column, 'kind' in filter ? filter.kind : filter.choices])).toEqual([
      ['name', 'text'],
      ['state', ['В работе', 'Закрыто', 'Не указано'].map((value) => ({ value, label: value }))],
      ['at', 'period'],
      ['size', 'text'],
      ['dueAt', 'period'],
    ]);
  });
});
