import { spawn, type ChildProcess } from 'node:child_process';
import process from 'node:process';
import { SetupError } from './progress.ts';

/** A display that windows can open on; `stop` ends the virtual one, if we started one. */
export interface Display {
  readonly name: string;
  readonly isVirtual: boolean;
  readonly stop: () => void;
}

function hasOwnDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Whether windows need a virtual display here. */
export function needsVirtualDisplay(): boolean {
  return !hasOwnDisplay();
}

/** Xvfb picks a free number itself and writes it to descriptor 3 once it accepts windows. */
function readDisplayNumber(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (cause?: Error): void => reject(new SetupError('Виртуальный дисплей Xvfb не запустился.', 'проверьте, что стоит пакет xvfb и что в /tmp есть место.', cause ? { cause } : {}));
    server.once('error', failed);
    server.once('exit', () => failed());
    server.stdio[3]?.once('data', (chunk: Buffer) => resolve(`:${chunk.toString('utf8').trim()}`));
  });
}

/**
 * The display of this machine, or a virtual one (Xvfb, 1920 × 1080) that lives until `stop` or the end of this process. Sets DISPLAY in
 * the environment of this process for its children.
 */
export async function openDisplay(): Promise<Display> {
  if (hasOwnDisplay()) return { name: process.env['DISPLAY'] ?? '', isVirtual: false, stop: () => undefined };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const name = await readDisplayNumber(server);
  server.removeAllListeners('exit');
  server.unref();
  const pipe = server.stdio[3];
  if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  process.env['DISPLAY'] = name;
  const stop = (): void => {
    server.kill('SIGTERM');
    delete process.env['DISPLAY'];
  };
  process.once('exit', stop);
  return { name, isVirtual: true, stop };
}
