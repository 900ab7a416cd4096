import { useEffect, useRef, useState, type RefObject } from 'react';
import { fromPdfSchema, type FromPdf, type PdfProblem, type ToPdf } from '../../shared/protocol/pdf-messages.ts';

/** A viewer that says nothing for so long will not: a broken file may keep it busy for ever. */
const patience = 30_000;

export interface PdfState {
  /** Pages of the document; 0 until it is shown. */
  readonly pages: number;
  readonly page: number;
  readonly percent: number;
  readonly fitsWidth: boolean;
  readonly found: { readonly current: number; readonly total: number; readonly searching: boolean };
  readonly problem: PdfProblem | 'slow' | null;
}

const atFirst: PdfState = { pages: 0, page: 1, percent: 100, fitsWidth: false, found: { current: 0, total: 0, searching: false }, problem: null };

/** The state after a message of the frame. */
export function afterMessage(state: PdfState, message: FromPdf): PdfState {
  switch (message.kind) {
    case 'alive':
      return state;
    case 'shown':
      return { ...state, pages: message.pages, problem: null };
    case 'place':
      return { ...state, page: message.page, percent: message.percent, fitsWidth: message.fitsWidth };
    case 'found':
      return { ...state, found: { current: message.current, total: message.total, searching: message.searching } };
    case 'problem':
      return { ...state, problem: message.problem };
  }
}

/** Talks with the frame of a PDF by messages: only with that frame, and only by the table of messages. */
export function usePdfFrame(url: string): { readonly frame: RefObject<HTMLIFrameElement | null>; readonly state: PdfState; readonly ask: (wish: ToPdf) => void } {
  const frame = useRef<HTMLIFrameElement>(null);
  const [state, setState] = useState<PdfState>(atFirst);
  const origin = url.split('/', 3).join('/');
  useEffect(() => {
    const slow = setTimeout(() => setState((before) => (before.pages === 0 && before.problem === null ? { ...before, problem: 'slow' } : before)), patience);
    const listen = (event: MessageEvent<unknown>): void => {
      if (event.source === null || event.source !== frame.current?.contentWindow || event.origin !== origin) return;
      const message = fromPdfSchema.safeParse(event.data);
      if (message.success) setState((before) => afterMessage(before, message.data));
    };
    window.addEventListener('message', listen);
    return () => {
      clearTimeout(slow);
      window.removeEventListener('message', listen);
    };
  }, [origin]);
  const ask = (wish: ToPdf): void => {
    // Until the frame answers, what was found before is not shown as the answer.
    if (wish.kind === 'find' && !wish.again) setState((before) => ({ ...before, found: { ...atFirst.found, searching: true } }));
    frame.current?.contentWindow?.postMessage(wish, origin);
  };
  return { frame, state, ask };
}
