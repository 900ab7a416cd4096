import { describe, expect, it } from 'vitest';
import { fitColumns, moveColumn } from '../../renderer/ui/list/columns.ts';

const columns = [
  { key: 'left', width: 88, min: 88, priority: 1, grow: false },
  { key: 'from', width: 248, min: 160, priority: 1, grow: false },
  { key: 'subject', width: 300, min: 160, priority: 1, grow: true },
  { key: 'holder', width: 116, min: 100, priority: 2, grow: false },
];

describe('columns of a list', () => {
  it('give the free width to the growing one', () => {
    expect(fitColumns(columns, 1000)).toEqual([
      { key: 'left', width: 88 },
      { key: 'from', width: 248 },
      { key: 'subject', width: 548 },
      { key: 'holder', width: 116 },
    ]);
  });

  it('shrink the growing one first, never below a minimum', () => {
    const fitted = fitColumns(columns, 560);
    expect(fitted.find(({ key }) => key === 'subject')?.width).toBe(160);
    expect(fitted.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(560);
    for (const { key, width } of fitted) expect(width).toBeGreaterThanOrEqual(columns.find((one) => one.key === key)!.min);
  });

  it('hide the least important when even the minimums do not fit, and never those of the first priority', () => {
    expect(fitColumns(columns, 450).map(({ key }) => key)).toEqual(['left', 'from', 'subject']);
    expect(fitColumns(columns, 100).map(({ key }) => key)).toEqual(['left', 'from', 'subject']);
  });

  it('move within the order and stop at its ends', () => {
    expect(moveColumn(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
    expect(moveColumn(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c']);
    expect(moveColumn(['a', 'b', 'c'], 'x', 1)).toEqual(['a', 'b', 'c']);
  });
});
