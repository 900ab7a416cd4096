import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { detectCyrillic, likelihood, macCyrillic, SAMPLE_BYTES, sampleOf } from '../base/cyrillic-charset.ts';

/** Labels that say «not Cyrillic, eight bits at most»: programs put them on Russian text, so they are believed only if the text agrees. */
const doubtedLabels = /^(us-?ascii|ascii|ansi.*|iso-?8859-?1(5)?|latin-?1|windows-?1252|cp-?1252|unknown.*|x-unknown|default|none|binary|8bit|x-user-defined)$/i;

/** How much better, per character beyond ASCII, another code page must look before a declared Cyrillic one is disbelieved. */
const DISBELIEF = 1.5;

export interface DecodedText {
  readonly text: string;
  /** The charset it was read in, lower case. */
  readonly charset: string;
  /** `declared` as labelled, `detected` guessed because nothing usable was declared, `corrected` guessed against the label. */
  readonly how: 'declared' | 'detected' | 'corrected';
  /** Some bytes have no character in that charset. */
  readonly lossy: boolean;
}

function tidyLabel(label: string | null | undefined): string | null {
  const name = (label ?? '').replace(/\*.*$/, '').replace(/["'\s]/g, '').toLowerCase();
  if (name === '') return null;
  if (/^(cp|win(dows)?|x-cp|cp-)-?1251$/.test(name)) return 'windows-1251';
  if (/^(x-)?mac-?(cyrillic|ukrainian)$/.test(name)) return macCyrillic;
  if (/^(ibm|dos|cp)-?866$/.test(name)) return 'cp866';
  if (/^utf-?8(-?mac|mb4)?$/.test(name)) return 'utf-8';
  return name;
}

function hasHighBytes(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte > 0x7f);
}

function decodeAs(bytes: Uint8Array, charset: string): string {
  // The cut at the end of a sample may fall inside a character: `stream` keeps TextDecoder from counting it as broken.
  if (charset === 'utf-8') return new TextDecoder('utf-8').decode(bytes, { stream: bytes.length >= SAMPLE_BYTES });
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), charset);
}

function decodeWhole(bytes: Uint8Array, charset: string, how: DecodedText['how']): DecodedText {
  const text = charset === 'utf-8' ? new TextDecoder('utf-8').decode(bytes) : iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), charset);
  return { text, charset, how, lossy: text.includes('\ufffd') };
}

/**
 * Bytes → text in the charset a person chose («Исправить кодировку»). A piece with a label of its own (an encoded word of the header) keeps
 * what was read by itself where that is clearly better Russian: one letter's subject may be labelled rightly and its text wrongly.
 */
export function decodeChosen(bytes: Uint8Array, chosen: string, label: string | null, hint: string | null): DecodedText {
  const asChosen = decodeWhole(bytes, chosen, 'declared');
  if (label === null) return asChosen;
  const byItself = decodeText(bytes, label, hint);
  return likelihood(byItself.text) > likelihood(asChosen.text) + DISBELIEF ? byItself : asChosen;
}

/**
 * Bytes → text: by the declared charset where the text agrees with it, otherwise by the Cyrillic charset it looks like
 * (windows-1251, koi8-r, iso-8859-5, cp866, UTF-8, declared wrongly or not at all). Never throws.
 * `hint` is the charset of the rest of the letter, for pieces too short to judge by themselves.
 */
export function decodeText(bytes: Uint8Array, label?: string | null, hint?: string | null): DecodedText {
  const declared = tidyLabel(label);
  // UTF-7 and byte encodings are no charsets of letters: reading them hides what others would see.
  const known = declared !== null && !/^(utf-?7.*|base64|hex|binary|internal|8bit)$/.test(declared) && iconv.encodingExists(declared);
  const foreign = known && /^(utf-?(16|32)|iso-?2022|gb|big5|euc|shift|sjis|ks_c|hz|ucs)/.test(declared);
  if (foreign) return decodeWhole(bytes, declared, 'declared');
  if (!hasHighBytes(bytes)) return decodeWhole(bytes, known && !doubtedLabels.test(declared) ? declared : 'utf-8', 'declared');
  if (declared === 'utf-8' && isUtf8(bytes)) return decodeWhole(bytes, declared, 'declared'); // bytes of another charset hardly ever have its shape
  const best = detectCyrillic(bytes, decodeAs, tidyLabel(hint));
  if (!known) return decodeWhole(bytes, best.charset, declared === null ? 'detected' : 'corrected');
  const own = likelihood(decodeAs(sampleOf(bytes), declared)) + (declared === 'utf-8' ? 4 : 0);
  const believed = declared === best.charset || own >= best.likelihood - (doubtedLabels.test(declared) || declared === macCyrillic ? 0 : DISBELIEF);
  return believed ? decodeWhole(bytes, declared, 'declared') : decodeWhole(bytes, best.charset, 'corrected');
}
