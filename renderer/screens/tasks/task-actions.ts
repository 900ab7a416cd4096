import type { Task } from '../../../shared/domain/task/model.ts';
import type { DocumentRow } from '../../document/rows.ts';
import { runCommand } from '../../store/commands.ts';
import { openDocument } from '../../store/places.ts';

/** «Принять в работу» of a task: of a new letter the letter's own command (1.4.1), else the task's. */
export function takeOf(task: Task): { readonly name: string; readonly input: { readonly id: string } } {
  return task.kind === 'incomingEmail' ? { name: 'incomingEmail.take', input: { id: task.documentId } } : { name: 'task.take', input: { id: task.id } };
}

export function openTask({ documentType, documentId }: Task): void {
  openDocument(documentType, documentId);
}

/** Enter: takes a free task and opens its document; opens one that is in work. */
export async function takeAndOpen(task: Task): Promise<void> {
  if (task.state === 'open') {
    const { name, input } = takeOf(task);
    const answer = await runCommand(name, input);
    if (!answer.ok) return;
  }
  openTask(task);
}

/** «Спам» (1.4.2): the letter's command, undone within ten seconds from the status line. */
export async function markSpam(task: Task): Promise<void> {
  await runCommand('incomingEmail.markSpam', { id: task.documentId }, { said: 'Отмечено как спам' });
}

/** Why the task cannot be taken now; undefined if it can. */
export function notTakable({ document, refs }: DocumentRow<'task'>, userId: string): string | undefined {
  if (document.state === 'open') return undefined;
  if (document.holderId === userId) return 'Уже в работе у вас';
  return document.holderId === null ? 'Задача завершена' : `В работе: ${refs[document.holderId] ?? 'коллега'}`;
}
