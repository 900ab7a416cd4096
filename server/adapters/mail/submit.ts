import type { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { z } from 'zod';

/** Where letters leave the house. */
export interface Relay {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps://`). */
  readonly secure: boolean;
  readonly user: string | null;
  readonly password: string | null;
  readonly timeoutMs: number;
}

export interface SubmittedMessage {
  /** Envelope sender; empty for automatic replies. */
  readonly from: string;
  readonly to: readonly string[];
  readonly size: number;
  readonly content: Readable;
}

/**
 * sent: the server took it. refused: it will not take it as it is (5xx). later: it certainly did not take it now (4xx, no connection,
 * broken before the letter's end was written). unknown: the connection broke when the end had, or may have, been written.
 */
export interface Submission {
  readonly result: 'sent' | 'refused' | 'later' | 'unknown';
  /** The server's answer as it came, or what happened, for people. */
  readonly answer: string;
  /** Of a letter that left: the addresses that the server did not take, as it said so. */
  readonly rejected?: readonly string[];
  /** The relay itself does not work (as opposed to refusing this one letter). */
  readonly relayDown: boolean;
}

/** `smtp://user:password@host:587` or `smtps://…` → relay; throws a Russian explanation for anything else. */
export function parseRelayUrl(text: string, timeoutMs: number): Relay {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '') {
    throw new Error('Адрес сервера исходящей почты (relayUrl) задан неверно. Пример: smtp://user:password@mail.example.ru:587');
  }
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    user: url.username === '' ? null : decodeURIComponent(url.username),
    password: url.password === '' ? null : decodeURIComponent(url.password),
    timeoutMs,
  };
}

/** The parts of the SMTP library's error that decide. */
const smtpErrorSchema = z.object({
  code: z.string().optional(),
  responseCode: z.number().optional(),
  response: z.string().optional(),
  rejectedErrors: z.array(z.object({ responseCode: z.number().optional() })).optional(),
});

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim().slice(0, 1000);

function describeFailure(error: Error, response: string | undefined): string {
  return oneLine(response ?? error.message);
}

/** What an error means, given whether the whole letter had been handed to the connection when it came. */
export function classifyFailure(error: Error, wholeWritten: boolean): Submission {
  const { code, responseCode, response, rejectedErrors } = smtpErrorSchema.catch({}).parse(error);
  const answer = describeFailure(error, response);
  const codes = rejectedErrors?.map((rejected) => rejected.responseCode ?? responseCode ?? 0) ?? [];
  // Wrong password and a missing TLS are the relay's settings, not the letter's fault: the letter waits for them to be put right.
  if (code === 'EAUTH' || code === 'ETLS') return { result: 'later', answer, relayDown: true };
  if (codes.length > 0) return { result: codes.some((each) => each < 500) ? 'later' : 'refused', answer, relayDown: false };
  if (responseCode !== undefined && responseCode >= 500) return { result: 'refused', answer, relayDown: false };
  if (responseCode !== undefined && responseCode >= 400) return { result: 'later', answer, relayDown: responseCode === 421 };
  if (wholeWritten) return { result: 'unknown', answer: `Связь оборвалась после отправки письма, ответа сервера нет (${answer})`, relayDown: true };
  // The letter itself cannot be sent by this relay: too large, an address it cannot carry.
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { result: 'refused', answer, relayDown: false };
  return { result: 'later', answer: `Нет связи с сервером исходящей почты (${answer})`, relayDown: true };
}

/** Sends one letter over SMTP. Never rejects for what the other side does. */
export function submit(relay: Relay, message: SubmittedMessage): Promise<Submission> {
  return new Promise((resolve) => {
    let wholeWritten = false;
    let settled = false;
    message.content.once('end', () => { wholeWritten = true; });
    const connection = new SMTPConnection({
      host: relay.host,
      port: relay.port,
      secure: relay.secure,
      connectionTimeout: relay.timeoutMs,
      greetingTimeout: relay.timeoutMs,
      socketTimeout: relay.timeoutMs,
      dnsTimeout: relay.timeoutMs,
      allowInternalNetworkInterfaces: true,
    });
    const finish = (submission: Submission): void => {
      if (settled) return;
      settled = true;
      message.content.destroy();
      if (submission.result === 'sent') connection.quit();
      else connection.close();
      resolve(submission);
    };
    const fail = (error: Error): void => finish(classifyFailure(error, wholeWritten));
    connection.on('error', fail);
    connection.once('end', () => fail(new Error('Сервер закрыл соединение')));
    const send = (): void => {
      connection.send({ from: message.from, to: [...message.to], size: message.size, use8BitMime: true }, message.content, (error, info) => {
        if (error) return fail(error);
        const rejected = info.rejected.map(String);
        finish({ result: 'sent', answer: oneLine(info.response), rejected, relayDown: false });
      });
    };
    connection.connect((error) => {
      if (error) return fail(error);
      if (relay.user === null) return send();
      connection.login({ user: relay.user, pass: relay.password ?? '' }, (loginError) => (loginError ? fail(loginError) : send()));
    });
  });
}
