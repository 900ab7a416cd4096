import { dialog, shell, type BrowserWindow } from 'electron';
import { trueTarget } from './link-target.ts';

/** Asks with the true host, then opens in the system's program. Nothing happens on «Отмена». */
export async function askAndOpen(window: BrowserWindow, text: string): Promise<void> {
  const { url, target } = trueTarget(text);
  const { response } = await dialog.showMessageBox(window, {
    type: 'question', title: 'Открыть ссылку?', message: `Открыть ${target}?`, detail: url.href.slice(0, 500), buttons: ['Открыть', 'Отмена'], defaultId: 1, cancelId: 1, noLink: true,
  });
  if (response === 0) await shell.openExternal(url.href);
}
