import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailAddress } from '../../../shared/domain/incoming-email/model.ts';
import type { OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import type { FileStore } from '../../files/file-store.ts';

/** An attachment whose bytes are not in the file store. */
export class MissingAttachment extends Error {
  readonly attachmentName: string;

  constructor(attachmentName: string) {
    super(`Вложение «${attachmentName}» не найдено в хранилище файлов`);
    this.name = 'MissingAttachment';
    this.attachmentName = attachmentName;
  }
}

const bracketed = (id: string): string => `<${id.replace(/^<|>$/g, '')}>`;
const addressOf = ({ name, address }: MailAddress): { name: string; address: string } => ({ name, address });

/** Made by the program, without a person: other programs must not answer (RFC 3834). */
export function isAutomatic(kind: OutgoingEmail['kind']): boolean {
  return kind.startsWith('autoReply') || kind === 'responsibleNotice';
}

function automaticHeaders(kind: OutgoingEmail['kind']): Record<string, string> {
  if (kind === 'responsibleNotice') return { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
  return isAutomatic(kind) ? { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk', 'X-Auto-Response-Suppress': 'All' } : {};
}

/** Envelope sender: the empty one for automatic replies, so that nothing comes back to them (RFC 3834). */
export function envelopeSender(email: OutgoingEmail, from: string): string {
  return email.kind.startsWith('autoReply') ? '' : from;
}

/**
 * The letter as bytes, the same bytes every time: Message-ID, date and boundaries come from the document. Attachments are
 * streamed from the file store; inline pictures go as attachments too (asks.md 16). Rejects with MissingAttachment.
 */
export async function buildMessage(email: OutgoingEmail, from: string, files: FileStore): Promise<Readable> {
  for (const { fileId, name } of email.attachments) {
    if (!(await files.has(fileId))) throw new MissingAttachment(name);
  }
  const attachments = await Promise.all(
    email.attachments.map(async ({ fileId, name, mediaType }) => {
      const content = await files.stream(fileId);
      if (content === null) throw new MissingAttachment(name);
      // A letter within a letter goes as it was: re-encoding its text would change it.
      return { filename: name, content, contentType: mediaType === 'message/rfc822' ? 'application/octet-stream' : mediaType, contentDisposition: 'attachment' };
    }),
  );
  const composer = new MailComposer({
    from,
    to: email.to.map(addressOf),
    cc: email.cc.map(addressOf),
    subject: email.subject,
    text: email.text,
    attachments,
    messageId: bracketed(email.messageId),
    date: new Date(email.queuedAt ?? email.createdAt),
    baseBoundary: createHash('sha256').update(email.messageId).digest('hex').slice(0, 24),
    ...(email.inReplyTo === null ? {} : { inReplyTo: bracketed(email.inReplyTo) }),
    ...(email.references.length === 0 ? {} : { references: email.references.map(bracketed).join(' ') }),
    headers: automaticHeaders(email.kind),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().createReadStream();
}
