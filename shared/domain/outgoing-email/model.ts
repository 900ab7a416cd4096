import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';
import { attachmentSchema, classificationSchema, mailAddressSchema } from '../incoming-email/model.ts';

export const outgoingEmailStateSchema = z.enum(['draft', 'queued', 'sent', 'failed', 'unknown', 'cancelled', 'undelivered']);
export type OutgoingEmailState = z.infer<typeof outgoingEmailStateSchema>;
export const outgoingEmailStateTitles: Readonly<Record<OutgoingEmailState, string>> = {
  draft: 'Черновик',
  queued: 'В очереди',
  sent: 'Отправлено',
  failed: 'Ошибка отправки',
  unknown: 'Неизвестно, отправлено ли',
  cancelled: 'Отменено',
  undelivered: 'Не доставлено',
};

/** What made the letter. `autoReply…` kinds are «отбойники». */
export const outgoingEmailKindSchema = z.enum(['new', 'forward', 'reply', 'autoReplyNumber', 'autoReplyAppeal', 'autoReplySpam', 'responsibleNotice']);
export type OutgoingEmailKind = z.infer<typeof outgoingEmailKindSchema>;
export const outgoingEmailKindTitles: Readonly<Record<OutgoingEmailKind, string>> = {
  new: 'Письмо',
  forward: 'Пересылка',
  reply: 'Ответ',
  autoReplyNumber: 'Автоответ: номер письма',
  autoReplyAppeal: 'Автоответ: номер обращения',
  autoReplySpam: 'Автоответ: письмо принято за спам',
  responsibleNotice: 'Уведомление ответственного',
};

export const outgoingEmailSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  kind: outgoingEmailKindSchema,
  state: outgoingEmailStateSchema,
  /** Message-ID without brackets, fixed from the start: a second sending is the same letter. */
  messageId: z.string(),
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  to: z.array(mailAddressSchema),
  cc: z.array(mailAddressSchema),
  subject: z.string(),
  text: z.string(),
  attachments: z.array(attachmentSchema),
  /** The letter that is forwarded or answered. */
  incomingEmailId: z.string().nullable(),
  /** Class of the letter forwarded: addressees used before are suggested by it. */
  classification: classificationSchema.nullable(),
  conversationId: z.string().nullable(),
  /** Of a draft: what of its conversation the writer knew when he began it (keys of `conversationMoves`). */
  known: z.array(z.string()).optional(),
  clientId: z.string().nullable(),
  appealId: z.string().nullable(),
  eventId: z.string().nullable(),
  authorId: z.string(),
  createdAt: z.string(),
  queuedAt: z.string().nullable(),
  sentAt: z.string().nullable(),
  /** Effect that sends it. */
  effectId: z.string().nullable(),
  attempts: z.number().int().nonnegative(),
  /** The server's answer, or why it is not known. */
  serverAnswer: z.string(),
  /** The .eml as sent. */
  rawFileId: z.string().nullable(),
});
export type OutgoingEmail = z.infer<typeof outgoingEmailSchema>;

export const outgoingEmail = defineDocument<OutgoingEmail>({
  type: 'outgoingEmail',
  title: 'Исходящее электронное письмо',
  schema: outgoingEmailSchema,
  presentation: (email) => `${outgoingEmailKindTitles[email.kind]}: ${email.subject || 'без темы'}`,
  columns: {
    createdAt: { kind: 'time', value: (email) => email.createdAt },
    sentAt: { kind: 'time', value: (email) => email.sentAt },
    kind: { kind: 'code', value: (email) => email.kind },
    state: { kind: 'code', value: (email) => email.state },
    to: { kind: 'text', value: (email) => email.to.map(({ address }) => address).join(', ') },
    subject: { kind: 'text', value: (email) => email.subject },
    authorId: { kind: 'ref', refType: 'user', value: (email) => email.authorId },
    clientId: { kind: 'ref', refType: 'client', value: (email) => email.clientId },
    classification: { kind: 'code', value: (email) => email.classification },
    conversationId: { kind: 'code', value: (email) => email.conversationId },
    incomingEmailId: { kind: 'code', value: (email) => email.incomingEmailId },
  },
  indexes: {
    byMessageId: (email) => [email.messageId],
    byConversation: (email) => (email.conversationId === null ? [] : [email.conversationId]),
    byIncomingEmail: (email) => (email.incomingEmailId === null ? [] : [email.incomingEmailId]),
    byClient: (email) => (email.clientId === null ? [] : [email.clientId]),
    /** Auto-replies per address: the daily limit and «spam reply once per address». */
    autoRepliesTo: (email) => (email.kind.startsWith('autoReply') ? email.to.map(({ address }) => address.toLowerCase()) : []),
  },
  searchPlaces: (email) => [
    { place: 'Тема', kind: 'text', text: email.subject },
    ...email.to.flatMap(({ name, address }) => [
      { place: 'Кому', kind: 'name', text: name } as const,
      { place: 'E-mail', kind: 'email', text: address } as const,
    ]),
  ],
  scope: () => ['role:mailSupervisor', 'role:supervisor', 'role:operator', 'role:administrator'],
});
