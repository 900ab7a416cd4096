import { expect, it } from 'vitest';
import { electronSupport } from '../../tools/release/electron-support.ts';

const published = {
  created: '2015-01-01T00:00:00.000Z',
  '45.0.0': '2026-08-25T15:00:00.000Z',
  '45.4.1': '2026-11-10T15:00:00.000Z',
  '45.4.0': '2026-11-12T15:00:00.000Z', // the order of publication is not the order of numbers
  '46.0.0-beta.3': '2026-09-20T15:00:00.000Z',
  '46.0.0': '2026-10-20T15:00:00.000Z',
  '47.0.0': '2026-12-15T15:00:00.000Z',
  '48.0.0-alpha.1': '2026-12-16T15:00:00.000Z',
  '48.0.0': '2027-02-09T15:00:00.000Z',
  '48.0.1': '2027-02-12T15:00:00.000Z',
};
const on = (date: string, version = '45.4.1') => electronSupport({ version, published, knownAt: Date.parse('2027-06-01'), at: Date.parse(date) });

it.each([
  ['2026-11-24', true, [46]],
  ['2026-12-31', true, [46, 47]],
  ['2027-02-09T14:59:59Z', true, [46, 47]],
  ['2027-02-09T15:00:00Z', false, [46, 47, 48]],
  ['2027-06-01', false, [46, 47, 48]],
])('on %s Electron 45 is supported: %s', (date, isSupported, newer) => {
  expect(on(date)).toMatchObject({ isSupported, newer });
});

it("counts the majors that Electron's calendar promises for a date still to come", () => {
  const asked = (date: string) => electronSupport({ version: '48.0.1', published, knownAt: Date.parse('2027-03-01'), at: Date.parse(date) });
  expect(asked('2027-03-01')).toMatchObject({ isSupported: true, newer: [] });
  expect(asked('2027-07-01')).toMatchObject({ isSupported: true, newer: [49, 50] });
  expect(asked('2028-01-01')).toMatchObject({ isSupported: false, newer: [49, 50, 51, 52, 53] });
});

it('names the newest correction of the same major that was out on the date', () => {
  expect(on('2026-11-24', '45.0.0').newestOfMajor).toBe('45.4.1');
  expect(on('2026-09-01', '45.0.0').newestOfMajor).toBe('45.0.0');
  expect(on('2026-11-24', '33.2.1')).toMatchObject({ newestOfMajor: '33.2.1', newer: [45, 46], isSupported: true });
});

it('refuses what is not a stable version', () => {
  expect(() => on('2026-11-24', '46.0.0-beta.3')).toThrow(/не стабильная/);
});
