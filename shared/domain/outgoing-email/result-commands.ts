import { z } from 'zod';
import { idSource } from '../../base/id-source.ts';
import { refusal } from '../../base/errors.ts';
import { accept, defineCommand, refuse } from '../../base/rule-book.ts';
import { get, put } from '../reads.ts';
import { endedTask, openTaskOf } from '../task/rules.ts';
import { writerRoles } from './commands.ts';
import { outgoingEmailStateTitles, type OutgoingEmail } from './model.ts';
import { bounced, queued, sentEvent, undeliveredTask } from './rules.ts';

const wrongState = ({ state }: OutgoingEmail) => refuse(refusal('wrongState', { state: outgoingEmailStateTitles[state] }));

/** Sends again what the server refused: the same letter with the same Message-ID. */
export const retry = defineCommand({
  name: 'outgoingEmail.retry',
  title: 'Повторить',
  version: 1,
  roles: writerRoles,
  input: z.object({ id: z.string().min(1) }),
  undo: null,
  *decide({ id }, context) {
    const email = yield* get('outgoingEmail', id);
    if (email === null) return refuse(refusal('notFound'));
    if (email.state !== 'failed') return wrongState(email);
    const task = yield* openTaskOf(id, 'undelivered');
    const again = queued(email, idSource(context), context.now);
    return accept([put('outgoingEmail', again.email), ...(task === null ? [] : [put('task', endedTask(task, context.now))])], [again.effect]);
  },
});

/** A person says whether the letter left whose connection broke after the last dot. Sent: done. Not sent: «Повторить» is possible. */
export const resolveUnknown = defineCommand({
  name: 'outgoingEmail.resolveUnknown',
  title: 'Указать, отправлено ли',
  version: 1,
  roles: writerRoles,
  input: z.object({ id: z.string().min(1), sent: z.boolean() }),
  undo: null,
  *decide({ id, sent }, context) {
    const email = yield* get('outgoingEmail', id);
    if (email === null) return refuse(refusal('notFound'));
    if (email.state !== 'unknown') return wrongState(email);
    if (!sent) return accept([put('outgoingEmail', { ...email, state: 'failed' })]);
    const task = yield* openTaskOf(id, 'undelivered');
    return accept([
      put('outgoingEmail', { ...email, state: 'sent', sentAt: email.sentAt ?? context.now }),
      ...(task === null ? [] : [put('task', endedTask(task, context.now))]),
      ...(yield* sentEvent(email, context)),
    ]);
  },
});

/** What became of a sending. Said twice it changes nothing; a letter that left stays sent. */
export const recordResult = defineCommand({
  name: 'outgoingEmail.recordResult',
  title: 'Итог отправки',
  version: 1,
  roles: 'system',
  input: z.object({
    id: z.string().min(1),
    result: z.enum(['sent', 'failed', 'unknown', 'retrying']),
    serverAnswer: z.string(),
    rawFileId: z.string().nullable(),
    attempts: z.number().int().nonnegative(),
  }),
  undo: null,
  *decide({ id, result, serverAnswer, rawFileId, attempts }, context) {
    const email = yield* get('outgoingEmail', id);
    if (email === null) return refuse(refusal('notFound'));
    if (email.state === 'sent' || email.state === 'draft') return email.state === 'sent' ? accept([]) : wrongState(email);
    const recorded = { ...email, serverAnswer, attempts, rawFileId: rawFileId ?? email.rawFileId };
    if (result === 'sent') {
      // A bounce may be quicker than the answer of the relay: it stays «Не доставлено».
      const state = email.state === 'undelivered' ? 'undelivered' : 'sent';
      return accept([put('outgoingEmail', { ...recorded, serverAnswer: state === 'sent' ? serverAnswer : email.serverAnswer, state, sentAt: email.sentAt ?? context.now }), ...(yield* sentEvent(email, context))]);
    }
    if (email.state !== 'queued') return accept([]);
    if (result === 'retrying') return accept([put('outgoingEmail', recorded)]);
    return accept([put('outgoingEmail', { ...recorded, state: result }), ...(yield* undeliveredTask(email, idSource(context), context.now))]);
  },
});

/** A bounce matched to its letter otherwise than by the intake. */
export const recordBounce = defineCommand({
  name: 'outgoingEmail.recordBounce',
  title: 'Письмо не доставлено',
  version: 1,
  roles: 'system',
  input: z.object({ id: z.string().min(1), incomingEmailId: z.string().nullable(), reason: z.string() }),
  undo: null,
  *decide({ id, reason }, context) {
    const email = yield* get('outgoingEmail', id);
    if (email === null) return refuse(refusal('notFound'));
    return accept(yield* bounced(email, reason, idSource(context), context.now));
  },
});
