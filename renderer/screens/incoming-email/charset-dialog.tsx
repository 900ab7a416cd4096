import { useEffect, useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { letterCharsetTitles, type EmailReading, type IncomingEmail, type LetterCharset } from '../../../shared/domain/incoming-email/model.ts';
import { call } from '../../bridge.ts';
import { runCommand } from '../../store/commands.ts';
import { useOffline } from '../../store/connection.ts';
import { Button } from '../../ui/button.tsx';
import { choicesOf, Radio, type Choice } from '../../ui/choice-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import './charset-dialog.css';

/** Characters of the text that the preview shows: enough to see whether it is Russian. */
const previewLength = 3000;

/** Why the letter's .eml cannot be read again now, for a button; undefined if it can. */
export function useCharsetReason({ rawFileId }: Pick<IncomingEmail, 'rawFileId'>): string | undefined {
  const offline = useOffline();
  const [here, setHere] = useState(false);
  useEffect(() => {
    let current = true;
    void call('file.here', { fileId: rawFileId }).then((answer) => {
      if (current) setHere(answer.here);
    });
    return () => {
      current = false;
    };
  }, [rawFileId, offline]);
  return offline && !here ? 'Нет связи, а исходник письма на это рабочее место ещё не загружен' : undefined;
}

type Shown = { readonly charset: LetterCharset; readonly reading: EmailReading | string };

/** The letter in that charset, or a sentence why it cannot be read; null while it is read. */
function useReading(incomingEmailId: string, charset: LetterCharset | null): EmailReading | string | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    if (charset === null) return;
    let current = true;
    call('email.reading', { incomingEmailId, charset }).then(
      (answer) => current && setShown({ charset, reading: answer.ok ? answer.value : describeRefusal(answer.refusal).text }),
      () => current && setShown({ charset, reading: 'Исходник письма не прочитан' }),
    );
    return () => {
      current = false;
    };
  }, [incomingEmailId, charset]);
  return shown?.charset === charset ? shown.reading : null;
}

const received = 'received';
const choices: readonly Choice<LetterCharset | typeof received>[] = [{ value: received, label: 'Как прочитала программа' }, ...choicesOf(letterCharsetTitles)];

/** «Исправить кодировку»: each charset shows at once how the letter reads in it; what is chosen is kept for everyone. */
export function CharsetDialog({ email, onClose }: { readonly email: IncomingEmail; readonly onClose: () => void }): ReactNode {
  const before = email.charset?.chosen ?? received;
  const [charset, setCharset] = useState<LetterCharset | typeof received>(before);
  const read = useReading(email.id, charset === received ? null : charset);
  const asReceived = email.charset?.received ?? { subject: email.subject, fromName: email.from.name, text: email.text, problems: email.problems };
  const reading = charset === received ? asReceived : read;
  const apply = async (): Promise<void> => {
    if (reading === null || typeof reading === 'string') return;
    const answer =
      charset === received
        ? await runCommand('incomingEmail.restoreCharset', { id: email.id }, { said: 'Письмо показано, как его прочитала программа' })
        : await runCommand('incomingEmail.correctCharset', { id: email.id, charset, reading }, { said: `Кодировка письма: ${letterCharsetTitles[charset]}` });
    if (answer.ok) onClose();
  };
  const reason = charset === before ? 'Письмо уже показано в этой кодировке' : reading === null ? 'Письмо ещё читается' : typeof reading === 'string' ? reading : undefined;
  return (
    <Dialog
      title="В какой кодировке показать письмо?"
      text="Тема, имена, названия вложений и текст читаются заново из исходника. Исходник не меняется."
      onClose={onClose}
      width={720}
      actions={
        <Button level="dialog" variant="primary" letter="П" hint="Alt+П" reason={reason} onClick={() => void apply()}>
          Показать так всем
        </Button>
      }
    >
      <div className="charset-dialog">
        <div role="radiogroup" aria-label="Кодировка" className="charset-choices">
          {choices.map(({ value, label }) => (
            <Radio key={value} name="charset" label={label} checked={charset === value} onChange={() => setCharset(value)} />
          ))}
        </div>
        <section className="charset-preview okno-selectable" aria-label="Как читается письмо" aria-live="polite">
          {reading === null ? null : typeof reading === 'string' ? <p className="okno-red">{reading}</p> : <Preview reading={reading} address={email.from.address} />}
        </section>
      </div>
    </Dialog>
  );
}

function Preview({ reading: { subject, fromName, text }, address }: { readonly reading: EmailReading; readonly address: string }): ReactNode {
  return (
    <>
      <h3>{subject || 'без темы'}</h3>
      <p className="okno-text2">{[fromName, address].filter((part) => part !== '').join(', ')}</p>
      <p className="charset-preview-text">{text.slice(0, previewLength) || 'В письме нет текста.'}</p>
    </>
  );
}
