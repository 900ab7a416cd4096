import libmime from 'libmime';
import { cutTextProblem, maxEmailText, type Automation, type MailAddress } from '../domain/incoming-email/model.ts';
import { detectAutomation, fromMailSystem } from './automation.ts';
import { decodeChosen, decodeText } from './charset.ts';
import { readDeliveryReport, type DeliveryReport } from './delivery-report.ts';
import { HeaderFields, parseAddresses, parseMailDate, parseMessageIds } from './header-fields.ts';
import { decodeHeaderText, plainLine } from './header-text.ts';
import { charsetOfHtml, htmlToText } from './html-text.ts';
import { MAX_DEPTH, splitLetter, type MimePart } from './mime-parts.ts';

const MAX_HTML = 5_000_000;
/** Addresses of one header kept on the document; all stay in the .eml. */
const MAX_ADDRESSES = 500;
const MAX_SUBJECT = 2_000;
const MAX_REFERENCES = 200;

/** What the transport knew. */
export interface Envelope {
  /** MAIL FROM; null for the empty path. */
  readonly returnPath: string | null;
}

export interface ParsedAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly contentId: string | null;
  readonly inline: boolean;
  readonly content: Uint8Array;
}

/** A letter as plain facts. */
export interface ParsedEmail {
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly from: MailAddress;
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly subject: string;
  readonly sentAt: string | null;
  readonly text: string;
  readonly html: string | null;
  readonly attachments: readonly ParsedAttachment[];
  readonly problems: readonly string[];
  readonly automation: Automation;
  readonly report: DeliveryReport | null;
}

interface BodyPiece {
  readonly kind: 'plain' | 'html';
  readonly value: string;
  readonly alternative: number | null;
}

function isBody({ mediaType, disposition, name, depth, multipart }: MimePart): boolean {
  if (multipart) return true; // a multipart without a boundary: its bytes are all there is
  return (mediaType === 'text/plain' || mediaType === 'text/html') && disposition !== 'attachment' && name === null && depth <= MAX_DEPTH;
}

/** How the texts of one letter are read: `hint` from its body's label, `chosen` by a person («Исправить кодировку»). */
interface Reading {
  readonly hint: string | null;
  readonly chosen: string | null;
}

function readPiece(part: MimePart, { hint, chosen }: Reading, problems: Set<string>): BodyPiece {
  const html = part.mediaType === 'text/html';
  const label = part.parameters['charset'] ?? (html ? charsetOfHtml(part.content) : null);
  const decoded = chosen === null ? decodeText(part.content, label, hint) : decodeChosen(part.content, chosen, null, hint);
  if (decoded.how === 'corrected') problems.add(`Кодировка в письме указана неверно («${plainLine(label ?? '').slice(0, 40)}»): текст прочитан как ${decoded.charset}.`);
  if (decoded.how === 'detected' && decoded.charset !== 'utf-8') problems.add(`Кодировка в письме не указана: текст прочитан как ${decoded.charset}.`);
  if (decoded.lossy) problems.add('Некоторые знаки текста прочитать не удалось: они заменены знаком «�».');
  const flowed = part.mediaType === 'text/plain' && /^flowed$/i.test(part.parameters['format'] ?? '');
  const text = flowed ? libmime.decodeFlowed(decoded.text, /^yes$/i.test(part.parameters['delsp'] ?? '')) : decoded.text;
  // eslint-disable-next-line no-control-regex -- PostgreSQL keeps no NUL, and lists show no control characters
  return { kind: html ? 'html' : 'plain', value: text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ''), alternative: part.alternative };
}

const escapeHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Of alternatives the text is taken from the plain one, the picture from the HTML one; other pieces follow each other. */
function assemble(pieces: readonly BodyPiece[]): { text: string; html: string | null } {
  const hasTwin = (piece: BodyPiece): boolean => piece.alternative !== null && pieces.some((other) => other.alternative === piece.alternative && other.kind !== piece.kind && other.value.trim() !== '');
  const text = pieces
    .filter((piece) => piece.kind === 'plain' || !hasTwin(piece))
    .map((piece) => (piece.kind === 'plain' ? piece.value : htmlToText(piece.value)))
    .filter((value) => value.trim() !== '');
  const html = pieces.filter((piece) => piece.kind === 'html' || !hasTwin(piece)).map((piece) => (piece.kind === 'html' ? piece.value : `<pre style="white-space:pre-wrap">${escapeHtml(piece.value)}</pre>`));
  return { text: text.join('\n\n').replace(/^\n+|\s+$/g, ''), html: pieces.some(({ kind }) => kind === 'html') ? html.join('\n') : null };
}

/** A name fit for a list and a disk: no folders, no control or direction signs, at most 200 characters with the ending kept. */
export function cleanFileName(name: string): string {
  const base = name.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').split(/[/\\]/).at(-1) ?? '';
  const plain = plainLine(base).replace(/[<>:"|?*]/g, '_').replace(/^\.+/, '').trim();
  if (plain.length <= 200) return plain;
  const ending = /\.[^.]{1,12}$/.exec(plain)?.[0] ?? '';
  return plain.slice(0, 200 - ending.length) + ending;
}

function inventedName(part: MimePart, index: number): string {
  if (part.mediaType === 'message/rfc822') return `Письмо ${index}.eml`;
  return `Вложение ${index}.${libmime.detectExtension(part.mediaType)}`;
}

function attachmentOf(part: MimePart, index: number, html: string | null): ParsedAttachment {
  const given = cleanFileName(part.name ?? '');
  const name = given === '' ? inventedName(part, index) : part.mediaType === 'message/rfc822' && !/\.eml$/i.test(given) ? `${given}.eml` : given;
  const shown = part.contentId !== null && html !== null && html.includes(`cid:${part.contentId}`);
  return { name, mediaType: part.mediaType, contentId: part.contentId, inline: shown || (part.contentId !== null && part.disposition === 'inline'), content: part.content };
}

function limited<T>(list: readonly T[], limit: number, problem: (count: number) => string, problems: Set<string>): readonly T[] {
  if (list.length <= limit) return list;
  problems.add(problem(list.length));
  return list.slice(0, limit);
}

function readAddresses(fields: HeaderFields, key: string, title: string, { hint, chosen }: Reading, problems: Set<string>): readonly MailAddress[] {
  const found = fields.all(key).flatMap((value) => parseAddresses(value, hint, chosen));
  return limited(found, MAX_ADDRESSES, (count) => `В поле «${title}» ${count} адресов: показаны первые ${MAX_ADDRESSES}, остальные — в исходном письме.`, problems);
}

function readFrom(fields: HeaderFields, envelope: Envelope, { hint, chosen }: Reading, problems: Set<string>): MailAddress {
  const from = ['from', 'sender'].flatMap((key) => fields.all(key).flatMap((value) => parseAddresses(value, hint, chosen)));
  const found = from.find(({ address }) => address.includes('@'));
  if (found !== undefined) return found;
  problems.add(envelope.returnPath === null ? 'В письме не указан отправитель.' : 'В письме не указан отправитель: адрес взят из конверта.');
  return { name: from[0]?.name || from[0]?.address || '', address: envelope.returnPath ?? '' };
}

async function parseWhole(raw: Uint8Array, envelope: Envelope, chosen: string | null): Promise<ParsedEmail> {
  const { parts: found, problems: splitProblems } = await splitLetter(raw);
  const problems = new Set(splitProblems);
  const fields = found[0]?.fields ?? new HeaderFields([]);
  const parts = fields.empty ? found.slice(0, 1).map((part) => ({ ...part, content: Buffer.from(raw) })) : found;
  if (fields.empty) problems.add('У письма нет заголовка: показано всё, что пришло.');
  const hint = parts.find((part) => isBody(part) && part.parameters['charset'] !== undefined)?.parameters['charset'] ?? null;
  const reading = { hint, chosen };

  const bodies = parts.filter((part) => isBody(part) && part.content.length > 0);
  if (bodies.some(({ multipart }) => multipart)) problems.add('Письмо разбито на части с ошибкой: показан его исходный текст.');
  const { text, html } = assemble(bodies.map((part) => readPiece(part, reading, problems)));
  const kept = parts.filter((part) => !part.multipart && !isBody(part));
  const attachments = kept.map((part, index) => attachmentOf(part, index + 1, html));
  if (text === '' && attachments.length === 0) problems.add('В письме нет текста.');
  if (text.length > maxEmailText) problems.add(cutTextProblem);
  if (html !== null && html.length > MAX_HTML) problems.add('Оформленный текст слишком велик и показан без оформления.');

  const from = readFrom(fields, envelope, reading, problems);
  const subject = decodeHeaderText(fields.first('subject') ?? '', hint, chosen);
  if (subject.length > MAX_SUBJECT) problems.add('Тема слишком длинная и показана не полностью.');
  const sentAt = parseMailDate(fields.first('date'));
  if (sentAt === null) problems.add(fields.has('date') ? 'Дата отправки указана неверно.' : 'Дата отправки не указана.');
  const report = readDeliveryReport(parts, text, fromMailSystem(envelope.returnPath, from.address));
  return {
    messageId: parseMessageIds(fields.first('message-id'))[0] ?? null,
    inReplyTo: parseMessageIds(fields.first('in-reply-to'))[0] ?? null,
    references: parseMessageIds(fields.all('references').join(' ')).slice(-MAX_REFERENCES),
    from,
    replyTo: readAddresses(fields, 'reply-to', 'Ответить', reading, problems),
    to: readAddresses(fields, 'to', 'Кому', reading, problems),
    cc: readAddresses(fields, 'cc', 'Копия', reading, problems),
    subject: subject.slice(0, MAX_SUBJECT),
    sentAt,
    text: text.slice(0, maxEmailText),
    html: html !== null && html.length > MAX_HTML ? null : html,
    attachments,
    problems: [...problems],
    automation: detectAutomation(fields, { returnPath: envelope.returnPath, from: from.address, subject, report }),
    report,
  };
}

/** What is said of a letter that could not be taken apart at all: the original is kept and can be opened. */
export function unreadableEmail(envelope: Envelope, problem: string): ParsedEmail {
  return {
    messageId: null, inReplyTo: null, references: [], from: { name: '', address: envelope.returnPath ?? '' }, replyTo: [], to: [], cc: [],
    subject: '', sentAt: null, text: '', html: null, attachments: [], problems: [problem], automation: envelope.returnPath === null ? 'automatic' : 'person', report: null,
  };
}

/**
 * The raw letter → plain facts. Never rejects: whatever the charset, the nesting, the header, what could be read is given and
 * each trouble is a Russian sentence in `problems`. `chosen` is the charset a person reads the letter in; null leaves it to the program.
 */
export async function parseEmail(raw: Uint8Array, envelope: Envelope, chosen: string | null = null): Promise<ParsedEmail> {
  try {
    return await parseWhole(raw, envelope, chosen);
  } catch (error) {
    return unreadableEmail(envelope, `Письмо не удалось разобрать (${error instanceof Error ? error.message : String(error)}): откройте исходное письмо.`);
  }
}
