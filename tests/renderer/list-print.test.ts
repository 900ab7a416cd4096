import { describe, expect, it } from 'vitest';
import type { Portions } from '../../renderer/document/list-export.ts';
import { gatherRows, paperNotes } from '../../renderer/document/list-print.ts';
import { momentCell } from '../../shared/base/cell-value.ts';

interface Row {
  readonly name: string;
}

async function* portions(): Portions<Row> {
  yield { group: 'Новые', rows: [{ name: 'а' }, { name: 'б' }] };
  yield { group: 'Новые', rows: [{ name: 'в' }] };
  yield { group: 'Старые', rows: [{ name: 'г' }] };
}
const cells = ({ name }: Row) => [name, 12_000, momentCell('2026-11-24T06:14:00.000Z'), null];

describe('rows of a list on paper', () => {
  it('stand in their groups as they are read on the screen', async () => {
    const { groups, printed, isWhole } = await gatherRows(portions(), cells, 100);
    expect(groups.map(({ title, rows }) => [title, rows.length])).toEqual([['Новые', 3], ['Старые', 1]]);
    expect(groups[0]?.rows[0]).toEqual(['а', '12\u00a0000', '24.11.2026 09:14', '']);
    expect([printed, isWhole]).toEqual([4, true]);
  });
  it('are no more than fit, and it is known that some are left out', async () => {
    const { groups, printed, isWhole } = await gatherRows(portions(), cells, 3);
    expect(groups.flatMap(({ rows }) => rows)).toHaveLength(3);
    expect([printed, isWhole]).toEqual([3, false]);
    expect((await gatherRows(portions(), cells, 4)).isWhole).toBe(true);
  });
});

it('what narrowed the list, how many rows and when stands under its name', () => {
  const list = { title: 'Клиенты', query: { type: 'client', where: [], anyOf: [], search: '', sort: [] }, groups: [], columns: [], narrowedBy: ['Вид клиента: Юридическое лицо'] };
  expect(paperNotes(list, 12, true, '2026-11-24T06:14:00.000Z')).toEqual(['Вид клиента: Юридическое лицо', 'Строк: 12', 'Напечатано 24.11.2026 09:14']);
  expect(paperNotes(list, 5000, false, '2026-11-24T06:14:00.000Z')[1]).toMatch(/^Напечатаны первые 5.000 строк: все можно выгрузить в файл$/);
});
