import type { Attachment } from '../../../shared/domain/incoming-email/model.ts';
import type { DeliveryReport, ReceivedEmail } from '../../../shared/domain/incoming-email/received-model.ts';
import { commandIdFor } from '../../commands/system-runner.ts';
import type { SystemCommand } from '../../commands/run-system.ts';
import type { CentreTools } from '../adapter.ts';
import type { EmailParser } from '../../../shared/mail/parse-apart.ts';
import type { IntakeEntry } from './intake-journal.ts';
import { emptyEmailId, incomingEmailId } from './intake-key.ts';
import { unreadableEmail, type ParsedEmail } from '../../../shared/mail/parse-email.ts';

/** After so many failures the letter is taken in without what was read from it: better a bare task than none. */
const ATTEMPTS_WITH_CONTENT = 3;

async function storeAttachments(parsed: ParsedEmail, tools: CentreTools): Promise<readonly Attachment[]> {
  return Promise.all(
    parsed.attachments.map(async ({ name, mediaType, contentId, inline, content }, index): Promise<Attachment> => {
      const { sha, size } = await tools.files.put(content, { limit: Number.MAX_SAFE_INTEGER });
      return { id: `a${index + 1}`, fileId: sha, name, size, mediaType, contentId, inline };
    }),
  );
}

async function storeHtml(parsed: ParsedEmail, tools: CentreTools): Promise<string | null> {
  return parsed.html === null ? null : (await tools.files.put(Buffer.from(parsed.html, 'utf8'), { limit: Number.MAX_SAFE_INTEGER })).sha;
}

function reportsOf(parsed: ParsedEmail): readonly DeliveryReport[] {
  const { report } = parsed;
  if (report === null || report.outcome !== 'failed') return [];
  const recipients = report.recipients.length === 0 ? [''] : report.recipients;
  return recipients.map((recipient) => ({ originalMessageId: report.originalMessageId, recipient, reason: report.reason }));
}

/** A letter ready for the rule of intake; `command` null = its document is there already. */
export interface PreparedLetter {
  readonly incomingEmailId: string;
  readonly command: SystemCommand | null;
}

/** A letter of the journal with its bytes and the id that its document has or will have. */
export interface OpenedLetter {
  readonly entry: IntakeEntry;
  readonly raw: Buffer;
  readonly incomingEmailId: string;
}

/** Rejects if the bytes cannot be read now. */
export async function openLetter(entry: IntakeEntry, tools: CentreTools): Promise<OpenedLetter> {
  const raw = await tools.files.get(entry.rawFileId);
  if (raw === null) throw new Error('Файл исходного письма не найден в хранилище');
  const isEmpty = raw.length < 100 && raw.toString('latin1').trim() === '';
  return { entry, raw, incomingEmailId: isEmpty ? emptyEmailId(entry) : incomingEmailId(entry.mailbox, raw) };
}

/**
 * A letter → the command that makes it an `incomingEmail`, its files stored; `isKnown`: its document is there. Rejects if the centre
 * cannot write now: the entry stays in the journal.
 */
export async function prepareLetter({ entry, raw, incomingEmailId: id }: OpenedLetter, isKnown: boolean, parser: EmailParser, tools: CentreTools): Promise<PreparedLetter> {
  if (isKnown) return { incomingEmailId: id, command: null };
  const envelope = { returnPath: entry.returnPath };
  const parsed = entry.attempts < ATTEMPTS_WITH_CONTENT ? await parser.parse(raw, envelope) : unreadableEmail(envelope, 'Письмо не удалось записать с содержимым: откройте исходное письмо.');
  const [htmlFileId, attachments] = await Promise.all([storeHtml(parsed, tools), storeAttachments(parsed, tools)]);
  const { text, subject, messageId, inReplyTo, sentAt, from, automation } = parsed;
  const email: ReceivedEmail = {
    id,
    mailbox: entry.mailbox,
    mailboxId: entry.mailboxId,
    receivedAt: entry.receivedAt,
    sentAt,
    messageId,
    inReplyTo,
    references: [...parsed.references],
    from,
    replyTo: [...parsed.replyTo],
    returnPath: entry.returnPath,
    to: [...parsed.to],
    cc: [...parsed.cc],
    subject,
    text,
    htmlFileId,
    rawFileId: entry.rawFileId,
    rawSize: raw.length,
    attachments: [...attachments],
    problems: [...parsed.problems],
    signatures: [...parsed.signatures],
    invitation: parsed.invitation,
    automation,
  };
  return {
    incomingEmailId: id,
    command: {
      name: 'incomingEmail.receive',
      input: { email, deliveryReports: reportsOf(parsed) },
      // A refusal is remembered under the id of its command: another attempt is another command, the document's id keeps it one letter.
      commandId: commandIdFor(`incomingEmail.receive:${entry.id}:${entry.attempts}`),
      happenedAt: entry.receivedAt,
    },
  };
}
