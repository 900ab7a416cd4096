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
/** x-mac-cyrillic. Its small letters are those of windows-1251, so it is looked for only where the letter names it: as the `hint`. */
export const macCyrillic = 'maccyrillic';

/** Bytes looked at when guessing: a part is enough, and a 50 MB text must not take minutes. */
export const SAMPLE_BYTES = 16_384;

/** A stretch that starts a little before the first byte beyond ASCII. */
export function sampleOf(bytes: Uint8Array): Uint8Array {
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

/** Bytes → text in a charset; what has no character becomes U+FFFD, what is cut at the end of a sample is left out. */
export type DecodeAs = (bytes: Uint8Array, charset: string) => string;

/** The Cyrillic charset the bytes look most like; `hint` wins when two look the same. Whoever asks brings the decoder: each place has its own. */
export function detectCyrillic(bytes: Uint8Array, decodeAs: DecodeAs, hint: string | null = null): { readonly charset: string; readonly likelihood: number } {
  const sample = sampleOf(bytes);
  let best = { charset: 'utf-8', likelihood: -Infinity };
  for (const charset of hint === macCyrillic ? [...cyrillicCharsets, macCyrillic] : cyrillicCharsets) {
    // UTF-8 has a shape of its own: bytes that keep to it are hardly ever anything else.
    const text = decodeAs(sample, charset);
    const bonus = charset === 'utf-8' && !text.includes('\ufffd') ? 4 : charset === hint ? 1 : 0;
    const score = likelihood(text) + bonus;
    if (score > best.likelihood) best = { charset, likelihood: score };
  }
  return best;
}
