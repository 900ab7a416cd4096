/** A moment in UTC as ISO 8601 with milliseconds: `2026-11-24T09:14:00.000Z`. Sorts as text. */
export type Instant = string;

/** Moscow keeps UTC+3 all year since 2014: numbers and quiet hours are counted in it whatever the machine's zone is. */
const MOSCOW_OFFSET_MS = 3 * 3_600_000;

/** The calendar year in Moscow at `at`, two digits: '26' (numbers КП-YY-…, 2.8.1). */
export function moscowYear2(at: Instant): string {
  return String(new Date(Date.parse(at) + MOSCOW_OFFSET_MS).getUTCFullYear() % 100).padStart(2, '0');
}

/** `at` as the office's clock shows it: '24.11.2026 12:14' (Moscow). */
export function moscowText(at: Instant): string {
  const [, year = '', month = '', day = '', time = ''] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(addMs(at, MOSCOW_OFFSET_MS)) ?? [];
  return `${day}.${month}.${year} ${time}`;
}

/** The Moscow date of `at`: '24.11.2026'. */
export function moscowDate(at: Instant): string {
  return moscowText(at).slice(0, 10);
}

/** `at` moved by `ms` milliseconds. */
export function addMs(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString();
}

/** Start of the Moscow day that holds `at`, as an instant. */
export function moscowDayStart(at: Instant): Instant {
  const shifted = Date.parse(at) + MOSCOW_OFFSET_MS;
  return new Date(shifted - (shifted % 86_400_000) - MOSCOW_OFFSET_MS).toISOString();
}

/** Start of a calendar day of Moscow, given as YYYY-MM-DD. */
export function moscowDayOf(day: string): Instant {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - MOSCOW_OFFSET_MS).toISOString();
}
