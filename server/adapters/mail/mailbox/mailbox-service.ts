import { OknoError } from '../../../../shared/base/errors.ts';
import { mailboxSchema, type Mailbox } from '../../../../shared/domain/mailbox/model.ts';
import { tidyMailbox } from '../../../../shared/domain/mailbox/rules.ts';
import type { CentreTools } from '../../adapter.ts';
import type { MailboxService } from '../../mailbox-service.ts';
import { accessTokens } from './access-token.ts';
import { checkMailbox } from './check-mailbox.ts';
import type { MailboxSecrets } from './mailbox-secrets.ts';

const CHECK_MS = 15_000;

/** `onChanged`: secrets were stored, those who use them begin anew. */
export function mailboxService(tools: CentreTools, secrets: MailboxSecrets, onChanged: () => void): MailboxService {
  const stored = async (id: string): Promise<Mailbox | null> => {
    const [found] = await tools.read([{ kind: 'get', type: 'mailbox', id }]);
    return found ? mailboxSchema.parse(found) : null;
  };
  return {
    secretNames: secrets.names,
    setSecrets: async (mailboxId, changes) => {
      if ((await stored(mailboxId)) === null) throw new OknoError('notFound');
      await secrets.write(mailboxId, changes);
      onChanged();
    },
    check: async (form) => {
      const mailbox = tidyMailbox(form);
      // Tokens of their own: settings that are only tried must not replace those in use.
      const secret = (await secrets.read(mailbox.id))?.secret ?? {};
      return checkMailbox({ mailbox, secret, tokens: accessTokens(secrets), timeoutMs: Math.min(CHECK_MS, tools.config.relayTimeoutMs) });
    },
  };
}
