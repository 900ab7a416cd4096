import { addressText, foldAddress } from '../../base/mail-address.ts';
import { moscowText } from '../../base/instant.ts';
import type { Appeal } from '../appeal/model.ts';
import { classRowOf } from '../incoming-email/class-rules.ts';
import type { IncomingEmail, MailAddress } from '../incoming-email/model.ts';
import { cutNote, sourceOfCut } from '../incoming-email/source-rules.ts';
import type { MailSettings } from '../mail-settings/model.ts';
import { isOwnMailbox } from '../mail-settings/rules.ts';
import type { OutgoingEmail } from './model.ts';
import { appealNumberLine } from './rules.ts';

/** The fields of a new «Исходящее электронное письмо»; the form adds an id. */
export type OutgoingDraft = Pick<OutgoingEmail, 'to' | 'cc' | 'subject' | 'text' | 'attachments' | 'incomingEmailId'> & { readonly kind: 'new' | 'forward' | 'reply' };

const withPrefix = (prefix: 'Fwd' | 'Re', pattern: RegExp, subject: string): string => (pattern.test(subject) ? subject : `${prefix}: ${subject}`);

/** The original header of a letter, as it stands above a forwarded text. */
export function originalHeader(email: IncomingEmail): string {
  const list = (addresses: readonly MailAddress[]): string => addresses.map(addressText).join(', ');
  return [
    '-------- Пересылаемое письмо --------',
    `От: ${addressText(email.from)}`,
    `Кому: ${list(email.to)}`,
    ...(email.cc.length === 0 ? [] : [`Копия: ${list(email.cc)}`]),
    `Дата: ${moscowText(email.sentAt ?? email.receivedAt)}`,
    `Тема: ${email.subject}`,
  ].join('\n');
}

/**
 * «Переслать» (2.7, 2.8): the letter's text under its original header, every attachment, inline ones too. Подписант and Время совещания
 * follow the subject, separated by spaces (2.7.1.4, 2.7.3.4); the letter of an appeal begins with its number (2.8.2.8). A text that was cut says
 * so, and the whole letter goes along.
 */
export function forwardDraft(email: IncomingEmail, appeal: Pick<Appeal, 'number'> | null): OutgoingDraft {
  const meeting = classRowOf(email)?.subjectGetsMeeting === true ? [email.signatory.trim(), email.meetingTime.trim()] : [];
  return {
    kind: 'forward',
    incomingEmailId: email.id,
    to: [],
    cc: [],
    subject: [withPrefix('Fwd', /^\s*(?:fwd?|пересл)\s*:/iu, email.subject), ...meeting].filter((part) => part !== '').join(' '),
    text: [...(appeal === null ? [] : [appealNumberLine(appeal.number)]), `${originalHeader(email)}\n\n${email.text}`, ...cutNote(email)].join('\n\n'),
    attachments: [...email.attachments, ...sourceOfCut(email)],
  };
}

function quoted(email: IncomingEmail): string {
  const lines = [email.text, ...cutNote(email)].join('\n\n').split('\n').map((line) => `> ${line}`);
  return `\n\n${moscowText(email.sentAt ?? email.receivedAt)}, ${addressText(email.from)} пишет:\n${lines.join('\n')}`;
}

/** «Ответить»: to Reply-To, else to the sender; the letter is quoted. */
export function replyDraft(email: IncomingEmail): OutgoingDraft {
  return {
    kind: 'reply',
    incomingEmailId: email.id,
    to: email.replyTo.length > 0 ? email.replyTo : [email.from],
    cc: [],
    subject: withPrefix('Re', /^\s*(?:re|отв|ответ)(?:\[\d+\])?\s*:/iu, email.subject),
    text: quoted(email),
    attachments: [...sourceOfCut(email)],
  };
}

/** «Ответить всем»: the others of the letter get a copy, our own mailboxes do not. */
export function replyAllDraft(email: IncomingEmail, settings: MailSettings | null): OutgoingDraft {
  const reply = replyDraft(email);
  const seen = new Set(reply.to.map(({ address }) => foldAddress(address)));
  const others = [...email.to, ...email.cc].filter(({ address }) => {
    const key = foldAddress(address);
    if (key === '' || seen.has(key) || isOwnMailbox(settings, key)) return false;
    seen.add(key);
    return true;
  });
  return { ...reply, cc: others };
}

/** An empty letter of ours (1.5.1). */
export function newDraft(): OutgoingDraft {
  return { kind: 'new', incomingEmailId: null, to: [], cc: [], subject: '', text: '', attachments: [] };
}

/** Addressees to suggest for «Кому»: of letters forwarded before (give those of the same class), the most used first, then the latest. */
export function suggestedAddressees(forwarded: readonly Pick<OutgoingEmail, 'to' | 'createdAt'>[]): readonly MailAddress[] {
  const uses = new Map<string, { address: MailAddress; count: number; last: string }>();
  for (const { to, createdAt } of forwarded) {
    for (const address of to) {
      const use = uses.get(foldAddress(address.address)) ?? { address, count: 0, last: '' };
      uses.set(foldAddress(address.address), { address: use.address, count: use.count + 1, last: createdAt > use.last ? createdAt : use.last });
    }
  }
  return [...uses.values()].toSorted((a, b) => b.count - a.count || (a.last < b.last ? 1 : -1)).map(({ address }) => address);
}
