import type { ListRow } from '../../../shared/protocol/list.ts';
import type { SearchType } from '../../../shared/protocol/search.ts';
import { call } from '../../bridge.ts';
import { rowOf } from '../../document/rows.ts';
import { openClient, openClientCard } from '../../store/open-client.ts';
import { goTo, openDocument } from '../../store/places.ts';
import { search, type FoundLine } from '../../store/search.ts';
import { tell } from '../../ui/status-message.ts';

/** The list of each type, for «Показать все». */
const lists: Readonly<Record<SearchType, string>> = { client: 'clients', application: 'applications', appeal: 'appeals', incomingEmail: 'incomingEmails', outgoingEmail: 'outgoingEmails', task: 'tasks' };

/** Opens a document that was found or stands in a history; what has no form of its own opens the document behind it. */
export async function openRelated(type: string, id: string): Promise<void> {
  if (type !== 'task' && type !== 'contactEvent') {
    openDocument(type, id);
    return;
  }
  const row = (await call('document.get', { type, id })) ?? (await fetched(type, id));
  if (row === null) {
    tell('Документа нет ни на этом рабочем месте, ни в центре, или нет связи с ним', { tone: 'amber' });
    return;
  }
  const { documentType, documentId } = rowOf<'task' | 'contactEvent'>(row).document;
  openDocument(documentType, documentId);
}

async function fetched(type: string, id: string): Promise<ListRow | null> {
  const answer = await call('document.fetch', { type, id });
  return answer.ok ? answer.value.row : null;
}

/** Enter: a client in «Единое окно», any other document in its form, «Показать все» in the list. */
export function openLine(line: FoundLine): void {
  if (line.kind === 'all') {
    const { answer, text } = search.use.getState();
    goTo(lists[line.type], { search: (answer?.found.understood ?? text).trim(), searchAt: String(Date.now()) });
  } else if (line.type === 'client') openClient(line.row.id);
  else void openRelated(line.type, line.row.id);
}

/** F2: the card of a client; of all else the same as Enter. */
export function openLineCard(line: FoundLine): void {
  if (line.kind === 'row' && line.type === 'client') openClientCard(line.row.id);
  else openLine(line);
}
