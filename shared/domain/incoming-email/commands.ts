import { z } from 'zod';
import { idSource } from '../../base/id-source.ts';
import { moscowYear2 } from '../../base/instant.ts';
import { refusal } from '../../base/errors.ts';
import { accept, defineCommand, refuse } from '../../base/rule-book.ts';
import { autoReplyTo } from '../auto-reply/rules.ts';
import { get, put, takeNumber } from '../reads.ts';
import { freedTask, openTaskOf, taskHeldBy } from '../task/rules.ts';
import { canAssignNumber } from './class-rules.ts';
import { incomingEmailStateTitles, type IncomingEmail } from './model.ts';
import { emailInWork, endings, takenByAnother } from './rules.ts';

export const mailRoles = ['mailSupervisor', 'supervisor'] as const;
export const byId = z.object({ id: z.string().min(1) });

/** The series of letters' numbers: КП-YY-ХХХХХХХХ (2.8.1). */
export const emailNumberSeries = 'КП';

const workingState = ({ number }: IncomingEmail): 'inWork' | 'numbered' => (number === null ? 'inWork' : 'numbered');
const queueState = ({ number }: IncomingEmail): 'new' | 'numbered' => (number === null ? 'new' : 'numbered');
const isInQueue = ({ state, holderId }: IncomingEmail): boolean => (state === 'new' || state === 'numbered') && holderId === null;

export const take = defineCommand({
  name: 'incomingEmail.take',
  title: 'Принять в работу',
  version: 1,
  roles: mailRoles,
  input: byId,
  undo: 'incomingEmail.returnToQueue',
  *decide({ id }, context) {
    const email = yield* get('incomingEmail', id);
    if (email === null) return refuse(refusal('notFound'));
    const { userId } = context.author;
    if (!isInQueue(email)) {
      if (email.holderId !== null && email.holderId !== userId) return yield* takenByAnother(email);
      return email.state === 'inWork' || email.state === 'numbered' ? accept([]) : refuse(refusal('wrongState', { state: incomingEmailStateTitles[email.state] }));
    }
    const task = yield* openTaskOf(id, 'incomingEmail');
    return accept([
      put('incomingEmail', { ...email, state: workingState(email), holderId: userId, takenAt: context.now }),
      ...(task === null ? [] : [put('task', taskHeldBy(task, userId, context.now))]),
    ]);
  },
});

export const returnToQueue = defineCommand({
  name: 'incomingEmail.returnToQueue',
  title: 'Вернуть в очередь',
  version: 1,
  roles: mailRoles,
  input: byId,
  undo: 'incomingEmail.take',
  *decide({ id }, context) {
    const email = yield* emailInWork(id, context);
    if ('refusal' in email) return email;
    const task = yield* openTaskOf(id, 'incomingEmail');
    return accept([put('incomingEmail', { ...email, state: queueState(email), holderId: null, takenAt: null }), ...(task === null ? [] : [put('task', freedTask(task))])]);
  },
});

export const reassign = defineCommand({
  name: 'incomingEmail.reassign',
  title: 'Переназначить',
  version: 1,
  roles: ['supervisor'],
  input: z.object({ id: z.string().min(1), userId: z.string().min(1) }),
  undo: null,
  *decide({ id, userId }, context) {
    const email = yield* get('incomingEmail', id);
    const user = yield* get('user', userId);
    if (email === null || user === null) return refuse(refusal('notFound'));
    if (email.state !== 'new' && email.state !== 'inWork' && email.state !== 'numbered') return refuse(refusal('wrongState', { state: incomingEmailStateTitles[email.state] }));
    if (!user.active || !user.roles.some((role) => role === 'mailSupervisor' || role === 'supervisor')) return refuse(refusal('invalidInput', { field: 'Сотрудник не обрабатывает письма' }));
    const task = yield* openTaskOf(id, 'incomingEmail');
    return accept([
      put('incomingEmail', { ...email, state: workingState(email), holderId: userId, takenAt: context.now }),
      ...(task === null ? [] : [put('task', taskHeldBy(task, userId, context.now))]),
    ]);
  },
});

/** 2.8.1.2: the number is assigned once for ever; the client gets the first automatic reply. */
export const assignNumber = defineCommand({
  name: 'incomingEmail.assignNumber',
  title: 'Присвоить рег. номер',
  version: 1,
  roles: mailRoles,
  input: byId,
  undo: null,
  *decide({ id }, context) {
    const email = yield* get('incomingEmail', id);
    if (email === null) return refuse(refusal('notFound'));
    const blocked = canAssignNumber(email, context.author.userId);
    if (blocked !== null) return refuse(blocked);
    const number = yield* takeNumber(emailNumberSeries, moscowYear2(context.now));
    if (number === null) return refuse(refusal('noNumbers'));
    const numbered: IncomingEmail = { ...email, state: 'numbered', number, numberedAt: context.now };
    const replied = yield* autoReplyTo(numbered, 'number', {}, idSource(context), context);
    return accept([put('incomingEmail', replied.email), ...replied.changes], replied.effects);
  },
});

/** 3.6: ends a letter that gets no answer; the reason is recorded on its event. */
export const finish = defineCommand({
  name: 'incomingEmail.finish',
  title: 'Без ответа',
  version: 1,
  roles: mailRoles,
  input: z.object({ id: z.string().min(1), reason: z.string().trim().max(1000), comment: z.string().trim().max(4000) }),
  undo: null,
  *decide({ id, reason, comment }, context) {
    const email = yield* emailInWork(id, context);
    if ('refusal' in email) return email;
    if (reason === '') return refuse(refusal('required', { fields: ['Причина'] }));
    return accept([put('incomingEmail', { ...email, state: 'done' }), ...(yield* endings(email, { outcome: 'noAnswer', details: reason, comment }, context))]);
  },
});
