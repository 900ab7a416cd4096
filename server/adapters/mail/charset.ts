import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/**
 * How likely a Russian letter (row) is followed by another (column), both in the order of `alphabet`: 0 never seen, 9 very often
 * (a logarithm of the count in a body of Russian business text). Enough to tell Russian from the same bytes in a wrong code page.
 */
const alphabet = 'абвгдежзийклмнопрстуфхцчшщъыьэюя';
const pairs = [
  '08957886558879297892048768000068', '60000624702602809407040006660000', '90200902808806936766070022072006', '50005500800600905204000000000000',
  '80352833806547957667000000550008', '06688847059999429993652604000000', '70006800700007000000000000000000', '90837420705056800206000000043002',
  '66757928788879527990756825000059', '00003003000204200750000020000000', '90702620902807936798002000020000', '80022920904507800308500000039077',
  '92000900703465832607000000060005', '90204902907209900597706000087227', '09999877679999689992545865000403', '70000700906703949204002000052002',
  '93565940907086934467000250073406', '83700700808865885696270620559208', '94900902808325979857000600079000', '50677575065682065750040734000252',
  '50500203800200800002000000000500', '00000200300004924000250000000000', '60000600902000500002000000000000', '80000900706007000075000200002000',
  '50000800404200502025000000000000', '50000900700006000000000000000000', '00000700000000000000000000000000', '05623604080350040362060020000002',
  '05020308005096000660000060000032', '00000000005804000445000000000000', '00000050000000005060000704000000', '00803656000323005060025008000050',
].map((row) => [...row].map(Number));

/** Signs that occur in Russian text beside letters. */
const usualSigns = /[«»„“”‘’—–…№§°±×²³€₽•·\u00a0\u200b\ufeff]/;
/** Letters of the neighbours that share the code pages: possible, not expected. */
const neighbourLetters = /[іїєґўІЇЄҐЎ]/;
const latinLetter = /[\u00c0-\u024f]/;

/** The code pages a Russian letter may come in, the most usual first. */
const cyrillicCharsets = ['utf-8', 'windows-1251', 'koi8-r', 'iso-8859-5', 'cp866'] as const;
/** Labels that say «not Cyrillic, eight bits at most»: programs put them on Russian text, so they are believed only if the text agrees. */
const doubtedLabels = /^(us-?ascii|ascii|ansi.*|iso-?8859-?1(5)?|latin-?1|windows-?1252|cp-?1252|unknown.*|x-unknown|default|none|binary|8bit|x-user-defined)$/i;

/** Bytes looked at when guessing: a part is enough, and a 50 MB text must not take minutes. */
const SAMPLE_BYTES = 16_384;
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
  if (/^(ibm|dos|cp)-?866$/.test(name)) return 'cp866';
  if (/^utf-?8(-?mac|mb4)?$/.test(name)) return 'utf-8';
  return name;
}

function hasHighBytes(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte > 0x7f);
}

/** A stretch that starts a little before the first byte beyond ASCII. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const start = Math.max(0, first - 64);
  return bytes.subarray(start, start + SAMPLE_BYTES);
}

/** Place of a Russian letter in `alphabet` by its code, ё as е; -1 for any other sign below this bound, which holds all letters. */
const lettersEnd = 0x500;
const placeInAlphabet = Int8Array.from({ length: lettersEnd }, (_, code) => alphabet.indexOf(String.fromCharCode(code).toLowerCase().replace('ё', 'е')));

function letterPlace(code: number): number {
  return code < lettersEnd ? (placeInAlphabet[code] ?? -1) : -1;
}

function isRussianCapital(code: number): boolean {
  return (code >= 0x410 && code <= 0x42f) || code === 0x401;
}

function isEnglish(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

/** A letter of the alphabet and what stands before it. */
function letterScore(code: number, place: number, previous: number): number {
  const capital = isRussianCapital(code);
  const before = letterPlace(previous);
  if (before < 0) return isEnglish(previous) ? -5 : capital ? 2 : 3;
  if (capital && !isRussianCapital(previous)) return -6; // приВЕТ: the mark of a wrong code page
  const likely = pairs[before]?.[place] ?? 0;
  return (likely === 0 ? -4 : likely) - (capital ? 0.5 : 0);
}

/** A sign beyond ASCII that is no Russian letter. */
function signScore(code: number, previous: number): number {
  const character = String.fromCodePoint(code);
  if (usualSigns.test(character)) return 0;
  if (neighbourLetters.test(character)) return -1;
  if (latinLetter.test(character)) return isEnglish(previous) ? 2 : latinLetter.test(String.fromCodePoint(previous)) ? -3 : 0;
  if (code === 0xfffd) return -10;
  return code <= 0x9f ? -8 : -5;
}

/** How much a text looks like Russian (or, if it must, like some other living language): mean over its characters beyond ASCII. */
export function likelihood(text: string): number {
  let sum = 0;
  let count = 0;
  let previous = 0x20;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at++;
    if (code > 0x7f) {
      const place = letterPlace(code);
      sum += place < 0 ? signScore(code, previous) : letterScore(code, place, previous);
      count += 1;
    } else if (isEnglish(code) && letterPlace(previous) >= 0) {
      sum -= 5; // alphabets are hardly ever mixed inside a word
    }
    previous = code;
  }
  return count === 0 ? 0 : sum / count;
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

/** The Cyrillic charset the bytes look most like; `hint` wins when two look the same. */
export function detectCyrillic(bytes: Uint8Array, hint: string | null = null): { readonly charset: string; readonly likelihood: number } {
  const sample = sampleOf(bytes);
  let best = { charset: 'utf-8', likelihood: -Infinity };
  for (const charset of cyrillicCharsets) {
    // UTF-8 has a shape of its own: bytes that keep to it are hardly ever anything else.
    const text = decodeAs(sample, charset);
    const bonus = charset === 'utf-8' && !text.includes('\ufffd') ? 4 : charset === hint ? 1 : 0;
    const score = likelihood(text) + bonus;
    if (score > best.likelihood) best = { charset, likelihood: score };
  }
  return best;
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
  const best = detectCyrillic(bytes, tidyLabel(hint));
  if (!known) return decodeWhole(bytes, best.charset, declared === null ? 'detected' : 'corrected');
  const own = likelihood(decodeAs(sampleOf(bytes), declared)) + (declared === 'utf-8' ? 4 : 0);
  const believed = declared === best.charset || own >= best.likelihood - (doubtedLabels.test(declared) ? 0 : DISBELIEF);
  return believed ? decodeWhole(bytes, declared, 'declared') : decodeWhole(bytes, best.charset, 'corrected');
}
