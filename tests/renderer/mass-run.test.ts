import { describe, expect, it } from 'vitest';
import { reasonsOf, runOver } from '../../renderer/document/mass-run.ts';
import { refusal } from '../../shared/base/errors.ts';

const ids = ['a', 'b', 'c', 'd'];
const row = async (id: string) => (id === 'd' ? null : { id });

describe('an act on many rows', () => {
  it('goes through all of them and tells what was done and what was refused', async () => {
    const told: number[] = [];
    const outcome = await runOver(ids, row, async ({ id }) => (id === 'b' ? refusal('taskClosed') : null), (count) => told.push(count), () => false);
    expect(outcome.done).toEqual([{ id: 'a' }, { id: 'c' }]);
    expect(outcome.refused.map(({ id, refusal: { code } }) => `${id} ${code}`)).toEqual(['b taskClosed', 'd notFound']);
    expect(told).toEqual([1, 2, 3, 4]);
  });
  it('ends between two rows when it is stopped', async () => {
    let done = 0;
    const outcome = await runOver(ids, row, async () => null, (count) => (done = count), () => done === 2);
    expect(outcome.done).toHaveLength(2);
    expect(outcome.left).toEqual(['c', 'd']);
  });
  it('does not end at a row where something breaks', async () => {
    const outcome = await runOver(['a', 'b'], row, ({ id }) => (id === 'a' ? Promise.reject(new Error('disk')) : Promise.resolve(null)), () => undefined, () => false);
    expect(outcome.done).toEqual([{ id: 'b' }]);
    expect(outcome.refused.map(({ refusal: { code } }) => code)).toEqual(['internal']);
  });
});

it('reasons stand once each, the most frequent first, with the rows they hold for', () => {
  const taken = refusal('alreadyTaken', { name: 'Фомина О. В.', at: '24.11.2026 09:14' });
  const reasons = reasonsOf([{ id: 'a', row: { id: 'a' }, refusal: refusal('taskClosed') }, { id: 'b', row: { id: 'b' }, refusal: taken }, { id: 'c', row: null, refusal: taken }], ({ id }) => `Письмо ${id}`);
  expect(reasons.map(({ text, names }) => [text, names])).toEqual([
    ['Письмо уже принято в работу: Фомина О. В., 24.11.2026 09:14', ['Письмо b', 'строка, которой здесь уже нет']],
    ['Задача уже завершена', ['Письмо a']],
  ]);
});
