import { detectCyrillic, SAMPLE_BYTES } from '../../shared/base/cyrillic-charset.ts';

function decodeAs(bytes: Uint8Array, charset: string): string {
  // The cut at the end of a sample may fall inside a character: `stream` keeps it from counting as broken.
  return new TextDecoder(charset).decode(bytes, { stream: bytes.length >= SAMPLE_BYTES });
}

/** The charset to read a text file in: told by its mark, else guessed as for the text of a letter that declares none. */
export function charsetOfText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return detectCyrillic(bytes, decodeAs).charset;
}
