import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';
import { incomingEmailSchema } from '../incoming-email/model.ts';

/** What a mailbox is for: the journal of letters that its letters come to. */
export const mailboxPurposeSchema = incomingEmailSchema.shape.mailbox;
export type MailboxPurpose = z.infer<typeof mailboxPurposeSchema>;
export const mailboxPurposeTitles: Readonly<Record<MailboxPurpose, string>> = { clients: 'Письма клиентов', requests: 'Ответы на запросы' };

/** tls: from the first byte; starttls: demanded, never given up for plain text; none: only where nobody can listen. */
export const mailSecuritySchema = z.enum(['tls', 'starttls', 'none']);
export type MailSecurity = z.infer<typeof mailSecuritySchema>;
export const mailSecurityTitles: Readonly<Record<MailSecurity, string>> = { tls: 'TLS', starttls: 'STARTTLS', none: 'Без защиты' };

export const mailAuthSchema = z.enum(['password', 'oauth2']);
export type MailAuth = z.infer<typeof mailAuthSchema>;
export const mailAuthTitles: Readonly<Record<MailAuth, string>> = { password: 'Имя и пароль', oauth2: 'OAuth2' };

/** What is done at the mailbox with a letter that the centre holds safely. */
export const afterTakingSchema = z.enum(['seen', 'move', 'delete', 'leave']);
export type AfterTaking = z.infer<typeof afterTakingSchema>;
export const afterTakingTitles: Readonly<Record<AfterTaking, string>> = { seen: 'Отметить прочитанным', move: 'Переместить в папку', delete: 'Удалить', leave: 'Оставить как есть' };

/** Where letters from this address leave the house. */
export const mailboxSendingSchema = z.enum(['relay', 'own']);
export type MailboxSending = z.infer<typeof mailboxSendingSchema>;
export const mailboxSendingTitles: Readonly<Record<MailboxSending, string>> = { relay: 'Через общий сервер центра', own: 'Через сервер этого ящика' };

const port = z.number().int().min(1).max(65_535);
/** Letters; 0 = no limit. */
const limit = z.number().int().min(0).max(1_000_000);

/** «Почтовый ящик». Its password and tokens are never here: they lie sealed at the centre. */
export const mailboxSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  address: z.string(),
  purpose: mailboxPurposeSchema,
  active: z.boolean(),
  login: z.string(),
  auth: mailAuthSchema,
  /** OAuth2: where an access token is fetched, and as whom. */
  tokenUrl: z.string(),
  clientId: z.string(),
  tokenScope: z.string(),
  /** Certificates (PEM) of the company's own authority, trusted besides the known ones. */
  authority: z.string(),
  /** Letters are fetched over IMAP. */
  receives: z.boolean(),
  imapHost: z.string(),
  imapPort: port,
  imapSecurity: mailSecuritySchema,
  /** Paths as the server names them, at least one. */
  folders: z.array(z.string()),
  afterTaking: afterTakingSchema,
  moveTo: z.string(),
  /** Letters that came to the mailbox before this day (YYYY-MM-DD) are not taken; empty = all are. */
  takeFrom: z.string(),
  sending: mailboxSendingSchema,
  smtpHost: z.string(),
  smtpPort: port,
  smtpSecurity: mailSecuritySchema,
  perMinute: limit,
  perDay: limit,
});
export type Mailbox = z.infer<typeof mailboxSchema>;

export const mailbox = defineDocument<Mailbox>({
  type: 'mailbox',
  title: 'Почтовый ящик',
  schema: mailboxSchema,
  presentation: ({ address }) => address,
  columns: {
    address: { kind: 'text', value: ({ address }) => address },
    purpose: { kind: 'code', value: ({ purpose }) => purpose },
    active: { kind: 'flag', value: ({ active }) => active },
  },
  indexes: { byAddress: ({ address }) => [address.toLowerCase()], byActive: ({ active }) => [active ? 'yes' : 'no'] },
  searchPlaces: ({ address, imapHost, smtpHost }) => [
    { place: 'E-mail', kind: 'email', text: address },
    { place: 'Сервер', kind: 'text', text: `${imapHost} ${smtpHost}` },
  ],
  scope: () => ['role:administrator'],
});
