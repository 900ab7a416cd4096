import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';

/** Only the main frame of our window, and only while it shows our own page, may call. */
export function isTrustedSender(event: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  if (window === null || window.isDestroyed() || frame === null || event.sender !== window.webContents) return false;
  return frame === window.webContents.mainFrame && frame.url.startsWith('app://okno/');
}
