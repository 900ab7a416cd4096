import { BrowserWindow } from 'electron';
import { OknoError } from '../../shared/base/errors.ts';
import { pdfPrintSchema } from '../../shared/protocol/pdf-messages.ts';
import type { PdfFrames } from './pdf-frames.ts';
import { printContents } from './print-contents.ts';

/**
 * Prints a PDF from a window of its own that nobody sees: no preload, so no bridge, and the same page that previews it. The pages are drawn
 * one under another, then the system's print dialog asks for the printer.
 */
export async function printPdf(frames: PdfFrames, fileId: string): Promise<void> {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false } });
  try {
    await window.loadURL(`${frames.add(fileId)}?print`);
    const answer = pdfPrintSchema.parse(await window.webContents.executeJavaScript('window.oknoPrint'));
    if ('problem' in answer) throw new OknoError('notAllowed', { action: 'напечатать этот файл: он не читается здесь. Откройте его в другой программе и напечатайте из неё' });
    await printContents(window.webContents);
  } finally {
    window.destroy();
  }
}
