import { useEffect, useRef, type ReactNode } from 'react';
import { z } from 'zod';
import type { Refusal } from '../../../shared/base/errors.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { movesSince, moveText, type ConversationMove } from '../../../shared/domain/outgoing-email/conversation-rules.ts';
import { outgoingEmailKindTitles, outgoingEmailStateTitles, type OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import { recipientProblem } from '../../../shared/domain/outgoing-email/rules.ts';
import { call } from '../../bridge.ts';
import { usePlace } from '../../document/place-context.ts';
import { useDocumentForm, type DocumentForm } from '../../document/use-document-form.tsx';
import { useLetterWidth } from '../../document/use-letter-width.ts';
import { runCommand, tellRefusal } from '../../store/commands.ts';
import { removeDraft } from '../../store/drafts.ts';
import { dropForm } from '../../store/open-forms.ts';
import { dropPlace, openDocument } from '../../store/places.ts';
import { useUser } from '../../store/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandBar, CommandGap } from '../../ui/command-bar.tsx';
import { useQuestion } from '../../ui/dialog.tsx';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { FormBody } from '../../ui/field.tsx';
import { Split } from '../../ui/splitter.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { useConversation } from '../incoming-email/conversation-tab.tsx';
import { EmailPane } from '../incoming-email/email-pane.tsx';
import { AddressesField } from './addresses-field.tsx';
import { AttachmentEditor } from './attachment-editor.tsx';
import { outgoingStateTones } from './outgoing-marks.ts';
import { outgoingInput, outgoingLabels, outgoingProblems, sendingNote } from './outgoing-view.ts';
import { SentEmail, SentCommands } from './sent-email.tsx';
import { useSuggestedAddressees } from './suggested-addressees.ts';
import { DocumentFromCentre } from '../single-window/from-centre.tsx';
import '../incoming-email/incoming-email-form.css';
import './outgoing-email.css';

interface OutgoingEditorProps {
  readonly id: string;
  readonly initial: OutgoingEmail | null;
  readonly source: IncomingEmail | null;
}

/** The letter being written, beside the one it answers or forwards; once sent, what became of it. */
export function OutgoingEditor({ id, initial, source }: OutgoingEditorProps): ReactNode {
  const { value: width, set: setWidth } = useLetterWidth('outgoingEmail.split');
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
  if (form.missing) return <DocumentFromCentre type="outgoingEmail" id={id} onClose={form.close} />;
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
  const { userId } = useUser();
  const moved = useMoved(form.values, userId);
  const { state, kind } = form.base;
  /** The rule tells what happened meanwhile; «Отправить всё равно» says that it is known, and only that. */
  const askMoved = async ({ details }: Refusal): Promise<void> => {
    const { happened, documentType, documentId, known } = movedSchema.parse(details);
    const answer = await ask({
      title: 'Пока вы писали, переписка продолжилась. Отправить письмо?',
      text: <Happened texts={happened} />,
      cancel: 'Не отправлять',
      width: 560,
      answers: [
        { id: 'look', label: 'Показать', does: 'открыть новое; ваш текст останется здесь' },
        { id: 'send', label: 'Отправить всё равно', letter: 'О', does: 'отправить как написано' },
      ],
    });
    if (answer === 'look') openDocument(documentType, documentId);
    if (answer === 'send') await send(known);
  };
  const send = async (known = form.values.known): Promise<void> => {
    const problem = recipientProblem(form.values);
    if (problem !== null) {
      form.refused(problem);
      return;
    }
    const answer = await runCommand('outgoingEmail.send', { ...outgoingInput(form.values), known: known ?? null }, { quiet: true, said: `Поставлено в очередь: ${form.values.subject || 'без темы'}` });
    if (!answer.ok) {
      await (answer.refusal.code === 'conversationMoved' ? askMoved(answer.refusal) : form.refused(answer.refusal));
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

function Strips({ restored, moved }: { readonly restored: boolean; readonly moved: readonly Moved[] }): ReactNode {
  return (
    <>
      {restored ? <Strip tone="neutral">Введённое до закрытия программы восстановлено. Письмо не отправлено.</Strip> : null}
      {moved.length === 0 ? null : (
        <Strip>
          Пока вы пишете, переписка продолжилась. {moved.map(({ text }) => text).join('. ')}{' '}
          <button type="button" className="okno-link" onClick={() => open(moved)}>
            Показать
          </button>
        </Strip>
      )}
    </>
  );
}

/** What `conversationMoved` tells. */
const movedSchema = z.object({ happened: z.array(z.string()), documentType: z.enum(['incomingEmail', 'outgoingEmail']), documentId: z.string(), known: z.array(z.string()) });

function Happened({ texts }: { readonly texts: readonly string[] }): ReactNode {
  return (
    <ul className="outgoing-happened">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

interface Moved extends Pick<ConversationMove, 'key' | 'documentType' | 'documentId'> {
  readonly text: string;
}

function open(moved: readonly Moved[]): void {
  const last = moved.at(-1);
  if (last !== undefined) openDocument(last.documentType, last.documentId);
}

/** What others did in the conversation since the draft was begun, told at once; «Отправить» asks about it by the rule. */
function useMoved({ id, conversationId, known }: OutgoingEmail, userId: string): readonly Moved[] {
  const held = useConversation(conversationId === id ? null : conversationId);
  if (held === null || known === undefined) return [];
  return movesSince(held, known, userId).map((move) => ({ ...move, text: moveText(move, (author) => held.refs[author] ?? 'другой сотрудник') }));
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
