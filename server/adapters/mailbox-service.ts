import type { Mailbox } from '../../shared/domain/mailbox/model.ts';
import type { MailboxCheck } from '../../shared/protocol/http.ts';
import type { MailboxSecret } from './mail/mailbox/mailbox-secrets.ts';

/** What an administrator does with a mailbox besides writing its card. */
export interface MailboxService {
  /** Which secrets are stored, by name. */
  readonly secretNames: (mailboxId: string) => Promise<readonly string[]>;
  /** Stores secrets; an empty text takes one away. Rejects `notFound` if the centre has no such mailbox. */
  readonly setSecrets: (mailboxId: string, secrets: MailboxSecret) => Promise<void>;
  /** Tries the settings as given, with the stored secrets of that mailbox. */
  readonly check: (mailbox: Mailbox) => Promise<MailboxCheck>;
}
