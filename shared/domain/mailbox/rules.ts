import { refusal, type Refusal } from '../../base/errors.ts';
import { foldAddress, isMailAddress } from '../../base/mail-address.ts';
import type { Mailbox } from './model.ts';

/** Russian names of the fields, as the form has them and refusals name them. */
export const mailboxLabels: Readonly<Record<keyof Omit<Mailbox, 'id' | 'deleted'>, string>> = {
  address: 'Адрес', purpose: 'Назначение', active: 'Ящик работает', login: 'Имя входа', auth: 'Вход', tokenUrl: 'Адрес выдачи токенов', clientId: 'Client ID', tokenScope: 'Scope', authority: 'Свой центр сертификации',
  receives: 'Забирать письма', imapHost: 'Сервер IMAP', imapPort: 'Порт IMAP', imapSecurity: 'Защита IMAP', folders: 'Папки', afterTaking: 'Взятое письмо', moveTo: 'Переместить в', takeFrom: 'Брать письма с',
  sending: 'Отправка', smtpHost: 'Сервер SMTP', smtpPort: 'Порт SMTP', smtpSecurity: 'Защита SMTP', perMinute: 'Писем в минуту', perDay: 'Писем в сутки',
};

const isHost = (text: string): boolean => /^[\p{L}\p{N}](?:[\p{L}\p{N}.:-]{0,252})$/u.test(text);

/** A token never crosses the network in the open: http only on this very machine. */
export function isTokenUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s/]+/i.test(text)) return false;
  const host = /^https?:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^/:?#]+)/i.exec(text)?.[1] ?? '';
  return /^https:/i.test(text) ? !text.includes('@') : ['127.0.0.1', 'localhost', '[::1]'].includes(host.toLowerCase());
}

/** The mailbox logs in somewhere: it needs a name and a secret. */
export function needsLogin({ receives, sending }: Pick<Mailbox, 'receives' | 'sending'>): boolean {
  return receives || sending === 'own';
}

type RequiredField = 'address' | 'login' | 'tokenUrl' | 'clientId' | 'imapHost' | 'folders' | 'moveTo' | 'smtpHost';

/** Fields that must be filled, given the choices made. */
export function requiredFields(mailbox: Mailbox): readonly RequiredField[] {
  return [
    'address',
    ...(needsLogin(mailbox) ? (['login'] as const) : []),
    ...(needsLogin(mailbox) && mailbox.auth === 'oauth2' ? (['tokenUrl', 'clientId'] as const) : []),
    ...(mailbox.receives ? (['imapHost', 'folders'] as const) : []),
    ...(mailbox.receives && mailbox.afterTaking === 'move' ? (['moveTo'] as const) : []),
    ...(mailbox.sending === 'own' ? (['smtpHost'] as const) : []),
  ];
}

/** As it is stored: no blanks around, each folder once. */
export function tidyMailbox(mailbox: Mailbox): Mailbox {
  const trimmed = Object.fromEntries(Object.entries(mailbox).map(([name, value]) => [name, typeof value === 'string' && name !== 'id' ? value.trim() : value])) as Mailbox; // the same fields, strings trimmed
  return { ...trimmed, folders: [...new Set(mailbox.folders.map((folder) => folder.trim()).filter((folder) => folder !== ''))] };
}

/** What keeps a mailbox from being written, by itself; null: nothing. */
export function mailboxProblem(mailbox: Mailbox): Refusal | null {
  const missing = requiredFields(mailbox).filter((field) => mailbox[field].length === 0);
  if (missing.length > 0) return refusal('required', { fields: missing.map((field) => mailboxLabels[field]) });
  const wrong = (field: keyof typeof mailboxLabels, why: string): Refusal => refusal('invalidInput', { field: `${mailboxLabels[field]}: ${why}` });
  if (!isMailAddress(mailbox.address)) return wrong('address', mailbox.address);
  if (mailbox.imapHost !== '' && !isHost(mailbox.imapHost)) return wrong('imapHost', 'имя сервера без пробелов, порт указывается отдельно');
  if (mailbox.smtpHost !== '' && !isHost(mailbox.smtpHost)) return wrong('smtpHost', 'имя сервера без пробелов, порт указывается отдельно');
  if (mailbox.tokenUrl !== '' && !isTokenUrl(mailbox.tokenUrl)) return wrong('tokenUrl', 'нужен адрес https://…');
  if (mailbox.afterTaking === 'move' && mailbox.folders.some((folder) => foldFolder(folder) === foldFolder(mailbox.moveTo))) return wrong('moveTo', 'из этой папки письма забираются');
  if (mailbox.authority !== '' && !/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(mailbox.authority)) return wrong('authority', 'нужен текст сертификата в виде PEM');
  if (mailbox.takeFrom !== '' && !isDay(mailbox.takeFrom)) return wrong('takeFrom', mailbox.takeFrom);
  return null;
}

/** Only INBOX is the same in any case (RFC 9051, 5.1). */
const foldFolder = (folder: string): string => (folder.toUpperCase() === 'INBOX' ? 'INBOX' : folder);

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000Z`)) && new Date(`${text}T00:00:00.000Z`).toISOString().startsWith(text);
}

/** The company's own addresses besides the two of the configuration, after one mailbox has changed its address. */
export function ownAddresses(others: readonly string[], before: string | null, after: string): readonly string[] {
  const kept = before === null || foldAddress(before) === foldAddress(after) ? others : others.filter((address) => foldAddress(address) !== foldAddress(before));
  return kept.some((address) => foldAddress(address) === foldAddress(after)) ? kept : [...kept, after];
}
