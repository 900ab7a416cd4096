import type { WorkCalendar } from '../../shared/domain/work-calendar/model.ts';

const days = (year: number, ...texts: readonly string[]): string[] => texts.map((text) => `${String(year)}-${text}`);

/**
 * Days off on Monday to Friday. 2026: the Labour Code and the government's order on days carried over (3 January → 9 January,
 * 4 January → 31 December), 247 working days. 2027: the Labour Code alone (article 112: a holiday on a weekend moves to the next working
 * day); where 2 and 3 January go is the government's to say, so it is not confirmed.
 */
export const workCalendars: readonly WorkCalendar[] = [
  { id: 'work-calendar-2026', year: 2026, daysOff: days(2026, '01-01', '01-02', '01-05', '01-06', '01-07', '01-08', '01-09', '02-23', '03-09', '05-01', '05-11', '06-12', '11-04', '12-31'), workDays: [], confirmed: true },
  { id: 'work-calendar-2027', year: 2027, daysOff: days(2027, '01-01', '01-04', '01-05', '01-06', '01-07', '01-08', '02-23', '03-08', '05-03', '05-10', '06-14', '11-04'), workDays: [], confirmed: false },
];
