import { addressDomain, foldAddress } from '../../base/mail-address.ts';
import type { Asking } from '../../base/rule-book.ts';
import { get } from '../reads.ts';
import { mailSettingsId, type MailSettings } from './model.ts';

/** The company's addresses; null until the centre has written them. */
export function* readMailSettings(): Asking<MailSettings | null> {
  return yield* get('mailSettings', mailSettingsId);
}

/** True for the company's own mailboxes. */
export function isOwnMailbox(settings: MailSettings | null, address: string): boolean {
  if (settings === null) return false;
  return [settings.clientsMailbox, settings.requestsMailbox, ...settings.otherMailboxes].some((own) => foldAddress(own) === foldAddress(address));
}

/** Message-ID (without brackets) of a letter of ours. `id` is the document's or a derived id, unique for ever. */
export function messageIdFor(settings: MailSettings | null, id: string): string {
  // Reserved by RFC 2606: never another's domain while the settings are not known yet.
  return `${id}@${addressDomain(settings?.clientsMailbox ?? '') || 'okno.invalid'}`;
}
