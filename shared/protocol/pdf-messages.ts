import { z } from 'zod';

/** Why a PDF is not shown: the words are the screen's. */
export const pdfProblemSchema = z.enum(['password', 'notPdf', 'damaged', 'gone', 'failed']);
export type PdfProblem = z.infer<typeof pdfProblemSchema>;

/**
 * What the frame of a PDF tells the screen. The frame works on a stranger's file: the screen checks every message and believes nothing
 * else of it. `percent` is the size of the page, 100 as printed; `matches.current` counts from 1, 0 for none.
 */
export const fromPdfSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alive') }),
  z.object({ kind: z.literal('shown'), pages: z.number().int().positive() }),
  z.object({ kind: z.literal('place'), page: z.number().int().positive(), percent: z.number().int().positive(), fitsWidth: z.boolean() }),
  z.object({ kind: z.literal('found'), current: z.number().int().nonnegative(), total: z.number().int().nonnegative(), searching: z.boolean() }),
  z.object({ kind: z.literal('problem'), problem: pdfProblemSchema }),
]);
export type FromPdf = z.infer<typeof fromPdfSchema>;

/** What the screen asks of the frame. */
export type ToPdf =
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'zoom'; readonly to: 'in' | 'out' | 'width' | 'actual' }
  | { readonly kind: 'move'; readonly by: 'up' | 'down' | 'first' | 'last' }
  | { readonly kind: 'find'; readonly text: string; readonly again: boolean; readonly back: boolean }
  | { readonly kind: 'theme'; readonly dark: boolean };

/** What the page of a PDF answers the main process when it was opened to be printed. */
export const pdfPrintSchema = z.union([z.object({ pages: z.number().int().positive() }), z.object({ problem: pdfProblemSchema })]);
export type PdfPrint = z.infer<typeof pdfPrintSchema>;
