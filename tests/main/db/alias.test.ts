import { describe, expect, it } from 'vitest';
import { listPage, listRow, listValues } from '../../../main/db/list-query.ts';
import type { ListQuery } from '../../../shared/protocol/list.ts';
import { aClient, anAppeal, anApplication } from '../../helpers/builders.ts';
import { filledDesk } from '../desk-kit.ts';

const merged = (id: string, name: string, aliasOf: string) => aClient({ id, lastName: name, name, fullName: name, aliasOf });
const filled = filledDesk((centre) => {
  centre.put('client', aClient({ id: 'kept', name: 'Борисова', fullName: 'Борисова' }));
  centre.put('client', merged('double', 'Яковлева', 'kept'));
  centre.put('client', merged('long-ago', 'Абрамова', 'double'));
  centre.put('client', aClient({ id: 'other', name: 'Волкова', fullName: 'Волкова' }));
  centre.put('client', merged('ring-1', 'Гусева', 'ring-2'));
  centre.put('client', merged('ring-2', 'Дымова', 'ring-1'));
  for (const [n, clientId] of ['kept', 'double', 'long-ago', 'other'].entries()) centre.put('application', anApplication({ id: `a${String(n)}`, clientId }));
  centre.put('appeal', anAppeal({ clientId: 'long-ago' }));
});

function ask(type: string, query: Partial<ListQuery>): readonly unknown[] {
  return listPage(filled.cache, { type, where: [], anyOf: [], search: '', sort: [], offset: 0, limit: 10, ...query }).rows.map(({ document }) => document['id']);
}

describe('documents merged into another', () => {
  it('a list of what belongs to one finds what names the merged ones too, of whatever depth', () => {
    expect(ask('application', { where: [{ column: 'clientId', op: 'eq', value: 'kept' }] })).toEqual(['a0', 'a1', 'a2']);
    expect(ask('application', { where: [{ column: 'clientId', op: 'ne', value: 'kept' }] })).toEqual(['a3']);
  });

  it('references are called, sorted and searched by the one it became', () => {
    expect(ask('application', { sort: [{ column: 'clientId', descending: true }] })).toEqual(['a3', 'a2', 'a1', 'a0']);
    expect(ask('application', { where: [{ column: 'clientId', op: 'contains', value: 'борис' }] })).toEqual(['a0', 'a1', 'a2']);
    expect(listRow(filled.cache, filled.cache.table('appeal').type, anAppeal({ clientId: 'long-ago' }), false).refs).toMatchObject({ 'long-ago': 'Борисова' });
    const { values } = listValues(filled.cache, { type: 'application', where: [], anyOf: [], search: '', sort: [], offset: 0, limit: 0 }, 'clientId');
    expect(values.map(({ value, count }) => [value, count])).toEqual([['kept', 3], ['other', 1]]);
  });

  it('are not listed themselves, unless asked for', () => {
    expect(ask('client', {})).toEqual(['kept', 'other']);
    expect(ask('client', { where: [{ column: 'aliasOf', op: 'eq', value: 'kept' }] })).toEqual(['double', 'long-ago']);
  });

  it('whoever names a merged one is given the one it became; one that is not here stays, and a ring ends', () => {
    expect(['long-ago', 'double', 'kept', 'unknown'].map((id) => filled.cache.table('client').survivingId(id))).toEqual(['kept', 'kept', 'kept', 'unknown']);
    expect(filled.cache.table('client').survivingId('ring-1')).toMatch(/^ring-/);
    expect(ask('application', { where: [{ column: 'clientId', op: 'eq', value: 'ring-1' }] })).toEqual([]);
  });
});
