import iconv from 'iconv-lite';
import nodemailer from 'nodemailer';

export interface Letter {
  readonly port: number;
  readonly host?: string;
  /** Address, or «Имя <address>». */
  readonly from: string;
  readonly to: string | readonly string[];
  readonly cc?: string | readonly string[];
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly attachments?: readonly { readonly filename: string; readonly content: string | Buffer; readonly contentType?: string; readonly cid?: string }[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: string;
  readonly date?: Date;
  /** Envelope sender; '' for the empty path. By default the address of `from`. */
  readonly returnPath?: string;
  /** The whole letter as bytes; then only the addresses of the envelope are taken from the rest. */
  readonly raw?: string | Buffer;
  /** Text and subject go in this charset, raw 8-bit, as old mail programs do; `label` is what the letter says it is. */
  readonly charset?: string;
  /** What the letter says its charset is: another one, or '' for nothing. By default the true one. */
  readonly label?: string;
}

const addressOf = (from: string): string => /<([^>]*)>/.exec(from)?.[1] ?? from;
const listOf = (addresses: string | readonly string[] | undefined): string[] => (addresses === undefined ? [] : typeof addresses === 'string' ? [addresses] : [...addresses]);

/** A letter in an old charset: 8-bit text and header, as it would be on the wire. */
export function eightBitLetter({ from, to, subject = '', text = '', charset = 'windows-1251', label = charset, messageId, date = new Date() }: Omit<Letter, 'port'>): Buffer {
  const type = label === '' ? 'text/plain' : `text/plain; charset=${label}`;
  const header = [`From: ${from}`, `To: ${listOf(to).join(', ')}`, `Subject: ${subject}`, `Date: ${date.toUTCString()}`, ...(messageId === undefined ? [] : [`Message-ID: ${messageId}`])];
  return iconv.encode([...header, 'MIME-Version: 1.0', `Content-Type: ${type}`, 'Content-Transfer-Encoding: 8bit', '', text, ''].join('\r\n'), charset);
}

/** Sends a letter over real SMTP; resolves to the server's answer, rejects with the SMTP library's error (`responseCode`). */
export async function sendLetter(letter: Letter): Promise<string> {
  const { port, host = '127.0.0.1', from, to, cc, returnPath, raw, charset } = letter;
  const transport = nodemailer.createTransport({ host, port, secure: false, ignoreTLS: true });
  const envelope = { from: returnPath ?? addressOf(from), to: [...listOf(to), ...listOf(cc)].map(addressOf) };
  const bytes = raw ?? (charset === undefined ? undefined : eightBitLetter(letter));
  try {
    if (bytes !== undefined) return (await transport.sendMail({ envelope, raw: bytes })).response;
    const { subject, text, html, attachments, headers, messageId, inReplyTo, references, date } = letter;
    const info = await transport.sendMail({
      envelope,
      from,
      to: listOf(to),
      cc: listOf(cc),
      ...(subject === undefined ? {} : { subject }),
      ...(text === undefined ? {} : { text }),
      ...(html === undefined ? {} : { html }),
      ...(attachments === undefined ? {} : { attachments: attachments.map((attachment) => ({ ...attachment })) }),
      ...(headers === undefined ? {} : { headers: { ...headers } }),
      ...(messageId === undefined ? {} : { messageId }),
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
      ...(references === undefined ? {} : { references }),
      ...(date === undefined ? {} : { date }),
    });
    return info.response;
  } finally {
    transport.close();
  }
}
