import { expect, it } from 'vitest';
import { problemOfDays, shownDay, typedDay } from '../../../renderer/screens/dictionary/day-lines.ts';

it('a day is shown and typed as a person writes it, and stored as it is compared', () => {
  expect(shownDay('2026-01-09')).toBe('09.01.2026');
  expect(typedDay('09.01.2026')).toBe('2026-01-09');
  expect(shownDay(typedDay('28.02.2026'))).toBe('28.02.2026');
});

it('what is no day yet stays as it is typed, and is told', () => {
  for (const line of ['09.01.20', '31.02.2026', 'девятое', '']) expect(typedDay(line)).toBe(line);
  expect(problemOfDays(['2026-01-09', ''])).toBeUndefined();
  expect(problemOfDays(['2026-01-09', '31.02.2026'])).toBe('Не дата: «31.02.2026». Дата пишется так: 09.01.2026');
  expect(problemOfDays(['2026-02-31'])).toContain('2026-02-31');
});
