import { readFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import type { SentLetter } from './sent-letters.ts';

/** A letter as its sender's mail program would write it. */
export interface DemoLetter {
  readonly from: { readonly name: string; readonly address: string };
  /** Envelope sender: '' for the empty path of automatic answers; by default the address of From. */
  readonly returnPath?: string;
  readonly to?: 'clients' | 'requests';
  readonly subject: string;
  /** How long before the filling it was written. */
  readonly minutesAgo: number;
  readonly text: string;
  readonly html?: string;
  /** Encoding of the text and of the headers; utf-8 by default. */
  readonly charset?: 'utf-8' | 'windows-1251' | 'koi8-r' | 'iso-8859-5' | 'cp866';
  /** What the letter says its encoding is, where the sender's program is wrong. */
  readonly labelledCharset?: string;
  /** File in tools/demo/files, and the name it has in the letter. */
  readonly attachments?: readonly { readonly file: string; readonly name: string }[];
  readonly headers?: Readonly<Record<string, string>>;
  /** The letter of ours that a machine answers. */
  readonly answersTo?: SentLetter['key'];
  /** A part that stands beside the text as it is: the report of a bounce. */
  readonly report?: { readonly mediaType: string; readonly text: string };
}

const mediaTypes: Readonly<Record<string, string>> = { '.pdf': 'application/pdf', '.jpg': 'image/jpeg' };

function wrapped(content: Buffer): string {
  return (content.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
}

/** An encoded word of RFC 2047; a long text becomes several, each within 75 characters. */
function encodedWord(text: string, charset: string, label: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const pieces = [...text].reduce<string[]>((done, letter) => {
    const last = done.at(-1) ?? '';
    return last === '' || iconv.encode(last + letter, charset).length > 30 ? [...done, letter] : [...done.slice(0, -1), last + letter];
  }, []);
  return pieces.map((piece) => `=?${label}?B?${iconv.encode(piece, charset).toString('base64')}?=`).join('\r\n ');
}

function part(mediaType: string, lines: readonly string[], body: string): string {
  return [`Content-Type: ${mediaType}`, ...lines, '', body].join('\r\n');
}

function multipart(kind: string, boundary: string, parts: readonly string[]): string {
  return part(`multipart/${kind}; boundary="${boundary}"`, [], [...parts.map((each) => `--${boundary}\r\n${each}`), `--${boundary}--`, ''].join('\r\n'));
}

function textPart(mediaType: string, text: string, charset: string, label: string): string {
  return part(`${mediaType}; charset=${label}`, ['Content-Transfer-Encoding: base64'], wrapped(iconv.encode(text.replace(/\r?\n/g, '\r\n'), charset)));
}

function attachmentPart({ file, name }: { file: string; name: string }, charset: string, label: string): string {
  const content = readFileSync(path.join(import.meta.dirname, 'files', file));
  const title = encodedWord(name, charset, label).replaceAll('\r\n ', ' ');
  return part(`${mediaTypes[path.extname(file)] ?? 'application/octet-stream'}; name="${title}"`, ['Content-Transfer-Encoding: base64', `Content-Disposition: attachment; filename="${title}"`], wrapped(content));
}

/**
 * The source (.eml) of a letter. `mailbox` is the address it goes to, `sentAt` its Date, `key` makes the Message-ID and the boundaries,
 * so that the same key gives the same bytes; `answered` is the Message-ID of our letter that it answers.
 */
export function letterSource(letter: DemoLetter, mailbox: string, sentAt: Date, key: string, answered?: string): Buffer {
  const charset = letter.charset ?? 'utf-8';
  const label = letter.labelledCharset ?? charset;
  const plain = textPart('text/plain', letter.text, charset, label);
  const readable = letter.html === undefined ? plain : multipart('alternative', `alt-${key}`, [plain, textPart('text/html', letter.html, charset, label)]);
  const attached = (letter.attachments ?? []).map((each) => attachmentPart(each, charset, label));
  const body = letter.report
    ? multipart('report; report-type=delivery-status', `rep-${key}`, [plain, part(letter.report.mediaType, [], letter.report.text), ...(answered === undefined ? [] : [part('text/rfc822-headers', [], `Message-ID: <${answered}>\r\n`)])])
    : attached.length === 0 ? readable : multipart('mixed', `mix-${key}`, [readable, ...attached]);
  const headers = {
    From: `${encodedWord(letter.from.name, charset, label)} <${letter.from.address}>`,
    To: mailbox,
    Subject: encodedWord(letter.subject, charset, label),
    Date: sentAt.toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${key}@${letter.from.address.split('@')[1] ?? 'localhost'}>`,
    ...(answered === undefined || letter.report ? {} : { 'In-Reply-To': `<${answered}>`, References: `<${answered}>` }),
    ...letter.headers,
    'MIME-Version': '1.0',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${head.join('\r\n')}\r\n${body}`, 'latin1');
}
