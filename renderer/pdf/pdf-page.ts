import 'pdfjs-dist/legacy/web/pdf_viewer.css';
import './pdf-page.css';
import type { FromPdf, PdfPrint, PdfProblem, ToPdf } from '../../shared/protocol/pdf-messages.ts';
import { openPdf, PdfUnreadable } from './open-pdf.ts';
import { layOutSheets } from './print-sheets.ts';
import { showPdf } from './show-pdf.ts';

declare global {
  interface Window {
    /** Set when this page was opened to be printed: the main process waits for it. */
    oknoPrint?: Promise<PdfPrint>;
  }
}

const screenOrigin = 'app://okno';

function elementOf<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no ${id}`);
  return element;
}

function tell(message: FromPdf): void {
  window.parent.postMessage(message, screenOrigin);
}

function problemOf(error: unknown): PdfProblem {
  return error instanceof PdfUnreadable ? error.problem : 'failed';
}

async function show(): Promise<void> {
  const container = elementOf('container', HTMLDivElement);
  tell({ kind: 'alive' });
  const run = showPdf({ pdf: await openPdf(), container, tell });
  window.addEventListener('message', (event: MessageEvent<ToPdf>) => {
    if (event.source === window.parent && event.origin === screenOrigin) run(event.data);
  });
  container.focus();
}

async function print(): Promise<PdfPrint> {
  try {
    return { pages: await layOutSheets(await openPdf(), elementOf('sheets', HTMLDivElement)) };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

const asked = new URLSearchParams(location.search);
document.documentElement.toggleAttribute('data-dark', asked.has('dark'));
if (asked.has('print')) window.oknoPrint = print();
else show().catch((error: unknown) => tell({ kind: 'problem', problem: problemOf(error) }));
