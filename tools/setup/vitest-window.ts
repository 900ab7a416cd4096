import { openDisplay } from './display.ts';
import { prepareDesktop } from './prepare-desktop.ts';

/** vitest's global set-up of the end-to-end project: the program is built and there is a display. Returns what ends it. */
export async function setup(): Promise<() => void> {
  await prepareDesktop();
  const display = await openDisplay();
  return display.stop;
}
