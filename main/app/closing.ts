import type { BrowserWindow } from 'electron';

/** Lets the page ask about what is unsaved before the window closes. */
export interface Closing {
  readonly setUnsaved: (unsaved: boolean) => void;
  /** Everything was asked about. */
  readonly close: () => void;
}

/**
 * Holds the window back from closing while the page has something unsaved, and has `ask` put the question. A page that has ended or does not respond
 * holds nothing back, nor does the end of the whole program or of the system's session: typing is journalled, it comes back at the next login.
 */
export function askBeforeClosing(window: BrowserWindow, ask: () => void): Closing & { readonly programEnds: () => void } {
  let unsaved = false;
  let allowed = false;
  const free = (): void => {
    unsaved = false;
  };
  window.on('close', (event) => {
    if (allowed || !unsaved) return;
    event.preventDefault();
    ask();
  });
  window.on('unresponsive', free);
  window.on('session-end', free);
  window.webContents.on('render-process-gone', free);
  window.webContents.on('did-navigate', free); // the page begins anew and tells anew
  return {
    setUnsaved: (value) => {
      unsaved = value;
    },
    close: () => {
      allowed = true;
      window.close();
    },
    programEnds: () => {
      allowed = true;
    },
  };
}
