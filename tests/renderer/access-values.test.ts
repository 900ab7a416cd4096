import { describe, expect, it } from 'vitest';
import { dayBounds, sincePeriod } from '../../renderer/screens/access-log/access-values.ts';

describe('the period of the access log', () => {
  const now = new Date(2026, 10, 24, 15, 30);

  it('begins at midnight here, today and the days before it', () => {
    expect(sincePeriod('today', now)).toBe(new Date(2026, 10, 24).toISOString());
    expect(sincePeriod('week', now)).toBe(new Date(2026, 10, 18).toISOString());
    expect(sincePeriod('month', now)).toBe(new Date(2026, 9, 26).toISOString());
  });

  it('is all time for anything else', () => {
    for (const other of ['toString', '', null, undefined, 5]) expect(sincePeriod(other, now)).toBe('1970-01-01T00:00:00.000Z');
  });

  it('of chosen days begins and ends at midnight of Moscow', () => {
    expect(dayBounds('2026-11-23..2026-11-24')).toEqual([{ column: 'since', op: 'eq', value: '2026-11-22T21:00:00.000Z' }, { column: 'until', op: 'eq', value: '2026-11-24T21:00:00.000Z' }]);
    expect(dayBounds('..2026-11-24')).toEqual([{ column: 'until', op: 'eq', value: '2026-11-24T21:00:00.000Z' }]);
    expect(dayBounds('')).toEqual([]);
  });
});
