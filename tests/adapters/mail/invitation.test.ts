import { describe, expect, test } from 'vitest';
import { readInvitation, repeatsText } from '../../../shared/mail/calendar.ts';
import { parseEmail } from '../../../shared/mail/parse-email.ts';

const calendar = (...lines: readonly string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]): string => calendar('METHOD:REQUEST', 'BEGIN:VEVENT', ...lines, 'END:VEVENT');
const outlookZone = ['BEGIN:VTIMEZONE', 'TZID:Место встречи', 'BEGIN:STANDARD', 'DTSTART:16010101T000000', 'TZOFFSETFROM:+0500', 'TZOFFSETTO:+0500', 'END:STANDARD', 'END:VTIMEZONE'] as const;

describe('what, when, where, who', () => {
  test('an invitation of Outlook', () => {
    const read = readInvitation(
      calendar('METHOD:REQUEST', ...outlookZone, 'BEGIN:VEVENT', 'ORGANIZER;CN="Белова, Ирина":MAILTO:belova@adm.example.ru', 'ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE;CN=Приёмная:mailto:client@moesk.ru',
        'SUMMARY;LANGUAGE=ru:Совещание о подключении\\, второе', 'DTSTART;TZID=Место встречи:20261128T100000', 'DTEND;TZID=Место встречи:20261128T113000', 'LOCATION:Мытищи\\; каб. 14', 'DESCRIPTION:Повестка:\\nсхема\\, сроки и длинная строка\r\n  которая сложена', 'BEGIN:VALARM', 'TRIGGER:-PT15M', 'DESCRIPTION:Reminder', 'END:VALARM', 'END:VEVENT'),
      null,
    );
    expect(read).toEqual({
      kind: 'request', summary: 'Совещание о подключении, второе', location: 'Мытищи; каб. 14', organiser: { name: 'Белова, Ирина', address: 'belova@adm.example.ru' }, attendees: [{ name: 'Приёмная', address: 'client@moesk.ru' }],
      start: '2026-11-28T10:00', end: '2026-11-28T11:30', offset: 300, endOffset: 300, zone: 'Место встречи', repeats: '', answer: null, description: 'Повестка:\nсхема, сроки и длинная строка которая сложена',
    });
  });

  test('zones: by name, of Windows, with a maker before it, UTC, unknown, none', () => {
    const offset = (start: string) => readInvitation(event(start), null)?.offset;
    expect(offset('DTSTART;TZID=Europe/Moscow:20261128T100000')).toBe(180);
    expect(offset('DTSTART;TZID=Russian Standard Time:20261128T100000')).toBe(180);
    expect(offset('DTSTART;TZID=/example.org/20250101/Asia/Yekaterinburg:20261128T100000')).toBe(300);
    expect(offset('DTSTART;TZID=W. Europe Standard Time:20260728T100000')).toBe(120);
    expect(offset('DTSTART;TZID=W. Europe Standard Time:20261128T100000')).toBe(60);
    expect(offset('DTSTART:20261128T070000Z')).toBe(0);
    expect(offset('DTSTART;TZID=Здесь:20261128T100000')).toBeNull();
    expect(offset('DTSTART:20261128T100000')).toBeNull();
  });

  test('whole days, a length instead of an end, a cancelled meeting, an answer', () => {
    expect(readInvitation(event('DTSTART;VALUE=DATE:20261128', 'DTEND;VALUE=DATE:20261201'), null)).toMatchObject({ start: '2026-11-28', end: '2026-11-30' });
    expect(readInvitation(event('DTSTART:20261128T230000Z', 'DURATION:PT1H30M'), null)).toMatchObject({ end: '2026-11-29T00:30' });
    expect(readInvitation(event('STATUS:CANCELLED'), null)?.kind).toBe('cancel');
    expect(readInvitation(calendar('BEGIN:VEVENT', 'ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.ru', 'END:VEVENT'), 'REPLY')).toMatchObject({ kind: 'reply', answer: 'declined' });
  });

  test('repetition in words', () => {
    expect(repeatsText('FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261231T000000Z')).toBe('каждую неделю по вт, чт до 31.12.2026');
    expect(repeatsText('FREQ=MONTHLY;INTERVAL=2;COUNT=5')).toBe('раз в 2 мес., всего 5 раз');
    expect(repeatsText('FREQ=SECONDLY')).toBe('повторяется');
    expect(repeatsText('')).toBe('');
  });
});

test('an invitation alone is a letter with the meeting, its words and its file', async () => {
  const parsed = await parseEmail(Buffer.from(['From: a@b.ru', 'Content-Type: text/calendar; method=REQUEST; charset=utf-8', '', event('SUMMARY:Осмотр', 'DESCRIPTION:Приезжайте', 'DTSTART:20261128T070000Z')].join('\r\n')), { returnPath: 'a@b.ru' });
  expect(parsed.invitation).toMatchObject({ kind: 'request', summary: 'Осмотр' });
  expect(parsed.text).toBe('Приезжайте');
  expect(parsed.attachments.map(({ name, mediaType }) => [name, mediaType])).toEqual([['Приглашение.ics', 'text/calendar']]);
});

test('damaged calendars give none or a part, and never throw', () => {
  const whole = event('SUMMARY:Осмотр', 'DTSTART;TZID="Europe/Moscow":20261128T100000', 'RRULE:FREQ=DAILY');
  for (let length = 0; length < whole.length; length += 3) readInvitation(whole.slice(0, length), null);
  expect(readInvitation('BEGIN:VEVENT', null)).toBeNull();
  expect(readInvitation(event('DTSTART:99999999T999999Z', 'DTEND:завтра', 'DURATION:долго'), null)).toMatchObject({ start: null, end: null });
  expect(readInvitation('BEGIN:X\r\n'.repeat(100_000), null)).toBeNull();
});
