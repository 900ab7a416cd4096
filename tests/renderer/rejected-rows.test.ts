import { describe, expect, it } from 'vitest';
import { everybody, rejectedPage, typedText } from '../../renderer/screens/rejected/rejected-rows.ts';
import type { RejectedCommand } from '../../shared/protocol/ipc.ts';

const one = (commandId: string, userId: string, change: Partial<RejectedCommand> = {}): RejectedCommand => ({
  commandId, name: 'incomingEmail.finish', title: 'Без ответа', documentType: 'incomingEmail', documentId: 'em-1', documentTitle: 'Письмо Соколовой', happenedAt: '2026-11-24T06:14:00.000Z',
  author: { userId, name: userId === 'belova' ? 'Белова И. С.' : 'Кузнецов П. А.' }, refusal: { code: 'notInWork', details: {} }, input: { id: 'em-1', reason: 'Реклама', comment: '' }, settled: null, settledAt: null, ...change,
});
const commands = [one('a', 'belova'), one('b', 'kuznetsov', { input: { id: 'em-1', reason: 'Дубль', comment: 'Уже отвечено' } })];
const found = (author: string, search = '') =>
  rejectedPage(commands, { type: 'rejected', where: [{ column: 'group', op: 'eq', value: 'open' }, { column: 'author', op: 'eq', value: author }], anyOf: [], search, sort: [], offset: 0, limit: 100 }, '2026-11-24T07:00:00.000Z').rows.map(({ document }) => document['id']);

describe('refused commands of a desk', () => {
  it('are those of one person, or of everybody', () => {
    expect(found('belova')).toEqual(['a']);
    expect(found('kuznetsov')).toEqual(['b']);
    expect(found(everybody)).toEqual(['a', 'b']);
  });
  it('are found by who gave them and by what was typed', () => {
    expect(found(everybody, 'кузнецов')).toEqual(['b']);
    expect(found(everybody, 'реклама')).toEqual(['a']);
    expect(found('belova', 'дубль')).toEqual([]);
  });
  it('say what was typed, without keys and empty fields', () => {
    expect(commands.map(typedText)).toEqual(['Причина: Реклама', 'Причина: Дубль; Комментарий: Уже отвечено']);
  });
});
