import { fold, foldedWords } from '../base/fold.ts';
import { withoutAddressTypes } from './address-words.ts';
import { onEnglishKeyboard, onRussianKeyboard, withoutLookAlikes } from './keyboard-layout.ts';
import { latinReading, russianReadings } from './transliteration.ts';

/** A number that was typed. */
export interface NumberQuery {
  /** Digits to compare, the likeliest first: as typed; the last ten of a long one; without 7 or 8 before a phone; without zeros before it. */
  readonly forms: readonly string[];
  /** Groups of digits as typed, zeros before them left out: «26», «1842». */
  readonly groups: readonly string[];
}

/** What a person looks for, in one reading. */
export interface SearchQuery {
  /** As read, without signs that cannot be seen. */
  readonly text: string;
  readonly folded: string;
  /** Folded words, each to begin some word; without those that only name parts of an address, and of an address of mail those before the @. */
  readonly words: readonly string[];
  /** Null unless digits are looked for. */
  readonly number: NumberQuery | null;
  /** Words beside the number. */
  readonly besideNumber: readonly string[];
  /** Lower case; empty unless the text holds an @ sign. */
  readonly email: string;
}

export interface Reading {
  /** What was read instead of what was typed; null as typed. */
  readonly understood: string | null;
  readonly query: SearchQuery;
}

/** Longest text looked at. */
export const longestSearch = 200;
/** Fewer digits are a house, not a number. */
const shortestNumber = 3;
const shortestPhone = 7;
/** Beside a name, fewer digits are a house. */
const shortestBesideWords = 5;
/** Soft hyphens, zero-width signs, control signs: they come along when text is pasted. */
const unseen = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|\p{Cc}/gu;
/** Words before a number that only say what number it is. */
const labels = new Set('кп и ду лф нв т тел телефон моб мобильный сот сотовый раб рабочий факс инн огрн огрнип кпп окпо шк штрихкод номер ном но n no № заявка заявки заявление обращение письмо карточка договор кадастровый кн'.split(' '));

function cleaned(text: string): string {
  return text.slice(0, longestSearch * 2).normalize('NFC').replace(/[\t\n\r]/g, ' ').replace(unseen, '').replace(/\s+/g, ' ').trim().slice(0, longestSearch);
}

function numberForms(digits: string): readonly string[] {
  const forms = [digits];
  if (digits.length >= 11) forms.push(digits.slice(-10));
  else if (/^[78]/.test(digits) && digits.length > shortestNumber) forms.push(digits.slice(1));
  const bare = digits.replace(/^0+/, '');
  if (bare.length >= shortestNumber) forms.push(bare);
  return [...new Set(forms)];
}

function numberIn(text: string, shortest: number): NumberQuery | null {
  const groups = text.match(/\d+/g) ?? [];
  const digits = groups.join('');
  return digits.length < shortest ? null : { forms: numberForms(digits), groups: groups.map((group) => group.replace(/^0+(?=\d)/, '')) };
}

/** Of a number the groups that say something alone, as words of a text: «418233» of «И-26-00-418233/102»; none of a phone. */
function numberWords(text: string): readonly string[] {
  const groups = text.match(/\d+/g) ?? [];
  const long = groups.filter(({ length }) => length > shortestNumber);
  return long.length > 0 ? long : groups.join('').length < shortestPhone ? groups : [];
}

/** The longest run of digits with what stands between digits of a phone or a number: «204-18-55» of «Соколова 204-18-55». */
function longestRun(text: string): string {
  const runs = text.match(/\d(?:[\s()./\-–—]*\d)*/g) ?? [];
  return runs.toSorted((a, b) => b.replace(/\D/g, '').length - a.replace(/\D/g, '').length)[0] ?? '';
}

/** Understands a text: digits, an address of mail, words. Never throws. */
export function searchQuery(typed: string): SearchQuery {
  const text = cleaned(typed);
  const folded = fold(text);
  const others = (folded.match(/\p{L}+/gu) ?? []).filter((word) => !labels.has(word));
  const isNumber = others.length === 0 && !text.includes('@');
  const run = isNumber ? text : longestRun(text);
  const number = text.includes('@') ? null : numberIn(run, isNumber ? shortestNumber : shortestBesideWords);
  const words = text.includes('@') ? foldedWords(text.slice(0, text.indexOf('@'))) : isNumber && number !== null ? numberWords(run) : withoutAddressTypes(text);
  const besideNumber = number === null || isNumber ? [] : withoutAddressTypes(text.replace(run, ' ')).filter((word) => !labels.has(word));
  return { text, folded, words, number, besideNumber, email: text.includes('@') ? text.toLowerCase().replaceAll(/[<>\s]/g, '') : '' };
}

/** Every way to read a text, as typed first: look-alike letters, the other keyboard layout, transliteration. */
export function readings(typed: string): readonly [Reading, ...Reading[]] {
  const asTyped = searchQuery(typed);
  const { text } = asTyped;
  const seen = new Set([fold(text)]);
  const others: Reading[] = [];
  for (const candidate of [withoutLookAlikes(text), onRussianKeyboard(text), ...russianReadings(text), onEnglishKeyboard(text), latinReading(text)]) {
    const understood = candidate === null ? '' : fold(candidate);
    if (understood === '' || seen.has(understood)) continue;
    seen.add(understood);
    others.push({ understood, query: searchQuery(understood) });
  }
  return [{ understood: null, query: asTyped }, ...others];
}
