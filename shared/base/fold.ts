/**
 * Folding for search and sorting: lower case, ё→е, blanks squeezed. One function at both ends, so that the desk
 * and the centre find the same rows.
 */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();
}

/** The words of a folded text: letters and digits only, so that dots, hyphens and quotes never hide a name. */
export function foldedWords(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Fewer digits are not looked for as a number written with blanks. */
const shortestNumber = 5;

/**
 * What may be meant by a text typed for a search: as it is, then with a number in it written together, then without the 8 or +7 of a
 * Russian phone: «8 (926) 330-14» also means «92633014».
 */
export function searchSpellings(search: string): readonly string[] {
  const joined = (strip: boolean): string =>
    search.replace(/\+?\d(?:[\s().+-]*\d)+/g, (run) => {
      const digits = run.replace(/\D/g, '');
      if (digits.length < shortestNumber) return run;
      return strip && /^(?:\+?7|8)/.test(run) ? digits.slice(1) : digits;
    });
  return [...new Set([search, joined(false), joined(true)])];
}
