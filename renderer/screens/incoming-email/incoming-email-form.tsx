import { useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { notInWorkBy } from '../../../shared/domain/incoming-email/class-rules.ts';
import { incomingEmailStateTitles, type IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { useLetterWidth } from '../../document/use-letter-width.ts';
import { useDocumentForm } from '../../document/use-document-form.tsx';
import { ChangesTab } from '../../document/changes-tab.tsx';
import { usePlace } from '../../document/place-context.ts';
import { refText } from '../../document/rows.ts';
import { useDocument } from '../../document/use-document.ts';
import { useNotAllowed } from '../../store/commands.ts';
import { useUser } from '../../store/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { useQuestion } from '../../ui/dialog.tsx';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { formatRecent, sentenceEnd } from '../../ui/format.ts';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { Split } from '../../ui/splitter.tsx';
import { LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { ApplicationsTab, useApplications } from './applications-tab.tsx';
import { chooseClient } from './choose-client.ts';
import { ClientsTab } from './clients-tab.tsx';
import { ConversationTab, conversationLetters, useConversation } from './conversation-tab.tsx';
import { EmailCommandBar } from './email-command-bar.tsx';
import { barCommands, primaryCommand, requiredFields } from './email-commands.ts';
import { stateTones } from './email-marks.ts';
import { EmailPane } from './email-pane.tsx';
import { useEventComment } from './event-comment.ts';
import { emailFieldText, emailLabels, emailPlaceTitle } from './form-fields.ts';
import { useNeighbours } from './neighbours.ts';
import { PropertiesTab } from './properties-tab.tsx';
import { useCandidates } from './use-candidates.ts';
import { DocumentFromCentre } from '../single-window/from-centre.tsx';
import './incoming-email-form.css';

type TabKey = 'properties' | 'clients' | 'conversation' | 'applications' | 'history';

/** «Входящее электронное письмо»: what one reads at the left, what one fills at the right. */
export function IncomingEmailForm(): ReactNode {
  const { params } = usePlace();
  const id = params['id'] ?? '';
  const user = useUser();
  const form = useDocumentForm({
    type: 'incomingEmail',
    id,
    initial: null,
    title: emailPlaceTitle,
    labels: emailLabels,
    write: ({ edits }) => ({ name: 'incomingEmail.save', input: { id, edits } }),
    display: (path, value) => emailFieldText(path, value, {}),
    closingKeys: false,
  });
  const slow = useSlow(!form.ready && !form.missing);
  if (form.missing) return <DocumentFromCentre type="incomingEmail" id={id} onClose={form.close} />;
  if (!form.ready) return <DocumentFrame title="Входящее электронное письмо" onClose={form.close}>{slow ? <LoadingRows /> : null}</DocumentFrame>;
  return <OpenEmail key={id} form={form} userId={user.userId} />;
}

interface OpenEmailProps {
  readonly form: DocumentForm<'incomingEmail'>;
  readonly userId: string;
}

function OpenEmail({ form, userId }: OpenEmailProps): ReactNode {
  const { roles } = useUser();
  const email = form.values;
  const acting = { userId, roles };
  const [tab, setTab] = useState<TabKey>('properties');
  const { value: width, set: setWidth } = useLetterWidth('incomingEmail.split');
  const candidates = useCandidates(email.id);
  const held = useConversation(email.conversationId);
  const conversation = held === null ? null : conversationLetters(held.incoming, held.outgoing);
  const applications = useApplications(email);
  const event = useDocument('contactEvent', email.eventId);
  const comment = useEventComment(event?.document);
  const neighbours = useNeighbours(form.base, form.dirty);
  const { ask, question } = useQuestion();
  const denied = useNotAllowed('incomingEmail.save');
  const blocked = notInWorkBy(form.base, userId);
  const locked = denied ?? (blocked === null ? undefined : lockText(describeRefusal(blocked)));
  const saveAll = async (): Promise<boolean> => (await comment.flush()) && (!form.dirty || (await form.save()));
  useHotkeys([{ keys: 'Ctrl+S', run: () => void saveAll() }]);
  const choose = async (client: { readonly id: string; readonly name: string }): Promise<void> => {
    if (await saveAll()) await chooseClient(form.base, client, ask);
  };
  const tabs: readonly Tab<TabKey>[] = [
    { key: 'properties', label: 'Свойства' },
    { key: 'clients', label: 'Клиенты', count: candidates.list?.length },
    { key: 'conversation', label: 'Переписка', count: conversation?.length },
    { key: 'applications', label: 'Заявки', count: applications?.length },
    { key: 'history', label: 'История изменений' },
  ];
  return (
    <DocumentFrame
      title="Входящее электронное письмо"
      badge={<Badge tone={stateTones[form.base.state]}>{incomingEmailStateTitles[form.base.state]}</Badge>}
      note={<HeadNote email={form.base} refs={form.refs} pending={form.pending} />}
      commands={<EmailCommandBar form={form} commands={barCommands(email, acting)} primary={primaryCommand(email, acting)} acting={acting} saveAll={saveAll} onTab={setTab} />}
      onClose={form.close}
      onPrevious={neighbours.previous}
      onNext={neighbours.next}
      {...(form.restored ? { strip: <Strip tone="neutral">Введённое до закрытия программы восстановлено. Проверьте и нажмите «Сохранить».</Strip> } : {})}
    >
      <div className="email-body">
      <Split
        label="Граница письма и полей"
        fixed="first"
        width={width}
        minFirst={360}
        minSecond={480}
        onWidth={setWidth}
        first={<EmailPane email={form.base} wanted={candidates.wanted} marked={tab === 'clients'} />}
        second={
          <>
            <Tabs label="Разделы письма" tabs={tabs} current={tab} onChange={setTab} />
            <div className="email-tab" role="tabpanel" aria-label={tabs.find(({ key }) => key === tab)?.label}>
              {tab === 'properties' ? <PropertiesTab form={form} required={requiredFields(email, acting)} locked={locked} candidates={candidates.list} onChoose={choose} onClients={() => setTab('clients')} event={event?.document ?? null} comment={comment} /> : null}
              {tab === 'clients' ? <ClientsTab form={form} candidates={candidates.list} locked={locked} onChoose={choose} /> : null}
              {tab === 'conversation' ? <ConversationTab letters={conversation} currentId={email.id} /> : null}
              {tab === 'applications' ? <ApplicationsTab form={form} applications={applications} locked={locked} onChoose={choose} /> : null}
              {tab === 'history' ? <ChangesTab type="incomingEmail" id={email.id} labels={emailLabels} text={(path, value) => emailFieldText(path, value, form.refs)} /> : null}
            </div>
          </>
        }
      />
      </div>
      {form.dialogs}
      {question}
    </DocumentFrame>
  );
}

function lockText({ text, advice }: { readonly text: string; readonly advice: string }): string {
  return `${text}. ${advice}`;
}

/** «Принято 11:40, Белова И. С. К отправке» */
function HeadNote({ email, refs, pending }: { readonly email: IncomingEmail; readonly refs: Readonly<Record<string, string>>; readonly pending: boolean }): ReactNode {
  const { holderId, takenAt, awaitsAsud } = email;
  const taken = holderId === null || takenAt === null ? null : `Принято ${formatRecent(takenAt)}, ${refText({ refs }, holderId)}`;
  return (
    <>
      {taken}
      {awaitsAsud ? <span className="okno-amber">{taken === null ? '' : sentenceEnd(taken)}Ждёт пересылки в АСУД</span> : null}
      {pending ? <span className="okno-amber">{awaitsAsud ? '. ' : taken === null ? '' : sentenceEnd(taken)}К отправке</span> : null}
    </>
  );
}
