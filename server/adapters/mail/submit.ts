import type { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { z } from 'zod';
import { describeConnectionProblem } from './mailbox/connection-problem.ts';
import { trusted } from './mailbox/trusted.ts';

/** Where letters leave the house. */
export interface Relay {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps://`). */
  readonly secure: boolean;
  /** Without TLS from the first byte: STARTTLS is demanded, used where the server offers it, or left alone. */
  readonly startTls: 'required' | 'offered' | 'never';
  /** Certificates (PEM) of the company's own authority; empty = none. */
  readonly authority: string;
  readonly user: string | null;
  readonly password: string | null;
  /** OAuth2 in the place of a password: an access token, another if the last was refused. Rejects with words for people. */
  readonly accessToken: ((renew: boolean) => Promise<string>) | null;
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
 * sent: the server took it, for some of its recipients at least. refused: it will not take it as it is (5xx). later: it certainly did not take it now (4xx, no connection,
 * broken before the letter's end was written). unknown: the connection broke when the end had, or may have, been written.
 */
export interface Submission {
  readonly result: 'sent' | 'refused' | 'later' | 'unknown';
  /** The server's answer as it came, or what happened, for people. */
  readonly answer: string;
  /** The addresses that the server did not take, one by one, whatever became of the letter. */
  readonly rejected?: readonly RejectedAddress[];
  /** The relay itself does not work (as opposed to refusing this one letter). */
  readonly relayDown: boolean;
}

export interface RejectedAddress {
  readonly address: string;
  readonly answer: string;
  /** 5xx: it never will; else it may be taken later. */
  readonly final: boolean;
}

/** `smtp://user:password@host:587` or `smtps://…` → relay; throws a Russian explanation for anything else. */
export function parseRelayUrl(text: string, timeoutMs: number, { startTls = 'offered', authority = '' }: Partial<Pick<Relay, 'startTls' | 'authority'>> = {}): Relay {
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
    accessToken: null,
    startTls,
    authority,
    timeoutMs,
  };
}

/** The parts of the SMTP library's error that decide. */
const smtpErrorSchema = z.object({
  code: z.string().optional(),
  responseCode: z.number().optional(),
  response: z.string().optional(),
  rejected: z.array(z.string()).optional(),
  rejectedErrors: z.array(z.object({ responseCode: z.number().optional(), response: z.string().optional() })).optional(),
});
type SmtpError = z.infer<typeof smtpErrorSchema>;

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim().slice(0, 1000);

function describeFailure(error: Error, response: string | undefined): string {
  return oneLine(response ?? error.message);
}

/** Addresses and the answers to them stand in the same order. */
function rejectedOf(addresses: readonly string[], errors: SmtpError['rejectedErrors']): readonly RejectedAddress[] {
  return addresses.map((address, at) => {
    const code = errors?.[at]?.responseCode ?? 550;
    return { address, answer: oneLine(errors?.[at]?.response ?? String(code)), final: code >= 500 };
  });
}

/** What an error means, given whether the whole letter had been handed to the connection when it came. */
export function classifyFailure(error: Error, wholeWritten: boolean, relay: Pick<Relay, 'host' | 'port'>): Submission {
  const { code, responseCode, response, rejected, rejectedErrors } = smtpErrorSchema.catch({}).parse(error);
  const answer = describeFailure(error, response);
  const codes = rejectedErrors?.map((rejected) => rejected.responseCode ?? responseCode ?? 0) ?? [];
  // Wrong password and a missing TLS are the relay's settings, not the letter's fault: the letter waits for them to be put right.
  if (code === 'EAUTH' || code === 'ETLS') return { result: 'later', answer: describeConnectionProblem(error, relay), relayDown: true };
  if (codes.length > 0) return { result: codes.some((each) => each < 500) ? 'later' : 'refused', answer, rejected: rejectedOf(rejected ?? [], rejectedErrors), relayDown: false };
  if (responseCode !== undefined && responseCode >= 500) return { result: 'refused', answer, relayDown: false };
  if (responseCode !== undefined && responseCode >= 400) return { result: 'later', answer, relayDown: responseCode === 421 };
  if (wholeWritten) return { result: 'unknown', answer: `Связь оборвалась после отправки письма, ответа сервера нет (${answer})`, relayDown: true };
  // The letter itself cannot be sent by this relay: too large, an address it cannot carry.
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { result: 'refused', answer, relayDown: false };
  return { result: 'later', answer: `Нет связи с сервером исходящей почты: ${describeConnectionProblem(error, relay)}`, relayDown: true };
}

function connectionTo(relay: Relay): SMTPConnection {
  return new SMTPConnection({
    host: relay.host,
    port: relay.port,
    secure: relay.secure,
    requireTLS: !relay.secure && relay.startTls === 'required',
    ignoreTLS: relay.startTls === 'never',
    tls: { ...trusted(relay.authority), minVersion: 'TLSv1.2' },
    connectionTimeout: relay.timeoutMs,
    greetingTimeout: relay.timeoutMs,
    socketTimeout: relay.timeoutMs,
    dnsTimeout: relay.timeoutMs,
    allowInternalNetworkInterfaces: true,
  });
}

type Credentials = Parameters<SMTPConnection['login']>[0];

/** What the library asks its own OAuth2 object for: ours has the token from where the mailbox's are kept. */
function oauth2(user: string, token: (renew: boolean) => Promise<string>): Credentials {
  const source = {
    getToken: callbackify(token),
    buildXOAuth2Token: (value: string): string => Buffer.from(`user=${user}\u0001auth=Bearer ${value}\u0001\u0001`, 'utf8').toString('base64'),
  };
  return { user, oauth2: source } as unknown as Credentials; // the types know only the library's own class
}

/** Connects and logs in; `ready` once, or `fail`. */
function open(connection: SMTPConnection, relay: Relay, ready: () => void, fail: (error: Error) => void): void {
  connection.connect((error) => {
    if (error) return fail(error);
    if (relay.user === null) return ready();
    const credentials = relay.accessToken === null ? { user: relay.user, pass: relay.password ?? '' } : oauth2(relay.user, relay.accessToken);
    connection.login(credentials, (loginError) => (loginError ? fail(loginError) : ready()));
  });
}

/** Connects, logs in and goes again; rejects with the connection's error. */
export function tryRelay(relay: Relay): Promise<void> {
  return new Promise((resolve, reject) => {
    const connection = connectionTo(relay);
    const fail = (error: Error): void => {
      connection.close();
      reject(error);
    };
    connection.on('error', fail);
    open(connection, relay, () => {
      connection.quit();
      resolve();
    }, fail);
  });
}

/** Sends one letter over SMTP. Never rejects for what the other side does. */
export function submit(relay: Relay, message: SubmittedMessage): Promise<Submission> {
  return new Promise((resolve) => {
    let wholeWritten = false;
    let settled = false;
    message.content.once('end', () => { wholeWritten = true; });
    const connection = connectionTo(relay);
    const finish = (submission: Submission): void => {
      if (settled) return;
      settled = true;
      message.content.destroy();
      if (submission.result === 'sent') connection.quit();
      else connection.close();
      resolve(submission);
    };
    const fail = (error: Error): void => finish(classifyFailure(error, wholeWritten, relay));
    connection.on('error', fail);
    connection.once('end', () => fail(new Error('Сервер закрыл соединение')));
    const send = (): void => {
      connection.send({ from: message.from, to: [...message.to], size: message.size, use8BitMime: true }, message.content, (error, info) => {
        if (error) return fail(error);
        const { rejectedErrors } = smtpErrorSchema.catch({}).parse(info);
        finish({ result: 'sent', answer: oneLine(info.response), rejected: rejectedOf(info.rejected.map(String), rejectedErrors), relayDown: false });
      });
    };
    open(connection, relay, send, fail);
  });
}
