import { z } from 'zod';
import { refusal } from '../../base/errors.ts';
import { accept, defineCommand, refuse } from '../../base/rule-book.ts';
import { get, put } from '../reads.ts';

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
