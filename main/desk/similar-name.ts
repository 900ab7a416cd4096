import { foldedWords } from '../../shared/base/fold.ts';

/** Edit distance, counted no further than `limit` + 1. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(changed, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
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
