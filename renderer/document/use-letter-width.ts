import { useViewportSize } from '@mantine/hooks';
import { z } from 'zod';
import { useSetting } from '../store/settings.ts';

/** A letter beside a form: as drawn for the smallest window, wider where there is room, and never more than its lines of 90 characters need. */
const drawn = { window: 1366, letter: 420 } as const;
const widest = 640;
/** Of each pixel that the window has more, so much goes to the letter. */
const share = 0.4;

/** What a window of that width has room for, px. */
export function letterWidthIn(window: number): number {
  const more = Math.max(0, window - drawn.window) * share;
  return Math.min(drawn.letter + Math.round(more / 4) * 4, widest);
}

/** Width of the pane of a letter, px: what the user last set under this name, until then what the window has room for. */
export function useLetterWidth(setting: string): { readonly value: number; readonly set: (width: number) => void } {
  const { width } = useViewportSize();
  return useSetting(setting, z.number(), letterWidthIn(width || window.innerWidth)); // the hook knows the width after the first painting
}
