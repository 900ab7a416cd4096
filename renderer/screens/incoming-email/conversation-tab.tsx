import { useEffect, useState, type ReactNode } from 'react';
import { addressText } from '../../../shared/base/mail-address.ts';
import { incomingEmailStateTitles, type IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { outgoingEmailKindTitles, outgoingEmailStateTitles, type OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { onChanged } from '../../store/changes.ts';
import { openDocument } from '../../store/places.ts';
import { StateCell, type Tone } from '../../ui/badge.tsx';
import { formatMoment } from '../../ui/format.ts';
import { outgoingStateTones } from '../outgoing-email/outgoing-marks.ts';
import { stateTones } from './email-marks.ts';

/** One letter of a conversation, of either direction. */
export interface ConversationLetter {
  readonly type: 'incomingEmail' | 'outgoingEmail';
  readonly id: string;
  readonly at: string;
  readonly title: string;
  readonly who: string;
  readonly subject: string;
  readonly state: string;
  readonly tone: Tone;
}

/** Both directions in one order, newest first. */
export function conversationLetters(incoming: readonly IncomingEmail[], outgoing: readonly OutgoingEmail[]): readonly ConversationLetter[] {
  const received = incoming.map((email): ConversationLetter => ({ type: 'incomingEmail', id: email.id, at: email.receivedAt, title: 'Входящее', who: addressText(email.from), subject: email.subject, state: incomingEmailStateTitles[email.state], tone: stateTones[email.state] }));
  const written = outgoing.map((email): ConversationLetter => ({
    type: 'outgoingEmail',
    id: email.id,
    at: email.sentAt ?? email.queuedAt ?? email.createdAt,
    title: outgoingEmailKindTitles[email.kind],
    who: email.to.map(addressText).join(', '),
    subject: email.subject,
    state: outgoingEmailStateTitles[email.state],
    tone: outgoingStateTones[email.state],
  }));
  return [...received, ...written].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

/** The documents of a conversation, and how the people in them are called. */
export interface Conversation {
  readonly incoming: readonly IncomingEmail[];
  readonly outgoing: readonly OutgoingEmail[];
  readonly refs: Readonly<Record<string, string>>;
}

/** The letters of a conversation that are on this desk. */
export async function readConversation(conversationId: string): Promise<Conversation> {
  const where = [{ column: 'conversationId', op: 'eq' as const, value: conversationId }];
  const [incoming, outgoing] = await Promise.all([listDocuments('incomingEmail', { where, limit: 500 }), listDocuments('outgoingEmail', { where, limit: 500 })]);
  return {
    incoming: incoming.map(({ document }) => document),
    outgoing: outgoing.map(({ document }) => document),
    refs: Object.assign({}, ...[...incoming, ...outgoing].map(({ refs }) => refs)) as Readonly<Record<string, string>>, // each row's refs are such a record
  };
}

/** A conversation, followed; null while it is read. */
export function useConversation(conversationId: string | null): Conversation | null {
  const [held, setHeld] = useState<Conversation | null>(null);
  useEffect(() => {
    if (conversationId === null) return;
    let current = true;
    const again = (): void => {
      void readConversation(conversationId).then((read) => {
        if (current) setHeld(read);
      });
    };
    again();
    const stop = onChanged(['incomingEmail', 'outgoingEmail'], again);
    return () => {
      current = false;
      stop();
    };
  }, [conversationId]);
  return held;
}

/** «Переписка»: what came and what we wrote, with states; automatic replies too. */
export function ConversationTab({ letters, currentId }: { readonly letters: readonly ConversationLetter[] | null; readonly currentId: string }): ReactNode {
  if (letters === null) return null;
  return (
    <table className="email-table" aria-label="Переписка">
      <colgroup>
        <col style={{ width: 152 }} />
        <col style={{ width: 144 }} />
        <col />
        <col style={{ width: 160 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Время</th>
          <th scope="col">Письмо</th>
          <th scope="col">Тема</th>
          <th scope="col">Состояние</th>
        </tr>
      </thead>
      <tbody>
        {letters.map(({ type, id, at, title, who, subject, state, tone }) => (
          <tr key={id} data-current={id === currentId}>
            <td className="okno-tabular">{formatMoment(at)}</td>
            <td>{title}</td>
            <td>
              {id === currentId ? (
                <span>{subject || 'без темы'}</span>
              ) : (
                <button type="button" className="okno-link" onClick={() => openDocument(type, id)}>
                  {subject || 'без темы'}
                </button>
              )}
              <small className="okno-cut" title={who}>
                {who.slice(0, 200)}
              </small>
            </td>
            <td>
              <StateCell tone={tone}>{state}</StateCell>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
