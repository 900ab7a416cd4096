import { describe, expect, it } from 'vitest';
import type { PulledRow } from '../../../shared/protocol/sync.ts';
import { databaseState } from '../../../tools/demo/database-state.ts';
import { demoData } from '../../../tools/demo/demo-data.ts';

const data = demoData(Date.parse('2026-11-24T08:00:00.000Z'), { clients: 20, applications: 10 });
const row = (type: string, document: { id: string } & Record<string, unknown>): PulledRow => ({ type, id: document.id, version: 1, document: JSON.parse(JSON.stringify(document)) as NonNullable<PulledRow['document']> });
const own = [row('user', { id: 'u-admin', login: 'admin' }), row('mailSettings', { id: 'mailSettings' })];
const first = data.dictionaries.slice(0, 30).map(({ type, document }) => row(type, { ...document }));

describe('the database before the filling', () => {
  it('is empty with the administrator and the centre’s own documents alone', () => expect(databaseState(own, data, 'admin')).toBe('empty'));
  it('is unfinished with a part of the demo', () => expect(databaseState([...own, ...first], data, 'admin')).toBe('unfinished'));
  it('is filled when the last texts are there', () => expect(databaseState([...own, ...first, ...data.last.map(({ type, document }) => row(type, { ...document }))], data, 'admin')).toBe('filled'));
  it('is foreign with one branch that is not of the demo', () => expect(databaseState([...own, ...first, row('branch', { id: 'b-1' })], data, 'admin')).toBe('foreign'));
  it('is foreign with documents and no catalogue of ours', () => expect(databaseState([...own, row('application', { id: 'a-1' })], data, 'admin')).toBe('foreign'));
  it('is foreign with a second user', () => expect(databaseState([...own, row('user', { id: 'u-2', login: 'ivanov' })], data, 'admin')).toBe('foreign'));
});
