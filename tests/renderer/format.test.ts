import { describe, expect, it } from 'vitest';
import { formatLeft, formatMoment, formatSize, plural, sentenceEnd, typedDay, urgency } from '../../renderer/ui/format.ts';

const now = Date.parse('2026-11-24T08:00:00.000Z');
const due = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();

describe('what people read', () => {
  it('one full stop between sentences, after initials too', () => {
    expect(['Принято 11:40, Белова И. С.', 'Зарегистрирован 14.02.2019'].map((text) => `${text}${sentenceEnd(text)}К отправке`)).toEqual(['Принято 11:40, Белова И. С. К отправке', 'Зарегистрирован 14.02.2019. К отправке']);
  });

  it('«Осталось»: minutes, hours, days, with a real minus', () => {
    expect(formatLeft(due(-8), now)).toBe('−8 мин');
    expect(formatLeft(due(32), now)).toBe('32 мин');
    expect(formatLeft(due(76), now)).toBe('1 ч 16 мин');
    expect(formatLeft(due(122), now)).toBe('2 ч 02 мин');
    expect(formatLeft(due(2 * 1440 + 30), now)).toBe('2 дня');
    expect([urgency(due(-1), now), urgency(due(59), now), urgency(due(61), now), urgency(null, now)]).toEqual(['late', 'soon', 'calm', 'calm']);
  });

  it.each([
    ['17.05.1981', '1981-05-17'],
    ['03.04.1990', '1990-04-03'],
    [' 3/4/1990 ', '1990-04-03'],
    ['03041990', '1990-04-03'],
    ['29.02.2024', '2024-02-29'],
    ['31.02.2024', null],
    ['17.13.1981', null],
    ['17.05.81', null],
    ['', null],
  ])('a day is typed as people write it: %s', (typed, day) => {
    expect(typedDay(typed)).toBe(day);
  });

  it('time in Moscow, whatever the zone of the machine', () => {
    expect(formatMoment('2026-12-31T21:30:00.000Z')).toBe('01.01.2027 00:30');
  });

  it('numbers with their nouns, sizes of files', () => {
    expect([1, 2, 5, 11, 21, 104].map((count) => plural(count, 'день', 'дня', 'дней'))).toEqual(['день', 'дня', 'дней', 'дней', 'день', 'дня']);
    expect(formatSize(1_400_000)).toBe('1,4\u00a0МБ');
    expect(formatSize(386_000)).toBe('386\u00a0КБ');
    expect(formatSize(12)).toBe('1\u00a0КБ');
  });
});
