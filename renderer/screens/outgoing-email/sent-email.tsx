import type { ReactNode } from 'react';
import { addressText } from '../../../shared/base/mail-address.ts';
import { awaitsAppealNumber } from '../../../shared/domain/outgoing-email/rules.ts';
import type { OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import { useDocument } from '../../document/use-document.ts';
import { refText } from '../../document/rows.ts';
import { runCommand, useNotAllowed } from '../../store/commands.ts';
import { openDocument } from '../../store/places.ts';
import { Button } from '../../ui/button.tsx';
import { CommandBar, CommandGap } from '../../ui/command-bar.tsx';
import { Facts } from '../../ui/document-frame.tsx';
import { formatMoment } from '../../ui/format.ts';
import { Attachments } from '../incoming-email/attachments.tsx';
import { openFile } from '../incoming-email/file-actions.ts';
import { sourceName } from '../incoming-email/attachment-policy.ts';
import { shortAddresses } from '../incoming-email/email-marks.ts';

/** What can be done with a letter that was sent, or was not. */
export function SentCommands({ email }: { readonly email: OutgoingEmail }): ReactNode {
  const { id, state, rawFileId } = email;
  const denied = useNotAllowed('outgoingEmail.retry');
  const unknown = denied ?? (state === 'unknown' ? undefined : 'Известно, что с письмом');
  return (
    <CommandBar>
      <Button variant={state === 'failed' ? 'primary' : 'default'} letter="П" {...(state === 'failed' ? { hint: 'Alt+П' } : {})} reason={denied ?? (state === 'failed' ? undefined : 'Повторить можно письмо с ошибкой отправки')} onClick={() => void runCommand('outgoingEmail.retry', { id }, { said: 'Письмо снова поставлено в очередь' })}>
        Повторить
      </Button>
      {state === 'unknown' ? (
        <>
          <CommandGap />
          <Button letter="О" reason={unknown} onClick={() => void runCommand('outgoingEmail.resolveUnknown', { id, sent: true }, { said: 'Отмечено: отправлено' })}>
            Письмо отправлено
          </Button>
          <Button letter="Н" reason={unknown} onClick={() => void runCommand('outgoingEmail.resolveUnknown', { id, sent: false }, { said: 'Отмечено: не отправлено, можно повторить' })}>
            Письмо не отправлено
          </Button>
        </>
      ) : null}
      <CommandGap />
      <Button reason={rawFileId === null ? 'Исходник появится, когда письмо уйдёт' : undefined} onClick={() => void openFile({ fileId: rawFileId ?? '', name: sourceName(email) })}>
        Открыть исходник (.eml)
      </Button>
    </CommandBar>
  );
}

/** Why a forwarded letter has not left: its appeal has no number yet. It leaves by itself when АС ФЭУ gives one. */
function WaitsForNumber({ appealId }: { readonly appealId: string | null }): ReactNode {
  const appeal = useDocument('appeal', appealId)?.document;
  const problem = appeal?.registrationProblem ?? '';
  return (
    <p className="okno-amber outgoing-advice">
      Письмо ждёт номера обращения и уйдёт само, когда АС ФЭУ его присвоит. {problem === '' ? '' : `Номера ещё нет: ${problem}. `}
      {appealId === null ? null : (
        <button type="button" className="okno-link" onClick={() => openDocument('appeal', appealId)}>
          Открыть обращение
        </button>
      )}
    </p>
  );
}

/** A letter of ours as it went: read-only, with the server's answer. */
export function SentEmail({ email }: { readonly email: OutgoingEmail }): ReactNode {
  const author = useDocument('outgoingEmail', email.id);
  const event = useDocument('contactEvent', email.eventId)?.document;
  const { shown, more } = shortAddresses(email.to, 20);
  const rows: (readonly [string, ReactNode])[] = [
    ['Кому', `${shown.map(addressText).join(', ')}${more === 0 ? '' : ` и ещё ${more}`}`],
    ...(email.cc.length === 0 ? [] : [['Копия', email.cc.map(addressText).join(', ')] as const]),
    ['Автор', email.authorId === 'system' ? 'Система' : refText({ refs: author?.refs ?? {} }, email.authorId)],
    ['Создано', formatMoment(email.createdAt)],
    ...(event?.number ? [['Событие', event.number] as const] : []),
    ...(email.sentAt === null ? [] : [['Отправлено', formatMoment(email.sentAt)] as const]),
    ...(email.serverAnswer === '' ? [] : [['Ответ сервера', <span key="answer" className={email.state === 'failed' || email.state === 'undelivered' || email.state === 'unknown' ? 'okno-red' : undefined}>{email.serverAnswer}</span>] as const]),
    ...(email.attempts === 0 ? [] : [['Попыток', String(email.attempts)] as const]),
  ];
  return (
    <section className="outgoing-sent" aria-label="Исходящее письмо">
      <h2 className="okno-title email-subject okno-selectable">{email.subject || 'без темы'}</h2>
      <Facts label={112} rows={rows} />
      {email.state === 'unknown' ? <p className="okno-amber outgoing-advice">Связь оборвалась после передачи письма. Программа сама его не повторяет: узнайте у получателя и выберите «Письмо отправлено» или «Письмо не отправлено».</p> : null}
      {email.state === 'queued' && awaitsAppealNumber(email) ? <WaitsForNumber appealId={email.appealId} /> : null}
      {email.state === 'failed' ? <p className="okno-red outgoing-advice">Сервер не принял письмо. Проверьте адрес и ответ сервера, затем нажмите «Повторить».</p> : null}
      <hr className="okno-rule" />
      <div className="email-text okno-selectable">{email.text || <span className="okno-text2">В письме нет текста.</span>}</div>
      <hr className="okno-rule" />
      <Attachments attachments={email.attachments} />
    </section>
  );
}
