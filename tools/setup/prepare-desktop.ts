import { desktopRuntime, type DesktopRuntime } from '../runtime/desktop-runtime.ts';
import { buildDesktop } from './desktop-build.ts';
import { needsVirtualDisplay } from './display.ts';
import { ensureWindowLibraries } from './libraries.ts';

/** All that a window needs before it can be opened here: system libraries, Electron, SQLite for it, the built program. */
export async function prepareDesktop(): Promise<DesktopRuntime> {
  await ensureWindowLibraries({ virtualDisplay: needsVirtualDisplay() });
  const runtime = await desktopRuntime();
  await buildDesktop();
  return runtime;
}
