import { useState, type ReactNode } from 'react';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { call } from '../../bridge.ts';
import { runCommand } from '../../store/commands.ts';
import { openDocument } from '../../store/places.ts';
import { Button } from '../../ui/button.tsx';
import { CommandBar, CommandGap, MoreMenu } from '../../ui/command-bar.tsx';
import type { MenuCommand } from '../../ui/menu-items.tsx';
import { emailFieldNames } from '../../../shared/domain/incoming-email/class-rules.ts';
import { tell } from '../../ui/status-message.ts';
import { usePlace } from '../../document/place-context.ts';
import { openFile, saveFiles } from './file-actions.ts';
import { sourceName } from './attachment-policy.ts';
import type { Acting, Availability, BarCommand } from './email-commands.ts';
import { CharsetDialog, useCharsetReason } from './charset-dialog.tsx';
import { FinishDialog, type NoAnswer } from './finish-dialog.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { ReassignDialog } from './reassign-dialog.tsx';

interface EmailCommandBarProps {
  readonly form: DocumentForm<'incomingEmail'>;
  readonly commands: Readonly<Record<BarCommand, Availability>>;
  readonly primary: BarCommand | null;
  readonly acting: Acting;
  /** Writes what is typed; false if it could not. */
  readonly saveAll: () => Promise<boolean>;
  readonly onTab: (tab: 'properties') => void;
}

/** The buttons of the procedure, then of the document, then the rest; the blue one is the step that is due. */
export function EmailCommandBar({ form, commands, primary, acting, saveAll, onTab }: EmailCommandBarProps): ReactNode {
  const [asked, setAsked] = useState<'finish' | 'reassign' | 'print' | 'charset' | null>(null);
  const place = usePlace();
  const { id } = form.base;
  const unread = useCharsetReason(form.base);
  const toField = (missing: Availability['missing']): boolean => {
    const [first] = missing;
    if (first === undefined) return false;
    onTab('properties');
    tell(`Заполните: ${emailFieldNames(missing).join(', ')}`, { tone: 'red' });
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-place="${CSS.escape(place.key)}"] [name="${first}"], [data-place="${CSS.escape(place.key)}"] [data-name="${first}"] [tabindex="0"]`)?.focus());
    return true;
  };
  const run = (name: BarCommand, step: () => unknown) => async (): Promise<void> => {
    if (toField(commands[name].missing) || !(await saveAll())) return;
    await step();
  };
  const reassign = async (userId: string): Promise<void> => {
    const answer = await runCommand('incomingEmail.reassign', { id, userId }, { said: 'Письмо переназначено' });
    if (answer.ok) setAsked(null);
  };
  const write = (kind: 'forward' | 'reply', all = false): void => openDocument('outgoingEmail', crypto.randomUUID(), { kind, incomingEmailId: id, ...(all ? { all: 'true' } : {}) });
  const button = (name: BarCommand, label: string, letter: string, onClick: () => void, quiet = false): ReactNode => (
    <Button
      variant={primary === name ? 'primary' : quiet ? 'subtle' : 'default'}
      letter={letter}
      {...(primary === name ? { hint: `Alt+${letter}` } : {})}
      reason={commands[name].reason}
      onClick={onClick}
    >
      {label}
    </Button>
  );
  const finish = async (said: NoAnswer): Promise<void> => {
    const answer = await runCommand('incomingEmail.finish', { id, ...said }, { said: 'Письмо завершено без ответа' });
    if (answer.ok) setAsked(null);
  };
  return (
    <>
      <CommandBar end={<MoreMenu commands={menu()} />}>
        {button('take', 'Принять в работу', 'П', () => void runCommand('incomingEmail.take', { id }))}
        {button('assignNumber', 'Присвоить рег. номер', 'Н', () => void run('assignNumber', () => runCommand('incomingEmail.assignNumber', { id }))())}
        {button('createAppeal', 'Создать обращение', 'З', () => void run('createAppeal', () => openDocument('appeal', crypto.randomUUID(), { incomingEmailId: id }))())}
        <CommandGap />
        <Button variant={primary === 'save' ? 'primary' : 'default'} keys="Ctrl+S" reason={commands.save.reason} onClick={() => void saveAll()}>
          Сохранить
        </Button>
        {button('forward', 'Переслать', 'Р', () => void run('forward', () => write('forward'))())}
        {button('reply', 'Ответить', 'В', () => void run('reply', () => write('reply'))())}
        {button('spam', 'Спам', 'М', () => void runCommand('incomingEmail.markSpam', { id }), true)}
      </CommandBar>
      {asked === 'charset' ? <CharsetDialog email={form.base} onClose={() => setAsked(null)} /> : null}
      {asked === 'finish' ? <FinishDialog count={1} onFinish={(said) => void finish(said)} onClose={() => setAsked(null)} /> : null}
      {asked === 'reassign' ? <ReassignDialog count={1} holderId={form.base.holderId} onChosen={(userId) => void reassign(userId)} onClose={() => setAsked(null)} /> : null}
      {asked === 'print' ? <PrintSheet email={form.base} onDone={() => setAsked(null)} print={() => call('app.print', { type: 'incomingEmail', id })} /> : null}
    </>
  );

  function menu(): readonly MenuCommand[] {
    const email = form.base;
    const isSupervisor = acting.roles.includes('supervisor');
    const isOpen = email.state === 'new' || email.state === 'inWork' || email.state === 'numbered';
    const supervisorOnly = isSupervisor ? undefined : 'Это делает супервайзер';
    return [
      { label: 'Ответить всем', reason: commands.reply.reason, onClick: () => void run('reply', () => write('reply', true))() },
      { label: 'Печать', onClick: () => setAsked('print') },
      { label: 'Скачать вложения', reason: email.attachments.length === 0 ? 'В письме нет вложений' : undefined, onClick: () => void saveFiles(email.attachments) },
      { label: 'Открыть исходник (.eml)', onClick: () => void openFile({ fileId: email.rawFileId, name: sourceName(email) }) },
      { label: 'Исправить кодировку', reason: commands.save.reason ?? unread, onClick: () => void run('save', () => setAsked('charset'))() },
      { label: 'Вернуть в очередь', reason: commands.save.reason, onClick: () => void run('save', () => runCommand('incomingEmail.returnToQueue', { id }))() },
      { label: 'Переназначить', reason: supervisorOnly ?? (isOpen ? undefined : 'Работа с письмом завершена'), onClick: () => setAsked('reassign') },
      { label: 'Завершить без ответа', reason: commands.save.reason, onClick: () => void run('save', () => setAsked('finish'))() },
      ...(email.state === 'spam' ? [{ label: 'Не спам', onClick: () => void runCommand('incomingEmail.unmarkSpam', { id }) }] : []),
      ...(email.state === 'unwanted' ? [{ label: 'Вернуть в обработку', reason: supervisorOnly, onClick: () => void runCommand('incomingEmail.restore', { id }) }] : []),
    ];
  }
}
