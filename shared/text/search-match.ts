import type { SearchPlace } from '../base/document-type.ts';
import type { NumberQuery } from './search-query.ts';
import { comparedDigits } from './search-words.ts';

type Range = readonly [start: number, end: number];

/** What rows are compared with: each word with its other spellings, a number, an address of mail. */
export interface Wanted {
  readonly words: readonly (readonly string[])[];
  readonly number: NumberQuery | null;
  readonly email: string;
}

/** Where a document was found. */
export interface PlaceMatch {
  readonly place: string;
  readonly text: string;
  /** UTF-16 offsets into `text`, in order, not overlapping. */
  readonly ranges: readonly Range[];
  /** How well the whole document fits: more is better, 0 = not at all. */
  readonly score: number;
}

interface Found {
  readonly score: number;
  readonly ranges: readonly Range[];
}

const nothing: Found = { score: 0, ranges: [] };
/** Levels of a word found: whole, beginning, inside. */
const [whole, beginning, inside] = [3, 2, 1];
const longestShown = 160;
const combining = /[\u0300-\u036f]/;

const wordSign = /[\p{L}\p{N}\p{M}]/u;

/** Folded without a change of length, so that offsets stay true. */
function foldedInPlace(text: string): string {
  const lower = text.toLowerCase();
  const same = lower.length === text.length ? lower : [...text].map((sign) => (sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign)).join('');
  return same.replaceAll('ё', 'е');
}

function isWordSign(text: string, at: number): boolean {
  const sign = text[at];
  return sign !== undefined && wordSign.test(sign);
}

/** The best place of a word in a folded text: as a whole word, at a beginning, inside. */
function wordIn(folded: string, spellings: readonly string[]): Found {
  let best = nothing;
  for (const word of spellings) {
    for (let at = folded.indexOf(word); at >= 0 && best.score < whole; at = folded.indexOf(word, at + 1)) {
      const end = at + word.length;
      const score = isWordSign(folded, at - 1) ? inside : isWordSign(folded, end) ? beginning : whole;
      if (score > best.score) best = { score, ranges: [[at, end]] };
    }
  }
  return best;
}

/** The digits of a text with their offsets. */
function digitsOf(text: string): { readonly digits: string; readonly at: readonly number[] } {
  const at = [...text.matchAll(/\d/g)].map(({ index }) => index);
  return { digits: at.map((index) => text[index] ?? '').join(''), at };
}

function digitRange(text: string, digits: string, atEnd: boolean): readonly Range[] {
  const shown = digitsOf(text);
  const place = atEnd ? shown.digits.lastIndexOf(digits) : shown.digits.indexOf(digits);
  const [start, end] = [shown.at[place], shown.at[place + digits.length - 1]];
  return place < 0 || start === undefined || end === undefined ? [] : [[start, end + 1]];
}

/** Levels of a number found: all its digits, its end, its beginning, its groups with other zeros. */
const [wholeNumber, endOfNumber, startOfNumber, groupsOfNumber] = [12, 8, 7, 9];

function groupsIn(text: string, groups: readonly string[]): Found {
  if (groups.length === 0) return nothing;
  const own = [...text.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ bare: digits.replace(/^0+(?=\d)/, ''), start: index, end: index + digits.length }));
  const ranges: Range[] = [];
  for (let at = own.length - 1, left = groups.length - 1; left >= 0; left -= 1, at -= 1) {
    const group = own[at];
    if (group === undefined || group.bare !== groups[left]) return nothing;
    ranges.unshift([group.start, group.end]);
  }
  return { score: groupsOfNumber, ranges };
}

function numberInPlace(place: SearchPlace, { forms, groups }: NumberQuery): Found {
  const values = comparedDigits(place);
  let best = values.length === 0 || place.kind === 'phone' ? nothing : groupsIn(place.text, groups);
  for (const form of forms) {
    for (const value of values) {
      const score = value === form ? wholeNumber : value.endsWith(form) ? endOfNumber : value.startsWith(form) ? startOfNumber : 0;
      if (score > best.score) best = { score, ranges: digitRange(place.text, form, score === endOfNumber) };
    }
  }
  return best;
}

function emailIn(place: SearchPlace, email: string): Found {
  const at = place.text.toLowerCase().indexOf(email);
  if (at < 0) return nothing;
  return { score: at > 0 ? endOfNumber : place.text.length === email.length ? wholeNumber : startOfNumber, ranges: [[at, at + email.length]] };
}

function joined(ranges: readonly Range[]): readonly Range[] {
  const result: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** A long text is cut around what was found in it. */
function cut(text: string, ranges: readonly Range[]): { readonly text: string; readonly ranges: readonly Range[] } {
  if (text.length <= longestShown) return { text, ranges };
  const from = Math.max(0, Math.min((ranges[0]?.[0] ?? 0) - 40, text.length - longestShown));
  const moved = ranges.flatMap(([start, end]): readonly Range[] => (start < from || end > from + longestShown ? [] : [[start - from, end - from]]));
  return { text: text.slice(from, from + longestShown), ranges: moved };
}

function inPlace(place: SearchPlace, { words, number, email }: Wanted): { readonly score: number; readonly ranges: readonly Range[]; readonly levels: readonly number[] } {
  const byDigits = number === null || (place.kind !== 'phone' && place.kind !== 'number') ? nothing : numberInPlace(place, number);
  const byEmail = email === '' || place.kind !== 'email' ? nothing : emailIn(place, email);
  const folded = words.length === 0 || place.kind === 'phone' || place.kind === 'number' ? null : foldedInPlace(place.text);
  const found = folded === null ? [] : words.map((spellings) => wordIn(folded, spellings));
  const own = Math.max(byDigits.score, byEmail.score);
  return { score: own + found.reduce((sum, { score }) => sum + score, 0), ranges: own > 0 ? [...byDigits.ranges, ...byEmail.ranges] : found.flatMap(({ ranges }) => ranges), levels: found.map(({ score }) => score) };
}

/** The place of a document that says best why it was found, with what to mark in it; null if nothing of it fits. */
export function bestMatch(stored: readonly SearchPlace[], wanted: Wanted): PlaceMatch | null {
  const places = stored.map((place) => (combining.test(place.text) ? { ...place, text: place.text.normalize('NFC') } : place));
  let best: { readonly place: SearchPlace; readonly score: number; readonly ranges: readonly Range[] } | null = null;
  const levels = wanted.words.map(() => 0);
  let digits = 0;
  for (const place of places) {
    const found = inPlace(place, wanted);
    found.levels.forEach((level, index) => {
      levels[index] = Math.max(levels[index] ?? 0, level);
    });
    digits = Math.max(digits, found.score - found.levels.reduce((sum, level) => sum + level, 0));
    if (found.score > (best?.score ?? 0)) best = { place, ...found };
  }
  if (best === null) return null;
  const { text, ranges } = cut(best.place.text, joined(best.ranges));
  const isName = best.place.kind === 'name' ? 1 : 0;
  return { place: best.place.place, text, ranges, score: digits + levels.reduce((sum, level) => sum + level, 0) + isName };
}

/** True if every word is found in one place or another. */
export function hasWords(places: readonly SearchPlace[], words: readonly string[]): boolean {
  const texts = places.map(({ text }) => foldedInPlace(text));
  return words.every((word) => texts.some((folded) => folded.includes(word)));
}
