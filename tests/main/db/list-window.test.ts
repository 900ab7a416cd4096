import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPage, listTotal } from '../../../main/db/list-query.ts';
import type { Cache } from '../../../main/db/cache.ts';
import type { Client } from '../../../shared/domain/client/model.ts';
import type { ListQuery } from '../../../shared/protocol/list.ts';
import { aClient } from '../../helpers/builders.ts';
import { removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

const clients = 5_200;
let desk: TestDesk;
let cache: Cache;

/** Names repeat, every third has no ИНН, some are merged or marked deleted. */
function clientOf(n: number): Client {
  const name = `Клиент ${String((n * 7) % 1_300).padStart(4, '0')}`;
  return aClient({ id: `c-${String(n).padStart(5, '0')}`, name, fullName: name, lastName: '', inn: n % 3 === 0 ? '' : String(5_000_000_000 + ((n * 31) % 900)), emails: [], phones: [], deleted: n % 97 === 0, aliasOf: n % 89 === 1 ? 'c-00002' : null });
}

beforeAll(() => {
  desk = new TestDesk(new MemoryCentre());
  cache = desk.files.base.cache;
  cache.transaction(() => {
    for (let n = 0; n < clients; n += 1) cache.receive('client', `c-${String(n).padStart(5, '0')}`, 1, 0, clientOf(n));
  });
});
afterAll(async () => {
  await desk.close();
  removeFolders();
});

const query = (more: Partial<ListQuery>): ListQuery => ({ type: 'client', where: [], anyOf: [], search: '', sort: [], offset: 0, limit: 50, ...more });
const idsOf = (more: Partial<ListQuery>): readonly unknown[] => listPage(cache, query(more)).rows.map(({ document }) => document['id']);

/** The whole order by one plain statement. */
function allInOrder(column: string, descending: boolean, condition = '1'): readonly string[] {
  const way = descending ? 'DESC' : 'ASC';
  return cache.database.prepare<[], string>(`SELECT id FROM document_client WHERE deleted = 0 AND c_aliasOf IS NULL AND ${condition} ORDER BY c_${column} ${way}, id ${way}`).pluck().all();
}

describe('windows of a long list', () => {
  it.each([['name', false], ['name', true], ['inn', false], ['inn', true]] as const)('are the same wherever one comes from: by %s, descending %s', (column, descending) => {
    const all = allInOrder(column, descending);
    const sort = [{ column, descending }];
    expect(listPage(cache, query({ sort })).total).toBe(all.length);
    // To the end, back, to and fro: each window from the places that those before have left.
    for (const offset of [0, 50, 100, 4_900, 4_850, 2_500, 2_550, 1_700, 1_650, 3, 4_990, all.length - 20, all.length, 40]) expect(idsOf({ sort, offset }), `from ${offset}`).toEqual(all.slice(offset, offset + 50));
  });

  it('of a narrowed list, too, with few rows and with many', () => {
    for (const [where, condition] of [
      [{ column: 'name', op: 'contains', value: 'клиент 00' }, `c_name LIKE '%клиент 00%'`],
      [{ column: 'name', op: 'contains', value: 'клиент' }, `c_name LIKE '%клиент%'`],
      [{ column: 'inn', op: 'empty' }, `c_inn IS NULL`],
      [{ column: 'inn', op: 'notEmpty' }, `c_inn IS NOT NULL`],
    ] as const) {
      const all = allInOrder('name', true, condition);
      expect(listTotal(cache, query({ where: [where] }))).toBe(all.length);
      for (const offset of [0, 50, 2_000]) {
        const page = listPage(cache, query({ where: [where], sort: [{ column: 'name', descending: true }], offset }));
        expect([page.total, page.rows.map(({ document }) => document['id'])]).toEqual([all.length, all.slice(offset, offset + 50)]);
      }
    }
  });

  it('show what has changed since, and count it', () => {
    const sort = [{ column: 'name', descending: false }];
    const before = listPage(cache, query({ sort, offset: 1_000 }));
    expect(before.total).toBe(allInOrder('name', false).length);
    const put = (client: Client): void => cache.transaction(() => cache.receive('client', client.id, 2, 0, client));
    put(aClient({ ...clientOf(5), id: 'c-new', name: 'Клиент 0000' }));
    put({ ...clientOf(11), deleted: true });
    put({ ...clientOf(12), aliasOf: 'c-00002' });
    put({ ...clientOf(13), name: 'Клиент 0001' });
    cache.transaction(() => cache.receive('client', 'c-00014', 2, 0, null));
    const all = allInOrder('name', false);
    expect(listPage(cache, query({ sort, offset: 1_000 }))).toMatchObject({ total: all.length });
    expect(idsOf({ sort, offset: 1_000 })).toEqual(all.slice(1_000, 1_050));
    expect(listTotal(cache, query({}))).toBe(before.total - 2);
  });

  it('a change that was rolled back is not counted', () => {
    const before = listTotal(cache, query({}));
    expect(() =>
      cache.transaction(() => {
        cache.receive('client', 'c-back', 1, 0, aClient({ id: 'c-back' }));
        expect(listTotal(cache, query({}))).toBe(before + 1);
        throw new Error('full disk');
      }),
    ).toThrow('full disk');
    expect(listTotal(cache, query({}))).toBe(before);
  });
});
