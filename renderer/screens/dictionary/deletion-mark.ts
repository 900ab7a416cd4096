import type { Json } from '../../../shared/base/json.ts';
import type { DictionaryName } from '../../../shared/domain/dictionary/commands.ts';
import { runCommand } from '../../store/commands.ts';
import { tell } from '../../ui/status-message.ts';

type Entry = Readonly<Record<string, Json>>;

/**
 * «Пометить на удаление» and the way back: the entry leaves the lists, what points at it keeps it. Nothing is asked, for it is undone in the status line for ten
 * seconds and by the same button for ever.
 */
export async function markForDeletion(type: DictionaryName, entry: Entry, deleted: boolean, title: string): Promise<void> {
  const answer = await runCommand('dictionary.write', { type, document: { ...entry, deleted } }, { said: null });
  if (answer.ok) tell(deleted ? `Помечено на удаление: ${title}` : `Пометка удаления снята: ${title}`, { tone: 'green', undo: () => void markForDeletion(type, entry, !deleted, title) });
}
