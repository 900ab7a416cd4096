/** Time as people read it here: Moscow time whatever the zone of the machine. */
const zone = 'Europe/Moscow';
const dateFormat = new Intl.DateTimeFormat('ru-RU', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('ru-RU', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const secondsFormat = new Intl.DateTimeFormat('ru-RU', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 24.11.2026; empty text for null. */
export function formatDate(at: string | null): string {
  return at === null || at === '' ? '' : dateFormat.format(new Date(at));
}

/** A day typed as дд.мм.гггг (or with / and -, or without anything between) → YYYY-MM-DD; null if it is no day of the calendar. */
export function typedDay(typed: string): string | null {
  const [, day = '', month = '', year = ''] = /^\s*(\d{1,2})[.,/-](\d{1,2})[.,/-](\d{4})\s*$/.exec(typed) ?? /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(typed) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${iso}T00:00:00.000Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : null;
}

/** 09:14. */
export function formatTime(at: string | null): string {
  return at === null ? '' : timeFormat.format(new Date(at));
}

/** 09:14:07. */
export function formatSeconds(at: string | null): string {
  return at === null ? '' : secondsFormat.format(new Date(at));
}

/** 24.11.2026 09:14. */
export function formatMoment(at: string | null): string {
  return at === null ? '' : `${formatDate(at)} ${formatTime(at)}`;
}

/** Today only the time, else the date and the time. */
export function formatRecent(at: string | null, now: number = Date.now()): string {
  if (at === null) return '';
  return formatDate(at) === dateFormat.format(new Date(now)) ? formatTime(at) : formatMoment(at);
}

/** The same with seconds: what happened within one minute is told apart. */
export function formatRecentExactly(at: string, now: number = Date.now()): string {
  return formatDate(at) === dateFormat.format(new Date(now)) ? formatSeconds(at) : `${formatDate(at)} ${formatSeconds(at)}`;
}

/** 1 письмо, 2 письма, 5 писем. */
export function plural(count: number, one: string, few: string, many: string): string {
  const tens = Math.abs(count) % 100;
  const units = tens % 10;
  if (tens > 10 && tens < 20) return many;
  return units === 1 ? one : units >= 2 && units <= 4 ? few : many;
}

/** «−8 мин», «1 ч 16 мин», «2 дня»: the time left until `dueAt`, with a real minus when it is over. */
export function formatLeft(dueAt: string, now: number): string {
  const ms = Date.parse(dueAt) - now;
  const sign = ms < 0 ? '−' : '';
  const rest = Math.abs(ms);
  if (rest >= DAY) {
    const days = Math.floor(rest / DAY);
    return `${sign}${days} ${plural(days, 'день', 'дня', 'дней')}`;
  }
  if (rest >= HOUR) return `${sign}${Math.floor(rest / HOUR)} ч ${String(Math.floor((rest % HOUR) / MINUTE)).padStart(2, '0')} мин`;
  return `${sign}${Math.floor(rest / MINUTE)} мин`;
}

const countFormat = new Intl.NumberFormat('ru-RU');

/** 12 000, with a no-break space. */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** Late: over. Soon: under an hour. */
export function urgency(dueAt: string | null, now: number): 'late' | 'soon' | 'calm' {
  if (dueAt === null) return 'calm';
  const ms = Date.parse(dueAt) - now;
  return ms < 0 ? 'late' : ms < HOUR ? 'soon' : 'calm';
}

/** 1,4 МБ; 386 КБ. */
export function formatSize(bytes: number): string {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(1).replace('.', ',')}\u00a0МБ`;
  return `${Math.max(1, Math.round(bytes / 1000))}\u00a0КБ`;
}

/** What stands between a sentence and the next one: initials end with the full stop already. */
export function sentenceEnd(text: string): string {
  return text.endsWith('.') ? ' ' : '. ';
}
