import { describe, expect, it } from 'vitest';
import { dueUnder, termFrom, termState } from '../../../shared/domain/rule/rules.ts';
import { workedUnder } from '../../../shared/domain/work-calendar/rules.ts';
import { aRule, aWorkCalendar } from '../../helpers/builders.ts';
import { administrator, World } from '../../helpers/domain-world.ts';
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
  ])('1.4.1 %d %s, %s from %s', (value, unit, calendar, from, due) => expect(dueUnder({ value, unit, calendar }, from, workedUnder([]))).toBe(due));

  it.each([
    ['2026-11-24T07:00:00.000Z', 'calm'],
    ['2026-11-24T08:29:00.000Z', 'soon'],
    ['2026-11-24T09:14:00.001Z', 'overdue'],
  ])('1.4.1 at %s a task is %s', (now, state) => expect(termState('2026-11-24T06:14:00.000Z', '2026-11-24T09:14:00.000Z', 0.75, now)).toBe(state));
  it('1.4.1 without a term there is nothing to colour', () => expect(termState('2026-11-24T06:14:00.000Z', null, 0.75, '2026-11-24T06:14:00.000Z')).toBe('none'));
});

describe('1.4.1 «Производственный календарь»', () => {
  const threeDays = aRule({ id: 'rule-T-REQUEST-1', ruleId: 'T-REQUEST', value: 3, unit: 'days', calendar: 'workingDays' });
  const due = (world: World, from: string) => world.store.ask(termFrom(threeDays, from)).dueAt;

  it('1.4.1 holidays do not count, over the end of the year too, working Saturdays do', () => {
    const world = new World();
    world.put('workCalendar', aWorkCalendar());
    world.put('workCalendar', aWorkCalendar({ id: 'work-calendar-2027', year: 2027, daysOff: ['2027-01-01', '2027-01-04'], workDays: ['2027-01-09'] }));
    // Tuesday; Wednesday 4 November is a holiday: Thursday, Friday, Monday.
    expect(due(world, '2026-11-03T08:00:00.000Z')).toBe('2026-11-09T20:59:59.999Z');
    // Wednesday 30 December: 31 December, 1 and 4 January are off: 5, 6, 7 January.
    expect(due(world, '2026-12-30T08:00:00.000Z')).toBe('2027-01-07T20:59:59.999Z');
    // 22:00 UTC on 31 December is the new year in Moscow. Wednesday 6 January: Thursday, Friday, Saturday that is worked.
    expect(due(world, '2026-12-31T22:00:00.000Z')).toBe('2027-01-07T20:59:59.999Z');
    expect(due(world, '2027-01-06T08:00:00.000Z')).toBe('2027-01-09T20:59:59.999Z');
  });

  it('1.4.1 a calendar taken out of use counts no more', () => {
    const world = new World();
    world.put('workCalendar', aWorkCalendar({ deleted: true }));
    expect(due(world, '2026-11-03T08:00:00.000Z')).toBe('2026-11-06T20:59:59.999Z');
  });

  it.each([
    [{ daysOff: ['04.11.2026'] }, 'invalidInput'],
    [{ daysOff: ['2026-02-30'] }, 'invalidInput'],
    [{ daysOff: ['2027-01-01'] }, 'invalidInput'],
    [{ daysOff: ['2026-11-07'] }, 'invalidInput'],
    [{ workDays: ['2026-11-06'] }, 'invalidInput'],
    [{ id: 'another' }, 'duplicateKey'],
    [{ id: 'another', year: 2028, daysOff: [] }, 'accepted'],
    [{ daysOff: ['2026-11-04'], workDays: ['2026-11-07'] }, 'accepted'],
  ])('1.4.1 a calendar with %j is %s', (given, outcome) => {
    const world = new World();
    world.put('workCalendar', aWorkCalendar());
    expect(world.outcome('dictionary.write', { type: 'workCalendar', document: aWorkCalendar(given) }, administrator)).toBe(outcome);
  });
});
