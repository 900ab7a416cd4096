import { useEffect, useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { textOf, type Json } from '../../../shared/base/json.ts';
import { documentTypeOf, isDocumentName } from '../../../shared/domain/documents.ts';
import type { RejectedCommand } from '../../../shared/protocol/ipc.ts';
import { call } from '../../bridge.ts';
import { useDocument } from '../../document/use-document.ts';
import { useOffline } from '../../store/connection.ts';
import { useSession } from '../../store/session.ts';
import { Button } from '../../ui/button.tsx';
import { Facts, Strip } from '../../ui/document-frame.tsx';
import { formatDate, formatMoment, formatSeconds } from '../../ui/format.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import { enteredLines, enteredText, referredIn, type EnteredLine } from './entered-values.ts';
import { inputToSend, openableType, openRejected, resend, setAside } from './rejected-actions.ts';

/** Why it was refused, the document, and all that was entered; from here it goes again or is set aside. */
export function RejectedPreview({ command, onSettled }: { readonly command: RejectedCommand | null; readonly onSettled: () => void }): ReactNode {
  const offline = useOffline();
  return (
    <div className="okno-preview">
      <RejectedCommands command={command} onSettled={onSettled} />
      {command === null ? null : <RejectedSubject command={command} />}
      {offline && command?.settled === null ? <Strip>Нет связи: отправленное ещё раз дождётся центра на этом компьютере.</Strip> : null}
    </div>
  );
}

function RejectedCommands({ command, onSettled }: { readonly command: RejectedCommand | null; readonly onSettled: () => void }): ReactNode {
  const [correcting, setCorrecting] = useState(false);
  const unchosen = command === null ? 'Выберите команду в списке' : undefined;
  const settled = command !== null && command.settled !== null ? 'Эта команда уже разобрана' : undefined;
  const type = command === null ? null : openableType(command);
  const document = useDocument(type ?? 'client', type === null ? null : (command?.documentId ?? null));
  const noDocument = type === null ? 'У этой команды нет документа, который можно открыть' : document === null ? 'Документ не создан: исправьте введённое и отправьте ещё раз' : undefined;
  const canOpen = (unchosen ?? noDocument) === undefined;
  const send = async (input: Json): Promise<void> => {
    if (command !== null && (await resend(command, input))) {
      setCorrecting(false);
      onSettled();
    }
  };
  const again = (): void => {
    if (command === null) return;
    if (enteredLines(command.name, command.input).some(({ typed }) => typed)) setCorrecting(true);
    else void send(inputToSend(command));
  };
  return (
    <div className="okno-preview-commands">
      <Button variant={canOpen ? 'primary' : 'default'} hint={canOpen ? 'Enter' : undefined} reason={unchosen ?? noDocument} onClick={() => (command === null ? undefined : openRejected(command))}>
        Открыть
      </Button>
      <Button variant={!canOpen && (unchosen ?? settled) === undefined ? 'primary' : 'default'} letter="О" reason={unchosen ?? settled} onClick={again}>
        Отправить ещё раз
      </Button>
      <Button variant="subtle" letter="Л" reason={unchosen ?? settled} onClick={() => (command === null ? undefined : void setAside(command).then(onSettled))}>
        Отложить
      </Button>
      {correcting && command !== null ? <CorrectDialog command={command} onSend={(input) => void send(input)} onClose={() => setCorrecting(false)} /> : null}
    </div>
  );
}

function RejectedSubject({ command }: { readonly command: RejectedCommand }): ReactNode {
  const { text, advice, number } = describeRefusal(command.refusal);
  const session = useSession((held) => held.session);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="okno-preview-body" tabIndex={0} role="region" aria-label="Непринятая команда">
      <h2 className="okno-title">{text}</h2>
      <p className="okno-text2 rejected-advice">{`${advice} ${number}`}</p>
      <Facts
        label={112}
        rows={[
          ['Документ', command.documentTitle || 'без документа'],
          ...(command.documentType !== null && isDocumentName(command.documentType) ? [['Вид документа', documentTypeOf(command.documentType).title] as const] : []),
          ['Команда', `${command.title}, ${formatDate(command.happenedAt)} ${formatSeconds(command.happenedAt)}`],
          ['Кто', command.author.name],
          ['Рабочее место', session?.deskName ?? ''],
          ...(command.settled === null ? [] : [[command.settled === 'resent' ? 'Отправлено снова' : 'Отложено', formatMoment(command.settledAt)] as const]),
        ]}
      />
      <Conflicts command={command} />
      <hr className="okno-rule" />
      <Entered command={command} isMine={session?.state === 'loggedIn' && session.user.userId === command.author.userId} />
    </div>
  );
}

/** The same fields changed by another: both values, beside each other. */
function Conflicts({ command: { refusal, name } }: { readonly command: RejectedCommand }): ReactNode {
  const conflicts = refusal.details['conflicts'];
  if (refusal.code !== 'fieldConflict' || !Array.isArray(conflicts)) return null;
  const lines = enteredLines(name, { edits: conflicts.map((one: Json) => ({ ...(typeof one === 'object' && one !== null ? one : {}), after: (one as { readonly theirs?: Json }).theirs ?? null })) }); // a conflict carries `theirs` by its type
  return (
    <>
      <hr className="okno-rule" />
      <h3 className="rejected-heading">Что записал другой сотрудник</h3>
      <EnteredFacts name={name} lines={lines} />
      <p className="okno-text2 rejected-advice">«Отправить ещё раз» запишет ваши значения вместо этих.</p>
    </>
  );
}

function Entered({ command: { name, input }, isMine }: { readonly command: RejectedCommand; readonly isMine: boolean }): ReactNode {
  const lines = enteredLines(name, input);
  const typed = lines.filter(({ technical }) => !technical);
  const technical = lines.filter((line) => line.technical);
  return (
    <>
      <h3 className="rejected-heading">{isMine ? 'Что вы ввели' : 'Что введено'}</h3>
      {typed.length === 0 ? <p className="okno-text2">{isMine ? 'Полей у этой команды нет: вы нажали кнопку.' : 'Полей у этой команды нет: была нажата кнопка.'}</p> : <EnteredFacts name={name} lines={typed} />}
      {technical.length === 0 ? null : (
        <details className="rejected-technical">
          <summary className="okno-text2">Служебные данные</summary>
          <EnteredFacts name={name} lines={technical} />
        </details>
      )}
    </>
  );
}

function EnteredFacts({ name, lines }: { readonly name: string; readonly lines: readonly EnteredLine[] }): ReactNode {
  const refs = usePresentations(lines);
  return (
    <dl className="okno-facts rejected-entered">
      {lines.map((line) => (
        <div key={line.path.join('.')}>
          <dt>{line.label}</dt>
          <dd>{enteredText(name, line, refs)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Names of the documents that the lines point at; those not on this computer keep their keys. */
function usePresentations(lines: readonly EnteredLine[]): Readonly<Record<string, string>> {
  const [refs, setRefs] = useState<Readonly<Record<string, string>>>({});
  const wanted = JSON.stringify(referredIn(lines));
  useEffect(() => {
    let current = true;
    const asked = JSON.parse(wanted) as ReturnType<typeof referredIn>; // written one line above
    void Promise.all(asked.map(({ type, id }) => call('document.get', { type, id }).then((row) => (row === null ? [] : [[id, presentationOf(type, row.document)] as const])))).then((found) => {
      if (current) setRefs(Object.fromEntries(found.flat()));
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  return refs;
}

function presentationOf(type: string, document: Readonly<Record<string, Json>>): string {
  return documentTypeOf(type).presentation({ ...document, id: textOf(document['id']) });
}
