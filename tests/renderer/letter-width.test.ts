import { expect, it } from 'vitest';
import { letterWidthIn } from '../../renderer/document/use-letter-width.ts';

it.each([
  [1024, 420],
  [1366, 420],
  [1600, 512],
  [1920, 640],
  [3840, 640],
])('a letter in a window of %i px is %i px wide until the user moves the line', (window, letter) => {
  expect(letterWidthIn(window)).toBe(letter);
});
