import { refusal, type Refusal } from '../../base/errors.ts';
import { moscowDayStart, type Instant } from '../../base/instant.ts';
import type { Asking } from '../../base/rule-book.ts';
import { find, findAll } from '../reads.ts';
import type { WorkCalendar } from './model.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** True for a day that is worked; the day is its midnight written as UTC, milliseconds. */
export type IsWorked = (day: number) => boolean;

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Saturdays and Sundays are off, but for what the calendars say. Of a year without a calendar nothing more is known. */
export function workedUnder(calendars: readonly Pick<WorkCalendar, 'daysOff' | 'workDays'>[]): IsWorked {
  const off = new Set(calendars.flatMap(({ daysOff }) => daysOff));
  const worked = new Set(calendars.flatMap(({ workDays }) => workDays));
  return (at) => {
    const weekday = new Date(at).getUTCDay();
    return weekday === 0 || weekday === 6 ? worked.has(isoDay(at)) : !off.has(isoDay(at));
  };
}

/** What is needed to count `count` working days from an instant: the calendars of its Moscow year and of those that the term can reach. */
export function* workedFrom(from: Instant, count: number): Asking<IsWorked> {
  const first = Number(isoDay(Date.parse(moscowDayStart(from)) + 3 * hour).slice(0, 4));
  const years = Array.from({ length: 2 + Math.floor(count / 200) }, (_, n) => String(first + n));
  return workedUnder((yield* findAll('workCalendar', 'byYear', years)).filter(({ deleted }) => deleted !== true));
}

/** How many calendar days from `from` to the n-th working day after it, in Moscow. */
export function daysToWorked(from: Instant, count: number, isWorked: IsWorked): number {
  const start = Date.parse(moscowDayStart(from)) + 3 * hour; // midnight in Moscow written as UTC, so that getUTCDay is Moscow's
  let days = 0;
  for (let left = Math.ceil(count); left > 0; ) {
    days += 1;
    if (isWorked(start + days * day)) left -= 1;
  }
  return days;
}

function dayProblem({ year, daysOff, workDays }: WorkCalendar): string | null {
  const named = [...daysOff.map((text) => ['Выходные дни', text, false] as const), ...workDays.map((text) => ['Рабочие субботы и воскресенья', text, true] as const)];
  for (const [field, text, weekend] of named) {
    const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
    if (Number.isNaN(at) || isoDay(at) !== text || Number(text.slice(0, 4)) !== year) return `${field}: ${text} – нужна дата этого года, например ${String(year)}-01-09`;
    if ([0, 6].includes(new Date(at).getUTCDay()) !== weekend) return `${field}: ${text} – ${weekend ? 'не суббота и не воскресенье' : 'и так суббота или воскресенье'}`;
  }
  return null;
}

/** Why a calendar cannot be written; null if it can. One year has one calendar. */
export function* calendarProblem(calendar: WorkCalendar): Asking<Refusal | null> {
  const problem = dayProblem(calendar);
  if (problem !== null) return refusal('invalidInput', { field: problem });
  const others = (yield* find('workCalendar', 'byYear', String(calendar.year))).filter(({ id, deleted }) => id !== calendar.id && deleted !== true);
  return others.length > 0 && calendar.deleted !== true ? refusal('duplicateKey', { key: `Производственный календарь на ${String(calendar.year)} год` }) : null;
}
