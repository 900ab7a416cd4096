import { expect, it } from 'vitest';
import { lastLine, sum } from '../../tools/proof/tally.ts';

it('the last line of npm test sums all runners', () => {
  expect(lastLine(sum([{ passed: 12, failed: 0 }, { passed: 300, failed: 2 }, { passed: 0, failed: 0 }]))).toBe('312 passed, 2 failed');
});
