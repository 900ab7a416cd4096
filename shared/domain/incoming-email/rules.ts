import { foldAddress } from '../../base/mail-address.ts';
import { refuse, type Asking, type Change, type Context, type Refused } from '../../base/rule-book.ts';
import { refusal } from '../../base/errors.ts';
import { moscowText } from '../../base/instant.ts';
import { find, get, getAll, put } from '../reads.ts';
import { finishedEvent } from '../contact-event/rules.ts';
import type { Outcome } from '../contact-event/model.ts';
import { endedTask, openTaskOf } from '../task/rules.ts';
import { shortName } from '../user/model.ts';
import type { Client } from '../client/model.ts';
import { notInWorkBy } from './class-rules.ts';
import type { IncomingEmail } from './model.ts';

/** The letter, if it is in work by the author; else the refusal. `const email = yield* …; if ('refusal' in email) return email;` */
export function* emailInWork(id: string, context: Context): Asking<IncomingEmail | Refused> {
  const email = yield* get('incomingEmail', id);
  if (email === null) return refuse(refusal('notFound'));
  const blocked = notInWorkBy(email, context.author.userId);
  return blocked === null ? email : refuse(blocked);
}

/** «Письмо уже принято в работу: ФИО, время». */
export function* takenByAnother(email: Pick<IncomingEmail, 'holderId' | 'takenAt'>): Asking<Refused> {
  const holder = email.holderId === null ? null : yield* get('user', email.holderId);
  return refuse(refusal('alreadyTaken', { name: holder === null ? 'другой сотрудник' : shortName(holder), at: email.takenAt === null ? '' : moscowText(email.takenAt) }));
}

/** The changes that end a letter's work: its event gets the outcome (3.6), its task is done. The letter itself is the caller's. */
export function* endings(email: IncomingEmail, result: { readonly outcome: Outcome; readonly details: string; readonly comment?: string }, context: Context): Asking<readonly Change[]> {
  const event = yield* get('contactEvent', email.eventId);
  const task = yield* openTaskOf(email.id, 'incomingEmail');
  return [
    ...(event === null ? [] : [put('contactEvent', finishedEvent(event, result.outcome, result.details, context, result.comment))]),
    ...(task === null ? [] : [put('task', endedTask({ ...task, holderId: task.holderId ?? context.author.userId }, context.now))]),
  ];
}

/** A client by id, following the alias that a merge left. */
export function* clientById(id: string): Asking<Client | null> {
  let client = yield* get('client', id);
  const seen = new Set<string>();
  while (client !== null && client.aliasOf !== null && !seen.has(client.id)) {
    seen.add(client.id);
    client = yield* get('client', client.aliasOf);
  }
  return client;
}

/**
 * The client that an address fills in by itself (2.6.4.2): of its `addressLink`, or of exactly one card with that e-mail. Null for none
 * and for several, where «Нет» was answered, and for a letter whose sender could not be read.
 */
export function* clientOfAddress(address: string): Asking<string | null> {
  const key = foldAddress(address);
  if (key === '') return null;
  const [link] = yield* find('addressLink', 'byAddress', key);
  if (link?.clientId === null) return null;
  if (link !== undefined) {
    const linked = yield* clientById(link.clientId);
    if (linked !== null) return linked.id;
  }
  const cards = (yield* find('client', 'byEmail', key)).filter(({ aliasOf }) => aliasOf === null);
  return cards.length === 1 ? (cards[0]?.id ?? null) : null;
}

/** Letters with their client set, and their events with them (2.6.5: the letter is then in the client's history). */
export function* withClient(emails: readonly IncomingEmail[], clientId: string | null): Asking<readonly Change[]> {
  const events = yield* getAll('contactEvent', emails.map(({ eventId }) => eventId));
  return [
    ...emails.map((email) => put('incomingEmail', { ...email, clientId })),
    ...events.map((event) => put('contactEvent', { ...event, clientId })),
  ];
}
