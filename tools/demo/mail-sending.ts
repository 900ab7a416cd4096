import { createTransport } from 'nodemailer';
import { letterSource, type DemoLetter } from './letter-source.ts';

/** Where the centre's mailboxes are. */
export interface Mailboxes {
  readonly host: string;
  readonly port: number;
  readonly clients: string;
  readonly requests: string;
}

/** The key of the n-th letter: the same in every filling, so that a letter that has arrived is known by its Message-ID. */
export function letterKey(index: number): string {
  return `demo-${String(index + 1).padStart(3, '0')}`;
}

/** The Message-ID (without brackets) of the n-th letter. */
export function letterMessageId(letter: DemoLetter, index: number): string {
  return `${letterKey(index)}@${letter.from.address.split('@')[1] ?? ''}`;
}

/** The n-th letter of the demo, and the Message-ID of our letter that it answers. */
export interface LetterToSend {
  readonly letter: DemoLetter;
  readonly index: number;
  readonly answered?: string | undefined;
}

/** Sends the letters over SMTP, one after another, as their senders' servers would. `now` is when the demo is filled. */
export async function sendLetters(letters: readonly LetterToSend[], { host, port, clients, requests }: Mailboxes, now: Date): Promise<void> {
  const transport = createTransport({ host, port, secure: false, ignoreTLS: true, pool: true, maxConnections: 1 });
  try {
    for (const { letter, index, answered } of letters) {
      const mailbox = letter.to === 'requests' ? requests : clients;
      const sentAt = new Date(now.getTime() - letter.minutesAgo * 60_000);
      await transport.sendMail({ envelope: { from: letter.returnPath ?? letter.from.address, to: [mailbox] }, raw: letterSource(letter, mailbox, sentAt, letterKey(index), answered) });
    }
  } finally {
    transport.close();
  }
}
