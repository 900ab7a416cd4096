import { openDisplay } from './display.ts';
import { ensureMailServers } from './libraries.ts';
import { prepareDesktop } from './prepare-desktop.ts';

/** vitest's global set-up of the end-to-end project: the program is built, there are a display and mail servers. Returns what ends it. */
export async function setup(): Promise<() => void> {
  await ensureMailServers();
  await prepareDesktop();
  const display = await openDisplay();
  return display.stop;
}
