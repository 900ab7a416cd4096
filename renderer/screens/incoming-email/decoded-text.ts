/** Text of unknown encoding: UTF-8 if it is one, else the Russian Windows encoding. */
export function decodedText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes); // not UTF-8: what old programs here write
  }
}
