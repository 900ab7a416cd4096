import { useViewportSize } from '@mantine/hooks';
import { z } from 'zod';
import { useSetting } from '../store/settings.ts';

/** A letter beside a form: as drawn for the smallest window, wider where there is room, and never more than its lines of 90 characters need. */
const narrow = 420;
const wide = 640;
const share = 0.33;

/** Width of the pane of a letter, px: what the user last set under this name, until then what the window has room for. */
export function useLetterWidth(setting: string): { readonly value: number; readonly set: (width: number) => void } {
  const { width } = useViewportSize();
  const ofWindow = Math.round(((width || window.innerWidth) * share) / 4) * 4; // the hook knows the width after the first painting
  return useSetting(setting, z.number(), Math.max(narrow, Math.min(ofWindow, wide)));
}
