import { fold } from '../../base/fold.ts';
import { moscowDate } from '../../base/instant.ts';
import { foldAddress } from '../../base/mail-address.ts';
import type { Asking } from '../../base/rule-book.ts';
import type { Appeal } from '../appeal/model.ts';
import type { OutgoingEmail } from '../outgoing-email/model.ts';
import { find, findAll, getAll } from '../reads.ts';
import type { IncomingEmail } from './model.ts';
import type { ReceivedEmail } from './received-model.ts';

/** Where a received letter belongs. */
export interface Joining {
  /** The conversation joined; null = it stands alone. */
  readonly conversationId: string | null;
  /** «похоже на продолжение КП-…»: of which letter, though it was not joined. */
  readonly continuationOf: string | null;
  /** Whom the task is offered to first: who worked on the conversation last. */
  readonly holderId: string | null;
  /** It answers a letter of ours: by its headers, or by our number and one of the conversation's addresses. */
  readonly answersOurs: boolean;
}

/** Headers of very long conversations are cut: the newest references name the conversation as well as the oldest. */
const referencesLooked = 20;

/** Our numbers named in a subject; Latin letters that look the same are taken too. */
export function numbersIn(subject: string): readonly string[] {
  return [...subject.matchAll(/[КK][ПP]-(\d{2})-(\d{8})(?!\d)/gi)].map(([, year = '', number = '']) => `КП-${year}-${number}`);
}

/** The subject without «Re:», «Fwd:», «Ответ:», list marks and our numbers, folded: to see whether it is the same matter. */
export function matterOf(subject: string): string {
  let matter = fold(subject);
  for (let before = ''; before !== matter; ) {
    before = matter;
    matter = matter.replace(/^(?:(?:re|fwd?|aw|wg|ha|на|ответ|отв|пересл|fw)(?:\[\d+\])?\s*:|\[[^\]]*\])\s*/u, '').trim();
  }
  return matter.replace(/[кk][пp]-\d{2}-\d{8}/g, '').replace(/\s+/g, ' ').trim();
}

interface Conversation {
  readonly id: string;
  readonly incoming: readonly IncomingEmail[];
  readonly outgoing: readonly OutgoingEmail[];
  readonly appeals: readonly Appeal[];
}

function* conversationById(id: string): Asking<Conversation> {
  const incoming = yield* find('incomingEmail', 'byConversation', id);
  const outgoing = yield* find('outgoingEmail', 'byConversation', id);
  const appeals = yield* getAll('appeal', incoming.flatMap(({ appealId }) => appealId ?? []));
  return { id, incoming, outgoing, appeals };
}

/** The addresses that write in a conversation: senders of its letters and recipients of ours. */
export function addressesOf({ incoming, outgoing }: Pick<Conversation, 'incoming' | 'outgoing'>): ReadonlySet<string> {
  const all = [...incoming.flatMap(({ from, replyTo }) => [from, ...replyTo]), ...outgoing.flatMap(({ to, cc }) => [...to, ...cc])];
  return new Set(all.map(({ address }) => foldAddress(address)).filter((address) => address !== ''));
}

/** The matter is open while a letter is being worked on or an appeal is not closed; and when it is we who wrote first. */
export function isMatterOpen({ incoming, appeals }: Pick<Conversation, 'incoming' | 'appeals'>): boolean {
  return incoming.length === 0 || incoming.some(({ state }) => state === 'new' || state === 'inWork' || state === 'numbered') || appeals.some(({ state }) => state !== 'closed');
}

function lastHolder({ incoming }: Conversation): string | null {
  return incoming.filter(({ holderId }) => holderId !== null).toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))[0]?.holderId ?? null;
}

function continuationName({ incoming }: Conversation): string | null {
  const newest = incoming.toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
  const numbered = newest.find(({ number }) => number !== null);
  const [last] = newest;
  return numbered?.number ?? (last === undefined ? null : `письмо от ${moscowDate(last.receivedAt)}`);
}

/**
 * Finds the conversation of a received letter: by In-Reply-To and References, else by our number in the subject. It is joined only if
 * the sender's address is one of its addresses and the matter is open; by headers also only if the subject is of the same matter.
 */
export function* joiningOf(email: ReceivedEmail): Asking<Joining> {
  const messageIds = [...new Set([email.inReplyTo, ...email.references.slice(-referencesLooked).toReversed()].filter((id) => id !== null && id !== ''))] as string[]; // nulls are filtered out
  const answered = yield* findAll('outgoingEmail', 'byMessageId', messageIds);
  const referred = yield* findAll('incomingEmail', 'byMessageId', messageIds);
  const byHeaders = [...answered.flatMap(({ conversationId }) => conversationId ?? []), ...referred.map(({ conversationId }) => conversationId)];
  const byNumber = (yield* findAll('incomingEmail', 'byNumber', numbersIn(email.subject))).map(({ conversationId }) => conversationId);

  const sender = foldAddress(email.from.address);
  let continuationOf: string | null = null;
  let isOfConversation = false;
  for (const id of new Set([...byNumber, ...byHeaders])) {
    const conversation = yield* conversationById(id);
    const isKnown = addressesOf(conversation).has(sender);
    const isSameMatter = byNumber.includes(id) || [...conversation.incoming, ...conversation.outgoing].some(({ subject }) => matterOf(subject) === matterOf(email.subject));
    if (isKnown && isSameMatter && isMatterOpen(conversation)) {
      return { conversationId: id, continuationOf: null, holderId: lastHolder(conversation), answersOurs: answered.length > 0 || byNumber.includes(id) };
    }
    continuationOf ??= continuationName(conversation);
    isOfConversation ||= isKnown && byNumber.includes(id);
  }
  return { conversationId: null, continuationOf, holderId: null, answersOurs: answered.length > 0 || isOfConversation };
}
