import { useEffect, useState, type ReactNode } from 'react';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { taskKindTitles } from '../../../shared/domain/task/model.ts';
import { call } from '../../bridge.ts';
import { ClientLink } from '../../document/client-link.tsx';
import { refText, type DocumentRow } from '../../document/rows.ts';
import { useDocument } from '../../document/use-document.ts';
import { useNotAllowed, tellRefusal } from '../../store/commands.ts';
import { useOffline } from '../../store/connection.ts';
import { openDocument } from '../../store/places.ts';
import { useUser } from '../../store/session.ts';
import { Button } from '../../ui/button.tsx';
import { Facts, Strip } from '../../ui/document-frame.tsx';
import { formatMoment, formatSize, plural } from '../../ui/format.ts';
import { fileIcon, Icon } from '../../ui/icons.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { markSpam, notTakable, openTask, takeAndOpen, takeOf } from './task-actions.ts';

/** The preview: enough to decide «Спам» or work. The bar stays when nothing is selected, greyed. */
export function TaskPreview({ row }: { readonly row: DocumentRow<'task'> | null }): ReactNode {
  const offline = useOffline();
  return (
    <div className="okno-preview">
      {row === null ? <NoTask /> : <TaskCommands row={row} />}
      {row === null ? null : <TaskSubject row={row} />}
      {offline && row?.document.state === 'open' ? <Strip>Если письмо уже взял коллега, центр вернёт команду, и она появится в «Разобрать».</Strip> : null}
    </div>
  );
}

function NoTask(): ReactNode {
  const reason = 'Выберите задачу в списке';
  return (
    <div className="okno-preview-commands">
      <Button reason={reason} onClick={() => undefined}>
        Принять в работу
      </Button>
      <Button reason={reason} onClick={() => undefined}>
        Открыть
      </Button>
    </div>
  );
}

function TaskCommands({ row }: { readonly row: DocumentRow<'task'> }): ReactNode {
  const user = useUser();
  const task = row.document;
  const notAllowed = useNotAllowed(takeOf(task).name);
  const spamNotAllowed = useNotAllowed('incomingEmail.markSpam');
  const reason = notTakable(row, user.userId) ?? notAllowed;
  const mine = task.holderId === user.userId;
  return (
    <div className="okno-preview-commands">
      <Button variant={reason === undefined ? 'primary' : 'default'} hint={reason === undefined ? 'Enter' : undefined} letter="П" reason={reason} onClick={() => void takeAndOpen(task)}>
        Принять в работу
      </Button>
      <Button variant={mine ? 'primary' : 'default'} hint={mine ? 'Enter' : undefined} letter="О" onClick={() => openTask(task)}>
        Открыть
      </Button>
      {task.kind === 'incomingEmail' ? (
        <Button variant="subtle" letter="С" reason={spamNotAllowed ?? (task.holderId === null || mine ? undefined : reason)} onClick={() => void markSpam(task)}>
          Спам
        </Button>
      ) : null}
    </div>
  );
}

function TaskSubject({ row }: { readonly row: DocumentRow<'task'> }): ReactNode {
  const { kind, documentType, documentId, fromName, subject, createdAt } = row.document;
  if (documentType === 'incomingEmail') return <EmailPreview id={documentId} />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="okno-preview-body" tabIndex={0} role="region" aria-label="Задача">
      <h2 className="okno-title">{subject || 'без темы'}</h2>
      <Facts
        rows={[
          ['Задача', taskKindTitles[kind]],
          ['От', fromName],
          ['Создана', formatMoment(createdAt)],
        ]}
      />
    </div>
  );
}

/** An incoming letter in a preview: who wrote what, the client, the files. */
export function EmailPreview({ id }: { readonly id: string }): ReactNode {
  const row = useDocument('incomingEmail', id);
  const slow = useSlow(row === undefined);
  if (row === undefined) return slow ? <LoadingRows /> : null;
  if (row === null) return <div className="okno-preview-body okno-text2">Письмо ещё не загружено на этот компьютер. Оно появится после обмена с центром.</div>;
  const email = row.document;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="okno-preview-body" tabIndex={0} role="region" aria-label="Письмо" key={id}>
      <h2 className="okno-title"><Unbroken text={email.subject || 'без темы'} /></h2>
      <Facts
        rows={[
          ['От', <Sender key="from" email={email} />],
          ['Кому', email.to.map(({ address }) => address).join(', ')],
          ['Поступило', formatMoment(email.receivedAt)],
          ['Клиент', <EmailClient key="client" email={email} name={refText(row, email.clientId)} />],
        ]}
      />
      <hr className="okno-rule" />
      <EmailText text={email.text} />
      {email.problems.length === 0 ? null : <p className="okno-amber">{email.problems.join('. ')}</p>}
      <Attachments email={email} />
    </div>
  );
}

function Sender({ email: { from } }: { readonly email: IncomingEmail }): ReactNode {
  if (from.name === '') return from.address;
  return (
    <>
      {from.name}
      <br />
      {from.address}
    </>
  );
}

function EmailClient({ email, name }: { readonly email: IncomingEmail; readonly name: string }): ReactNode {
  const { id, clientId, fromWhom } = email;
  const [candidates, setCandidates] = useState<number>();
  useEffect(() => {
    if (clientId !== null || fromWhom === 'notConsumer') return;
    let current = true;
    // The likeness search is the dearest query of the preview: not for letters that the arrow only passes by.
    const timer = setTimeout(() => {
      void call('client.candidates', { incomingEmailId: id }).then((found) => {
        if (current) setCandidates(found.length);
      });
    }, 200);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, clientId, fromWhom]);
  if (clientId !== null) {
    return <ClientLink id={clientId}>{name}</ClientLink>;
  }
  if (fromWhom === 'notConsumer') return <span className="okno-text2">не от потребителя услуг</span>;
  if (candidates === undefined) return '\u00a0';
  if (candidates === 0) return <span className="okno-text2">не найден</span>;
  return (
    <>
      <button type="button" className="okno-link" onClick={() => openDocument('incomingEmail', id, { tab: 'clients' })}>
        {candidates} {plural(candidates, 'возможный', 'возможных', 'возможных')}
      </button>
      , выбрать
    </>
  );
}

const PREVIEW_LENGTH = 20_000;

/** The letter as text: paragraphs apart, as it came otherwise. */
function EmailText({ text }: { readonly text: string }): ReactNode {
  if (text.trim() === '') return <p className="okno-text2">В письме нет текста.</p>;
  return (
    <div className="okno-letter-text okno-selectable">
      {text
        .slice(0, PREVIEW_LENGTH)
        .split(/\n[ \t]*\n/)
        .map((paragraph, index) => (
          // The text of a letter never changes: its paragraphs have no other name than their place.
          <p key={index}><Unbroken text={paragraph.trim()} /></p>
        ))}
      {text.length > PREVIEW_LENGTH ? <p className="okno-text2">Показано начало. Откройте письмо, чтобы прочесть целиком.</p> : null}
    </div>
  );
}

function Attachments({ email: { attachments } }: { readonly email: IncomingEmail }): ReactNode {
  const shown = attachments.filter(({ inline }) => !inline);
  if (shown.length === 0) return null;
  const open = async (fileId: string, name: string): Promise<void> => {
    const answer = await call('file.open', { fileId, name });
    if (!answer.ok) tellRefusal(answer.refusal);
  };
  return (
    <>
      <hr className="okno-rule" />
      {shown.map(({ id, fileId, name, size, mediaType }) => (
        <button key={id} type="button" className="okno-file" onClick={() => void open(fileId, name)}>
          <Icon name={fileIcon(mediaType)} />
          <span className="okno-cut" title={name}>
            {name}
          </span>
          <span className="okno-text2">{formatSize(size)}</span>
        </button>
      ))}
    </>
  );
}
