import libmime from 'libmime';
import { cutHtmlProblem, cutTextProblem, maxEmailHtml, maxEmailText, type Automation, type Invitation, type LetterSignature, type MailAddress } from '../domain/incoming-email/model.ts';
import { detectAutomation, fromMailSystem } from './automation.ts';
import { readInvitation } from './calendar.ts';
import { decodeChosen, decodeText } from './charset.ts';
import { readDeliveryReport, type DeliveryReport } from './delivery-report.ts';
import { headerFieldsOf, HeaderFields, parseAddresses, parseMailDate, parseMessageIds } from './header-fields.ts';
import { decodeHeaderText, plainLine } from './header-text.ts';
import { charsetOfHtml, htmlToText } from './html-text.ts';
import { isBody, splitLetter, type MimePart } from './mime-parts.ts';
import { unwrapParts } from './unwrap-parts.ts';
import { takeUuencoded, yencNames, type TextFile } from './uuencode.ts';

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
  readonly signatures: readonly LetterSignature[];
  readonly invitation: Invitation | null;
  /** Only the header was read, or not even that: the letter was too much for the program. */
  readonly isHeadOnly: boolean;
}

interface BodyPiece {
  readonly kind: 'plain' | 'html';
  readonly value: string;
  readonly alternative: number | null;
  /** uuencoded in the text. */
  readonly files: readonly TextFile[];
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
  const { text: own, files } = html ? { text: decoded.text, files: [] } : takeUuencoded(decoded.text);
  for (const name of html ? [] : yencNames(own)) problems.add(`В тексте стоит файл в кодировке yEnc («${plainLine(name).slice(0, 100)}»): программа его не раскодирует, он остался в тексте, как пришёл.`);
  const flowed = part.mediaType === 'text/plain' && /^flowed$/i.test(part.parameters['format'] ?? '');
  const text = flowed ? libmime.decodeFlowed(own, /^yes$/i.test(part.parameters['delsp'] ?? '')) : own;
  // eslint-disable-next-line no-control-regex -- PostgreSQL keeps no NUL, and lists show no control characters
  return { kind: html ? 'html' : 'plain', value: text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ''), alternative: part.alternative, files };
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
  if (part.mediaType === 'text/calendar') return 'Приглашение.ics';
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

/** What the header tells, read with the letter's charset. */
function readHead(fields: HeaderFields, envelope: Envelope, reading: Reading, problems: Set<string>): Pick<ParsedEmail, 'messageId' | 'inReplyTo' | 'references' | 'from' | 'replyTo' | 'to' | 'cc' | 'subject' | 'sentAt'> {
  const from = readFrom(fields, envelope, reading, problems);
  const subject = decodeHeaderText(fields.first('subject') ?? '', reading.hint, reading.chosen);
  if (subject.length > MAX_SUBJECT) problems.add('Тема слишком длинная и показана не полностью.');
  const sentAt = parseMailDate(fields.first('date'));
  if (sentAt === null) problems.add(fields.has('date') ? 'Дата отправки указана неверно.' : 'Дата отправки не указана.');
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
  };
}

function invitationOf(parts: readonly MimePart[], { hint }: Reading): Invitation | null {
  const part = parts.find(({ mediaType }) => mediaType === 'text/calendar');
  return part === undefined ? null : readInvitation(decodeText(part.content, part.parameters['charset'] ?? 'utf-8', hint).text, part.parameters['method'] ?? null);
}

/** The HTML that is kept: a window shows some megabytes at most. It is cut between two tags, never in one. */
function keptHtml(html: string | null, problems: Set<string>): string | null {
  if (html === null || html.length <= maxEmailHtml) return html;
  problems.add(cutHtmlProblem);
  const end = html.lastIndexOf('<', maxEmailHtml);
  return html.slice(0, end > maxEmailHtml / 2 ? end : maxEmailHtml);
}

async function parseWhole(raw: Uint8Array, envelope: Envelope, chosen: string | null): Promise<ParsedEmail> {
  const whole = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const { parts: found, problems: splitProblems } = await splitLetter(raw, chosen);
  const problems = new Set(splitProblems);
  const isEmpty = raw.length < 100 && whole.toString('latin1').trim() === ''; // SMTP may leave a line end
  const fields = found[0]?.fields ?? new HeaderFields([]);
  if (fields.empty) problems.add(isEmpty ? 'Письмо пустое: в нём нет ни заголовка, ни текста.' : 'У письма нет заголовка: показано всё, что пришло.');
  const { parts, signatures } = fields.empty ? { parts: found.slice(0, 1).map((part) => ({ ...part, content: whole })), signatures: [] } : await unwrapParts(whole, found, problems, chosen);
  const hint = parts.find((part) => isBody(part) && part.parameters['charset'] !== undefined)?.parameters['charset'] ?? null;
  const reading = { hint, chosen };

  const bodies = parts.filter((part) => isBody(part) && part.content.length > 0);
  if (bodies.some(({ multipart }) => multipart)) problems.add('Письмо разбито на части с ошибкой: показан его исходный текст.');
  const pieces = bodies.map((part) => readPiece(part, reading, problems));
  const { text: own, html } = assemble(pieces);
  const invitation = invitationOf(parts, reading);
  const text = own === '' && html === null && invitation !== null ? invitation.description : own;
  const kept = parts.filter((part) => !part.multipart && !isBody(part));
  const attachments = [
    ...kept.map((part, index) => attachmentOf(part, index + 1, html)),
    ...pieces.flatMap(({ files }) => files).map(({ name, content }) => ({ name: cleanFileName(name) || 'Файл из текста', mediaType: 'application/octet-stream', contentId: null, inline: false, content })),
  ];
  if (text === '' && attachments.length === 0 && !isEmpty) problems.add('В письме нет текста.');
  if (text.length > maxEmailText) problems.add(cutTextProblem);
  const shown = keptHtml(html, problems);
  const head = readHead(fields, envelope, reading, problems);
  const report = readDeliveryReport(parts, text, fromMailSystem(envelope.returnPath, head.from.address));
  return {
    ...head,
    text: text.slice(0, maxEmailText),
    html: shown,
    attachments,
    problems: [...problems],
    automation: detectAutomation(fields, { returnPath: envelope.returnPath, from: head.from.address, subject: head.subject, report }),
    report,
    signatures,
    invitation,
    isHeadOnly: false,
  };
}

/** What is said of a letter that could not be taken apart at all: the original is kept and can be opened. */
export function unreadableEmail(envelope: Envelope, problem: string): ParsedEmail {
  return {
    messageId: null, inReplyTo: null, references: [], from: { name: '', address: envelope.returnPath ?? '' }, replyTo: [], to: [], cc: [], subject: '', sentAt: null,
    text: '', html: null, attachments: [], problems: [problem], automation: envelope.returnPath === null ? 'automatic' : 'person', report: null, signatures: [], invitation: null, isHeadOnly: true,
  };
}

/** Bytes of the header that are looked at where the rest is not. */
const MAX_HEAD = 256 * 1024;

/** A letter that could not be taken apart: what its header tells, and `problem`. Nothing of its body is looked at. */
export function headOfEmail(raw: Uint8Array, envelope: Envelope, problem: string): ParsedEmail {
  const block = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, MAX_HEAD)).toString('latin1').split(/\r?\n\r?\n/)[0] ?? '';
  const fields = headerFieldsOf(block);
  const problems = new Set([problem]);
  const head = readHead(fields, envelope, { hint: null, chosen: null }, problems);
  const automation = detectAutomation(fields, { returnPath: envelope.returnPath, from: head.from.address, subject: head.subject, report: null });
  return { ...unreadableEmail(envelope, problem), ...head, problems: [...problems], automation };
}

/**
 * The raw letter → plain facts. Never rejects: whatever the charset, the nesting, the header, what could be read is given and
 * each trouble is a Russian sentence in `problems`. `chosen` is the charset a person reads the letter in; null leaves it to the program.
 */
export async function parseEmail(raw: Uint8Array, envelope: Envelope, chosen: string | null = null): Promise<ParsedEmail> {
  try {
    return await parseWhole(raw, envelope, chosen);
  } catch (error) {
    const problem = `Письмо не удалось разобрать (${error instanceof Error ? error.message : String(error)}): откройте исходное письмо.`;
    try {
      return headOfEmail(raw, envelope, problem);
    } catch {
      return unreadableEmail(envelope, problem); // the header itself is what broke it: `problem` says so
    }
  }
}
