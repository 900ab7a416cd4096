import { describe, expect, it } from 'vitest';
import { columnFilter, filterWhere } from '../../renderer/document/list-values.ts';
import { filterText, periodOf, periodText, periodValue } from '../../renderer/ui/list/filters.ts';

describe('filters by column', () => {
  it('remember a period as text, and read what is none as no bounds', () => {
    for (const period of [{ from: '2026-11-01', to: '2026-11-24' }, { from: '2026-11-01', to: '' }, { from: '', to: '2026-11-24' }]) expect(periodOf(periodValue(period))).toEqual(period);
    expect(periodValue({ from: '', to: '' })).toBeNull();
    for (const spoilt of [null, '', '..', 'вчера', '2026-11-01', '2026-11-01..завтра']) expect(periodOf(spoilt)).toEqual({ from: '', to: '' });
    expect(periodText({ from: '2026-11-01', to: '2026-11-24' })).toBe('с 01.11.2026 по 24.11.2026');
  });

  it('say what is chosen as a person reads it', () => {
    expect(filterText({ column: 'kind', title: 'Вид', choices: [{ value: 'person', label: 'Физическое лицо' }] }, 'person', [{ value: 'person', label: 'Физическое лицо' }])).toBe('Физическое лицо');
    expect(filterText({ column: 'kind', title: 'Вид', choices: async () => [] }, 'person', undefined)).toBeNull();
    expect(filterText({ column: 'name', title: 'Наименование', kind: 'text' }, 'роща', undefined)).toBe('содержит «роща»');
    expect(filterText({ column: 'at', title: 'Дата', kind: 'period' }, '2026-11-01..', undefined)).toBe('с 01.11.2026');
  });

  it('ask a value, a part of a text, or whole days by the clock of Moscow', () => {
    expect(filterWhere({ column: 'kind', title: 'Вид', choices: [] }, 'person')).toEqual([{ column: 'kind', op: 'eq', value: 'person' }]);
    expect(filterWhere({ column: 'kind', title: 'Вид', choices: [] }, '')).toEqual([{ column: 'kind', op: 'empty' }]);
    expect(filterWhere({ column: 'name', title: 'Наименование', kind: 'text' }, 'роща')).toEqual([{ column: 'name', op: 'contains', value: 'роща' }]);
    expect(filterWhere({ column: 'at', title: 'Дата', kind: 'period' }, '2026-11-24..2026-11-24')).toEqual([{ column: 'at', op: 'gt', value: '2026-11-23T20:59:59.999Z' }, { column: 'at', op: 'lt', value: '2026-11-24T21:00:00.000Z' }]);
    expect(filterWhere({ column: 'at', title: 'Дата', kind: 'period' }, 'nonsense')).toEqual([]);
  });

  it('fit what the column of the document holds', () => {
    const column = { title: 'Колонка', width: 100, min: 80, priority: 1, cell: () => '' } as const;
    const kindOf = (sort: string | undefined, pick?: true) => {
      const filter = columnFilter('client', [], { ...column, key: sort ?? 'none', ...(sort === undefined ? {} : { sort }), ...(pick === undefined ? {} : { pick }) });
      return filter === null ? null : 'kind' in filter ? filter.kind : 'choices';
    };
    expect(kindOf('name')).toBe('text');
    expect(kindOf('registeredAt')).toBe('period');
    expect(kindOf('managerId')).toBe('text');
    expect(kindOf('managerId', true)).toBe('choices');
    expect(kindOf('kind')).toBeNull(); // a code is not read by anybody
    expect(kindOf(undefined)).toBeNull();
  });
});
