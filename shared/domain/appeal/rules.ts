import type { NewId } from '../../base/id-source.ts';
import type { Instant } from '../../base/instant.ts';
import type { Asking, Change } from '../../base/rule-book.ts';
import { get, put } from '../reads.ts';
import { ruleAt, termFrom, type Term } from '../rule/rules.ts';
import type { Task } from '../task/model.ts';
import { endedTask, newTask, openTaskOf } from '../task/rules.ts';
import type { Appeal } from './model.ts';

/** The term of an answer where the kind names no rule of its own. */
export const defaultAnswerRule = 'T-WRITTEN';

/** The term of the answer, by the kind's rule of «Регламент», from the moment of registration here. */
export function* answerTerm(kindId: string, from: Instant): Asking<Term> {
  const kind = yield* get('appealKind', kindId);
  const own = kind === null || kind.answerRuleId === '' ? null : yield* ruleAt(kind.answerRuleId, from);
  return yield* termFrom(own ?? (yield* ruleAt(defaultAnswerRule, from)), from);
}

/** Point 1 of «Обработка обращений»: for the user who registered the appeal (2.10.1.11). */
export function preparationTask(appeal: Appeal, id: string, now: Instant): Task {
  return newTask({ ...taskOf(appeal, id, now), kind: 'appealPreparation', assigneeId: appeal.createdBy });
}

/** Point 2 of «Обработка обращений»: for a checker. */
export function checkTask(appeal: Appeal, id: string, now: Instant): Task {
  return newTask({ ...taskOf(appeal, id, now), kind: 'appealCheck', roles: ['checker'] });
}

function taskOf({ id: documentId, number, internetCardNumber, dueAt, ruleId }: Appeal, id: string, now: Instant) {
  return { id, documentType: 'appeal', documentId, createdAt: now, dueAt, ruleId, subject: `Обращение ${number ?? internetCardNumber}` } as const;
}

/**
 * The appeal's letter went to АСУД: the answer is prepared there, and only the check is done here. Before the registration this is just noted;
 * after it the task of point 1 gives way to that of point 2.
 */
export function* asudStart(appeal: Appeal, newId: NewId, now: Instant): Asking<readonly Change[]> {
  if (appeal.state !== 'preparation') return [put('appeal', { ...appeal, forwardedToAsud: true })];
  const preparation = yield* openTaskOf(appeal.id, 'appealPreparation');
  return [
    put('appeal', { ...appeal, forwardedToAsud: true, state: 'check' }),
    ...(preparation === null ? [] : [put('task', endedTask(preparation, now, 'cancelled'))]),
    put('task', checkTask(appeal, newId(), now)),
  ];
}
