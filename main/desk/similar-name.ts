import { foldedWords } from '../../shared/base/fold.ts';

/** Edit distance, a swap of neighbours counting once; no further than `limit` + 1. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (beforePrevious[j - 2] ?? 0) + 1 : limit + 1;
      row.push(Math.min(changed, swapped, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** One slip of the keyboard in eight letters, two at most; the same words in another order count too. Equal names are not «similar». */
export function isSimilarName(a: string, b: string): boolean {
  const [left, right] = [foldedWords(a), foldedWords(b)];
  const [one, two] = [left.join(' '), right.join(' ')];
  if (one === two || one === '' || two === '') return false;
  const limit = Math.min(2, Math.floor(Math.max(one.length, two.length) / 8));
  return distance(one, two, limit) <= limit || [...left].sort().join(' ') === [...right].sort().join(' ');
}

/** One word for another by a slip of the keyboard (a letter left out, added, changed, two swapped); in a word of eight letters and more by two. */
export function isSimilarWord(a: string, b: string): boolean {
  if (a === b) return false;
  const limit = Math.min(a.length, b.length) >= 8 ? 2 : 1;
  return distance(a, b, limit) <= limit;
}
