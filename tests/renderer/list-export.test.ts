import { expect, it } from 'vitest';
import { exportColumns } from '../../renderer/document/list-export.ts';
import { momentCell } from '../../shared/base/cell-value.ts';

interface Row {
  readonly name: string;
  readonly dueAt: string;
}
const name = { key: 'name', title: 'ФИО', width: 100, min: 80, priority: 1, cell: (row: Row) => row.name };
const left = { key: 'dueAt', title: 'Осталось', fileTitle: 'Срок', width: 88, min: 88, priority: 1, cell: (row: Row) => momentCell(row.dueAt) };
const query = { type: 'task', where: [], anyOf: [], search: '', sort: [] };
const row = { name: 'Соколова', dueAt: '2026-11-24T06:14:00.000Z' };

it('exports the columns shown in their order, with titles that say what the file holds', () => {
  const { titles, cells } = exportColumns<Row>({ title: 'Задачи', query, groups: [{ key: 'all', title: null, where: [] }], columns: [{ column: left, width: 120 }, { column: name, width: 100 }], narrowedBy: [] });
  expect(titles).toEqual([{ title: 'Срок', width: 120 }, { title: 'ФИО', width: 100 }]);
  expect(cells(row, null)).toEqual([{ at: row.dueAt, shown: 'moment' }, 'Соколова']);
});

it('puts the group first where the list is grouped', () => {
  const { titles, cells } = exportColumns<Row>({ title: 'Задачи', query, groups: [{ key: 'new', title: 'Новые письма', where: [] }], columns: [{ column: name, width: 100 }], narrowedBy: [] });
  expect(titles.map(({ title }) => title)).toEqual(['Группа', 'ФИО']);
  expect(cells(row, 'Новые письма')).toEqual(['Новые письма', 'Соколова']);
});
