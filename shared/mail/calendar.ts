import type { Invitation, MailAddress } from '../domain/incoming-email/model.ts';
import { calendarText, readCalendar, type CalendarLine, type Component } from './calendar-lines.ts';
import { plainLine } from './header-text.ts';
import { offsetOf } from './time-zone.ts';

const MAX_ATTENDEES = 100;
const MAX_TEXT = 1000;

const kinds: Readonly<Record<string, Invitation['kind']>> = { REQUEST: 'request', PUBLISH: 'publish', CANCEL: 'cancel', REPLY: 'reply', COUNTER: 'counter', ADD: 'request', REFRESH: 'publish', DECLINECOUNTER: 'publish' };
const answers: Readonly<Record<string, Invitation['answer']>> = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' };

interface Moment {
  /** `YYYY-MM-DDTHH:mm`, or `YYYY-MM-DD` for a whole day. */
  readonly local: string;
  readonly offset: number | null;
  readonly zone: string;
}

function momentOf(line: CalendarLine | undefined, calendar: Component): Moment | null {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z?))?$/.exec(line?.value.trim() ?? '');
  if (line === undefined || found === null) return null;
  const [, year, month, day, hour, minute, utc] = found;
  const date = `${year}-${month}-${day}`;
  if (!Number.isFinite(Date.parse(`${date}T${hour ?? '00'}:${minute ?? '00'}:00Z`))) return null;
  if (hour === undefined) return { local: date, offset: null, zone: '' };
  const local = `${date}T${hour}:${minute}`;
  if (utc === 'Z') return { local, offset: 0, zone: 'UTC' };
  const zone = line.parameters['TZID'] ?? '';
  return { local, offset: zone === '' ? null : offsetOf(zone, local, calendar), zone: plainLine(zone).slice(0, 100) };
}

/** `P1DT2H30M` → minutes; null if it is no length of time. */
function durationOf(value: string | undefined): number | null {
  const found = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,5}S)?)?$/.exec((value ?? '').trim());
  if (found === null) return null;
  const [weeks, days, hours, minutes] = found.slice(1).map((part) => Number(part ?? 0));
  return (((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0);
}

function later({ local, ...rest }: Moment, minutes: number): Moment {
  const isDay = local.length === 10;
  return { ...rest, local: new Date(Date.parse(isDay ? `${local}T00:00:00Z` : `${local}:00Z`) + minutes * 60_000).toISOString().slice(0, isDay ? 10 : 16) };
}

function personOf(line: CalendarLine): MailAddress {
  return { name: plainLine(line.parameters['CN'] ?? '').slice(0, 300), address: plainLine(line.value.replace(/^mailto:/i, '')).slice(0, 300) };
}

const weekdays: Readonly<Record<string, string>> = { MO: 'пн', TU: 'вт', WE: 'ср', TH: 'чт', FR: 'пт', SA: 'сб', SU: 'вс' };
const periods: Readonly<Record<string, readonly [each: string, every: string]>> = { DAILY: ['каждый день', 'дн.'], WEEKLY: ['каждую неделю', 'нед.'], MONTHLY: ['каждый месяц', 'мес.'], YEARLY: ['каждый год', 'г.'] };

/** The rule of repetition in words; one that has none is told to be there at least. */
export function repeatsText(rule: string): string {
  if (rule.trim() === '') return '';
  const pairs = new Map(rule.split(';').map((pair): [string, string] => [pair.split('=')[0]?.trim().toUpperCase() ?? '', pair.split('=')[1]?.trim() ?? '']));
  const period = periods[pairs.get('FREQ') ?? ''];
  if (period === undefined) return 'повторяется';
  const interval = Number(pairs.get('INTERVAL') ?? 1);
  const days = (pairs.get('BYDAY') ?? '').split(',').map((day) => weekdays[day.slice(-2)]);
  const onDays = pairs.get('FREQ') === 'WEEKLY' && days.length > 0 && days.every((day) => day !== undefined) ? ` по ${days.join(', ')}` : '';
  const until = /^(\d{4})(\d\d)(\d\d)/.exec(pairs.get('UNTIL') ?? '');
  const end = until === null ? (/^\d{1,5}$/.test(pairs.get('COUNT') ?? '') ? `, всего ${pairs.get('COUNT')} раз` : '') : ` до ${until[3]}.${until[2]}.${until[1]}`;
  return `${interval > 1 && interval < 1000 ? `раз в ${interval} ${period[1]}` : period[0]}${onDays}${end}`;
}

/** text/calendar → the meeting it tells of, the first if there are several; null if there is none. Never throws. */
export function readInvitation(text: string, method: string | null): Invitation | null {
  const [calendar] = readCalendar(text).components.filter(({ name }) => name === 'VCALENDAR');
  const event = calendar?.components.find(({ name }) => name === 'VEVENT');
  if (calendar === undefined || event === undefined) return null;
  const first = (name: string): CalendarLine | undefined => event.lines.find((line) => line.name === name);
  const start = momentOf(first('DTSTART'), calendar);
  const length = durationOf(first('DURATION')?.value);
  const told = momentOf(first('DTEND'), calendar) ?? (start !== null && length !== null ? later(start, length) : null);
  const allDay = start?.local.length === 10;
  // The end of whole days is the day after.
  const end = told !== null && allDay && told.local.length === 10 ? later(told, -24 * 60) : told;
  const organiser = first('ORGANIZER');
  const attendees = event.lines.filter(({ name }) => name === 'ATTENDEE');
  const kind = first('STATUS')?.value.trim().toUpperCase() === 'CANCELLED' ? 'cancel' : (kinds[(calendar.lines.find(({ name }) => name === 'METHOD')?.value ?? method ?? '').trim().toUpperCase()] ?? 'publish');
  return {
    kind,
    summary: plainLine(calendarText(first('SUMMARY')?.value)).slice(0, MAX_TEXT),
    location: plainLine(calendarText(first('LOCATION')?.value)).slice(0, MAX_TEXT),
    organiser: organiser === undefined ? null : personOf(organiser),
    attendees: attendees.slice(0, MAX_ATTENDEES).map(personOf),
    start: start?.local ?? null,
    end: end?.local ?? null,
    offset: start?.offset ?? null,
    endOffset: end?.offset ?? null,
    zone: start?.zone ?? '',
    repeats: repeatsText(first('RRULE')?.value ?? ''),
    answer: kind === 'reply' ? (answers[(attendees[0]?.parameters['PARTSTAT'] ?? '').toUpperCase()] ?? null) : null,
    description: calendarText(first('DESCRIPTION')?.value).slice(0, 20_000),
  };
}
