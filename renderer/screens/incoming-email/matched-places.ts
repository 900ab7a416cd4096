import { fold } from '../../../shared/base/fold.ts';
import { client as clientType, phoneDigits, type Client } from '../../../shared/domain/client/model.ts';
import type { Candidate } from '../../../shared/protocol/ipc.ts';

/** What to look for in a letter's text: that by which its possible clients were found. */
export interface Wanted {
  /** Full names, folded words. */
  readonly names: readonly string[];
  /** Folded addresses. */
  readonly addresses: readonly string[];
  /** Last ten digits. */
  readonly phones: readonly string[];
  /** Numbers of applications as they stand in the text. */
  readonly applications: boolean;
}

export const nothingWanted: Wanted = { names: [], addresses: [], phones: [], applications: false };

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The card of a candidate; null for a row that is no whole card. */
export function clientOf(candidate: Candidate): Client | null {
  const parsed = clientType.schema.safeParse(candidate.row.document);
  return parsed.success ? parsed.data : null;
}

/** What the candidates' «Строки поиска» were found by. */
export function wantedOf(candidates: readonly Candidate[]): Wanted {
  const names = new Set<string>();
  const addresses = new Set<string>();
  const phones = new Set<string>();
  let applications = false;
  for (const candidate of candidates) {
    const card = clientOf(candidate);
    const { matched } = candidate;
    if (card === null) continue;
    if (matched.includes('name') || matched.includes('similarName')) for (const name of namesOf(card)) names.add(name);
    if (matched.includes('email') || matched.includes('addressLink')) for (const { address } of card.emails) addresses.add(fold(address));
    if (matched.includes('phone')) for (const { e164, typed } of card.phones) phones.add(phoneDigits(e164 ?? typed));
    applications ||= matched.includes('applicationNumber');
  }
  phones.delete('');
  addresses.delete('');
  return { names: [...names], addresses: [...addresses], phones: [...phones], applications };
}

function namesOf({ kind, name, lastName, firstName, middleName }: Client): readonly string[] {
  if (kind === 'organization' || lastName === '') return name === '' ? [] : [name];
  return [`${lastName} ${firstName} ${middleName}`, `${firstName} ${middleName} ${lastName}`, `${lastName} ${firstName}`, `${firstName} ${lastName}`].map((text) => text.trim()).filter((text) => text.includes(' '));
}

// Every repetition is bounded: a hostile text must not hold the window up.
const addressPattern = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
const phonePattern = /(?<![\d/])(?:\+?[78][\s-]{0,3})?\(?\d{3,5}\)?[\s-]{0,3}\d{1,3}[\s-]{0,3}\d{2}[\s-]{0,3}\d{2}(?!\d)/g;
const applicationPattern = /(?:№\s?)?[ИI]-\d{2}-\d{2}-\d{4,8}(?:\/\d{1,4})?/g;

function namePattern(name: string): RegExp {
  const words = fold(name).match(/[\p{L}\p{N}]+/gu) ?? [];
  const body = words.map((word) => word.replaceAll('е', '[её]')).join('[^\\p{L}\\p{N}]{1,3}');
  return new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, 'giu');
}

/** Places of `text` that matched, in order, never overlapping. */
export function matchedSpans(text: string, wanted: Wanted): readonly Span[] {
  const found: Span[] = [];
  const add = (pattern: RegExp, fits: (matched: string) => boolean): void => {
    for (const match of text.matchAll(pattern)) if (fits(match[0])) found.push({ from: match.index, to: match.index + match[0].length });
  };
  if (wanted.addresses.length > 0) add(addressPattern, (address) => wanted.addresses.includes(fold(address)));
  if (wanted.phones.length > 0) add(phonePattern, (phone) => wanted.phones.includes(phoneDigits(phone)));
  if (wanted.applications) add(applicationPattern, () => true);
  for (const name of wanted.names) if (fold(name).length > 2) add(namePattern(name), () => true);
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: Span[] = [];
  for (const span of found) if (span.from >= (kept.at(-1)?.to ?? 0)) kept.push(span);
  return kept;
}

export interface TextPiece {
  readonly text: string;
  readonly kind: 'plain' | 'mark' | 'link';
  /** Where it begins in the text. */
  readonly from: number;
}

const linkPattern = /https:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]]/gi;

/** A text cut into plain, matched and linking pieces, in order; joined they are the text. */
export function textPieces(text: string, wanted: Wanted): readonly TextPiece[] {
  const marks = matchedSpans(text, wanted).map((span) => ({ ...span, kind: 'mark' as const }));
  const links = [...text.matchAll(linkPattern)].map((match) => ({ from: match.index, to: match.index + match[0].length, kind: 'link' as const }));
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const { from, to, kind } of [...marks, ...links].sort((a, b) => a.from - b.from)) {
    if (from < at) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), kind: 'plain', from: at });
    pieces.push({ text: text.slice(from, to), kind, from });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), kind: 'plain', from: at });
  return pieces;
}

/** Paragraphs of a text, cut at blank lines, with their places: drawn with a small gap instead of an empty line. */
export function textParagraphs(text: string): readonly { readonly text: string; readonly from: number }[] {
  const paragraphs: { text: string; from: number }[] = [];
  for (const match of text.matchAll(/[^\n]+(?:\n[^\n]+)*/g)) if (match[0].trim() !== '') paragraphs.push({ text: match[0], from: match.index });
  return paragraphs;
}
