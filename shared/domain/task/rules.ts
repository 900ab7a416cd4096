import type { Asking, Author } from '../../base/rule-book.ts';
import type { Instant } from '../../base/instant.ts';
import { find } from '../reads.ts';
import type { Task, TaskKind } from './model.ts';

type TaskOf = Pick<Task, 'id' | 'kind' | 'documentType' | 'documentId' | 'createdAt' | 'subject'> & Partial<Task>;

/** A free task; what is not given is empty. */
export function newTask(fields: TaskOf): Task {
  return { roles: [], assigneeId: null, offeredTo: null, holderId: null, takenAt: null, dueAt: null, ruleId: null, state: 'open', endedAt: null, fromName: '', ...fields };
}

/** The open task of a kind about a document; null if there is none. */
export function* openTaskOf(documentId: string, kind: TaskKind): Asking<Task | null> {
  const open = yield* find('task', 'openOf', documentId);
  return open.find((task) => task.kind === kind) ?? null;
}

/** The newest task of a kind about a document, ended ones too. */
export function* lastTaskOf(documentId: string, kind: TaskKind): Asking<Task | null> {
  const all = (yield* find('task', 'byDocument', documentId)).filter((task) => task.kind === kind);
  return all.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0] ?? null;
}

export function taskHeldBy(task: Task, holderId: string, now: Instant): Task {
  return { ...task, holderId, takenAt: now, state: 'inWork' };
}

/** Free again: nobody holds it. */
export function freedTask(task: Task): Task {
  return { ...task, holderId: null, takenAt: null, state: 'open', endedAt: null };
}

export function endedTask(task: Task, now: Instant, state: 'done' | 'cancelled' = 'done'): Task {
  return { ...task, state, endedAt: now };
}

/** True if the task is offered to the author: to him by name, or to a role of his; a supervisor may take any. */
export function mayTakeTask(task: Task, author: Pick<Author, 'userId' | 'roles'>): boolean {
  if (author.roles.includes('supervisor')) return true;
  return task.assigneeId === null ? task.roles.some((role) => author.roles.includes(role)) : task.assigneeId === author.userId;
}
