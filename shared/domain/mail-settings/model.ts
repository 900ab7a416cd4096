import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';

/** There is one such document; this is its id. */
export const mailSettingsId = 'mailSettings';

/**
 * «Почтовые ящики»: the company's own addresses, as rules need them (no auto-reply to ourselves, «Ответить всем» leaves
 * us out, Message-ID). The centre writes it from its configuration.
 */
export const mailSettingsSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  /** The clients' mailbox (1.4.1) and the mailbox of answers to our requests (2.9.2). */
  clientsMailbox: z.string(),
  requestsMailbox: z.string(),
  /** Further addresses of the company that are mailboxes of programs or of ours. */
  otherMailboxes: z.array(z.string()),
});
export type MailSettings = z.infer<typeof mailSettingsSchema>;

export const mailSettings = defineDocument<MailSettings>({
  type: 'mailSettings',
  title: 'Почтовые ящики',
  schema: mailSettingsSchema,
  presentation: ({ clientsMailbox }) => `Почтовые ящики: ${clientsMailbox}`,
  columns: { clientsMailbox: { kind: 'text', value: ({ clientsMailbox }) => clientsMailbox } },
  indexes: {},
  searchPlaces: ({ clientsMailbox, requestsMailbox }) => [clientsMailbox, requestsMailbox].map((text) => ({ place: 'E-mail', kind: 'email', text }) as const),
  scope: () => ['all'],
});
