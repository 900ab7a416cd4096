import { createHash } from 'node:crypto';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';

const identifying = ['from', 'date', 'subject', 'message-id'] as const;

/** Where the header ends: the empty line, CRLF or LF; the whole if there is none. */
function headerEnd(raw: Buffer): { readonly header: number; readonly body: number } {
  const crlf = raw.indexOf('\r\n\r\n');
  const lf = raw.indexOf('\n\n');
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { header: crlf, body: crlf + 4 };
  if (lf >= 0) return { header: lf, body: lf + 2 };
  return { header: raw.length, body: raw.length };
}

/**
 * The id of the letter's document: `em-` and a hash of mailbox, body, From, Date, Subject, Message-ID. Lines that servers add on the
 * way (Received, Return-Path, …) are left out, so the same letter delivered again, by whatever way, is the same document (F35).
 */
export function incomingEmailId(mailbox: IncomingEmail['mailbox'], raw: Buffer): string {
  const { header, body } = headerEnd(raw);
  const lines = raw.subarray(0, header).toString('latin1').split(/\r?\n(?![ \t])/);
  const hash = createHash('sha256').update(`${mailbox}\n`);
  let named = false;
  for (const name of identifying) {
    const values = lines.filter((line) => line.toLowerCase().startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/\s+/g, ' ').trim());
    named ||= values.some((value) => value !== '');
    hash.update(`${name}:${values.join('\n')}\n`, 'latin1');
  }
  // Servers differ in the empty lines they leave at the end.
  let end = raw.length;
  while (end > body && (raw[end - 1] === 0x0a || raw[end - 1] === 0x0d)) end -= 1;
  // Bytes that are no letter, with neither header nor body to tell them apart: nothing but themselves does.
  if (!named && end <= body) hash.update(raw.subarray(0, header));
  return `em-${hash.update(raw.subarray(body, Math.max(body, end))).digest('hex').slice(0, 40)}`;
}

/** The id of a letter of no bytes, which has nothing of its own to be known by: each that came is another. */
export function emptyEmailId({ mailbox, receivedAt, returnPath }: { readonly mailbox: IncomingEmail['mailbox']; readonly receivedAt: string; readonly returnPath: string | null }): string {
  return `em-${createHash('sha256').update(`empty\n${mailbox}\n${receivedAt}\n${returnPath ?? ''}`).digest('hex').slice(0, 40)}`;
}
