import { addressText } from '../../base/mail-address.ts';
import { moscowText } from '../../base/instant.ts';
import type { Asking } from '../../base/rule-book.ts';
import type { IncomingEmail } from '../incoming-email/model.ts';
import { find, getAll } from '../reads.ts';
import { shortName } from '../user/model.ts';
import type { OutgoingEmail, OutgoingEmailKind } from './model.ts';

/** The letters of one conversation, both ways. */
export interface ConversationLetters {
  readonly incoming: readonly Pick<IncomingEmail, 'id' | 'from' | 'subject' | 'receivedAt' | 'automation' | 'number' | 'numberedAt' | 'holderId'>[];
  readonly outgoing: readonly Pick<OutgoingEmail, 'id' | 'kind' | 'state' | 'subject' | 'authorId' | 'createdAt' | 'queuedAt'>[];
}

/** One thing that happened in a conversation. */
export interface ConversationMove {
  /** The same for ever: what a writer knew is told by these. */
  readonly key: string;
  /** Of us, a user's id; of others, as the letter names them. */
  readonly userId: string | null;
  readonly from: string;
  readonly at: string;
  readonly what: string;
  readonly documentType: 'incomingEmail' | 'outgoingEmail';
  readonly documentId: string;
}

const written: Readonly<Partial<Record<OutgoingEmailKind, string>>> = { new: 'Отправлено письмо', reply: 'Отправлен ответ', forward: 'Письмо переслано' };

/** All that happened in a conversation, oldest first: letters that came, letters that people sent, numbers given. Automatic answers are nothing new. */
export function conversationMoves({ incoming, outgoing }: ConversationLetters): readonly ConversationMove[] {
  const came = incoming
    .filter(({ automation }) => automation !== 'autoReply')
    .map(({ id, from, subject, receivedAt, automation }): ConversationMove => {
      const what = `${automation === 'bounce' ? 'Письмо не доставлено' : 'Пришло письмо'} «${subject || 'без темы'}»`;
      return { key: `incomingEmail:${id}`, userId: null, from: addressText(from), at: receivedAt, what, documentType: 'incomingEmail', documentId: id };
    });
  const numbered = incoming.flatMap(({ id, number, numberedAt, holderId }): ConversationMove[] =>
    number === null ? [] : [{ key: `number:${id}`, userId: holderId, from: '', at: numberedAt ?? '', what: `Присвоен номер ${number}`, documentType: 'incomingEmail', documentId: id }],
  );
  const left = outgoing.flatMap(({ id, kind, state, subject, authorId, createdAt, queuedAt }): ConversationMove[] => {
    const what = written[kind];
    if (what === undefined || state === 'draft' || state === 'cancelled') return [];
    return [{ key: `outgoingEmail:${id}`, userId: authorId, from: '', at: queuedAt ?? createdAt, what: `${what} «${subject || 'без темы'}»`, documentType: 'outgoingEmail', documentId: id }];
  });
  return [...came, ...numbered, ...left].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What others did since the writer last looked: he knew of `known`; what he did himself is no news to him. */
export function movesSince(letters: ConversationLetters, known: readonly string[], userId: string): readonly ConversationMove[] {
  const seen = new Set(known);
  return conversationMoves(letters).filter((move) => !seen.has(move.key) && move.userId !== userId);
}

/** «Пришло письмо «Свет»: Иванов <i@x.ru>, 24.11.2026 09:14»; `name` calls our people. */
export function moveText({ what, userId, from, at }: ConversationMove, name: (userId: string) => string): string {
  return [`${what}: ${userId === null ? from : name(userId)}`, ...(at === '' ? [] : [moscowText(at)])].join(', ');
}

/** The letters of a conversation as a rule reads them. */
export function* conversationLetters(conversationId: string): Asking<ConversationLetters> {
  return { incoming: yield* find('incomingEmail', 'byConversation', conversationId), outgoing: yield* find('outgoingEmail', 'byConversation', conversationId) };
}

/** The same as sentences, people called by name. */
export function* moveTexts(moves: readonly ConversationMove[]): Asking<readonly string[]> {
  const users = yield* getAll('user', moves.flatMap(({ userId }) => userId ?? []));
  const names = new Map(users.map((user) => [user.id, shortName(user)]));
  return moves.map((move) => moveText(move, (id) => names.get(id) ?? 'другой сотрудник'));
}
