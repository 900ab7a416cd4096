import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { OknoError } from '../../shared/base/errors.ts';
import type { EmailReading, IncomingEmail, LetterCharset } from '../../shared/domain/incoming-email/model.ts';
import type { ParsedEmail } from '../../shared/mail/parse-email.ts';
import type { OpenedLetter } from '../../shared/protocol/opened-letter.ts';
import type { Cache } from '../db/cache.ts';
import { TransportError } from '../sync/transport.ts';
import type { Desk } from './desk.ts';

/** Largest file that may be attached, as the centre's intake has it. */
export const largestFileBytes = 50 * 1024 * 1024;

/** The content of a file: from the desk's store, else from the centre, checked and kept. Off line a refusal `noConnection`. */
export async function fetchFile(desk: Desk, fileId: string): Promise<Buffer> {
  const { vault } = desk.files;
  if (vault.has(fileId)) {
    try {
      return await vault.read(fileId);
    } catch (error) {
      if (!(error instanceof OknoError)) throw error;
      desk.log('A stored file was damaged and is fetched again', error);
    }
  }
  try {
    const content = await desk.centre.downloadFile(fileId);
    await vault.write(content);
    return content;
  } catch (error) {
    if (error instanceof TransportError) throw new OknoError('noConnection', {}, { cause: error });
    throw error;
  }
}

function storedEmail(cache: Cache, incomingEmailId: string): IncomingEmail {
  const stored = cache.get('incomingEmail', incomingEmailId);
  if (stored === null) throw new OknoError('notFound', { id: incomingEmailId });
  return stored.document as IncomingEmail; // the table of this type holds parsed documents of it
}

/** The kept .eml taken apart again, its texts read in that charset. */
async function readAgain(desk: Desk, { rawFileId, returnPath }: IncomingEmail, charset: LetterCharset): Promise<ParsedEmail> {
  const parsed = await desk.parseLetter(await fetchFile(desk, rawFileId), { returnPath }, charset);
  if (parsed.isHeadOnly) throw new OknoError('letterUnreadable');
  return parsed;
}

/** The words of a letter as its .eml reads in that charset: «Исправить кодировку» shows them before it writes them. */
export async function emailReading(desk: Desk, cache: Cache, incomingEmailId: string, charset: LetterCharset): Promise<EmailReading> {
  const { subject, from, text, problems, to, cc, replyTo, attachments } = await readAgain(desk, storedEmail(cache, incomingEmailId), charset);
  const namesOf = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);
  return { subject, fromName: from.name, text, problems: [...problems], names: { to: namesOf(to), cc: namesOf(cc), replyTo: namesOf(replyTo), attachments: namesOf(attachments) } };
}

/** The HTML part of a letter as text, in the charset that was chosen for it; empty if it has none. */
export async function emailHtml(desk: Desk, cache: Cache, incomingEmailId: string): Promise<string> {
  const email = storedEmail(cache, incomingEmailId);
  if (email.htmlFileId === null) return '';
  if (email.charset) return (await readAgain(desk, email, email.charset.chosen)).html ?? '';
  return (await fetchFile(desk, email.htmlFileId)).toString('utf8');
}

/** A letter that came as a file, taken apart; its own files are kept here under their content, as everything else is. */
export async function openLetter(desk: Desk, fileId: string): Promise<OpenedLetter> {
  const { from, to, cc, subject, sentAt, text, html, problems, signatures, invitation, ...parsed } = await desk.parseLetter(await fetchFile(desk, fileId), { returnPath: null });
  const attachments: OpenedLetter['attachments'] = [];
  for (const [index, { name, mediaType, contentId, inline, content }] of parsed.attachments.entries()) {
    attachments.push({ id: `a${index + 1}`, fileId: await desk.files.vault.write(content), name, size: content.length, mediaType, contentId, inline });
  }
  return { from, to: [...to], cc: [...cc], subject, sentAt, text, html, attachments, problems: [...problems], signatures: [...signatures], invitation };
}

export interface StoredFile {
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf', '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.bmp': 'image/bmp', '.tif': 'image/tiff',
  '.tiff': 'image/tiff', '.txt': 'text/plain', '.csv': 'text/csv', '.eml': 'message/rfc822', '.zip': 'application/zip', '.rar': 'application/vnd.rar', '.7z': 'application/x-7z-compressed',
  '.doc': 'application/msword', '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '.rtf': 'application/rtf', '.odt': 'application/vnd.oasis.opendocument.text', '.ods': 'application/vnd.oasis.opendocument.spreadsheet',
};

/** Stores chosen files here, encrypted; they go to the centre before the command that names them. */
export async function storeFiles(desk: Desk, files: readonly string[]): Promise<readonly StoredFile[]> {
  const stored: StoredFile[] = [];
  for (const file of files) {
    const name = path.basename(file);
    const content = await readFile(file);
    if (content.length > largestFileBytes) throw new OknoError('invalidInput', { field: `${name}: больше 50 МБ` });
    const fileId = await desk.files.vault.write(content);
    desk.base.outbox.users.addUpload(fileId, content.length, desk.machineTime());
    stored.push({ fileId, name, size: content.length, mediaType: mediaTypes[path.extname(name).toLowerCase()] ?? 'application/octet-stream' });
  }
  return stored;
}
