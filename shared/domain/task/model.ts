import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';
import { roleSchema } from '../../base/roles.ts';

export const taskKindSchema = z.enum(['incomingEmail', 'undelivered', 'appealPreparation', 'appealCheck']);
export type TaskKind = z.infer<typeof taskKindSchema>;
/** Titles of groups in «Мои задачи». */
export const taskKindTitles: Readonly<Record<TaskKind, string>> = {
  incomingEmail: 'Обработка входящего письма',
  undelivered: 'Письмо не доставлено',
  appealPreparation: 'Подготовка ответа',
  appealCheck: 'Проверка ответа',
};

export const taskStateSchema = z.enum(['open', 'inWork', 'done', 'cancelled']);
export type TaskState = z.infer<typeof taskStateSchema>;
export const taskStateTitles: Readonly<Record<TaskState, string>> = { open: 'Свободна', inWork: 'В работе', done: 'Выполнена', cancelled: 'Снята' };

/** A unit of work for a role or a person, always about one document. */
export const taskSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  kind: taskKindSchema,
  documentType: z.string(),
  documentId: z.string(),
  /** Who may take it. */
  roles: z.array(roleSchema),
  /** Made for this person; null for a role's task. */
  assigneeId: z.string().nullable(),
  /** Whom it is offered to first: the conversation's holder. */
  offeredTo: z.string().nullable(),
  holderId: z.string().nullable(),
  takenAt: z.string().nullable(),
  createdAt: z.string(),
  dueAt: z.string().nullable(),
  /** The version of «Регламент» that gave the term. */
  ruleId: z.string().nullable(),
  state: taskStateSchema,
  endedAt: z.string().nullable(),
  /** What the list shows. */
  fromName: z.string(),
  subject: z.string(),
});
export type Task = z.infer<typeof taskSchema>;

export const task = defineDocument<Task>({
  type: 'task',
  title: 'Задача',
  schema: taskSchema,
  presentation: ({ kind, subject }) => `${taskKindTitles[kind]}: ${subject}`,
  columns: {
    kind: { kind: 'code', value: ({ kind }) => kind },
    state: { kind: 'code', value: ({ state }) => state },
    dueAt: { kind: 'time', value: ({ dueAt }) => dueAt },
    createdAt: { kind: 'time', value: ({ createdAt }) => createdAt },
    fromName: { kind: 'text', value: ({ fromName }) => fromName },
    subject: { kind: 'text', value: ({ subject }) => subject },
    holderId: { kind: 'ref', refType: 'user', value: ({ holderId }) => holderId },
    assigneeId: { kind: 'ref', refType: 'user', value: ({ assigneeId }) => assigneeId },
    offeredTo: { kind: 'ref', refType: 'user', value: ({ offeredTo }) => offeredTo },
    documentType: { kind: 'code', value: ({ documentType }) => documentType },
    documentId: { kind: 'code', value: ({ documentId }) => documentId },
  },
  indexes: {
    openOf: ({ state, documentId }) => (state === 'open' || state === 'inWork' ? [documentId] : []),
    byDocument: ({ documentId }) => [documentId],
  },
  searchPlaces: ({ subject, fromName }) => [
    { place: 'От кого', kind: 'name', text: fromName },
    { place: 'Тема', kind: 'text', text: subject },
  ],
  scope: ({ roles, assigneeId, holderId }) => [
    ...roles.map((role) => `role:${role}`),
    'role:supervisor',
    ...[assigneeId, holderId].filter((id) => id !== null).map((id) => `user:${id}`),
  ],
});
