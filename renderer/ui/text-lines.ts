/** Lines without the empty ones between them: the last may be the one just begun. */
export function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line, index, all) => line !== '' || index === all.length - 1);
}
