import { formatDate } from '../../ui/format.ts';

/** Days in Moscow time, both included, as YYYY-MM-DD; empty text for no bound. `title` names a ready period. */
export interface Period {
  readonly title: string;
  readonly from: string;
  readonly to: string;
}

export const anyTime: Period = { title: 'За всё время', from: '', to: '' };

const DAY = 24 * 60 * 60_000;

/** The Moscow day of an instant, YYYY-MM-DD. */
function dayOf(at: string): string {
  return formatDate(at).split('.').toReversed().join('-');
}

/** What a date field gives, as a day. */
export function dayStart(day: string): string {
  return day.slice(0, 10);
}

/** Ready periods that end today. */
export function presetPeriods(now: number): readonly { readonly title: string; readonly period: Period }[] {
  const since = (title: string, days: number): { readonly title: string; readonly period: Period } => ({ title, period: { title, from: dayOf(new Date(now - (days - 1) * DAY).toISOString()), to: '' } });
  return [{ title: anyTime.title, period: anyTime }, since('Сегодня', 1), since('За 7 дней', 7), since('За 30 дней', 30), since('За 3 месяца', 91), since('За год', 365)];
}

/** Does the instant lie within the period. A period whose bounds are crossed holds nothing. */
export function inPeriod({ from, to }: Period, at: string): boolean {
  const day = dayOf(at);
  return (from === '' || day >= from) && (to === '' || day <= to);
}

const shown = (day: string): string => day.split('-').toReversed().join('.');

/** «За 7 дней», «с 01.11.2026 по 24.11.2026». */
export function periodTitle({ title, from, to }: Period): string {
  if (title !== '') return title;
  if (from === '' && to === '') return anyTime.title;
  return [from === '' ? '' : `с ${shown(from)}`, to === '' ? '' : `по ${shown(to)}`].filter((part) => part !== '').join(' ');
}
