import { getDocument, GlobalWorkerOptions, InvalidPDFException, PasswordException, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import type { PdfProblem } from '../../shared/protocol/pdf-messages.ts';

GlobalWorkerOptions.workerSrc = workerUrl;

/** A picture of more points than this is left out: a small file may unfold into gigabytes. */
const largestPicture = 120_000_000;

/** Anything before the mark is allowed by the format up to here. */
const headLength = 1024;

/** What keeps a PDF from being shown. */
export class PdfUnreadable extends Error {
  readonly problem: PdfProblem;

  constructor(problem: PdfProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

function isPdf(content: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(content.subarray(0, headLength)).includes('%PDF-');
}

/** The content is given once: a frame loaded again has nothing to show. */
async function content(): Promise<Uint8Array> {
  const response = await fetch('/content');
  if (!response.ok) throw new PdfUnreadable('gone');
  return new Uint8Array(await response.arrayBuffer());
}

function problemOf(error: unknown): PdfProblem {
  if (error instanceof PdfUnreadable) return error.problem;
  if (error instanceof PasswordException) return 'password';
  if (error instanceof InvalidPDFException) return 'damaged';
  return 'failed';
}

/**
 * Reads the PDF of this origin. Scripts of the file have nothing to run in (no scripting is loaded), XFA forms are not drawn, nothing is compiled.
 * @throws {PdfUnreadable}
 */
export async function openPdf(): Promise<PDFDocumentProxy> {
  try {
    const data = await content();
    if (!isPdf(data)) throw new PdfUnreadable('notPdf');
    const address = (folder: string): string => new URL(`/${folder}/`, location.href).href;
    const task = getDocument({
      data,
      cMapUrl: address('cmaps'),
      cMapPacked: true,
      standardFontDataUrl: address('fonts'),
      wasmUrl: address('decoders'),
      useWasm: false,
      enableXfa: false,
      maxImageSize: largestPicture,
      useSystemFonts: true,
    });
    // Asked for a password, pdf.js waits for one: the reading is given up instead.
    const locked = new Promise<never>((_resolve, reject) => {
      task.onPassword = () => reject(new PdfUnreadable('password'));
    });
    const pdf = await Promise.race([task.promise, locked]);
    await pdf.getPage(1);
    return pdf;
  } catch (error) {
    throw new PdfUnreadable(problemOf(error), { cause: error });
  }
}
