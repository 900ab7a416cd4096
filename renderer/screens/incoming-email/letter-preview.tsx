import { useEffect, useState, type ReactNode } from 'react';
import { addressText } from '../../../shared/base/mail-address.ts';
import { describeRefusal } from '../../../shared/base/errors.ts';
import type { Attachment } from '../../../shared/domain/incoming-email/model.ts';
import type { OpenedLetter } from '../../../shared/protocol/opened-letter.ts';
import { call } from '../../bridge.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/document-frame.tsx';
import { formatMoment, formatSize } from '../../ui/format.ts';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { EmailText } from './email-text.tsx';
import { openFile, saveFiles } from './file-actions.ts';
import { inlinePictures, LetterFrame, type LoadedHtml } from './html-frame.tsx';
import { Addresses, InvitationCard, Signatures } from './letter-head.tsx';
import { nothingWanted } from './matched-places.ts';

type Shown = { readonly kind: 'loading' } | { readonly kind: 'problem'; readonly text: string; readonly advice: string } | { readonly kind: 'letter'; readonly letter: OpenedLetter; readonly html: LoadedHtml | null };

function useLetter(fileId: string): Shown {
  const [shown, setShown] = useState<Shown>({ kind: 'loading' });
  useEffect(() => {
    let current = true;
    const read = async (): Promise<Shown> => {
      const answer = await call('letter.open', { fileId });
      if (!answer.ok) return { kind: 'problem', ...describeRefusal(answer.refusal) };
      const letter = answer.value;
      return { kind: 'letter', letter, html: letter.html === null ? null : { html: letter.html, inline: await inlinePictures(letter, letter.html) } };
    };
    read().then(
      (value) => current && setShown(value),
      () => current && setShown({ kind: 'problem', text: 'Письмо не показывается здесь', advice: 'Сохраните его и откройте в почтовой программе.' }),
    );
    return () => {
      current = false;
    };
  }, [fileId]);
  return shown;
}

export interface LetterPreviewProps {
  readonly attachment: Attachment;
  readonly onClose: () => void;
  /** The list of its own files. */
  readonly files: (attachments: readonly Attachment[]) => ReactNode;
}

/** A letter that came as a file of another one, over the document. Letters within it open the same way, each over the last. */
export function LetterPreview({ attachment, onClose, files }: LetterPreviewProps): ReactNode {
  const shown = useLetter(attachment.fileId);
  const slow = useSlow(shown.kind === 'loading');
  return (
    <Dialog
      title={shown.kind === 'letter' ? shown.letter.subject || 'без темы' : attachment.name}
      text={`Вложенное письмо «${attachment.name}», ${formatSize(attachment.size)}`}
      onClose={onClose}
      width={920}
      tall
      cancel="Закрыть"
      actions={
        <>
          <Button level="dialog" variant="primary" autoFocus letter="С" hint="Alt+С" onClick={() => void saveFiles([attachment])}>
            Сохранить
          </Button>
          <Button level="dialog" letter="О" onClick={() => void openFile(attachment)}>
            Открыть в другой программе
          </Button>
        </>
      }
    >
      <div className="email-preview email-letter">
        {slow ? <LoadingRows /> : null}
        {shown.kind === 'problem' ? <EmptyState title={shown.text}>{shown.advice}</EmptyState> : null}
        {shown.kind === 'letter' ? <Letter letter={shown.letter} html={shown.html} fileId={attachment.fileId} files={files} /> : null}
      </div>
    </Dialog>
  );
}

interface LetterProps extends Pick<LetterPreviewProps, 'files'> {
  readonly letter: OpenedLetter;
  readonly html: LoadedHtml | null;
  readonly fileId: string;
}

function Letter({ letter, html, fileId, files }: LetterProps): ReactNode {
  const { from, to, cc, sentAt, text, attachments, problems, signatures, invitation } = letter;
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['От', addressText(from) || <span key="from" className="okno-text2">не указано</span>],
    ['Кому', to.length === 0 ? <span key="to" className="okno-text2">не указано</span> : <Addresses key="to" addresses={to} />],
    ...(cc.length === 0 ? [] : [['Копия', <Addresses key="cc" addresses={cc} />] as const]),
    ['Отправлено', sentAt === null ? <span key="at" className="okno-text2">не указано</span> : formatMoment(sentAt)],
    ...(signatures.length === 0 ? [] : [['Подписано', <Signatures key="signatures" signatures={signatures} from={from.address} at={sentAt ?? ''} />] as const]),
  ];
  return (
    <section className="email-pane" data-html={html !== null} aria-label="Вложенное письмо">
      <header className="email-head okno-selectable">
        <Facts label={88} rows={rows} />
        {problems.length === 0 ? null : (
          <ul className="email-marks" aria-label="Отметки">
            {problems.map((problem) => (
              <li key={problem} className="okno-amber">
                {problem}
              </li>
            ))}
          </ul>
        )}
        {invitation === null ? null : <InvitationCard invitation={invitation} />}
      </header>
      <div className="email-rule" />
      {html === null ? <EmailText text={text} wanted={nothingWanted} /> : <LetterFrame letter={html} letterId={fileId} wanted={nothingWanted} marked={false} />}
      {attachments.length === 0 ? null : <hr className="okno-rule" />}
      {files(attachments)}
    </section>
  );
}
