import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Points of a sheet to the inch: small letters stay readable, five hundred pages fit the memory. */
const density = 150;
const pointsOfPdf = 72;

async function sheet(pdf: PDFDocumentProxy, number: number): Promise<HTMLImageElement> {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: density / pointsOfPdf });
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport, intent: 'print' }).promise;
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.92);
  });
  canvas.width = 0; // its memory is given back now, not when it is collected
  page.cleanup();
  const image = new Image();
  if (blob === null) throw new Error(`Page ${number} is too large to print`);
  // Not `decode()`: it waits for a frame, and a window that nobody sees draws none.
  const loaded = new Promise((resolve, reject) => {
    image.addEventListener('load', resolve);
    image.addEventListener('error', reject);
  });
  image.src = URL.createObjectURL(blob);
  await loaded;
  return image;
}

/** Draws every page under the one before, each on a sheet of its own. Answers how many. */
export async function layOutSheets(pdf: PDFDocumentProxy, into: HTMLElement): Promise<number> {
  const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
  const rules = new CSSStyleSheet();
  rules.replaceSync(`@page { margin: 0; size: ${first.width / pointsOfPdf}in ${first.height / pointsOfPdf}in; }`);
  document.adoptedStyleSheets.push(rules);
  document.documentElement.toggleAttribute('data-print', true);
  for (let number = 1; number <= pdf.numPages; number += 1) into.append(await sheet(pdf, number));
  return pdf.numPages;
}
