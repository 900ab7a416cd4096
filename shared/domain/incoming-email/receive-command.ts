import { z } from 'zod';
import { foldAddress } from '../../base/mail-address.ts';
import { idSource } from '../../base/id-source.ts';
import { accept, defineCommand, type Asking, type Change } from '../../base/rule-book.ts';
import { eventNumber, finishedEvent, newEvent } from '../contact-event/rules.ts';
import { bounced } from '../outgoing-email/rules.ts';
import type { OutgoingEmail } from '../outgoing-email/model.ts';
import { find, getMarked, put } from '../reads.ts';
import { ruleAt, termFrom } from '../rule/rules.ts';
import type { Task } from '../task/model.ts';
import { newTask } from '../task/rules.ts';
import { joiningOf, type Joining } from './conversation-rules.ts';
import type { Automation, IncomingEmail } from './model.ts';
import { deliveryReportSchema, receivedEmailSchema, type DeliveryReport, type ReceivedEmail } from './received-model.ts';
import { clientOfAddress } from './rules.ts';

/** The rule of «Регламент» for the work on a letter. */
export const emailTermRule = 'T-MAIL';

/** `deliveryReports`: what a bounce says; empty for every other letter. */
export const receiveInputSchema = z.object({ email: receivedEmailSchema, deliveryReports: z.array(deliveryReportSchema).default([]) });

/** The task «Обработка входящего письма» (1.4.1), due by «Регламент» from `from`. */
export function* emailTask(email: IncomingEmail, id: string, from: string, offeredTo: string | null): Asking<Task> {
  const rule = yield* ruleAt(emailTermRule, from);
  return newTask({
    id,
    kind: 'incomingEmail',
    documentType: 'incomingEmail',
    documentId: email.id,
    createdAt: from,
    roles: ['mailSupervisor'],
    offeredTo,
    fromName: email.from.name || email.from.address,
    subject: email.subject,
    ...(yield* termFrom(rule, from)),
  });
}

interface Bounce {
  readonly outgoing: OutgoingEmail;
  readonly reason: string;
}

/** The letters of ours that a bounce tells of. A report without the original's Message-ID is looked up by the headers of the bounce. */
function* bouncesOf(email: ReceivedEmail, reports: readonly DeliveryReport[]): Asking<readonly Bounce[]> {
  if (email.automation !== 'bounce') return [];
  const named = reports.length > 0 ? reports : [{ originalMessageId: null, recipient: '', reason: email.subject }];
  const found: Bounce[] = [];
  for (const { originalMessageId, recipient, reason } of named) {
    for (const messageId of originalMessageId === null ? [email.inReplyTo, ...email.references] : [originalMessageId]) {
      const [outgoing] = messageId === null ? [] : yield* find('outgoingEmail', 'byMessageId', messageId);
      if (outgoing !== undefined && !found.some((bounce) => bounce.outgoing.id === outgoing.id)) found.push({ outgoing, reason: [recipient, reason].filter((part) => part !== '').join(': ') });
    }
  }
  return found;
}

/** Only what answers a letter of ours is an automatic answer; a machine's letter out of the blue is automatic mail. */
function automationOf(email: ReceivedEmail, joining: Joining): Automation {
  if (email.automation === 'autoReply') return joining.answersOurs ? 'autoReply' : 'automatic';
  return email.automation === 'automatic' && joining.answersOurs ? 'autoReply' : email.automation;
}

function newEmail(received: ReceivedEmail, joining: Joining, filled: Pick<IncomingEmail, 'automation' | 'state' | 'clientId' | 'eventId'>): IncomingEmail {
  return {
    ...received,
    ...filled,
    holderId: null,
    takenAt: null,
    conversationId: joining.conversationId ?? received.id,
    continuationOf: joining.continuationOf,
    fromWhom: null,
    classification: null,
    kindId: null,
    categoryId: null,
    subtopicId: null,
    topicId: null,
    signatory: '',
    meetingTime: '',
    number: null,
    numberedAt: null,
    appealId: null,
    awaitsAsud: false,
    applicationIds: [],
    suppressedReplies: [],
  };
}

/** How a letter ends that no one has to work on; null for one that needs a person. */
function endWithoutWork(automation: Automation, bounces: readonly Bounce[]): string | null {
  if (bounces.length > 0) return 'Уведомление о том, что письмо не доставлено';
  return automation === 'autoReply' ? 'Автоматический ответ на наше письмо' : null;
}

/**
 * 1.4.1, 1.4.2: a letter came. Letter and event always; from a black-listed address it is «Нежелательная почта» without a task; a bounce
 * marks our letter «Не доставлено» with a task of its own; an automatic answer to a letter of ours makes no task. The same letter
 * delivered again changes nothing.
 */
export const receive = defineCommand({
  name: 'incomingEmail.receive',
  title: 'Приём письма',
  version: 1,
  roles: 'system',
  input: receiveInputSchema,
  undo: null,
  *decide({ email: received, deliveryReports }, context) {
    if ((yield* getMarked('incomingEmail', received.id)) !== null) return accept([]);
    const newId = idSource(context);
    const sender = foldAddress(received.from.address);
    const isListed = sender !== '' && (yield* find('mailFilter', 'byAddress', sender)).length > 0;
    const bounces = yield* bouncesOf(received, deliveryReports);
    const joining = yield* joiningOf(received);
    const automation = automationOf(received, joining);
    const ending = endWithoutWork(automation, bounces);
    const state = isListed ? 'unwanted' : ending === null ? 'new' : 'done';
    const email = newEmail(received, joining, { automation, state, clientId: yield* clientOfAddress(sender), eventId: newId() });
    const event = newEvent({ id: email.eventId, number: yield* eventNumber(context.now), channel: 'incomingEmail', occurredAt: email.receivedAt, documentType: 'incomingEmail', documentId: email.id, subject: email.subject, clientId: email.clientId });

    const changes: Change[] = [put('incomingEmail', email), put('contactEvent', state === 'done' ? finishedEvent(event, 'noAnswer', ending ?? '', context) : event)];
    for (const { outgoing, reason } of bounces) changes.push(...(yield* bounced(outgoing, reason, newId, context.now)));
    if (state === 'new') changes.push(put('task', yield* emailTask(email, newId(), email.receivedAt, joining.holderId)));
    return accept(changes);
  },
});
