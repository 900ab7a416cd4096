import { readFileSync } from 'node:fs';
import { app, powerMonitor, type WebContents } from 'electron';
import type { IdleSource } from './window-lock.ts';

/**
 * The system's own measure. What reaches the window counts too: a window on a virtual display or in a remote session is used without the system
 * noticing, and its first user has just come when it opens.
 */
export function systemIdle(): IdleSource & { readonly follow: (contents: WebContents) => void } {
  let lastInput = performance.now();
  return {
    follow: (contents) => {
      contents.on('input-event', () => {
        lastInput = performance.now();
      });
    },
    idleSeconds: () => Math.min(powerMonitor.getSystemIdleTime(), (performance.now() - lastInput) / 1000),
    onAway: (listener) => {
      void app.whenReady().then(() => {
        powerMonitor.on('lock-screen', listener);
        powerMonitor.on('suspend', listener);
      });
    },
  };
}

/** For tests: the file holds the seconds. The system's lock and sleep are still heard. */
export function idleFromFile(file: string): IdleSource {
  return { idleSeconds: () => Number(readFileSync(file, 'utf8')), onAway: systemIdle().onAway };
}
