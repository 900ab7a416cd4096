import type { Automation } from '../domain/incoming-email/model.ts';
import type { DeliveryReport } from './delivery-report.ts';
import type { HeaderFields } from './header-fields.ts';

const noReply = /^(no[-_.]?reply|do[-_.]?not[-_.]?reply|noanswer|ne[-_.]?otvechai|robot|notification[s]?|mailer[-_.]?daemon|postmaster|bounce[s]?([-+=].*)?)@/i;
const daemon = /^(mailer[-_.]?daemon|postmaster|mail[-_.]?daemon|mdaemon)(@|$)/i;
const absent = /^\s*(автоответ|автоматический ответ|auto(matic)?[- ]?(reply|response)|out of (the )?office|вне офиса|отсутствую)/i;

/** Whether the letter comes from a mail system itself: only such may be believed to report on deliveries. */
export function fromMailSystem(returnPath: string | null, from: string): boolean {
  return returnPath === null || returnPath === '' || daemon.test(from) || daemon.test(returnPath);
}

/**
 * How the letter was made (RFC 3834 and the customs of mail programs): only what looks written by a person gets automatic replies.
 * `returnPath` is the envelope's sender, null for the empty one.
 */
export function detectAutomation(fields: HeaderFields, facts: { readonly returnPath: string | null; readonly from: string; readonly subject: string; readonly report: DeliveryReport | null }): Automation {
  const value = (key: string): string => (fields.first(key) ?? '').toLowerCase().trim();
  const autoSubmitted = value('auto-submitted').replace(/[\s;].*$/, '');
  const precedence = value('precedence');
  if (facts.report?.outcome === 'failed') return 'bounce';
  if (facts.report !== null) return 'automatic';
  if (autoSubmitted === 'auto-replied' || precedence === 'auto_reply' || ['x-autoreply', 'x-autorespond', 'x-autoreply-from', 'x-mail-autoreply'].some((key) => fields.has(key) && value(key) !== 'no')) return 'autoReply';
  const answers = fields.has('in-reply-to') || fields.has('references');
  if (absent.test(facts.subject) && (answers || facts.returnPath === null || autoSubmitted !== '')) return 'autoReply';
  if (fields.keys.some((key) => /^list-(id|post|unsubscribe|subscribe|help|owner|archive)$/.test(key)) || ['bulk', 'list', 'junk'].includes(precedence) || fields.has('feedback-id')) return 'bulk';
  const suppressed = value('x-auto-response-suppress').split(/[\s,]+/);
  const unattended = (autoSubmitted !== '' && autoSubmitted !== 'no') || suppressed.includes('all') || suppressed.includes('autoreply') || facts.returnPath === null || facts.returnPath === '';
  if (unattended) return answers && facts.returnPath === null ? 'autoReply' : 'automatic';
  return noReply.test(facts.from) || noReply.test(facts.returnPath ?? '') ? 'automatic' : 'person';
}
