import type { SearchPlace } from '../base/document-type.ts';
import { foldedWords } from '../base/fold.ts';
import { addressWords } from './address-words.ts';

/** Raised when words or keys of the same document would come out otherwise: stores index anew. */
export const searchIndexVersion = 1;

const combining = /[\u0300-\u036f]/;

/** Words of a place for the full-text search; phones and numbers are found by their keys instead. */
export function placeWords({ kind, text }: SearchPlace): readonly string[] {
  if (kind === 'phone' || kind === 'number') return [];
  const whole = combining.test(text) ? text.normalize('NFC') : text;
  return kind === 'address' ? addressWords(whole) : foldedWords(whole);
}

export function reversed(text: string): string {
  return [...text].toReversed().join('');
}

/** Digits of a phone as they are compared: the last ten, whatever stands before them; fewer as they are. */
export function comparedPhone(text: string): string {
  const digits = text.replace(/\D/g, '');
  return digits.length > 10 ? digits.slice(-10) : digits;
}

const shortestInner = 4;

/** What of a number can be typed alone: all its digits, and long groups inside («418233» of «И-26-00-418233/102»). */
export function comparedNumbers(text: string): readonly string[] {
  const groups = text.match(/\d+/g) ?? [];
  const whole = groups.join('');
  return whole === '' ? [] : [...new Set([whole, ...groups.slice(0, -1).filter(({ length }) => length >= shortestInner)])];
}

/** Digits of a phone or number place as they are compared. */
export function comparedDigits({ kind, text, value }: SearchPlace): readonly string[] {
  if (kind === 'number') return comparedNumbers(text);
  const digits = kind === 'phone' ? comparedPhone(value ?? text) : '';
  return digits === '' ? [] : [digits];
}

/** Marks of the keys of a store: digits from the beginning, digits from the end, a whole address of mail. */
export const keyMarks = { fromStart: '>', fromEnd: '<', email: '@' } as const;

/** Keys under which a place is found by digits or by an address of mail. */
export function placeKeys(place: SearchPlace): readonly string[] {
  if (place.kind === 'email') return [`${keyMarks.email}${place.text.trim().toLowerCase()}`];
  return comparedDigits(place).flatMap((digits) => [`${keyMarks.fromStart}${digits}`, `${keyMarks.fromEnd}${reversed(digits)}`]);
}
