import { BrowserWindow } from 'electron';
import type { ListPrint } from '../../shared/protocol/list.ts';
import type { EmailFrames } from './email-frames.ts';
import { listPaper } from './list-paper.ts';
import { printContents } from './print-contents.ts';

function sheetsIn(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 1;
}

/** Prints a list from a window of its own that nobody sees: no preload, and the page is served as a letter is, without script and network. */
export async function printList(frames: EmailFrames, list: ListPrint): Promise<void> {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false, javascript: false } });
  try {
    await window.loadURL(frames.add({ html: listPaper(list, null), remote: false }));
    const sheets = sheetsIn(await window.webContents.printToPDF({ landscape: true, pageSize: 'A4', preferCSSPageSize: true }));
    await window.loadURL(frames.add({ html: listPaper(list, sheets), remote: false }));
    await printContents(window.webContents, { landscape: true, pageSize: 'A4' });
  } finally {
    window.destroy();
  }
}
