import { describe, expect, it } from 'vitest';
import { applicationStanding } from '../../../renderer/screens/single-window/application-standing.ts';
import { streetFirst } from '../../../renderer/screens/single-window/address-in-table.ts';
import { inPeriod, periodTitle, presetPeriods } from '../../../renderer/screens/single-window/history-period.ts';
import { withCentre } from '../../../renderer/screens/single-window/history-with-centre.ts';
import { markedParts, rangesIn } from '../../../renderer/screens/single-window/marked-parts.ts';
import type { ClientHistoryRow } from '../../../shared/protocol/ipc.ts';

const now = Date.parse('2026-11-24T08:42:00.000Z');

describe('what matched', () => {
  const shown = (text: string, ranges: readonly [number, number][], cut = false): string =>
    markedParts(text, ranges, cut).map(({ text: part, marked }) => (marked ? `[${part}]` : part)).join('');

  it('is marked where it stands, once, whatever the order of the ranges', () => {
    expect(shown('Соколова-Бельская Ольга', [[9, 12], [0, 8]])).toBe('[Соколова]-[Бел]ьская Ольга');
    expect(shown('Соколова', [[0, 5], [3, 8]])).toBe('[Сокол][ова]');
  });

  it('never loses or repeats a letter, even for ranges that lie outside', () => {
    expect(shown('Соколова', [[0, 99], [4, 4], [6, 2]])).toBe('Соколова');
    expect(shown('', [[0, 1]])).toBe('');
  });

  it('stands near the beginning of a long text', () => {
    const text = `${'слово '.repeat(40)}опора ${'слово '.repeat(40)}`;
    const at = text.indexOf('опора');
    expect(shown(text, [[at, at + 5]], true).indexOf('[опора]')).toBeLessThan(40);
    expect(shown(text, [[at, at + 5]], true).startsWith('…слово')).toBe(true);
  });
});

describe('a matched text that the row shows itself', () => {
  const matched = (text: string, ranges: [number, number][]) => ({ place: 'ФИО', text, ranges });

  it('is marked in its place, whole or cut', () => {
    expect(rangesIn('Соколова Марина', matched('Соколова Марина', [[9, 15]]))).toEqual([[9, 15]]);
    expect(rangesIn('МКУ «Управление»', matched('…Управление»', [[1, 6]]))).toEqual([[5, 10]]);
    expect(rangesIn('МКУ «Управление строительства»', matched('МКУ «Управление…', [[5, 10]]))).toEqual([[5, 10]]);
  });

  it('is not looked for in another text, nor is nothing', () => {
    expect(rangesIn('Соколов', matched('+7 916', [[0, 2]]))).toBeNull();
    expect(rangesIn('Соколов', matched('', []))).toBeNull();
  });
});

describe('an application', () => {
  it.each([
    ['works', '2026-12-10T00:00:00.000Z', 'В работе', 'blue', false],
    ['works', '2026-11-27T00:00:00.000Z', 'Срок подходит', 'amber', false],
    ['works', '2026-10-18T00:00:00.000Z', 'Срок нарушен', 'red', true],
    ['completed', '2026-10-18T00:00:00.000Z', 'Исполнена', 'green', false],
    ['annulled', null, 'Аннулирована', 'grey', false],
    ['registered', null, 'В работе', 'blue', false],
  ] as const)('at stage %s with term %s is «%s»', (stage, dueAt, text, tone, late) => {
    expect(applicationStanding({ stage, dueAt }, now)).toEqual({ text, tone, late });
  });

  it('has its address begin with the street, the settlement after it', () => {
    expect(streetFirst('141000, Московская обл., г. о. Мытищи, д. Беляниново, ул. Центральная, д. 14')).toBe('ул. Центральная, д. 14, д. Беляниново, г. о. Мытищи');
    expect(streetFirst('г. Мытищи, д. 3')).toBe('г. Мытищи, д. 3');
    expect(streetFirst('')).toBe('');
  });
});

describe('a period of the history', () => {
  it('counts days of Moscow, both ends included', () => {
    const day = { title: '', from: '2026-11-24', to: '2026-11-24' };
    expect(inPeriod(day, '2026-11-23T21:00:00.000Z')).toBe(true);
    expect(inPeriod(day, '2026-11-23T20:59:59.000Z')).toBe(false);
    expect(inPeriod(day, '2026-11-24T20:59:59.000Z')).toBe(true);
    expect(inPeriod(day, '2026-11-24T21:00:00.000Z')).toBe(false);
  });

  it('has a name of its own, or its bounds', () => {
    expect(periodTitle({ title: '', from: '2026-11-01', to: '' })).toBe('с 01.11.2026');
    expect(periodTitle({ title: '', from: '', to: '' })).toBe('За всё время');
    const [, today] = presetPeriods(now);
    expect(today?.period).toEqual({ title: 'Сегодня', from: '2026-11-24', to: '' });
  });
});

describe('the history with what only the centre has', () => {
  const row = (id: string, at: string, state = ''): ClientHistoryRow => ({ type: 'incomingEmail', id, at, title: 'Входящее письмо', subject: '', number: null, who: '', state, matter: 'none', dueAt: null });

  it('adds it in its place by time and marks it; what the desk holds stands as the desk has it', () => {
    const own = [row('new', '2026-11-24T10:00:00.000Z', 'К отправке'), row('old', '2026-11-20T10:00:00.000Z')];
    const shown = withCentre(own, [row('new', '2026-11-24T10:00:00.000Z', 'Новое'), row('between', '2026-11-22T10:00:00.000Z'), row('oldest', '2019-01-01T10:00:00.000Z')]);
    expect(shown.map(({ id, state, atCentre }) => [id, state, atCentre])).toEqual([['new', 'К отправке', undefined], ['between', '', true], ['old', '', undefined], ['oldest', '', true]]);
    expect(withCentre(own, own)).toEqual(own);
    expect(withCentre([], [])).toEqual([]);
  });
});
