import { on } from '../bridge.ts';

/**
 * Keys pressed inside a letter's frame act as if pressed on the frame itself: its document runs no script and hands nothing over. What is pressed elsewhere
 * the page has already got.
 */
export function followFrameKeys(): () => void {
  return on('commandKey', (key) => {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLIFrameElement)) return;
    activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }));
    // Its release is not told of: the letters of the buttons would stay underlined.
    activeElement.dispatchEvent(new KeyboardEvent('keyup', { key: key.key, code: key.code, bubbles: true }));
  });
}
