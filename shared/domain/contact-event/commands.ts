import { z } from 'zod';
import { refusal } from '../../base/errors.ts';
import { accept, defineCommand, refuse } from '../../base/rule-book.ts';
import { get, put } from '../reads.ts';
import { eventNumber } from './rules.ts';

/** 3.6: the comment on a contact, before its end or after. */
export const comment = defineCommand({
  name: 'contactEvent.comment',
  title: 'Комментарий к событию',
  version: 1,
  roles: ['operator', 'mailSupervisor', 'supervisor'],
  input: z.object({ id: z.string().min(1), comment: z.string().trim().max(4000) }),
  undo: null,
  *decide(input) {
    const event = yield* get('contactEvent', input.id);
    return event === null ? refuse(refusal('notFound')) : accept([put('contactEvent', { ...event, comment: input.comment })]);
  },
});

/** Numbers an event that was written without a number. One that has a number keeps it; where there is none now, nothing changes. */
export const assignNumber = defineCommand({
  name: 'contactEvent.assignNumber',
  title: 'Присвоить номер событию',
  version: 1,
  roles: 'system',
  input: z.object({ id: z.string().min(1) }),
  undo: null,
  *decide({ id }, context) {
    const event = yield* get('contactEvent', id);
    if (event === null) return refuse(refusal('notFound'));
    const number = event.number === null ? yield* eventNumber(context.now) : null;
    return accept(number === null ? [] : [put('contactEvent', { ...event, number })]);
  },
});
