import { textOf, type Json } from '../../../shared/base/json.ts';
import { afterTakingTitles, mailAuthTitles, mailboxPurposeTitles, mailboxSendingTitles, mailSecurityTitles } from '../../../shared/domain/mailbox/model.ts';

const titles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  purpose: mailboxPurposeTitles, auth: mailAuthTitles, imapSecurity: mailSecurityTitles, smtpSecurity: mailSecurityTitles, afterTaking: afterTakingTitles, sending: mailboxSendingTitles,
};

/** A value of a mailbox as a person reads it. */
export function mailboxFieldText(field: string, value: Json): string {
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  if (Array.isArray(value)) return value.map((item) => textOf(item as Json)).join(', ');
  return titles[field]?.[textOf(value)] ?? textOf(value);
}
