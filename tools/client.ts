import process from 'node:process';
import { explainRuntime, openWindow } from './launch/window.ts';
import { openDisplay } from './setup/display.ts';
import { prepareDesktop } from './setup/prepare-desktop.ts';
import { failWith } from './setup/progress.ts';

/** `npm run client -- --server URL --profile DIR`: the window alone; all flags go to the program. */
try {
  const runtime = await prepareDesktop();
  explainRuntime(runtime);
  const display = await openDisplay();
  if (display.isVirtual) console.log(`Дисплея нет: окно открыто на виртуальном (Xvfb ${display.name})`);
  const window = openWindow(runtime, { flags: process.argv.slice(2) });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void window.stop());
  process.exitCode = await window.ended;
  display.stop();
} catch (error) {
  failWith(error);
}
