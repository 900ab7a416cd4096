import { foldAddress, isMailAddress, isUnattendedAddress } from '../../base/mail-address.ts';
import type { NewId } from '../../base/id-source.ts';
import { addMs, moscowDate, moscowDayStart, type Instant } from '../../base/instant.ts';
import type { Asking, Change, Context, Effect } from '../../base/rule-book.ts';
import type { IncomingEmail } from '../incoming-email/model.ts';
import type { MailSettings } from '../mail-settings/model.ts';
import { isOwnMailbox, messageIdFor, readMailSettings } from '../mail-settings/rules.ts';
import type { OutgoingEmail, OutgoingEmailKind } from '../outgoing-email/model.ts';
import { newOutgoingEmail, queued } from '../outgoing-email/rules.ts';
import { find, put } from '../reads.ts';
import type { AutoReply, AutoReplyKind } from './model.ts';

/** The reply to spam waits, so that «Спам» can be undone (1.4.2). */
export const spamReplyDelayMs = 60_000;

/** At most so many automatic replies go to one address in one Moscow day, beyond the notices of numbers. */
export const repliesPerDay = 5;

const outgoingKinds: Readonly<Record<AutoReplyKind, OutgoingEmailKind>> = { number: 'autoReplyNumber', appeal: 'autoReplyAppeal', spam: 'autoReplySpam' };

/** Where an automatic reply goes: Return-Path, else From (RFC 3834 §4). Null for the empty path and for an address that cannot be one. */
export function autoReplyAddress({ returnPath, from }: Pick<IncomingEmail, 'returnPath' | 'from'>): string | null {
  if (returnPath === null) return null;
  const address = foldAddress(returnPath === '' ? from.address : returnPath);
  return isMailAddress(address) ? address : null;
}

/** All that the policy looks at. `earlier` are the automatic replies that the address has had. */
export interface ReplyFacts {
  readonly kind: AutoReplyKind;
  readonly settings: MailSettings | null;
  readonly template: AutoReply | null;
  readonly earlier: readonly OutgoingEmail[];
  readonly now: Instant;
}

/**
 * Why a letter gets no automatic reply, in Russian as the letter shows it; null if it gets one. RFC 3834: never to automatic or bulk mail,
 * to ourselves, to unattended addresses, to the empty path; one of a kind per letter; «Спам» once per address for ever.
 */
export function replySuppressed(email: IncomingEmail, { kind, settings, template, earlier, now }: ReplyFacts): string | null {
  if (email.automation === 'bulk') return 'Письмо из рассылки';
  if (email.automation !== 'person') return 'Письмо отправлено автоматически';
  if (email.returnPath === null) return 'Обратный путь письма пуст';
  const address = autoReplyAddress(email);
  if (address === null) return 'Адрес отправителя не удалось прочитать';
  if (isOwnMailbox(settings, address) || isOwnMailbox(settings, email.from.address)) return 'Письмо с нашего собственного ящика';
  if (isUnattendedAddress(address) || isUnattendedAddress(email.from.address)) return 'Адрес, который никто не читает';
  const valid = earlier.filter(({ state }) => state !== 'cancelled');
  if (valid.some((reply) => reply.kind === outgoingKinds[kind] && reply.incomingEmailId === email.id)) return 'По этому письму такой автоответ уже был';
  if (kind === 'spam' && valid.some((reply) => reply.kind === 'autoReplySpam')) return 'На этот адрес такой автоответ уже отправляли';
  if (kind === 'spam' && repliesToday(valid, now) >= repliesPerDay) return `На этот адрес сегодня уже ушло автоответов: ${String(repliesPerDay)}`;
  return template === null ? 'Не заполнен текст автоответа' : null;
}

function repliesToday(replies: readonly OutgoingEmail[], now: Instant): number {
  const start = moscowDayStart(now);
  return replies.filter(({ kind, createdAt }) => kind === 'autoReplySpam' && createdAt >= start && createdAt < addMs(start, 86_400_000)).length;
}

/** Fills {номер}, {номер обращения}, {ШК}, {тема}, {дата} …; a place of another name stays as it is. */
export function fillPlaces(text: string, places: Readonly<Record<string, string>>): string {
  return text.replace(/\{([^{}]+)\}/g, (place, name: string) => (Object.hasOwn(places, name) ? (places[name] ?? place) : place));
}

export interface Replied {
  /** The letter, with the reason noted if no reply was made. */
  readonly email: IncomingEmail;
  readonly changes: readonly Change[];
  readonly effects: readonly Effect[];
}

/**
 * Makes the automatic reply of a kind to a letter, or notes on the letter why there is none. `places` fill the template besides {тема}
 * and {дата}. The caller puts the returned letter.
 */
export function* autoReplyTo(email: IncomingEmail, kind: AutoReplyKind, places: Readonly<Record<string, string>>, newId: NewId, context: Context): Asking<Replied> {
  const address = autoReplyAddress(email);
  const settings = yield* readMailSettings();
  const [template = null] = yield* find('autoReply', 'byKind', kind);
  const earlier = address === null ? [] : yield* find('outgoingEmail', 'autoRepliesTo', address);
  const reason = replySuppressed(email, { kind, settings, template, earlier, now: context.now });
  if (reason !== null || address === null || template === null) {
    const note = { id: newId(), kind: outgoingKinds[kind], reason: reason ?? '', at: context.now };
    return { email: { ...email, suppressedReplies: [...email.suppressedReplies, note] }, changes: [], effects: [] };
  }
  const filled = { тема: email.subject, дата: moscowDate(email.receivedAt).split('-').toReversed().join('.'), номер: email.number ?? '', ...places };
  const id = newId();
  const reply = newOutgoingEmail({
    id,
    kind: outgoingKinds[kind],
    messageId: messageIdFor(settings, id),
    inReplyTo: email.messageId,
    references: [...email.references, ...(email.messageId === null ? [] : [email.messageId])],
    to: [{ name: '', address }],
    // A subject is one line, whatever the letter's own was.
    subject: fillPlaces(template.subject, filled).replace(/\s+/g, ' ').trim(),
    text: fillPlaces(template.text, filled),
    incomingEmailId: email.id,
    conversationId: email.conversationId,
    clientId: email.clientId,
    appealId: email.appealId,
    eventId: email.eventId,
    authorId: context.author.userId,
    createdAt: context.now,
  });
  const letter = queued(reply, newId, context.now, kind === 'spam' ? { notBefore: addMs(context.now, spamReplyDelayMs) } : {});
  return { email, changes: [put('outgoingEmail', letter.email)], effects: [letter.effect] };
}
