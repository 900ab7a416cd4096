import { useEffect, useState, type ReactNode } from 'react';
import type { Client } from '../../../shared/domain/client/model.ts';
import { clientNames } from '../../../shared/domain/client/rules.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { call } from '../../bridge.ts';
import { ChangesTab } from '../../document/changes-tab.tsx';
import { usePlace } from '../../document/place-context.ts';
import { refText, rowOf } from '../../document/rows.ts';
import { useDocumentForm, type DocumentForm } from '../../document/use-document-form.tsx';
import { useNotAllowed } from '../../store/commands.ts';
import { openClient, openClientMerge } from '../../store/open-client.ts';
import { dropForm } from '../../store/open-forms.ts';
import { dropPlace, openDocument } from '../../store/places.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandBar, CommandGap } from '../../ui/command-bar.tsx';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { formatDate, sentenceEnd } from '../../ui/format.ts';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { ApplicationsSection } from '../single-window/client-applications.tsx';
import { HistorySection, type HistoryFilter } from '../single-window/history-section.tsx';
import { clientFromTyped } from './client-from-typed.ts';
import { checksOfClient, clientFieldText, clientFromLetter, clientLabels, clientTitle, newClient, requiredOfClient } from './client-values.ts';
import { ContactsTab } from './contacts-tab.tsx';
import { ClientAppeals } from './appeals-tab.tsx';
import { useClientFiles, useClientHistory, useOfClient } from './client-related.ts';
import { ClientFiles } from './files-tab.tsx';
import { ClientLetters, lettersOf } from './letters-tab.tsx';
import { MainTab } from './main-tab.tsx';
import { MergedCards, useMerged } from './merged-tab.tsx';
import { RequisitesTab } from './requisites-tab.tsx';
import { useWriteQuestions } from './write-questions.tsx';
import '../incoming-email/incoming-email-form.css';
import './client.css';

/** What the form begins with: the card if it is stored, else a new one, prefilled from its letter. */
interface Beginning {
  readonly initial: Client | null;
  readonly email: IncomingEmail | null;
}

async function begin(id: string, incomingEmailId: string | undefined, isNew: boolean, typed: string): Promise<Beginning> {
  if ((await call('document.get', { type: 'client', id })) !== null) return { initial: null, email: null };
  if (incomingEmailId === undefined) return { initial: isNew ? clientFromTyped(id, typed) : null, email: null };
  const row = await call('document.get', { type: 'incomingEmail', id: incomingEmailId });
  if (row === null) return { initial: newClient(id), email: null };
  return { initial: clientFromLetter(id, await call('client.prefill', { incomingEmailId })), email: rowOf<'incomingEmail'>(row).document };
}

/** «Клиент»: opened by id, new (`kind`: new, `typed`: what was looked for), or new from a letter (`incomingEmailId`). */
export function ClientForm(): ReactNode {
  const { key, params } = usePlace();
  const id = params['id'] ?? '';
  const incomingEmailId = params['incomingEmailId'];
  const isNew = params['kind'] === 'new';
  const typed = params['typed'] ?? '';
  const [beginning, setBeginning] = useState<Beginning | 'failed' | null>(null);
  useEffect(() => {
    let current = true;
    begin(id, incomingEmailId, isNew, typed).then(
      (value) => current && setBeginning((held) => held ?? value),
      () => current && setBeginning('failed'),
    );
    return () => {
      current = false;
    };
  }, [id, incomingEmailId, isNew, typed]);
  const slow = useSlow(beginning === null);
  if (beginning === null || beginning === 'failed') {
    return (
      <DocumentFrame title="Клиент" onClose={() => dropPlace(key)}>
        {beginning === 'failed' ? <EmptyState title="Карточка не прочитана">Закройте её и откройте снова. Введённое раньше не потеряно.</EmptyState> : slow ? <LoadingRows /> : null}
      </DocumentFrame>
    );
  }
  return <ClientEditor id={id} beginning={beginning} />;
}

function ClientEditor({ id, beginning: { initial, email } }: { readonly id: string; readonly beginning: Beginning }): ReactNode {
  const { key } = usePlace();
  const questions = useWriteQuestions(key, email);
  const [tab, setTab] = useState<TabKey>('main');
  const form = useDocumentForm({
    type: 'client',
    id,
    initial,
    title: clientTitle,
    labels: clientLabels,
    required: requiredOfClient,
    check: checksOfClient,
    confirm: async ({ values, isNew }) => !isNew || questions.confirm(values),
    write: ({ values, edits, isNew }) =>
      isNew ? { name: 'client.create', input: { client: values, link: email === null ? null : { incomingEmailId: email.id, link: questions.link() } } } : { name: 'client.save', input: { id, edits } },
    display: (path, value) => clientFieldText(path, value, {}),
    reveal: (path) => setTab(tabOf(path, tab)),
  });
  const stored = form.ready && !form.isNew;
  // The card was merged into another: that one is shown, unless something typed here has to be written first.
  const merged = stored && !form.dirty && form.base.id !== id ? form.base.id : null;
  useEffect(() => {
    if (merged === null) return;
    dropForm(key);
    dropPlace(key);
    openDocument('client', merged);
  }, [key, merged]);
  useEffect(() => {
    if (stored) void call('client.opened', { clientId: id });
  }, [id, stored]);
  if (form.missing) {
    return (
      <DocumentFrame title="Клиент" onClose={form.close}>
        <EmptyState
          title="Этой карточки нет на рабочем месте"
          actions={
            <Button variant="primary" onClick={() => openClient(id)}>
              Показать из центра
            </Button>
          }
        >
          Она ещё не загружена. В «Едином окне» её можно посмотреть такой, какой она хранится в центре.
        </EmptyState>
      </DocumentFrame>
    );
  }
  if (!form.ready) return <DocumentFrame title="Клиент" onClose={form.close}>{null}</DocumentFrame>;
  return <OpenClient form={form} email={email} questions={questions.dialogs} tab={tab} onTab={setTab} />;
}

type TabKey = 'main' | 'contacts' | 'requisites' | 'history' | 'applications' | 'appeals' | 'letters' | 'files' | 'changes' | 'merged';

/** Fields of «Основное»; the numbers stand on «Основные реквизиты» as well. */
const mainFields = ['kind', 'lastName', 'firstName', 'middleName', 'name', 'fullName'];
const contactFields = ['phones', 'emails', 'addresses', 'contactPersons'];
const numberFields = ['inn', 'kpp', 'ogrn', 'birthDate'];

/** The tab on which a field is filled in, the present one where it stands there too. */
function tabOf(path: string, tab: TabKey): TabKey {
  const [field = ''] = path.split('.');
  if (mainFields.includes(field)) return 'main';
  if (contactFields.includes(field)) return 'contacts';
  return numberFields.includes(field) && tab === 'main' ? 'main' : 'requisites';
}

interface OpenClientProps {
  readonly form: DocumentForm<'client'>;
  readonly email: IncomingEmail | null;
  readonly questions: ReactNode;
  readonly tab: TabKey;
  readonly onTab: (tab: TabKey) => void;
}

function OpenClient({ form, email, questions, tab: chosenTab, onTab }: OpenClientProps): ReactNode {
  const { values, base, isNew } = form;
  const [filter, setFilter] = useState<HistoryFilter>('all');
  const files = useClientFiles(values.id);
  const applications = useOfClient('application', values.id, 'receivedAt');
  const appeals = useOfClient('appeal', values.id, 'createdAt');
  const history = useClientHistory(values.id);
  const letters = lettersOf(history);
  const merged = useMerged(values.id) ?? [];
  const notMerging = useNotAllowed('client.merge');
  const denied = useNotAllowed(isNew ? 'client.create' : 'client.save');
  const tab = chosenTab === 'merged' && merged.length === 0 ? 'main' : chosenTab;
  const owner = clientNames(values).name;
  const contacts = values.phones.length + values.emails.length + values.addresses.length;
  const tabs: readonly Tab<TabKey>[] = [
    { key: 'main', label: 'Основное' },
    { key: 'contacts', label: 'Контакты', count: contacts },
    { key: 'requisites', label: 'Основные реквизиты' },
    ...(isNew
      ? []
      : ([
          { key: 'history', label: 'История', count: history?.length },
          { key: 'applications', label: 'Заявки', count: applications?.length },
          { key: 'appeals', label: 'Обращения', count: appeals?.length },
          { key: 'letters', label: 'Письма', count: letters?.length },
          { key: 'files', label: 'Файлы', count: files?.length },
          { key: 'changes', label: 'История изменений' },
        ] as const)),
    ...(merged.length === 0 ? [] : ([{ key: 'merged', label: 'Объединённые карточки', count: merged.length }] as const)),
  ];
  return (
    <DocumentFrame
      title={clientTitle(values).replace(/^Клиент /, '')}
      badge={<Badge>{isNew ? 'Новый' : 'Клиент'}</Badge>}
      note={<HeadNote form={form} email={email} />}
      commands={
        <CommandBar>
          <Button variant="primary" keys="Ctrl+Enter" reason={denied} onClick={() => void form.saveAndClose()}>
            Записать и закрыть
          </Button>
          <Button keys="Ctrl+S" reason={denied} onClick={() => void form.save()}>
            Записать
          </Button>
          {isNew ? null : (
            <>
              <CommandGap />
              <Button letter="Е" onClick={() => openClient(values.id)}>
                Единое окно
              </Button>
              <Button letter="О" reason={notMerging} onClick={() => openClientMerge([values.id])}>
                Объединить
              </Button>
            </>
          )}
        </CommandBar>
      }
      onClose={form.close}
      {...(form.restored ? { strip: <Strip tone="neutral">Введённое до закрытия программы восстановлено. Проверьте и нажмите «Записать».</Strip> } : {})}
    >
      <Tabs label="Разделы карточки" tabs={tabs} current={tab} onChange={onTab} />
      <div className="client-body" role="tabpanel" aria-label={tabs.find(({ key }) => key === tab)?.label}>
        {tab === 'main' ? <MainTab form={form} reason={denied} /> : null}
        {tab === 'contacts' ? <ContactsTab form={form} reason={denied} /> : null}
        {tab === 'requisites' ? <RequisitesTab form={form} reason={denied} /> : null}
        {tab === 'history' ? <HistorySection clientId={values.id} owner={owner} whole history={history} filter={filter} onFilter={setFilter} /> : null}
        {tab === 'applications' ? <ApplicationsSection clientId={values.id} owner={owner} whole rows={applications} /> : null}
        {tab === 'appeals' ? <ClientAppeals clientId={values.id} owner={owner} rows={appeals} /> : null}
        {tab === 'letters' ? <ClientLetters clientId={values.id} owner={owner} rows={letters} /> : null}
        {tab === 'files' ? <ClientFiles clientId={values.id} owner={owner} rows={files} /> : null}
        {tab === 'merged' ? <MergedCards clientId={values.id} rows={merged} /> : null}
        {tab === 'changes' ? <ChangesTab type="client" id={base.id} labels={clientLabels} text={(path, value) => clientFieldText(path, value, form.refs)} /> : null}
      </div>
      {form.dialogs}
      {questions}
    </DocumentFrame>
  );
}

/** «Зарегистрирован 14.02.2019, менеджер Сафина Г. Р.» */
function HeadNote({ form: { base, isNew, refs, pending }, email }: Pick<OpenClientProps, 'form' | 'email'>): ReactNode {
  if (isNew) return email === null ? '' : `из письма ${email.number ?? ''} от ${formatDate(email.receivedAt)}`.replace('  ', ' ');
  const manager = refText({ refs }, base.managerId);
  const known = [base.registeredAt === '' ? '' : `Зарегистрирован ${formatDate(base.registeredAt)}`, manager === '' ? '' : `менеджер ${manager}`].filter((part) => part !== '').join(', ');
  return (
    <>
      {known}
      {pending ? <span className="okno-amber">{known === '' ? '' : sentenceEnd(known)}К отправке</span> : null}
    </>
  );
}
