import { useEffect, useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import type { Attachment } from '../../../shared/domain/incoming-email/model.ts';
import { call } from '../../bridge.ts';
import { PdfView } from '../../document/pdf-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatSize } from '../../ui/format.ts';
import { EmptyState } from '../../ui/state-message.tsx';
import { isProgram, previewKind } from './attachment-policy.ts';
import { openFile, printPdf, saveFiles } from './file-actions.ts';

type Shown = { readonly kind: 'loading' } | { readonly kind: 'problem'; readonly text: string; readonly advice: string } | { readonly kind: 'url'; readonly url: string };

function useFile({ fileId, mediaType, name }: Attachment): Shown {
  const [shown, setShown] = useState<Shown>({ kind: 'loading' });
  useEffect(() => {
    let current = true;
    const show = (value: Shown): void => {
      if (current) setShown(value);
    };
    const kind = previewKind({ mediaType, name });
    const shownType = kind === 'text' ? 'text/plain' : mediaType;
    const read = async (): Promise<void> => {
      const answer = await call('file.fetch', { fileId, mediaType: shownType });
      if (!answer.ok) {
        show({ kind: 'problem', ...describeRefusal(answer.refusal) });
        return;
      }
      show({ kind: 'url', url: kind === 'pdf' ? (await call('pdf.frame', { fileId })).url : answer.value.url });
    };
    read().catch(() => show({ kind: 'problem', text: 'Файл не показывается здесь', advice: 'Сохраните его и откройте в своей программе.' }));
    return () => {
      current = false;
    };
  }, [fileId, mediaType, name]);
  return shown;
}

/** A PDF is read at the width of a page, whatever the pane. */
const widths = { picture: 920, text: 920, pdf: 1360, letter: 920, none: 920 } as const;

/** A picture, a text or a PDF of a letter, looked at over the document. */
export function AttachmentPreview({ attachment, onClose }: { readonly attachment: Attachment; readonly onClose: () => void }): ReactNode {
  const shown = useFile(attachment);
  const kind = previewKind(attachment);
  return (
    <Dialog
      title={attachment.name || 'Вложение'}
      text={formatSize(attachment.size)}
      onClose={onClose}
      width={widths[kind]}
      tall
      cancel="Закрыть"
      actions={
        <>
          <Button level="dialog" variant="primary" autoFocus letter="С" hint="Alt+С" onClick={() => void saveFiles([attachment])}>
            Сохранить
          </Button>
          {isProgram(attachment) ? null : (
            <Button level="dialog" letter="О" onClick={() => void openFile(attachment)}>
              Открыть в другой программе
            </Button>
          )}
          {kind === 'pdf' ? (
            <Button level="dialog" letter="П" onClick={() => void printPdf(attachment)}>
              Печать
            </Button>
          ) : null}
        </>
      }
    >
      <div className="email-preview">
        {shown.kind === 'problem' ? <EmptyState title={shown.text}>{shown.advice}</EmptyState> : null}
        {shown.kind === 'url' && kind === 'picture' ? <img src={shown.url} alt={attachment.name} /> : null}
        {shown.kind === 'url' && kind === 'pdf' ? <PdfView url={shown.url} name={attachment.name} /> : null}
        {shown.kind === 'url' && kind === 'text' ? <iframe title={attachment.name} sandbox="" src={shown.url} /> : null}
      </div>
    </Dialog>
  );
}
