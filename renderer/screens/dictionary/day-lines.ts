import type { Json } from '../../../shared/base/json.ts';

/** «2026-01-09» as a person reads it, «09.01.2026»; what is no day stays as it was typed. */
export function shownDay(day: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day.split('-').toReversed().join('.') : day;
}

/** The day of a line typed as «09.01.2026»; any other line as it is, so that the typing goes on where it stands. */
export function typedDay(line: string): string {
  const day = /^\d\d\.\d\d\.\d{4}$/.test(line) ? line.split('.').toReversed().join('-') : line;
  return isDay(day) ? day : line;
}

function isDay(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Which of the lines is no day, in words; undefined if all are. */
export function problemOfDays(days: Json | undefined): string | undefined {
  const wrong = (Array.isArray(days) ? days : []).find((line) => typeof line !== 'string' || (line !== '' && !isDay(line)));
  return wrong === undefined ? undefined : `Не дата: «${typeof wrong === 'string' ? wrong : ''}». Дата пишется так: 09.01.2026`;
}
