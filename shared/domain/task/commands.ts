import { z } from 'zod';
import { refusal } from '../../base/errors.ts';
import { moscowText } from '../../base/instant.ts';
import { accept, defineCommand, refuse } from '../../base/rule-book.ts';
import { get, put } from '../reads.ts';
import { shortName } from '../user/model.ts';
import { taskKindTitles, taskStateTitles } from './model.ts';
import { endedTask, mayTakeTask, taskHeldBy } from './rules.ts';

const taskRoles = ['operator', 'mailSupervisor', 'supervisor', 'executor', 'checker'] as const;

/** Takes a task that is no new letter: a letter is taken by its own «Принять в работу». */
export const take = defineCommand({
  name: 'task.take',
  title: 'Принять в работу',
  version: 1,
  roles: taskRoles,
  input: z.object({ id: z.string().min(1) }),
  undo: null,
  *decide({ id }, context) {
    const task = yield* get('task', id);
    if (task === null) return refuse(refusal('notFound'));
    const { userId } = context.author;
    if (task.kind === 'incomingEmail' || !mayTakeTask(task, context.author)) return refuse(refusal('notAllowed', { action: `принять задачу «${taskKindTitles[task.kind]}»` }));
    if (task.state === 'done' || task.state === 'cancelled') return refuse(refusal('taskClosed'));
    if (task.holderId === userId) return accept([]);
    if (task.holderId === null) return accept([put('task', taskHeldBy(task, userId, context.now))]);
    const holder = yield* get('user', task.holderId);
    return refuse(refusal('alreadyTaken', { name: holder === null ? 'другой сотрудник' : shortName(holder), at: task.takenAt === null ? '' : moscowText(task.takenAt) }));
  },
});

/** Ends «Письмо не доставлено»; what was done about it is noted on the letter's event. */
export const finish = defineCommand({
  name: 'task.finish',
  title: 'Завершить',
  version: 1,
  roles: taskRoles,
  input: z.object({ id: z.string().min(1), comment: z.string().trim().max(4000) }),
  undo: null,
  *decide({ id, comment }, context) {
    const task = yield* get('task', id);
    if (task === null) return refuse(refusal('notFound'));
    if (task.state === 'done' || task.state === 'cancelled') return refuse(refusal('taskClosed'));
    if (task.kind !== 'undelivered') return refuse(refusal('wrongState', { state: `${taskKindTitles[task.kind]}: ${taskStateTitles[task.state]}` }));
    if (task.holderId !== context.author.userId) return refuse(refusal('notAllowed', { action: 'завершить задачу, не принятую в работу' }));
    const outgoing = comment === '' ? null : yield* get('outgoingEmail', task.documentId);
    const event = outgoing === null || outgoing.eventId === null ? null : yield* get('contactEvent', outgoing.eventId);
    return accept([
      put('task', endedTask(task, context.now)),
      ...(event === null ? [] : [put('contactEvent', { ...event, comment: [event.comment, comment].filter((part) => part !== '').join('\n') })]),
    ]);
  },
});
