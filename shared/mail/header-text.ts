import libqp from 'libqp';
import { decodeChosen, decodeText } from './charset.ts';

const encodedWord = /=\?([^?\s]+)\?([QqBb])\?([^?]*)\?=/g;

/** Bytes beyond ASCII stand here while the structure of a header is read. */
const SHIELD = 0xe000;

/**
 * A header as it stood on the wire (one byte per character) with its bytes beyond ASCII moved out of the way of code that reads
 * structure: 0xA0 is half of a «Р» in UTF-8 and an «а» in cp866, but a white space to `trim`.
 */
export function shieldBytes(binary: string): string {
  return binary.replace(/[\u0080-\u00ff]/g, (character) => String.fromCharCode(SHIELD + character.charCodeAt(0)));
}

/** The bytes of a piece of header, shielded or not; null if it holds characters that are no bytes. */
function bytesOfPiece(piece: string): Buffer | null {
  const codes = Array.from(piece, (character) => {
    const code = character.charCodeAt(0);
    return code >= SHIELD + 0x80 && code <= SHIELD + 0xff ? code - SHIELD : code;
  });
  return codes.every((code) => code <= 0xff) ? Buffer.from(codes) : null;
}

/** How pieces that do not tell their charset are read: `hint` is the charset of the letter's body, `chosen` a person's word, which wins. */
export interface HeaderCharset {
  readonly hint: string | null;
  readonly chosen: string | null;
}

function decode(bytes: Uint8Array, label: string | null, { hint, chosen }: HeaderCharset): string {
  return (chosen === null ? decodeText(bytes, label, hint) : decodeChosen(bytes, chosen, label, hint)).text;
}

function readPiece(piece: string, charset: HeaderCharset): string {
  const bytes = /[\u0080-\uffff]/.test(piece) ? bytesOfPiece(piece) : null;
  return bytes === null ? piece : decode(bytes, null, charset);
}

interface Word {
  readonly charset: string;
  readonly encoding: 'q' | 'b';
  readonly payload: string;
}

function bytesOf({ encoding, payload }: Word): Buffer {
  if (encoding === 'b') return Buffer.from(payload.replace(/[^A-Za-z0-9+/=_-]/g, ''), 'base64');
  return libqp.decode(Buffer.from(payload.replaceAll('_', ' '), 'latin1'));
}

/** The words of one run are decoded as one: senders cut a character, and even a base64 group, between two words (against RFC 2047). */
function decodeRun(words: readonly Word[], charset: HeaderCharset): string {
  const groups: Word[][] = [];
  for (const word of words) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && last[0].charset.toLowerCase() === word.charset.toLowerCase() && last[0].encoding === word.encoding) last.push(word);
    else groups.push([word]);
  }
  return groups
    .map((group) => {
      const separately = group.every(({ payload }) => payload.length % 4 === 0 || payload.endsWith('=') || group.length === 1);
      const [first] = group;
      if (first === undefined) return '';
      const bytes = first.encoding === 'b' && !separately ? bytesOf({ ...first, payload: group.map(({ payload }) => payload).join('') }) : Buffer.concat(group.map(bytesOf));
      return decode(bytes, first.charset, charset);
    })
    .join('');
}

/**
 * The text of a header value: RFC 2047 words, raw 8-bit bytes in whatever Cyrillic charset, and mixtures of both.
 * `binary` holds one byte per character (as the header stood on the wire, shielded or not).
 */
export function decodeHeaderText(binary: string, hint: string | null = null, chosen: string | null = null): string {
  const charset = { hint, chosen };
  let result = '';
  let run: Word[] = [];
  let position = 0;
  for (const found of binary.matchAll(encodedWord)) {
    const between = binary.slice(position, found.index);
    // White space between two words is folding, not text.
    if (run.length > 0 && !/^\s*$/.test(between)) {
      result += decodeRun(run, charset);
      run = [];
    }
    if (run.length === 0) result += readPiece(between, charset);
    run.push({ charset: found[1] ?? '', encoding: (found[2] ?? '').toLowerCase() === 'b' ? 'b' : 'q', payload: found[3] ?? '' });
    position = found.index + found[0].length;
  }
  if (run.length > 0) result += decodeRun(run, charset);
  return plainLine(result + readPiece(binary.slice(position), charset));
}

/** One line without control characters: nothing in a header may break a list or a log. */
export function plainLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/ {2,}/g, ' ').trim();
}
