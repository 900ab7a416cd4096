import type { Json } from '../../../shared/base/json.ts';
import type { DictionaryName } from '../../../shared/domain/dictionary/commands.ts';
import { runCommand } from '../../store/commands.ts';
import { byCommand, type MassSteps } from '../../document/mass-run.ts';
import type { DocumentRow } from '../../document/rows.ts';
import type { MassCommand } from '../../document/use-mass.tsx';
import { plural } from '../../ui/format.ts';
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

type Row = DocumentRow<DictionaryName>;

function steps(type: DictionaryName, deleted: boolean): MassSteps<Row> {
  const write = (document: Row['document'], mark: boolean) => ({ name: 'dictionary.write', input: { type, document: { ...document, deleted: mark } } });
  return byCommand<Row>(({ document }) => write(document, deleted), ({ document }) => write(document, !deleted));
}

/** The same with many entries: in the list of marked ones the mark comes off, in the other it is put. */
export function deletionMass(type: DictionaryName, isMarked: boolean, denied: string | undefined): readonly MassCommand<Row>[] {
  const entries = (count: number): string => `${count} ${plural(count, 'записи', 'записей', 'записей')}`;
  return isMarked
    ? [{ label: 'Снять пометку удаления', keys: 'Del', reason: denied, done: 'Пометка удаления снята', question: (count) => `Снять пометку удаления с ${entries(count)}?`, steps: steps(type, false) }]
    : [{ label: 'Пометить на удаление', keys: 'Del', danger: true, reason: denied, done: 'Помечено на удаление', question: (count) => `Пометить на удаление ${count} ${plural(count, 'запись', 'записи', 'записей')}?`, steps: steps(type, true) }];
}
