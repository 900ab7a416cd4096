import { describeRefusal } from '../shared/base/errors.ts';
import { mailSettingsId, mailSettingsSchema } from '../shared/domain/mail-settings/model.ts';
import type { CentreTools } from './adapters/adapter.ts';

/** Tells the rules the company's mailboxes as the configuration has them. Further addresses that people added stay. */
export async function writeMailSettings({ config, read, runSystem }: Pick<CentreTools, 'config' | 'read' | 'runSystem'>): Promise<void> {
  const [stored] = await read([{ kind: 'get', type: 'mailSettings', id: mailSettingsId }]);
  const known = stored ? mailSettingsSchema.parse(stored) : null;
  const document = { id: mailSettingsId, otherMailboxes: known?.otherMailboxes ?? [], clientsMailbox: config.mailboxClients, requestsMailbox: config.mailboxRequests };
  if (known?.clientsMailbox === document.clientsMailbox && known.requestsMailbox === document.requestsMailbox) return;
  const outcome = await runSystem('dictionary.write', { type: 'mailSettings', document });
  if (!outcome.ok) throw new Error(`Почтовые ящики заданы неверно (--mailbox-clients, --mailbox-requests): ${describeRefusal(outcome.refusal).text}`);
}
