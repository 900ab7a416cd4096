import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';

/** Kinds of contact; later channels add theirs. */
export const channelSchema = z.enum(['incomingEmail', 'outgoingEmail']);
export type Channel = z.infer<typeof channelSchema>;
export const channelTitles: Readonly<Record<Channel, string>> = {
  incomingEmail: 'Входящее электронное письмо',
  outgoingEmail: 'Исходящее электронное письмо',
};

/** How a contact ended (3.6.1, 3.6.2). */
export const outcomeSchema = z.enum(['forwarded', 'appealRegistered', 'spam', 'noAnswer', 'sent']);
export type Outcome = z.infer<typeof outcomeSchema>;
export const outcomeTitles: Readonly<Record<Outcome, string>> = {
  forwarded: 'Переслано',
  appealRegistered: 'Зарегистрировано обращение',
  spam: 'Спам',
  noAnswer: 'Без ответа',
  sent: 'Отправлено',
};

/** «Событие»: one contact with a client over any channel. */
export const contactEventSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  /** СБ-YY-ХХХХХХХХ; null until the centre has numbered an event that was written where no number was at hand. */
  number: z.string().nullable(),
  channel: channelSchema,
  occurredAt: z.string(),
  clientId: z.string().nullable(),
  documentType: z.string(),
  documentId: z.string(),
  subject: z.string(),
  applicationIds: z.array(z.string()),
  appealId: z.string().nullable(),
  outcome: outcomeSchema.nullable(),
  /** To whom it was forwarded, why there was no answer. */
  outcomeDetails: z.string(),
  comment: z.string(),
  finishedAt: z.string().nullable(),
  finishedBy: z.string().nullable(),
});
export type ContactEvent = z.infer<typeof contactEventSchema>;

export const contactEvent = defineDocument<ContactEvent>({
  type: 'contactEvent',
  title: 'Событие',
  schema: contactEventSchema,
  presentation: ({ channel, subject }) => `${channelTitles[channel]}: ${subject || 'без темы'}`,
  columns: {
    occurredAt: { kind: 'time', value: ({ occurredAt }) => occurredAt },
    channel: { kind: 'code', value: ({ channel }) => channel },
    clientId: { kind: 'ref', refType: 'client', value: ({ clientId }) => clientId },
    subject: { kind: 'text', value: ({ subject }) => subject },
    outcome: { kind: 'code', value: ({ outcome }) => outcome },
    documentId: { kind: 'code', value: ({ documentId }) => documentId },
  },
  indexes: {
    byDocument: ({ documentId }) => [documentId],
    byClient: ({ clientId }) => (clientId === null ? [] : [clientId]),
  },
  searchPlaces: ({ subject, comment }) => [
    { place: 'Тема', kind: 'text', text: subject },
    { place: 'Комментарий', kind: 'text', text: comment },
  ],
  scope: () => ['role:mailSupervisor', 'role:supervisor', 'role:operator'],
});
