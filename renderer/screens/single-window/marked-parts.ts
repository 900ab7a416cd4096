import type { SearchRow } from '../../../shared/protocol/search.ts';

export type Range = SearchRow['matched']['ranges'][number];

/** So much of a long text stands before what matched. */
const BEFORE = 32;

export interface MarkedPart {
  readonly text: string;
  readonly marked: boolean;
}

/** The text in parts, marked and not, in order; overlapping ranges are joined. */
export function markedParts(text: string, ranges: readonly Range[], cut: boolean): readonly MarkedPart[] {
  const sorted = ranges.filter(([start, end]) => start < end && end <= text.length).toSorted((a, b) => a[0] - b[0]);
  const [first] = sorted;
  const from = cut && first !== undefined && first[0] > BEFORE + 8 ? wordStart(text, first[0] - BEFORE) : 0;
  const parts: MarkedPart[] = [];
  let at = from;
  const put = (end: number, marked: boolean): void => {
    if (end <= at) return;
    parts.push({ text: (at === from && from > 0 ? '…' : '') + text.slice(at, end), marked });
    at = end;
  };
  for (const [start, end] of sorted) {
    put(start, false);
    put(end, true);
  }
  put(text.length, false);
  return parts;
}

/** The first word that begins at or after `at`, so that a cut text does not begin inside of one. */
function wordStart(text: string, at: number): number {
  const blank = text.indexOf(' ', at);
  return blank < 0 || blank > at + 16 ? at : blank + 1;
}

/** What matched, as ranges of a text that holds it; null where the text does not. A long matched text comes cut, with «…» at its ends. */
export function rangesIn(text: string, { text: matched, ranges }: SearchRow['matched']): readonly Range[] | null {
  const [, before = '', whole = ''] = /^(…?)(.*?)…?$/su.exec(matched) ?? [];
  const at = whole === '' ? -1 : text.indexOf(whole);
  if (at < 0) return null;
  const shift = at - before.length;
  return ranges.map(([start, end]): Range => [start + shift, end + shift]).filter(([start]) => start >= 0);
}
