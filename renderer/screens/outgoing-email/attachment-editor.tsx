import type { ReactNode } from 'react';
import type { Attachment } from '../../../shared/domain/incoming-email/model.ts';
import { formatSize, plural } from '../../ui/format.ts';
import { fileIcon, Icon } from '../../ui/icons.tsx';
import { attachmentsSize, withoutAttachment } from './outgoing-view.ts';

interface AttachmentEditorProps {
  readonly attachments: readonly Attachment[];
  readonly reason: string | undefined;
  readonly onChange: (attachments: Attachment[]) => void;
}

/** «Вложения» of a letter being written: each can be taken out; many scroll in a place of their own. */
export function AttachmentEditor({ attachments, reason, onChange }: AttachmentEditorProps): ReactNode {
  const count = attachments.length;
  return (
    <div className="okno-row okno-row-wide">
      <div className="okno-row-label">Вложения</div>
      <div className="okno-row-value">
        {count === 0 ? <div className="okno-readonly okno-text2">нет</div> : null}
        <ul className="outgoing-attachments" aria-label="Вложения">
          {attachments.map(({ id, name, size, mediaType }) => (
            <li key={id}>
              <Icon name={fileIcon(mediaType)} size={14} />
              <span className="okno-cut" title={name}>
                {name || 'без имени'}
              </span>
              <span className="okno-text2">{formatSize(size)}</span>
              {reason === undefined ? (
                <button type="button" className="okno-input-button" aria-label={`Убрать вложение ${name}`} onClick={() => onChange(withoutAttachment(attachments, id))}>
                  <Icon name="close" size={12} />
                </button>
              ) : null}
            </li>
          ))}
        </ul>
        {count > 5 ? (
          <div className="okno-hint">
            {count} {plural(count, 'вложение', 'вложения', 'вложений')}, {formatSize(attachmentsSize(attachments))}
          </div>
        ) : null}
      </div>
    </div>
  );
}
