import { describe, expect, it } from 'vitest';
import { dueUnder, termState } from '../../../shared/domain/rule/rules.ts';
import type { Rule } from '../../../shared/domain/rule/model.ts';

describe('1.4.1 terms of «Регламент»', () => {
  it.each<[number, Rule['unit'], Rule['calendar'], string, string | null]>([
    [3, 'hours', 'roundTheClock', '2026-11-24T22:30:00.000Z', '2026-11-25T01:30:00.000Z'],
    [30, 'minutes', 'roundTheClock', '2026-11-24T06:00:00.000Z', '2026-11-24T06:30:00.000Z'],
    [1, 'days', 'roundTheClock', '2026-11-24T06:00:00.000Z', '2026-11-25T06:00:00.000Z'],
    // Monday 23:30 UTC is already Tuesday in Moscow: the first of 30 days is Wednesday, the last ends on 24.12.
    [30, 'days', 'calendarDays', '2026-11-23T23:30:00.000Z', '2026-12-24T20:59:59.999Z'],
    // Friday: three working days are Monday to Wednesday.
    [3, 'days', 'workingDays', '2026-11-27T06:00:00.000Z', '2026-12-02T20:59:59.999Z'],
    [1, 'days', 'workingDays', '2026-11-28T06:00:00.000Z', '2026-11-30T20:59:59.999Z'],
    [5, 'count', 'roundTheClock', '2026-11-24T06:00:00.000Z', null],
    [80, 'percent', 'roundTheClock', '2026-11-24T06:00:00.000Z', null],
  ])('1.4.1 %d %s, %s from %s', (value, unit, calendar, from, due) => expect(dueUnder({ value, unit, calendar }, from)).toBe(due));

  it.each([
    ['2026-11-24T07:00:00.000Z', 'calm'],
    ['2026-11-24T08:29:00.000Z', 'soon'],
    ['2026-11-24T09:14:00.001Z', 'overdue'],
  ])('1.4.1 at %s a task is %s', (now, state) => expect(termState('2026-11-24T06:14:00.000Z', '2026-11-24T09:14:00.000Z', 0.75, now)).toBe(state));
  it('1.4.1 without a term there is nothing to colour', () => expect(termState('2026-11-24T06:14:00.000Z', null, 0.75, '2026-11-24T06:14:00.000Z')).toBe('none'));
});
