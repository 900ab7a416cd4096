import { describe, expect, it } from 'vitest';
import { moscowDate, moscowDayStart, moscowText, moscowYear2 } from '../../shared/base/instant.ts';

describe('2.8.1.2 Moscow time', () => {
  it.each([
    ['2026-12-31T20:59:59.999Z', '26', '31.12.2026 23:59', '2026-12-30T21:00:00.000Z'],
    ['2026-12-31T21:00:00.000Z', '27', '01.01.2027 00:00', '2026-12-31T21:00:00.000Z'],
    ['2099-06-01T00:00:00.000Z', '99', '01.06.2099 03:00', '2099-05-31T21:00:00.000Z'],
  ])('2.8.1.2 %s', (at, year, text, dayStart) => {
    expect([moscowYear2(at), moscowText(at), moscowDate(at), moscowDayStart(at)]).toEqual([year, text, text.slice(0, 10), dayStart]);
  });
});
