import { foldAddress } from '../../../shared/base/mail-address.ts';
import { mailboxSchema, type Mailbox } from '../../../shared/domain/mailbox/model.ts';
import type { CentreTools } from '../adapter.ts';
import type { AccessTokens } from './mailbox/access-token.ts';
import type { MailboxSecret, MailboxSecrets } from './mailbox/mailbox-secrets.ts';
import type { Relay } from './submit.ts';

/** A way out of the house: the common relay, the embedded store, or the submission server of a mailbox. */
export interface Outlet {
  /** Its key among the external systems, and for its limits. */
  readonly system: string;
  readonly title: string;
  readonly relay: Relay;
  /** The centre's own store: it can be asked what it has. */
  readonly isEmbedded: boolean;
  /** Letters; 0 = no limit. */
  readonly perMinute: number;
  readonly perDay: number;
}

/** The submission server of a mailbox, logged in to as the mailbox. */
export function mailboxRelay(mailbox: Mailbox, secret: MailboxSecret, tokens: AccessTokens, timeoutMs: number): Relay {
  return {
    host: mailbox.smtpHost,
    port: mailbox.smtpPort,
    secure: mailbox.smtpSecurity === 'tls',
    startTls: mailbox.smtpSecurity === 'none' ? 'never' : 'required',
    authority: mailbox.authority,
    user: mailbox.login,
    password: mailbox.auth === 'password' ? (secret.password ?? '') : null,
    accessToken: mailbox.auth === 'oauth2' ? (renew) => tokens.token(mailbox, renew) : null,
    timeoutMs,
  };
}

export interface OutletDependencies {
  readonly secrets: Pick<MailboxSecrets, 'read'>;
  readonly tokens: AccessTokens;
  /** null: not ready yet. */
  readonly common: () => Outlet | null;
}

/** By which way a letter from this address leaves; null: the common one is not ready yet. Rejects if the mailbox's secrets cannot be read. */
export async function outletFor(from: string, { secrets, tokens, common }: OutletDependencies, tools: Pick<CentreTools, 'read' | 'config'>): Promise<Outlet | null> {
  const [found] = await tools.read([{ kind: 'find', type: 'mailbox', index: 'byAddress', key: foldAddress(from) }]);
  const mailbox = mailboxSchema.array().parse(found ?? []).find(({ active, sending }) => active && sending === 'own');
  if (mailbox === undefined) return common();
  const secret = (await secrets.read(mailbox.id))?.secret ?? {};
  return {
    system: `mailbox:${mailbox.id}:out`,
    title: `Отправка с ${mailbox.address}`,
    relay: mailboxRelay(mailbox, secret, tokens, tools.config.relayTimeoutMs),
    isEmbedded: false,
    perMinute: mailbox.perMinute,
    perDay: mailbox.perDay,
  };
}
