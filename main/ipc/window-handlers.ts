import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import { moscowDate } from '../../shared/base/instant.ts';
import type { CallAnswer } from '../../shared/protocol/ipc.ts';
import { productVersion } from '../../shared/protocol/version.ts';
import type { Closing } from '../app/closing.ts';
import type { DeskWorker } from '../app/desk-worker.ts';
import type { FileDialogs } from '../app/dialogs.ts';
import type { EmailFrames } from '../app/email-frames.ts';
import { openFile, saveFiles } from '../app/file-actions.ts';
import { safeFileName } from '../app/file-name.ts';
import { askAndOpen } from '../app/open-external.ts';
import type { PdfFrames } from '../app/pdf-frames.ts';
import { printList } from '../app/list-print.ts';
import { printPdf } from '../app/pdf-print.ts';
import { printContents } from '../app/print-contents.ts';
import type { Handlers, WindowCall } from '../desk/call-handlers.ts';

export interface WindowHandlerOptions {
  readonly window: () => BrowserWindow;
  readonly worker: DeskWorker;
  readonly dialogs: FileDialogs;
  readonly frames: EmailFrames;
  readonly pdfFrames: PdfFrames;
  readonly closing: () => Closing;
  readonly server: string;
}

const storedFilesSchema = z.array(z.object({ fileId: z.string(), name: z.string(), size: z.number().int(), mediaType: z.string() }));

const begunSchema = z.object({ exportId: z.string(), total: z.number().int() });

/** The content of a stored file, decrypted by the worker. */
export async function contentFromWorker(worker: DeskWorker, fileId: string): Promise<Uint8Array> {
  return z.instanceof(Uint8Array).parse(await worker.call('own.fileContent', fileId));
}

/** Calls that need the window, a dialog or the system. */
export function windowHandlers({ window, worker, dialogs, frames, pdfFrames, closing, server }: WindowHandlerOptions): Handlers<WindowCall> {
  const content = (fileId: string) => contentFromWorker(worker, fileId);
  const done = { ok: true, value: {} } as const;
  return {
    'app.close': () => {
      closing().close();
      return {};
    },
    'app.info': () => ({ version: productVersion, server, platform: process.platform }),
    'app.openExternal': async ({ url }) => {
      await askAndOpen(window(), url);
      return done;
    },
    'app.print': async ({ type, id }) => {
      await worker.call('own.printed', { type, id, title: window().getTitle() });
      await printContents(window().webContents);
      return done;
    },
    'app.unsaved': ({ unsaved }) => {
      closing().setUnsaved(unsaved);
      return {};
    },
    'email.frame': ({ html, remote }) => ({ url: frames.add({ html, remote }) }),
    'file.choose': async (): Promise<CallAnswer<'file.choose'>> => {
      const chosen = await dialogs.chooseFiles();
      return { ok: true, value: chosen.length === 0 ? [] : storedFilesSchema.parse(await worker.call('own.storeFiles', chosen)) };
    },
    'file.open': async ({ fileId, name }) => {
      await openFile(content, fileId, name);
      return done;
    },
    'file.save': async ({ files }) => ({ ok: true, value: { folder: await saveFiles(content, dialogs, files) } }),
    'pdf.frame': ({ fileId }) => ({ url: pdfFrames.add(fileId) }),
    'pdf.print': async ({ fileId, name }) => {
      await worker.call('own.printed', { type: '', id: '', title: name });
      await printPdf(pdfFrames, fileId);
      return done;
    },
    'list.print': async (list) => {
      await printList(frames, list);
      return done;
    },
    'list.export': async (list) => {
      const isFile = list.format !== 'print';
      const target = isFile ? await dialogs.saveFile(safeFileName(`${list.title} ${moscowDate(new Date().toISOString())}.${list.format}`)) : null;
      return { ok: true, value: target === null && isFile ? null : begunSchema.parse(await worker.call('own.beginExport', { target, list })) };
    },
  };
}

