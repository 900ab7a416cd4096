import { classRowOf } from '../../../shared/domain/incoming-email/class-rules.ts';
import type { Attachment, IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import type { OutgoingDraft } from '../../../shared/domain/outgoing-email/draft-rules.ts';
import { awaitsAppealNumber, newOutgoingEmail } from '../../../shared/domain/outgoing-email/rules.ts';
import type { OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import { addressProblem } from './address-text.ts';

/** Fields of the form, as the screen calls them. */
export const outgoingLabels: Readonly<Record<string, string>> = { to: 'Кому', cc: 'Копия', subject: 'Тема', text: 'Текст', attachments: 'Вложения' };

/** The document of a new form; its Message-ID is given by the rule when it is written. */
export function outgoingFromDraft(draft: OutgoingDraft, given: { readonly id: string; readonly authorId: string; readonly createdAt: string; readonly source: IncomingEmail | null; readonly known?: readonly string[] }): OutgoingEmail {
  const { source, known, ...fields } = given;
  return newOutgoingEmail({ ...fields, ...(known === undefined ? {} : { known: [...known] }), ...draft, messageId: '', conversationId: source?.conversationId ?? null, clientId: source?.clientId ?? null, appealId: source?.appealId ?? null });
}

/** The input of «Записать» and «Отправить». */
export function outgoingInput({ id, kind, incomingEmailId, to, cc, subject, text, attachments, known }: OutgoingEmail) {
  return { id, kind: kind === 'forward' || kind === 'reply' ? kind : ('new' as const), incomingEmailId, to, cc, subject, text, attachments, known: known ?? null };
}

/** What is wrong in the form now, by field. */
export function outgoingProblems({ to, cc }: Pick<OutgoingEmail, 'to' | 'cc'>): Readonly<Record<string, string>> {
  const [ofTo, ofCc] = [addressProblem(to), addressProblem(cc)];
  return { ...(ofTo === undefined ? {} : { to: ofTo }), ...(ofCc === undefined ? {} : { cc: ofCc }) };
}

/** What «Отправить» does besides sending, told beforehand. */
export function sendingNote(email: OutgoingEmail, source: IncomingEmail | null): string {
  if (email.kind !== 'forward' || source === null) return '';
  if (awaitsAppealNumber(email)) return 'Письмо уйдёт, когда АС ФЭУ присвоит номер обращения';
  return classRowOf(source)?.forward === 'ends' ? 'Задача по письму будет выполнена' : source.awaitsAsud ? 'Отметка «Ждёт пересылки в АСУД» снимется' : '';
}

/** The attachments with one taken out. */
export function withoutAttachment(attachments: readonly Attachment[], id: string): Attachment[] {
  return attachments.filter((attachment) => attachment.id !== id);
}

/** Bytes of all attachments. */
export function attachmentsSize(attachments: readonly Attachment[]): number {
  return attachments.reduce((sum, { size }) => sum + size, 0);
}
