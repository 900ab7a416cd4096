import { describe, expect, it } from 'vitest';
import { cleaned } from '../../shared/base/clean-text.ts';

describe('cleaned', () => {
  it('leaves out NUL and puts U+FFFD for half of a pair, in names and values at any depth', () => {
    expect(cleaned({ 'a\0': ['\ud83dх', { b: 'x\0y' }], n: 1, nothing: null })).toEqual({ a: ['\ufffdх', { b: 'xy' }], n: 1, nothing: null });
  });

  it('gives back what is clean as it is', () => {
    const value = { text: 'Письмо 🙂', rows: [{ id: 'p1', main: true }], none: null };
    expect(cleaned(value)).toBe(value);
    expect(cleaned(undefined)).toBeUndefined();
  });
});
