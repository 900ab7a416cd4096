import { headerFieldsOf, parseMessageIds, type HeaderFields } from './header-fields.ts';
import type { MimePart } from './mime-parts.ts';

/** What a machine of another mail system says about a letter of ours. */
export interface DeliveryReport {
  /** `failed`: will never arrive; `other`: delayed, delivered, relayed. */
  readonly outcome: 'failed' | 'other';
  /** Message-ID of our letter without brackets, or null if the report does not say. */
  readonly originalMessageId: string | null;
  readonly recipients: readonly string[];
  /** The other server's words. */
  readonly reason: string;
}

const address = (value: string | null): string => (value ?? '').replace(/^[\w-]+\s*;\s*/, '').replace(/^<|>$/g, '').trim();

function originalHeaders(parts: readonly MimePart[]): HeaderFields | null {
  const original = parts.find(({ mediaType }) => mediaType === 'message/rfc822' || mediaType === 'text/rfc822-headers' || mediaType === 'message/global' || mediaType === 'message/global-headers');
  if (original === undefined) return null;
  return headerFieldsOf(original.content.subarray(0, 256 * 1024).toString('latin1').split(/\r?\n\r?\n/)[0] ?? '');
}

function readStatus(part: MimePart, original: string | null): DeliveryReport {
  const groups = part.content.subarray(0, 1024 * 1024).toString('utf8').split(/\r?\n\s*\r?\n/).map(headerFieldsOf);
  const recipients = groups.filter((group) => group.has('final-recipient') || group.has('original-recipient') || group.has('action'));
  const failed = recipients.filter((group) => (group.first('action') ?? '').toLowerCase().startsWith('failed') || (!group.has('action') && (group.first('status') ?? '').startsWith('5')));
  const told = failed.length > 0 ? failed : recipients;
  const reasons = told.map((group) => address(group.first('diagnostic-code')) || group.first('status') || '').filter((reason) => reason !== '');
  return {
    outcome: failed.length > 0 ? 'failed' : 'other',
    originalMessageId: original,
    recipients: told.map((group) => address(group.first('final-recipient') ?? group.first('original-recipient'))).filter((recipient) => recipient !== ''),
    reason: [...new Set(reasons)].join('; ').slice(0, 1000),
  };
}

/**
 * Reads a delivery status notification (RFC 3464), and the bounces of servers that write one in words only.
 * @param fromMachine the sender is a mail system itself: null return path, mailer-daemon, postmaster
 */
export function readDeliveryReport(parts: readonly MimePart[], text: string, fromMachine: boolean): DeliveryReport | null {
  const root = parts[0];
  const original = parseMessageIds(originalHeaders(parts)?.first('message-id') ?? null)[0] ?? null;
  const status = parts.find(({ mediaType }) => mediaType === 'message/delivery-status' || mediaType === 'message/global-delivery-status');
  if (status !== undefined && (fromMachine || root?.mediaType === 'multipart/report')) return readStatus(status, original);
  if (!fromMachine) return null;
  const failure = /(undeliver|not (be )?deliver|delivery (has )?fail|returned mail|failure notice|mail delivery (system|failed)|не (может быть |было |удалось )?доставл|невозможно доставить|доставка не удалась|недоставлен)/i;
  const subject = root?.fields.first('subject') ?? '';
  if (!failure.test(subject) && !failure.test(text.slice(0, 5000))) return null;
  const inText = /^\s*(?:>\s*)?Message-ID:\s*<([^<>\s]+)>/im.exec(text)?.[1] ?? null;
  const recipient = root?.fields.first('x-failed-recipients') ?? /<([^<>\s@]+@[^<>\s]+)>/.exec(text)?.[1] ?? null;
  return { outcome: 'failed', originalMessageId: original ?? inText, recipients: recipient === null ? [] : recipient.split(/[\s,]+/), reason: (/^.*\b[45]\d\d[ -].*$/m.exec(text)?.[0] ?? '').trim().slice(0, 1000) };
}
