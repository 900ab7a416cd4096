import type { WebContents } from 'electron';

/** A key as the page would see it. */
export interface WindowKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** What belongs to the program rather than to a text: keys with Ctrl or Alt, function keys, Esc. */
function isCommandKey({ key, ctrlKey, altKey, metaKey }: WindowKey): boolean {
  return ctrlKey || altKey || metaKey || key === 'Escape' || /^F\d{1,2}$/.test(key);
}

/**
 * Tells of command keys before any frame gets them: a letter's frame runs no script, so what is pressed while the focus is in it would never
 * reach the page. The page takes them only when the focus is in such a frame; nothing is taken away from the frame.
 */
export function followKeys(contents: WebContents, tell: (key: WindowKey) => void): void {
  contents.on('before-input-event', (_event, { type, key, code, control, alt, shift, meta }) => {
    const pressed = { key, code, ctrlKey: control, altKey: alt, shiftKey: shift, metaKey: meta };
    if (type === 'keyDown' && isCommandKey(pressed)) tell(pressed);
  });
}
