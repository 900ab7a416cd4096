import type { Attachment } from '../../../shared/domain/incoming-email/model.ts';
import { call } from '../../bridge.ts';
import { tellRefusal } from '../../store/commands.ts';
import { tell } from '../../ui/status-message.ts';
import { fileNameOf } from './attachment-policy.ts';

type NamedFile = Pick<Attachment, 'fileId' | 'name'>;

/** Saves files into a folder that the user chooses; the status line says where. */
export async function saveFiles(files: readonly NamedFile[]): Promise<void> {
  const answer = await call('file.save', { files: files.map(({ fileId, name }) => ({ fileId, name: fileNameOf(name, 'Вложение') })) });
  if (!answer.ok) tellRefusal(answer.refusal);
  else if (answer.value.folder !== '') tell(`Сохранено: ${answer.value.folder}`, { tone: 'green' });
}

/** Prints all pages of a PDF; the status line says what goes on. */
export async function printPdf({ fileId, name }: NamedFile): Promise<void> {
  tell('Готовлю файл к печати…');
  const answer = await call('pdf.print', { fileId, name: fileNameOf(name, 'Вложение') });
  if (!answer.ok) tellRefusal(answer.refusal);
}

/** Opens a file in its own program; what may act by itself is never opened from here. */
export async function openFile({ fileId, name }: NamedFile): Promise<void> {
  const answer = await call('file.open', { fileId, name: fileNameOf(name, 'Вложение') });
  if (!answer.ok) tellRefusal(answer.refusal);
  else tell(`Открывается в своей программе: ${name || 'Вложение'}`);
}
