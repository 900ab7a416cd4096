import type { ReactNode } from 'react';
import { markedParts, type Range } from './marked-parts.ts';

/** Text with what matched marked; with `cut` a long text begins shortly before the first match. Ranges outside of the text are left out. */
export function MarkedText({ text, ranges, cut = false }: { readonly text: string; readonly ranges: readonly Range[]; readonly cut?: boolean }): ReactNode {
  const parts = markedParts(text, ranges, cut);
  return parts.map(({ text: part, marked }, index) => (marked ? <mark key={index}>{part}</mark> : part)); // parts of one text have no other name than their place
}
