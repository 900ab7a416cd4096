import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { Mailbox } from '../../../../shared/domain/mailbox/model.ts';
import { productVersion } from '../../../../shared/protocol/version.ts';
import type { AccessTokens } from './access-token.ts';
import type { MailboxSecret } from './mailbox-secrets.ts';
import { trusted } from './trusted.ts';

/** A server that announces more in one piece is not believed: letters come in pieces of this size, headers are smaller. */
const PIECE_LIMIT = 32 * 1024 * 1024;

/** The mailbox has no secret to log in with. */
export class NoSecret extends Error {
  constructor(mailbox: Pick<Mailbox, 'auth'>) {
    super(mailbox.auth === 'password' ? 'Не задан пароль ящика.' : 'Не заданы секреты OAuth2 ящика.');
    this.name = 'NoSecret';
  }
}

export interface ImapLogin {
  readonly mailbox: Mailbox;
  readonly secret: MailboxSecret;
  readonly tokens: AccessTokens;
  readonly timeoutMs: number;
}

async function authOf({ mailbox, secret, tokens }: ImapLogin, renew: boolean): Promise<NonNullable<ImapFlowOptions['auth']>> {
  if (mailbox.auth === 'oauth2') return { user: mailbox.login, accessToken: await tokens.token(mailbox, renew) };
  if (secret.password === undefined) throw new NoSecret(mailbox);
  return { user: mailbox.login, pass: secret.password };
}

async function connectOnce(login: ImapLogin, renew: boolean): Promise<ImapFlow> {
  const { mailbox, timeoutMs } = login;
  const client = new ImapFlow({
    host: mailbox.imapHost,
    port: mailbox.imapPort,
    secure: mailbox.imapSecurity === 'tls',
    ...(mailbox.imapSecurity === 'tls' ? {} : { doSTARTTLS: mailbox.imapSecurity === 'starttls' }),
    auth: await authOf(login, renew),
    tls: { ...trusted(mailbox.authority), minVersion: 'TLSv1.2' },
    clientInfo: { name: 'OKNO', version: productVersion },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    // In IDLE the library asks by itself whether the server lives; elsewhere silence for so long is a dead connection.
    socketTimeout: Math.max(timeoutMs, 30_000) * 2,
    maxLiteralSize: PIECE_LIMIT,
    maxResponseSize: PIECE_LIMIT * 2,
  });
  client.on('error', () => undefined); // whoever waits is told by the call that he waits for, or by `close`
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

const isAuthenticationFailure = (error: unknown): boolean => error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true;

/** A connection that is logged in. An access token that the server refuses is fetched anew once. */
export async function connectImap(login: ImapLogin): Promise<ImapFlow> {
  try {
    return await connectOnce(login, false);
  } catch (error) {
    if (login.mailbox.auth !== 'oauth2' || !isAuthenticationFailure(error)) throw error;
    return connectOnce(login, true);
  }
}

/** The folder is opened for taking letters. Rejects with FolderProblem if there is none of that name. */
export async function openFolder(client: ImapFlow, folder: string): Promise<void> {
  try {
    await client.mailboxOpen(folder);
  } catch (error) {
    if (error instanceof Error && ('mailboxMissing' in error || ('responseStatus' in error && error.responseStatus === 'NO'))) throw new FolderProblem(folder, await folderNames(client), { cause: error });
    throw error;
  }
}

export class FolderProblem extends Error {
  constructor(folder: string, known: readonly string[], options?: ErrorOptions) {
    super(`Папка «${folder}» не найдена.${known.length === 0 ? '' : ` Есть: ${known.slice(0, 20).join(', ')}${known.length > 20 ? '…' : ''}.`}`, options);
    this.name = 'FolderProblem';
  }
}

export async function folderNames(client: ImapFlow): Promise<readonly string[]> {
  return (await client.list()).filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent')).map(({ path }) => path);
}
