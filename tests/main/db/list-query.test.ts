import { describe, expect, it } from 'vitest';
import { fullRow, listPage, listRowNumbers, listRowsAt, listValues } from '../../../main/db/list-query.ts';
import type { ListQuery } from '../../../shared/protocol/list.ts';
import { aClient, aTask, aUser, anIncomingEmail } from '../../helpers/builders.ts';
import { filledDesk } from '../desk-kit.ts';

const filled = filledDesk((centre) => {
  centre.put('user', aUser({ employeeId: null }));
  centre.put('user', aUser({ id: 'user-kotov', login: 'kotov', lastName: 'Артёмов', employeeId: null }));
  centre.put('client', aClient());
  centre.put('client', aClient({ id: 'client-2', lastName: 'Ёлкин', firstName: 'Пётр', middleName: 'Ильич', name: 'Ёлкин Пётр Ильич', fullName: 'Ёлкин Пётр Ильич', phones: [], emails: [] }));
  centre.put('client', aClient({ id: 'client-3', name: '100% «Свет»', fullName: '', phones: [], emails: [], deleted: true }));
  centre.put('client', aClient({ id: 'client-4', lastName: 'Кузьмин', firstName: 'Пётр', middleName: '', name: 'Кузьмин Пётр', fullName: 'Кузьмин Пётр', emails: [], phones: aClient().phones.map((phone) => ({ ...phone, typed: '8 (926) 555-01-02', e164: '+79265550102' })), deleted: true }));
  centre.put('incomingEmail', anIncomingEmail({ number: 'КП-26-00001842', state: 'numbered', holderId: 'user-belova', clientId: 'client-1' }));
  centre.put('incomingEmail', anIncomingEmail({ id: 'em-2', subject: 'Нет света', holderId: 'user-kotov', receivedAt: '2026-11-25T06:14:00.000Z' }));
  centre.put('task', aTask({ documentId: 'em-1' }));
});

const ids = (query: Partial<ListQuery> & { readonly type: string }) =>
  listPage(filled.cache, { where: [], anyOf: [], search: '', sort: [], offset: 0, limit: 100, ...query }).rows.map(({ document }) => document['id']);

describe('the query of lists', () => {
  it('searches by beginnings of words in any order, ё as е', () => {
    expect(ids({ type: 'client', search: 'петр елк' })).toEqual(['client-2']);
    expect(ids({ type: 'client', search: 'СОКОЛ' })).toEqual(['client-1']);
    expect(ids({ type: 'client', search: '9162041855' })).toEqual(['client-1']);
    expect(ids({ type: 'client', search: 'm.sokolova@' })).toEqual(['client-1']);
    expect(ids({ type: 'client', search: '"* OR' })).toEqual([]);
    expect(ids({ type: 'client', search: '«»' })).toEqual([]);
  });

  it.each(['8 (916) 204-18-55', '+7 916 204 18 55', '89162041855', '+79162041855', '916-204', '8 916 204', 'соколова 8-916-204-18-55'])('finds a client by phone, however it is spelt: %s', (search) => {
    expect(ids({ type: 'client', search })).toEqual(['client-1']);
  });

  it('finds a number by its last digits', () => {
    expect(ids({ type: 'incomingEmail', search: '1842' })).toEqual(['em-1']);
    expect(ids({ type: 'incomingEmail', search: 'КП-26-00001842' })).toEqual(['em-1']);
  });

  it('gives all rows in the order of the list, and keeps that order when they are read later', () => {
    const numbers = listRowNumbers(filled.cache, { type: 'incomingEmail', where: [], anyOf: [], search: '', sort: [{ column: 'receivedAt', descending: true }], offset: 0, limit: 1 });
    expect(listRowsAt(filled.cache, 'incomingEmail', numbers).map(({ document }) => document['id'])).toEqual(['em-2', 'em-1']);
    expect(listRowsAt(filled.cache, 'incomingEmail', [999, ...numbers.toReversed()]).map(({ document }) => document['id'])).toEqual(['em-1', 'em-2']);
  });

  it('leaves out what is marked deleted', () => {
    expect(ids({ type: 'client' })).toEqual(['client-1', 'client-2']);
  });

  it('searches what is marked deleted as it searches the rest', () => {
    const marked = (search: string) => ids({ type: 'client', where: [{ column: 'deleted', op: 'eq', value: true }], search });
    expect(marked('')).toEqual(['client-3', 'client-4']);
    expect(marked('свет')).toEqual(['client-3']);
    expect(marked('кузьм пет')).toEqual(['client-4']);
    expect(marked('8 (926) 555-01-02')).toEqual(['client-4']);
    expect(marked('петр 926 555')).toEqual(['client-4']);
    expect(marked('вет')).toEqual([]);
    expect(marked('соколова')).toEqual([]);
    expect(marked('«»')).toEqual([]);
  });

  it('tells what a column holds, the most frequent first, each with a row that has it', () => {
    const values = (column: string, query: Partial<ListQuery> = {}) => listValues(filled.cache, { type: 'incomingEmail', where: [], anyOf: [], search: '', sort: [], offset: 0, limit: 0, ...query }, column).values;
    expect(values('holderId').map(({ value, count, row }) => [value, count, row.document['id']])).toEqual([['user-belova', 1, 'em-1'], ['user-kotov', 1, 'em-2']]);
    expect(values('clientId').map(({ value, row }) => [value, row.document['id']])).toEqual([[null, 'em-2'], ['client-1', 'em-1']]);
    expect(values('state', { where: [{ column: 'state', op: 'ne', value: 'new' }] }).map(({ value }) => value)).toEqual(['numbered']);
    for (const column of ['receivedAt', 'awaitsAsud', 'id', 'nothing', "state'; --"]) expect(() => values(column)).toThrow(expect.objectContaining({ refusal: expect.objectContaining({ code: 'invalidInput' }) }));
  });

  it('filters by every operation', () => {
    const by = (filter: ListQuery['where'][number]) => ids({ type: 'incomingEmail', where: [filter] });
    expect(by({ column: 'state', op: 'eq', value: 'new' })).toEqual(['em-2']);
    expect(by({ column: 'state', op: 'ne', value: 'new' })).toEqual(['em-1']);
    expect(by({ column: 'state', op: 'in', value: ['new', 'numbered'] })).toEqual(['em-1', 'em-2']);
    expect(by({ column: 'state', op: 'in', value: [] })).toEqual([]);
    expect(by({ column: 'receivedAt', op: 'gt', value: '2026-11-25' })).toEqual(['em-2']);
    expect(by({ column: 'receivedAt', op: 'lt', value: '2026-11-25' })).toEqual(['em-1']);
    expect(by({ column: 'subject', op: 'contains', value: 'СВЕТ' })).toEqual(['em-2']);
    expect(by({ column: 'subject', op: 'contains', value: '%' })).toEqual([]);
    expect(by({ column: 'holderId', op: 'contains', value: 'артем' })).toEqual(['em-2']);
    expect(by({ column: 'clientId', op: 'empty' })).toEqual(['em-2']);
    expect(by({ column: 'number', op: 'notEmpty' })).toEqual(['em-1']);
    expect(by({ column: 'awaitsAsud', op: 'eq', value: false })).toEqual(['em-1', 'em-2']);
    expect(by({ column: 'id', op: 'eq', value: 'em-2' })).toEqual(['em-2']);
  });

  it('joins groups by «or»', () => {
    const anyOf: ListQuery['anyOf'] = [[{ column: 'holderId', op: 'eq', value: 'user-kotov' }], [{ column: 'number', op: 'notEmpty' }, { column: 'state', op: 'eq', value: 'new' }]];
    expect(ids({ type: 'incomingEmail', anyOf })).toEqual(['em-2']);
  });

  it('sorts by a column, by the presentation of a reference, and windows without overlap', () => {
    expect(ids({ type: 'incomingEmail', sort: [{ column: 'receivedAt', descending: true }] })).toEqual(['em-2', 'em-1']);
    expect(ids({ type: 'incomingEmail', sort: [{ column: 'holderId', descending: false }] })).toEqual(['em-2', 'em-1']);
    expect([...ids({ type: 'incomingEmail', limit: 1 }), ...ids({ type: 'incomingEmail', limit: 1, offset: 1 })]).toEqual(['em-1', 'em-2']);
  });

  it('gives the presentations of what a row points at, and the total', () => {
    const page = listPage(filled.cache, { type: 'incomingEmail', where: [], anyOf: [], search: '', sort: [], offset: 0, limit: 1 });
    expect(page.total).toBe(2);
    expect(page.rows[0]?.refs).toMatchObject({ 'client-1': 'Соколова Марина Игоревна' });
    const stored = filled.cache.get('task', aTask().id);
    expect(stored && fullRow(filled.cache, filled.cache.table('task').type, stored.document, false).refs['em-1']).toBe('Письмо КП-26-00001842');
  });

  it('reads a list of clients in the order of its column, and counts it and its groups, without reading every row', () => {
    const plan = (sql: string): string => filled.cache.database.prepare<[], string>(`EXPLAIN QUERY PLAN ${sql}`).raw().all().map((step) => String(step[3])).join('; ');
    const unmerged = 'd.deleted = 0 AND +d.c_aliasOf IS NULL';
    expect(plan(`SELECT d.body FROM document_client d WHERE ${unmerged} ORDER BY d.c_name, d.id LIMIT 100`)).toBe('SCAN d USING INDEX document_client_name');
    expect(plan(`SELECT count(*) FROM document_client d WHERE ${unmerged}`)).toMatch(/COVERING INDEX/);
    expect(plan(`SELECT count(*), max(d.row) FROM document_client d WHERE ${unmerged} AND d.c_kind = 'person'`)).toBe('SEARCH d USING COVERING INDEX document_client_kind (c_kind=?)');
  });

  it('refuses a column or a type that is not declared', () => {
    expect(() => ids({ type: 'client', where: [{ column: 'body', op: 'eq', value: 'x' }] })).toThrow(/invalidInput/);
    expect(() => ids({ type: 'client', sort: [{ column: '1; DROP TABLE meta', descending: false }] })).toThrow(/invalidInput/);
    expect(() => ids({ type: 'secret' })).toThrow();
  });
});
