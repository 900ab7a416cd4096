import { useState, type ReactNode } from 'react';
import type { Attachment } from '../../../shared/domain/incoming-email/model.ts';
import { formatSize, plural } from '../../ui/format.ts';
import { fileIcon, Icon } from '../../ui/icons.tsx';
import { tell } from '../../ui/status-message.ts';
import { AttachmentPreview } from './attachment-preview.tsx';
import { isProgram, listedAttachments, previewKind } from './attachment-policy.ts';
import { openFile, saveFiles } from './file-actions.ts';
import { LetterPreview } from './letter-preview.tsx';

/** An office document: the window does not show it, its own program does. */
function opensOutside(attachment: Attachment): boolean {
  return previewKind(attachment) === 'none' && !isProgram(attachment);
}

/** Attachments of a letter: looked at here, saved one by one; never run. */
export function Attachments({ attachments }: { readonly attachments: readonly Attachment[] }): ReactNode {
  const [shown, setShown] = useState<Attachment | null>(null);
  if (attachments.length === 0) return null;
  const listed = listedAttachments(attachments);
  const all = listed.reduce((sum, { size }) => sum + size, 0);
  const look = (attachment: Attachment): void => {
    if (previewKind(attachment) !== 'none') setShown(attachment);
    else if (isProgram(attachment)) tell('Этот файл может быть программой: из письма он не открывается. Его можно сохранить.', { tone: 'amber' });
    else void openFile(attachment);
  };
  return (
    <div className="email-attachments" role="group" aria-label="Вложения">
      {listed.length < 6 ? null : (
        <div className="okno-text2 email-attachments-total">
          {listed.length} {plural(listed.length, 'вложение', 'вложения', 'вложений')}, {formatSize(all)}
        </div>
      )}
      <ul>
        {listed.map((attachment) => (
          <li key={attachment.id}>
            <Icon name={fileIcon(attachment.mediaType)} />
            <button type="button" className="email-attachment-name okno-cut" title={opensOutside(attachment) ? `${attachment.name}: откроется в своей программе` : attachment.name} onClick={() => look(attachment)}>
              {attachment.name || 'без имени'}
            </button>
            <span className="okno-text2 email-attachment-size">
              {formatSize(attachment.size)}
              {attachment.inline ? ', в тексте' : ''}
            </span>
            {opensOutside(attachment) ? (
              <button type="button" className="okno-link email-attachment-open" title="Откроется в своей программе, не в этом окне" aria-label={`Открыть ${attachment.name}`} onClick={() => void openFile(attachment)}>
                Открыть
              </button>
            ) : null}
            <button type="button" className="okno-link email-attachment-save" aria-label={`Сохранить ${attachment.name}`} onClick={() => void saveFiles([attachment])}>
              Сохранить
            </button>
          </li>
        ))}
      </ul>
      {shown === null ? null : previewKind(shown) === 'letter' ? <LetterPreview attachment={shown} onClose={() => setShown(null)} files={(inner) => <Attachments attachments={inner} />} /> : <AttachmentPreview attachment={shown} onClose={() => setShown(null)} />}
    </div>
  );
}
