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
