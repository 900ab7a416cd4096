import { isMailAddress } from '../../base/mail-address.ts';
import { refusal, type Refusal } from '../../base/errors.ts';
import type { NewId } from '../../base/id-source.ts';
import type { Instant } from '../../base/instant.ts';
import type { Asking, Change, Context, Effect } from '../../base/rule-book.ts';
import { get, put } from '../reads.ts';
import { eventNumber, finishedEvent, newEvent } from '../contact-event/rules.ts';
import { newTask, openTaskOf } from '../task/rules.ts';
import type { MailAddress } from '../incoming-email/model.ts';
import type { OutgoingEmail } from './model.ts';

type EmailOf = Pick<OutgoingEmail, 'id' | 'kind' | 'messageId' | 'to' | 'subject' | 'text' | 'authorId' | 'createdAt'> & Partial<OutgoingEmail>;

/** A new draft; what is not given is empty. */
export function newOutgoingEmail(fields: EmailOf): OutgoingEmail {
  return {
    state: 'draft',
    inReplyTo: null,
    references: [],
    cc: [],
    attachments: [],
    incomingEmailId: null,
    classification: null,
    conversationId: null,
    clientId: null,
    appealId: null,
    eventId: null,
    queuedAt: null,
    sentAt: null,
    effectId: null,
    attempts: 0,
    serverAnswer: '',
    rawFileId: null,
    ...fields,
  };
}

/** The letter put into the queue, and the effect that sends it. The Message-ID stays: a second sending is the same letter. */
export function queued(email: OutgoingEmail, newId: NewId, now: Instant, when: { readonly notBefore?: Instant; readonly dependsOn?: readonly string[] } = {}): { readonly email: OutgoingEmail; readonly effect: Effect } {
  const effectId = newId();
  return {
    email: { ...email, state: 'queued', queuedAt: now, effectId, serverAnswer: '' },
    effect: { id: effectId, kind: 'sendEmail', payload: { outgoingEmailId: email.id }, ...when },
  };
}

/** Recipients of a letter in each of its fields: more are no correspondence, and relays refuse them. */
const mostRecipients = 200;

/** What is wrong with the recipients; null if the letter can go. */
export function recipientProblem({ to, cc }: Pick<OutgoingEmail, 'to' | 'cc'>): Refusal | null {
  if (to.length === 0) return refusal('required', { fields: ['Кому'] });
  for (const [field, list] of [['Кому', to], ['Копия', cc]] as const) if (list.length > mostRecipients) return refusal('invalidInput', { field: `${field}: ${list.length} адресов, а в одном письме может быть не больше ${mostRecipients}` });
  const isBad = ({ address }: MailAddress): boolean => !isMailAddress(address);
  const [inTo, inCc] = [to.find(isBad), cc.find(isBad)];
  const bad = inTo ?? inCc;
  return bad === undefined ? null : refusal('badRecipient', { address: bad.address, field: inTo === undefined ? 'Копия' : 'Кому' });
}

/** Stands in a text for the number that АС ФЭУ has not given yet (2.8.2.8); `appeal.recordRegistration` fills it. */
export const appealNumberPlace = '{номер обращения}';

/** True while a forwarded letter waits for its appeal's number: it must not leave before. The same words in any other letter are a client's own. */
export function awaitsAppealNumber({ kind, appealId, text, subject }: Pick<OutgoingEmail, 'kind' | 'appealId' | 'text' | 'subject'>): boolean {
  if (kind !== 'forward' || appealId === null) return false;
  return text.includes(appealNumberPlace) || subject.includes(appealNumberPlace);
}

/** The letter with the appeal's number in its place, or the place itself while there is none; a line is added if neither is in the text. */
export function withAppealNumber<T extends Pick<OutgoingEmail, 'text' | 'subject'>>(email: T, number: string | null): T {
  const named = number ?? appealNumberPlace;
  const filled = (text: string): string => text.replaceAll(appealNumberPlace, named);
  const text = filled(email.text);
  return { ...email, subject: filled(email.subject), text: text.includes(named) ? text : `${appealNumberLine(number)}\n\n${text}` };
}

/** The line that «Переслать» of an official letter begins with. */
export function appealNumberLine(number: string | null): string {
  return `Регистрационный номер обращения: ${number ?? appealNumberPlace}`;
}

/** «Письмо не доставлено», offered to the author. Not for the reply to spam: such addresses rarely exist. One open task a letter. */
export function* undeliveredTask(email: OutgoingEmail, newId: NewId, now: Instant): Asking<readonly Change[]> {
  if (email.kind === 'autoReplySpam') return [];
  if ((yield* openTaskOf(email.id, 'undelivered')) !== null) return [];
  const task = newTask({
    id: newId(),
    kind: 'undelivered',
    documentType: 'outgoingEmail',
    documentId: email.id,
    createdAt: now,
    // A letter of an operator's own is an operator's to see to.
    roles: email.kind === 'new' ? ['mailSupervisor', 'operator'] : ['mailSupervisor'],
    offeredTo: email.authorId === 'system' ? null : email.authorId,
    fromName: email.to.map(({ address }) => address).join(', '),
    subject: email.subject,
  });
  return [put('task', task)];
}

/** The changes of a bounce: «Не доставлено» and the task. None if the bounce was recorded before. */
export function* bounced(email: OutgoingEmail, reason: string, newId: NewId, now: Instant): Asking<readonly Change[]> {
  if (email.state === 'undelivered') return [];
  return [put('outgoingEmail', { ...email, state: 'undelivered', serverAnswer: reason }), ...(yield* undeliveredTask(email, newId, now))];
}

/** The event of a letter that a person sends; automatic replies belong to the event of the letter they answer. */
export function* eventOfOutgoing(email: OutgoingEmail, eventId: string, now: Instant): Asking<Change> {
  const number = yield* eventNumber(now);
  return put('contactEvent', newEvent({ id: eventId, number, channel: 'outgoingEmail', occurredAt: now, documentType: 'outgoingEmail', documentId: email.id, subject: email.subject, clientId: email.clientId, appealId: email.appealId }));
}

/** The event of a person's letter once it has left: «Отправлено» and to whom. */
export function* sentEvent(email: OutgoingEmail, context: Context): Asking<readonly Change[]> {
  const event = email.eventId === null ? null : yield* get('contactEvent', email.eventId);
  if (event === null || event.documentId !== email.id || event.outcome !== null) return [];
  return [put('contactEvent', finishedEvent(event, 'sent', email.to.map(({ address }) => address).join(', '), context))];
}
