import { useEffect, useRef, useState, type ReactNode } from 'react';
import { z } from 'zod';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { outgoingEmailKindTitles, outgoingEmailStateTitles, type OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import { recipientProblem } from '../../../shared/domain/outgoing-email/rules.ts';
import { call } from '../../bridge.ts';
import { usePlace } from '../../document/place-context.ts';
import { useDocumentForm, type DocumentForm } from '../../document/use-document-form.tsx';
import { runCommand, tellRefusal } from '../../store/commands.ts';
import { removeDraft } from '../../store/drafts.ts';
import { dropForm } from '../../store/open-forms.ts';
import { dropPlace, openDocument } from '../../store/places.ts';
import { useUser } from '../../store/session.ts';
import { useSetting } from '../../store/settings.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandBar, CommandGap } from '../../ui/command-bar.tsx';
import { useQuestion } from '../../ui/dialog.tsx';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { FormBody } from '../../ui/field.tsx';
import { plural } from '../../ui/format.ts';
import { Split } from '../../ui/splitter.tsx';
import { EmptyState } from '../../ui/state-message.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { useConversation, type ConversationLetter } from '../incoming-email/conversation-tab.tsx';
import { EmailPane } from '../incoming-email/email-pane.tsx';
import { AddressesField } from './addresses-field.tsx';
import { AttachmentEditor } from './attachment-editor.tsx';
import { outgoingStateTones } from './outgoing-marks.ts';
import { newInConversation, outgoingInput, outgoingLabels, outgoingProblems, sendingNote } from './outgoing-view.ts';
import { SentEmail, SentCommands } from './sent-email.tsx';
import { useSuggestedAddressees } from './suggested-addressees.ts';
import '../incoming-email/incoming-email-form.css';
import './outgoing-email.css';

interface OutgoingEditorProps {
  readonly id: string;
  readonly initial: OutgoingEmail | null;
  readonly source: IncomingEmail | null;
}

/** The letter being written, beside the one it answers or forwards; once sent, what became of it. */
export function OutgoingEditor({ id, initial, source }: OutgoingEditorProps): ReactNode {
  const { value: width, set: setWidth } = useSetting('outgoingEmail.split', z.number(), 420);
  const user = useUser();
  const form = useDocumentForm({
    type: 'outgoingEmail',
    id,
    initial,
    title: ({ kind, subject }) => `${outgoingEmailKindTitles[kind]}: ${subject || 'без темы'}`,
    labels: outgoingLabels,
    write: ({ values }) => ({ name: 'outgoingEmail.save', input: outgoingInput(values) }),
    check: outgoingProblems,
    closingKeys: false,
  });
  const suggested = useSuggestedAddressees(source, user.branchIds);
  if (form.missing) {
    return (
      <DocumentFrame title="Исходящее электронное письмо" onClose={form.close}>
        <EmptyState title="Этого письма нет на рабочем месте">Возможно, оно ещё не загружено. Обновите список или проверьте связь с центром.</EmptyState>
      </DocumentFrame>
    );
  }
  if (!form.ready) return <DocumentFrame title="Исходящее электронное письмо" onClose={form.close}>{null}</DocumentFrame>;
  const isDraft = form.base.state === 'draft';
  const foreign = isDraft && form.base.authorId !== user.userId ? 'Черновик другого сотрудника: его можно только читать' : undefined;
  const body = isDraft ? <Draft form={form} suggested={suggested} reason={foreign} /> : <SentEmail email={form.base} />;
  const shell = { form, source, foreign } as const;
  return (
    <Frame {...shell}>
      {source === null ? (
        <div className="email-body">{body}</div>
      ) : (
        <div className="email-body">
        <Split label="Граница письма и ответа" fixed="first" width={width} minFirst={360} minSecond={480} onWidth={setWidth} first={<EmailPane email={source} />} second={body} />
        </div>
      )}
      {form.dialogs}
    </Frame>
  );
}

interface FrameProps {
  readonly form: DocumentForm<'outgoingEmail'>;
  readonly source: IncomingEmail | null;
  readonly foreign: string | undefined;
  readonly children: ReactNode;
}

function Frame({ form, source, foreign, children }: FrameProps): ReactNode {
  const { key } = usePlace();
  const { ask, question } = useQuestion();
  const moved = useMoved(form.base.conversationId, form.base.id);
  const { state, kind } = form.base;
  const send = async (): Promise<void> => {
    const problem = recipientProblem(form.values);
    if (problem !== null) {
      form.refused(problem);
      return;
    }
    if (moved.length > 0) {
      const answer = await ask({ title: 'В переписке появилось новое. Отправить всё равно?', text: movedText(moved), answers: [{ id: 'look', label: 'Прочитать', does: 'открыть новое письмо, это останется' }, { id: 'send', label: 'Отправить', letter: 'О', does: 'отправить как написано' }] });
      if (answer === 'look') open(moved);
      if (answer !== 'send') return;
    }
    const answer = await runCommand('outgoingEmail.send', outgoingInput(form.values), { quiet: true, said: `Поставлено в очередь: ${form.values.subject || 'без темы'}` });
    if (!answer.ok) {
      form.refused(answer.refusal);
      return;
    }
    // Sent: nothing of the form is kept, there is nothing to ask about (the form closes, 2.7.1.7).
    await removeDraft(key);
    dropForm(key);
    dropPlace(key);
  };
  const commands =
    state === 'draft' ? (
      <CommandBar end={<span className="okno-cut">{sendingNote(form.values, source)}</span>}>
        <Button variant="primary" letter="О" hint="Alt+О" reason={foreign} onClick={() => void send()}>
          Отправить
        </Button>
        <Button keys="Ctrl+S" reason={foreign} onClick={() => void form.save()}>
          Записать
        </Button>
        <CommandGap />
        <Button letter="Ф" reason={foreign} onClick={() => void addFiles(form)}>
          Добавить файлы
        </Button>
      </CommandBar>
    ) : (
      <SentCommands email={form.base} />
    );
  return (
    <DocumentFrame
      title="Исходящее электронное письмо"
      badge={<Badge tone={outgoingStateTones[state]}>{outgoingEmailStateTitles[state]}</Badge>}
      note={[outgoingEmailKindTitles[kind], form.pending ? 'к отправке в центр' : ''].filter((part) => part !== '').join(', ')}
      commands={commands}
      onClose={form.close}
      strip={<Strips restored={form.restored} moved={state === 'draft' ? moved : []} />}
    >
      {children}
      {question}
    </DocumentFrame>
  );
}

function Strips({ restored, moved }: { readonly restored: boolean; readonly moved: readonly ConversationLetter[] }): ReactNode {
  return (
    <>
      {restored ? <Strip tone="neutral">Введённое до закрытия программы восстановлено. Письмо не отправлено.</Strip> : null}
      {moved.length === 0 ? null : (
        <Strip>
          {movedText(moved)}{' '}
          <button type="button" className="okno-link" onClick={() => open(moved)}>
            Открыть
          </button>
        </Strip>
      )}
    </>
  );
}

function movedText(moved: readonly ConversationLetter[]): string {
  const [first] = moved;
  const count = moved.length;
  return `Пока вы пишете, в переписке появилось ${count} ${plural(count, 'письмо', 'письма', 'писем')}: ${first === undefined ? '' : `${first.title.toLowerCase()}, ${first.who.slice(0, 120)}`}.`;
}

function open(moved: readonly ConversationLetter[]): void {
  const [first] = moved;
  if (first !== undefined) openDocument(first.type, first.id);
}

/** Letters that joined the conversation since this form was opened. */
function useMoved(conversationId: string | null, ownId: string): readonly ConversationLetter[] {
  const letters = useConversation(conversationId);
  const [opened, setOpened] = useState<readonly ConversationLetter[] | null>(null);
  useEffect(() => {
    if (opened === null && letters !== null) setOpened(letters);
  }, [opened, letters]);
  return newInConversation(opened, letters, ownId);
}

/** The user chooses files; they are stored here at once and uploaded before the letter is sent. */
async function addFiles(form: DocumentForm<'outgoingEmail'>): Promise<void> {
  const answer = await call('file.choose', {});
  if (!answer.ok) tellRefusal(answer.refusal);
  else if (answer.value.length > 0) form.set({ attachments: [...form.values.attachments, ...answer.value.map((file) => ({ ...file, id: crypto.randomUUID(), contentId: null, inline: false }))] });
}

function Draft({ form, suggested, reason }: { readonly form: DocumentForm<'outgoingEmail'>; readonly suggested: Parameters<typeof AddressesField>[0]['suggested']; readonly reason: string | undefined }): ReactNode {
  const { kind } = form.values;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (kind !== 'reply') return;
    // An answer has its addressee: one begins with the text, above what is quoted.
    const text = frame.current?.querySelector<HTMLTextAreaElement>('textarea[name=text]');
    text?.focus();
    text?.setSelectionRange(0, 0);
  }, [kind]);
  return (
    <div ref={frame} className="outgoing-draft">
      <FormBody label={88}>
        <div className="okno-section-block">
          <AddressesField label="Кому" {...form.field('to')} required reserve suggested={suggested} reason={reason} autoFocus={kind !== 'reply'} placeholder="Адреса через запятую; Alt+↓ – кому пересылали раньше" />
          <AddressesField label="Копия" {...form.field('cc')} suggested={suggested} reason={reason} />
          <TextField label="Тема" {...form.field('subject')} reason={reason} maxLength={2000} />
          <AttachmentEditor attachments={form.values.attachments} reason={reason} onChange={(attachments) => form.set({ attachments })} />
        </div>
      </FormBody>
      <div className="outgoing-text">
        <TextArea label="Текст" labelHidden wide {...form.field('text')} reason={reason} rows={14} maxRows={10_000} placeholder="Текст письма" />
      </div>
    </div>
  );
}
