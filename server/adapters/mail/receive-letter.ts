import type { Attachment } from '../../../shared/domain/incoming-email/model.ts';
import type { DeliveryReport, ReceivedEmail } from '../../../shared/domain/incoming-email/received-model.ts';
import { commandIdFor } from '../../commands/system-runner.ts';
import type { SystemCommand } from '../../commands/run-system.ts';
import type { CentreTools } from '../adapter.ts';
import type { EmailParser } from './email-parser.ts';
import type { IntakeEntry } from './intake-journal.ts';
import { incomingEmailId } from './intake-key.ts';
import { unreadableEmail, type ParsedEmail } from './parse-email.ts';

/** After so many failures the letter is taken in without what was read from it: better a bare task than none. */
const ATTEMPTS_WITH_CONTENT = 3;

async function storeAttachments(parsed: ParsedEmail, tools: CentreTools): Promise<readonly Attachment[]> {
  const stored: Attachment[] = [];
  for (const [index, { name, mediaType, contentId, inline, content }] of parsed.attachments.entries()) {
    const { sha, size } = await tools.files.put(content, { limit: Number.MAX_SAFE_INTEGER });
    stored.push({ id: `a${index + 1}`, fileId: sha, name, size, mediaType, contentId, inline });
  }
  return stored;
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

/**
 * A letter of the journal → the command that makes it an `incomingEmail`, its files stored. Rejects if the centre cannot read or
 * write now: the entry stays in the journal.
 */
export async function prepareLetter(entry: IntakeEntry, parser: EmailParser, tools: CentreTools): Promise<PreparedLetter> {
  const raw = await tools.files.get(entry.rawFileId);
  if (raw === null) throw new Error('Файл исходного письма не найден в хранилище');
  const id = incomingEmailId(entry.mailbox, raw);
  const [known] = await tools.read([{ kind: 'get', type: 'incomingEmail', id }]);
  if (known) return { incomingEmailId: id, command: null };

  const envelope = { returnPath: entry.returnPath };
  const parsed = entry.attempts < ATTEMPTS_WITH_CONTENT ? await parser.parse(new Uint8Array(raw), envelope) : unreadableEmail(envelope, 'Письмо не удалось записать с содержимым: откройте исходное письмо.');
  const html = parsed.html === null ? null : await tools.files.put(Buffer.from(parsed.html, 'utf8'), { limit: Number.MAX_SAFE_INTEGER });
  const { text, subject, messageId, inReplyTo, sentAt, from, automation } = parsed;
  const email: ReceivedEmail = {
    id,
    mailbox: entry.mailbox,
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
    htmlFileId: html?.sha ?? null,
    rawFileId: entry.rawFileId,
    attachments: [...(await storeAttachments(parsed, tools))],
    problems: [...parsed.problems],
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
