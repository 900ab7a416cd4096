/** The keys of a Russian keyboard (ЙЦУКЕН) and of an English one (QWERTY), in the same order. */
const english = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?@#$^&';
const russian = 'ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"№;:?';

const toRussian = new Map([...english].map((key, place) => [key, russian[place] ?? key]));
const toEnglish = new Map([...russian].map((key, place) => [key, english[place] ?? key]));

const hasLatin = /\p{Script=Latin}/u;
const hasCyrillic = /\p{Script=Cyrillic}/u;

function typed(text: string, keys: ReadonlyMap<string, string>): string {
  return [...text].map((sign) => keys.get(sign) ?? sign).join('');
}

/**
 * What the same keys give on a Russian keyboard: «bdfyjd» is «иванов». Words that hold Russian letters already stay, so that a layout changed
 * half-way is understood too. Null if no letter is Latin.
 */
export function onRussianKeyboard(text: string): string | null {
  if (!hasLatin.test(text)) return null;
  return text.split(' ').map((word) => (hasCyrillic.test(word) ? word : typed(word, toRussian))).join(' ');
}

/** What the same keys give on an English keyboard: «ьюыщлщдщмф» is «m.sokolova». Null if no letter is Russian. */
export function onEnglishKeyboard(text: string): string | null {
  return hasCyrillic.test(text) ? typed(text, toEnglish) : null;
}

const alike: ReadonlyMap<string, string> = new Map([...'AaBCcEeHKMOoPpTXxy'].map((letter, place) => [letter, [...'АаВСсЕеНКМОоРрТХху'][place] ?? letter]));

/** Latin letters that look like Russian ones, inside words that hold both: «Cоколова» typed with a Latin C. Null if there are none. */
export function withoutLookAlikes(text: string): string | null {
  const read = text.replace(/[\p{L}\p{N}]+/gu, (word) => (hasLatin.test(word) && hasCyrillic.test(word) ? typed(word, alike) : word));
  return read === text ? null : read;
}
