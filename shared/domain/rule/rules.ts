import { assertNever } from '../../base/assert-never.ts';
import { addMs, moscowDayStart, type Instant } from '../../base/instant.ts';
import type { Asking } from '../../base/rule-book.ts';
import { find } from '../reads.ts';
import { daysToWorked, workedFrom, workedUnder, type IsWorked } from '../work-calendar/rules.ts';
import type { Rule } from './model.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The version of «Регламент» in force at `at`; null if the catalogue has none. */
export function* ruleAt(ruleId: string, at: Instant): Asking<Rule | null> {
  const versions = (yield* find('rule', 'byRuleId', ruleId)).filter(({ validFrom }) => Date.parse(validFrom) <= Date.parse(at));
  return versions.toSorted((a, b) => Date.parse(b.validFrom) - Date.parse(a.validFrom))[0] ?? null;
}

/** A term and the version of the rule that gave it, as documents keep them. */
export interface Term {
  readonly dueAt: Instant | null;
  readonly ruleId: string | null;
}

/** The term that begins at `from` under a rule; without a rule there is none. Working days are those of «Производственный календарь». */
export function* termFrom(rule: Rule | null, from: Instant): Asking<Term> {
  if (rule === null) return { dueAt: null, ruleId: null };
  const isWorked = rule.unit === 'days' && rule.calendar === 'workingDays' ? yield* workedFrom(from, rule.value) : workedUnder([]);
  return { dueAt: dueUnder(rule, from, isWorked), ruleId: rule.id };
}

/**
 * When a term begun at `from` runs out; null for a rule that is no term. Minutes and hours run on round the clock (of the line's hours
 * nothing is known yet: the stricter reading). Days on a calendar begin the day after and run out with the last day, in Moscow.
 */
export function dueUnder({ value, unit, calendar }: Pick<Rule, 'value' | 'unit' | 'calendar'>, from: Instant, isWorked: IsWorked): Instant | null {
  switch (unit) {
    case 'minutes':
      return addMs(from, value * minute);
    case 'hours':
      return addMs(from, value * hour);
    case 'days':
      if (calendar === 'roundTheClock' || calendar === 'lineHours') return addMs(from, value * day);
      return addMs(moscowDayStart(from), (calendar === 'workingDays' ? daysToWorked(from, value, isWorked) : value) * day + day - 1);
    case 'count':
    case 'percent':
      return null;
    default:
      return assertNever(unit);
  }
}

/** How close a term is: what lists colour. `warnAt` is the share of the term after which it is amber. */
export function termState(createdAt: Instant, dueAt: Instant | null, warnAt: number, now: Instant): 'none' | 'calm' | 'soon' | 'overdue' {
  if (dueAt === null) return 'none';
  const [start, end, at] = [Date.parse(createdAt), Date.parse(dueAt), Date.parse(now)];
  if (at > end) return 'overdue';
  return at - start >= (end - start) * warnAt ? 'soon' : 'calm';
}
