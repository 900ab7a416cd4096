import { outgoingEmailKindSchema, outgoingEmailKindTitles } from '../../../shared/domain/outgoing-email/model.ts';
import { letterCharsetTitles, type Automation, type IncomingEmail, type IncomingEmailState, type MailAddress } from '../../../shared/domain/incoming-email/model.ts';
import type { Tone } from '../../ui/badge.tsx';

/** Colour of a letter's state: new and over are grey, going on blue, done green, refused red. */
export const stateTones: Readonly<Record<IncomingEmailState, Tone>> = { new: 'grey', inWork: 'blue', numbered: 'blue', done: 'green', spam: 'red', unwanted: 'grey' };

const automationMarks: Readonly<Record<Automation, string | null>> = {
  person: null,
  automatic: 'Автоматическое письмо: автоответ не отправляется',
  bulk: 'Массовая рассылка: автоответ не отправляется',
  autoReply: 'Автоматический ответ на наше письмо',
  bounce: 'Сообщение почтового сервера о недоставке',
};

export interface EmailMark {
  readonly key: string;
  readonly tone: 'amber' | 'neutral';
  readonly text: string;
  /** The number of the letter to open. */
  readonly number?: string;
}

const numberPattern = /^КП-\d{2}-\d{8}$/;

/** What must be known of a letter before it is read: what it continues, what could not be read, which replies were held back and why. */
export function emailMarks(email: IncomingEmail): readonly EmailMark[] {
  const { continuationOf, awaitsAsud, automation, problems, suppressedReplies, charset } = email;
  const automatic = automationMarks[automation];
  return [
    ...(awaitsAsud ? [{ key: 'asud', tone: 'amber' as const, text: 'Ждёт пересылки в АСУД' }] : []),
    ...(continuationOf === null ? [] : [{ key: 'continuation', tone: 'amber' as const, text: `Похоже на продолжение ${continuationOf}`, ...(numberPattern.test(continuationOf) ? { number: continuationOf } : {}) }]),
    ...(automatic === null ? [] : [{ key: 'automation', tone: 'neutral' as const, text: automatic }]),
    ...(charset ? [{ key: 'charset', tone: 'neutral' as const, text: `Кодировка исправлена вручную: ${letterCharsetTitles[charset.chosen]}` }] : []),
    ...problems.map((text, index) => ({ key: `problem${index}`, tone: 'amber' as const, text })),
    ...suppressedReplies.map(({ id, kind, reason }) => ({ key: id, tone: 'neutral' as const, text: `${replyTitle(kind)} не отправлен: ${reason}` })),
  ];
}

function replyTitle(kind: string): string {
  const known = outgoingEmailKindSchema.safeParse(kind);
  if (known.success) return outgoingEmailKindTitles[known.data];
  const titles: Readonly<Record<string, string>> = { number: outgoingEmailKindTitles.autoReplyNumber, appeal: outgoingEmailKindTitles.autoReplyAppeal, spam: outgoingEmailKindTitles.autoReplySpam };
  return titles[kind] ?? 'Автоответ';
}

/** The first addressees and how many more there are: ten thousand of them must not hide the letter. */
export function shortAddresses(addresses: readonly MailAddress[], most = 3): { readonly shown: readonly MailAddress[]; readonly more: number } {
  return addresses.length <= most + 1 ? { shown: addresses, more: 0 } : { shown: addresses.slice(0, most), more: addresses.length - most };
}
