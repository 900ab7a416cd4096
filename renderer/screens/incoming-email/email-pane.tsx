import type { ReactNode } from 'react';
import { z } from 'zod';
import { foldAddress } from '../../../shared/base/mail-address.ts';
import type { IncomingEmail, MailAddress } from '../../../shared/domain/incoming-email/model.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { openDocument } from '../../store/places.ts';
import { useSetting } from '../../store/settings.ts';
import { Facts } from '../../ui/document-frame.tsx';
import { formatMoment } from '../../ui/format.ts';
import { tell } from '../../ui/status-message.ts';
import { Attachments } from './attachments.tsx';
import { sourceName } from './attachment-policy.ts';
import { emailMarks, type EmailMark } from './email-marks.ts';
import { openFile, saveFiles } from './file-actions.ts';
import { HtmlFrame } from './html-frame.tsx';
import { Addresses, InvitationCard, Signatures } from './letter-head.tsx';
import { EmailText } from './email-text.tsx';
import { nothingWanted, type Wanted } from './matched-places.ts';
import './email-pane.css';

export interface EmailPaneProps {
  readonly email: IncomingEmail;
  /** What the possible clients were found by. */
  readonly wanted?: Wanted;
  /** Marks it in the letter. */
  readonly marked?: boolean;
}

const viewSchema = z.enum(['html', 'text']);

/** The letter itself, always in sight at the left: head, text or HTML, attachments. */
export function EmailPane({ email, wanted = nothingWanted, marked = false }: EmailPaneProps): ReactNode {
  const { value: view, set } = useSetting('incomingEmail.view', viewSchema, 'html');
  const html = email.htmlFileId !== null && view === 'html';
  return (
    <section className="email-pane" data-html={html} aria-label="Письмо">
      <EmailHead email={email} marked={marked && wanted.addresses.includes(foldAddress(email.from.address))} />
      <div className="email-rule">
        {email.htmlFileId === null ? null : (
          <span className="email-view" role="group" aria-label="Вид письма">
            <button type="button" aria-pressed={html} onClick={() => set('html')}>
              Как прислано
            </button>
            <button type="button" aria-pressed={!html} onClick={() => set('text')}>
              Текст
            </button>
          </span>
        )}
      </div>
      {html ? <HtmlFrame email={email} wanted={wanted} marked={marked} onText={() => set('text')} /> : <EmailText text={email.text} wanted={marked ? wanted : nothingWanted} />}
      <hr className="okno-rule" />
      <Attachments attachments={email.attachments} />
      <div className="email-files">
        {email.attachments.length === 0 ? null : (
          <button type="button" className="okno-link" onClick={() => void saveFiles(email.attachments)}>
            Скачать вложения
          </button>
        )}
        <button type="button" className="okno-link" onClick={() => void openFile({ fileId: email.rawFileId, name: sourceName(email) })}>
          Открыть исходник (.eml)
        </button>
        <button type="button" className="okno-link" onClick={() => void saveFiles([{ fileId: email.rawFileId, name: sourceName(email) }])}>
          Сохранить исходник (.eml)
        </button>
      </div>
    </section>
  );
}

function EmailHead({ email, marked }: { readonly email: IncomingEmail; readonly marked: boolean }): ReactNode {
  const { from, replyTo, to, cc, signatures = [], invitation = null } = email;
  const answersElsewhere = replyTo.filter(({ address }) => foldAddress(address) !== foldAddress(from.address));
  const marks = emailMarks(email);
  const rows: (readonly [string, ReactNode])[] = [
    ['От', <Sender key="from" from={from} marked={marked} />],
    ...(answersElsewhere.length === 0 ? [] : [['Ответ на', <Addresses key="replyTo" addresses={answersElsewhere} />] as const]),
    ['Кому', to.length === 0 ? <span key="to" className="okno-text2">не указано</span> : <Addresses key="to" addresses={to} />],
    ...(cc.length === 0 ? [] : [['Копия', <Addresses key="cc" addresses={cc} />] as const]),
    ['Поступило', formatMoment(email.receivedAt)],
    ...(signatures.length === 0 ? [] : [['Подписано', <Signatures key="signatures" signatures={signatures} from={from.address} at={email.receivedAt} />] as const]),
  ];
  return (
    <header className="email-head">
      <h2 className="okno-title email-subject okno-selectable">{email.subject || 'без темы'}</h2>
      <Facts rows={rows} />
      {marks.length === 0 ? null : (
        <ul className="email-marks" aria-label="Отметки">
          {marks.map((mark) => (
            <Mark key={mark.key} mark={mark} />
          ))}
        </ul>
      )}
      {invitation === null ? null : <InvitationCard invitation={invitation} />}
    </header>
  );
}

function Sender({ from, marked }: { readonly from: MailAddress; readonly marked: boolean }): ReactNode {
  return (
    <>
      {from.name === '' ? null : <div>{from.name}</div>}
      <div>{marked ? <mark className="email-mark">{from.address}</mark> : from.address || 'адрес не прочитан'}</div>
    </>
  );
}

async function openNumbered(number: string): Promise<void> {
  const [found] = await listDocuments('incomingEmail', { where: [{ column: 'number', op: 'eq', value: number }], limit: 1 });
  if (found === undefined) tell(`Письма ${number} на этом рабочем месте нет`, { tone: 'amber' });
  else openDocument('incomingEmail', found.document.id);
}

function Mark({ mark: { tone, text, number } }: { readonly mark: EmailMark }): ReactNode {
  return (
    <li className={tone === 'amber' ? 'okno-amber' : 'okno-text2'}>
      <span className="okno-dot" aria-hidden="true" />
      <span>
        {text}
        {number === undefined ? null : (
          <>
            {' '}
            <button type="button" className="okno-link" onClick={() => void openNumbered(number)}>
              открыть
            </button>
          </>
        )}
      </span>
    </li>
  );
}

/** A link of a letter opens outside, after the main process has shown where it leads and asked. */
