import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { DesktopRuntime } from '../runtime/desktop-runtime.ts';
import { root } from '../setup/files.ts';

/** The running window. */
export interface Window {
  readonly ended: Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Says, once, what this machine makes different from an ordinary workplace. */
export function explainRuntime({ switches, electronVersion, environment }: DesktopRuntime): void {
  console.log(`Electron ${electronVersion}${environment['OKNO_SQLITE_BINDING'] === undefined ? '' : ' из реестра npm (официальный недоступен)'}`);
  if (switches.includes('--no-sandbox')) console.log('Вы работаете под root: Electron запускается без песочницы (--no-sandbox). У обычного пользователя песочница всегда включена.');
}

interface WindowOptions {
  /** Those of the program: `--server`, `--profile` and others. */
  readonly flags: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the program's output goes; to the terminal without it. */
  readonly logFile?: string;
}

/** Opens the window in a process group of its own, so that Ctrl+C reaches it only through `stop`. */
export function openWindow(runtime: DesktopRuntime, { flags, environment, logFile }: WindowOptions): Window {
  const output = logFile === undefined ? 'inherit' : openSync(logFile, 'a');
  const child = spawn(runtime.executable, [...runtime.switches, root, ...flags], {
    cwd: root,
    env: { ...process.env, ...runtime.environment, ...environment },
    stdio: ['ignore', output, output],
    detached: true,
  });
  process.once('exit', () => child.kill('SIGTERM'));
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(insist);
  };
  return { ended, stop };
}

/** Where the picture of the window is saved when there is no display to see it on. */
export const pictureFile = path.join(root, 'out', 'window.png');
