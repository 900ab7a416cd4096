const title = /^\s*(?:describe|it|test)\(\s*['"`](\d+(?:\.\d+)+)[ :]/gm;

/** The numbers that begin a title of a test or of a group in the text of a test file. A skipped or commented test proves nothing. */
export function provenNumbers(text: string): readonly string[] {
  return [...text.matchAll(title)].flatMap(([, number]) => (number === undefined ? [] : [number]));
}
