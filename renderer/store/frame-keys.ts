import { on } from '../bridge.ts';

/** A key told of and the same key got by the page itself are one press within this time, ms. */
const onePress = 250;

/**
 * Keys pressed inside a letter's frame act as if pressed on the frame itself: its document runs no script and hands nothing over. What is pressed elsewhere
 * the page has already got.
 */
export function followFrameKeys(): () => void {
  // While the focus is on its way into the frame the page still gets such a key itself, and the main process tells of it too: once is enough.
  // So too when the key took the frame away (Esc closes a preview): the page's own then arrives at what stood under it.
  let acted: { readonly code: string; readonly at: number } | null = null;
  const dropOwn = (event: KeyboardEvent): void => {
    if (!event.isTrusted) return;
    const again = acted?.code === event.code && event.timeStamp - acted.at < onePress;
    acted = null;
    if (again || event.target instanceof HTMLIFrameElement) event.stopImmediatePropagation();
  };
  window.addEventListener('keydown', dropOwn, true);
  const stop = on('commandKey', (key) => {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLIFrameElement)) return;
    acted = { code: key.code, at: performance.now() };
    activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }));
    // Its release is not told of: the letters of the buttons would stay underlined.
    activeElement.dispatchEvent(new KeyboardEvent('keyup', { key: key.key, code: key.code, bubbles: true }));
  });
  return () => {
    window.removeEventListener('keydown', dropOwn, true);
    stop();
  };
}
