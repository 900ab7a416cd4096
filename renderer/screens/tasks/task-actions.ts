import type { Task } from '../../../shared/domain/task/model.ts';
import { call } from '../../bridge.ts';
import { rowOf, type DocumentRow } from '../../document/rows.ts';
import { runCommand, tellRefusal } from '../../store/commands.ts';
import { openDocument } from '../../store/places.ts';
import { plural } from '../../ui/format.ts';
import { tell } from '../../ui/status-message.ts';

interface Step {
  readonly name: string;
  readonly undo: string;
  readonly input: (task: Task) => { readonly id: string } | null;
}

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

const many = {
  take: { name: 'incomingEmail.take', undo: 'incomingEmail.returnToQueue', input: ({ kind, documentId }: Task) => (kind === 'incomingEmail' ? { id: documentId } : null) },
  spam: { name: 'incomingEmail.markSpam', undo: 'incomingEmail.unmarkSpam', input: ({ kind, documentId }: Task) => (kind === 'incomingEmail' ? { id: documentId } : null) },
} as const satisfies Record<string, Step>;

/** A command over the marked tasks, one by one; what was done can be undone together. */
export async function runForMany(step: keyof typeof many, ids: readonly string[]): Promise<void> {
  const { name, undo, input } = many[step];
  const rows = await Promise.all(ids.map((id) => call('document.get', { type: 'task', id })));
  const inputs = rows.flatMap((row) => (row === null ? [] : [input(rowOf<'task'>(row).document)])).filter((one) => one !== null);
  const done: { readonly id: string }[] = [];
  for (const one of inputs) {
    const answer = await runCommand(name, one, { quiet: true, said: null });
    if (answer.ok) done.push(one);
    else if (done.length === 0 && inputs.length === 1) tellRefusal(answer.refusal);
  }
  const verb = step === 'take' ? 'Принято в работу' : 'Отмечено как спам';
  const undoAll = async (): Promise<void> => {
    for (const one of done) await runCommand(undo, one, { said: null });
    tell('Отменено');
  };
  tell(`${verb}: ${done.length} из ${ids.length} ${plural(ids.length, 'задачи', 'задач', 'задач')}`, { tone: done.length === ids.length ? 'green' : 'amber', undo: done.length === 0 ? null : () => void undoAll() });
}

/** Why the task cannot be taken now; undefined if it can. */
export function notTakable({ document, refs }: DocumentRow<'task'>, userId: string): string | undefined {
  if (document.state === 'open') return undefined;
  if (document.holderId === userId) return 'Уже в работе у вас';
  return document.holderId === null ? 'Задача завершена' : `В работе: ${refs[document.holderId] ?? 'коллега'}`;
}
