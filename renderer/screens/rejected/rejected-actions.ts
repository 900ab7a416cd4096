import type { Json } from '../../../shared/base/json.ts';
import { dictionaryNames } from '../../../shared/domain/dictionary/commands.ts';
import { isDocumentName, type DocumentName } from '../../../shared/domain/documents.ts';
import type { CallArgs, RejectedCommand } from '../../../shared/protocol/ipc.ts';
import { call } from '../../bridge.ts';
import { tellRefusal } from '../../store/commands.ts';
import { openDocument } from '../../store/places.ts';
import { tell } from '../../ui/status-message.ts';
import { overWritten, withKnown } from './entered-values.ts';

/** Documents that have a screen of their own: a task or a filter stands in its list only. */
const openable: ReadonlySet<string> = new Set<DocumentName>(['appeal', 'application', 'client', 'incomingEmail', 'mailbox', 'outgoingEmail', 'user', ...dictionaryNames]);

/** Type of the document that the command was about; null if there is none to open. */
export function openableType({ documentType, documentId }: RejectedCommand): DocumentName | null {
  return documentType !== null && documentId !== null && isDocumentName(documentType) && openable.has(documentType) ? documentType : null;
}

/** Opens the document that the command was about. */
export function openRejected(command: RejectedCommand): void {
  const type = openableType(command);
  if (type !== null && command.documentId !== null) openDocument(type, command.documentId);
}

/** The input as it goes again: over what another has written meanwhile, when that was the reason. */
export function inputToSend({ input, refusal }: RejectedCommand): Json {
  if (refusal.code === 'conversationMoved') return withKnown(input, refusal.details['known'] ?? null);
  return refusal.code === 'fieldConflict' ? overWritten(input, refusal.details['conflicts']) : input;
}

/** «Отправить ещё раз»: true when it is accepted here; the refused one is then settled. */
export async function resend({ commandId, title }: RejectedCommand, input: Json): Promise<boolean> {
  const answer = await call('rejected.resend', { commandId, input: input as CallArgs<'rejected.resend'>['input'] }); // the same JSON, its lists not readonly
  if (!answer.ok) tellRefusal(answer.refusal);
  else tell(`${title}: отправлено ещё раз`, { tone: 'green' });
  return answer.ok;
}

/** «Отложить»: nothing is sent, what was entered stays here to be read. */
export async function setAside({ commandId, title }: RejectedCommand): Promise<void> {
  await call('rejected.setAside', { commandId });
  tell(`${title}: отложено. Введённое осталось в «Разобрать»`);
}
