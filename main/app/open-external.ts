import { dialog, shell, type BrowserWindow } from 'electron';
import { OknoError } from '../../shared/base/errors.ts';

const openable: ReadonlySet<string> = new Set(['https:', 'mailto:', 'tel:']);

/** What the question shows: the host as the network sees it, never what the link says of itself. */
export function trueTarget(text: string): { readonly url: URL; readonly target: string } {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !openable.has(url.protocol)) throw new OknoError('notAllowed', { action: 'открыть эту ссылку' });
  return { url, target: url.protocol === 'https:' ? url.host : decodeURIComponent(url.pathname) };
}

/** Asks with the true host, then opens in the system's program. Nothing happens on «Отмена». */
export async function askAndOpen(window: BrowserWindow, text: string): Promise<void> {
  const { url, target } = trueTarget(text);
  const { response } = await dialog.showMessageBox(window, {
    type: 'question', title: 'Открыть ссылку?', message: `Открыть ${target}?`, detail: url.href.slice(0, 500), buttons: ['Открыть', 'Отмена'], defaultId: 1, cancelId: 1, noLink: true,
  });
  if (response === 0) await shell.openExternal(url.href);
}
