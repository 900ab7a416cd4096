import type { Component } from './calendar-lines.ts';

/** Windows' names of time zones that Russian mail meets → IANA's. Any other is told as it stands. */
const windowsZones: Readonly<Record<string, string>> = {
  'Russian Standard Time': 'Europe/Moscow', 'Russia Time Zone 3': 'Europe/Samara', 'Kaliningrad Standard Time': 'Europe/Kaliningrad', 'Ekaterinburg Standard Time': 'Asia/Yekaterinburg', 'N. Central Asia Standard Time': 'Asia/Novosibirsk',
  'Omsk Standard Time': 'Asia/Omsk', 'North Asia Standard Time': 'Asia/Krasnoyarsk', 'North Asia East Standard Time': 'Asia/Irkutsk', 'Yakutsk Standard Time': 'Asia/Yakutsk', 'Vladivostok Standard Time': 'Asia/Vladivostok',
  'Magadan Standard Time': 'Asia/Magadan', 'Russia Time Zone 11': 'Asia/Kamchatka', 'Belarus Standard Time': 'Europe/Minsk', 'FLE Standard Time': 'Europe/Kyiv', 'GTB Standard Time': 'Europe/Bucharest', 'E. Europe Standard Time': 'Europe/Chisinau',
  'Central Europe Standard Time': 'Europe/Budapest', 'Central European Standard Time': 'Europe/Warsaw', 'W. Europe Standard Time': 'Europe/Berlin', 'Romance Standard Time': 'Europe/Paris', 'GMT Standard Time': 'Europe/London',
  'Central Asia Standard Time': 'Asia/Almaty', 'West Asia Standard Time': 'Asia/Tashkent', 'Georgian Standard Time': 'Asia/Tbilisi', 'Caucasus Standard Time': 'Asia/Yerevan', 'Azerbaijan Standard Time': 'Asia/Baku', 'Turkey Standard Time': 'Europe/Istanbul',
  'China Standard Time': 'Asia/Shanghai', UTC: 'UTC', 'Eastern Standard Time': 'America/New_York', 'Pacific Standard Time': 'America/Los_Angeles',
};

const parts = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Minutes east of Greenwich at a moment; null for a zone that nobody knows. */
function offsetAt(zone: string, time: number): number | null {
  try {
    const told = Object.fromEntries(parts(zone).formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(told['year'] ?? 0, (told['month'] ?? 1) - 1, told['day'] ?? 1, told['hour'] ?? 0, told['minute'] ?? 0, told['second'] ?? 0);
    return Math.round((local - Math.floor(time / 1000) * 1000) / 60_000);
  } catch (error) {
    if (error instanceof RangeError) return null; // no zone of that name
    throw error;
  }
}

/** `+0300` → 180. */
function minutesOf(offset: string | undefined): number | null {
  const found = /^([+-])(\d\d)(\d\d)/.exec(offset ?? '');
  if (found === null) return null;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return minutes > 14 * 60 ? null : found[1] === '-' ? -minutes : minutes;
}

/** What the calendar itself says of a zone that keeps one time the year through. */
function ownOffset(zone: string, calendar: Component): number | null {
  const own = calendar.components.find(({ name, lines }) => name === 'VTIMEZONE' && lines.some((line) => line.name === 'TZID' && line.value.trim() === zone));
  const offsets = new Set(own?.components.flatMap(({ lines }) => lines.filter(({ name }) => name === 'TZOFFSETTO').map(({ value }) => value.trim())));
  return offsets.size === 1 ? minutesOf([...offsets][0]) : null;
}

/**
 * How far a local time of that zone is from Greenwich, in minutes; null if it cannot be told.
 * @param local `YYYY-MM-DDTHH:mm`
 */
export function offsetOf(zone: string, local: string, calendar: Component): number | null {
  const own = ownOffset(zone, calendar);
  if (own !== null) return own;
  // Programs put the name of their maker before it: `/example.org/Europe/Moscow`.
  const name = windowsZones[zone] ?? /[A-Za-z_]+\/[A-Za-z_]+$/.exec(zone)?.[0] ?? zone;
  const asUtc = Date.parse(`${local}:00Z`);
  const near = offsetAt(name, asUtc);
  return near === null ? null : offsetAt(name, asUtc - near * 60_000); // around a change of clocks the first guess may be the other side
}
