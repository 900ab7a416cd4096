import { useState, type ReactNode } from 'react';
import { registrarRoles } from '../../../shared/domain/appeal/commands.ts';
import { appealStateTitles, intakeChannelTitles, placeTitles, type Appeal } from '../../../shared/domain/appeal/model.ts';
import { ChangesTab } from '../../document/changes-tab.tsx';
import { ClientLink } from '../../document/client-link.tsx';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { call } from '../../bridge.ts';
import { tellRefusal } from '../../store/commands.ts';
import { useOffline } from '../../store/connection.ts';
import { openDocument } from '../../store/places.ts';
import { useUser } from '../../store/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandBar } from '../../ui/command-bar.tsx';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { FormBody, ReadonlyField, Section } from '../../ui/field.tsx';
import { formatDate, formatMoment } from '../../ui/format.ts';
import { tell } from '../../ui/status-message.ts';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { Attachments } from '../incoming-email/attachments.tsx';
import { appealTones } from './appeal-marks.ts';
import { appealFieldText, appealLabels, appealTitle, dateText } from './appeal-values.ts';
import { Classification, Named } from './classification.tsx';

type TabKey = 'main' | 'files' | 'changes';

const none = <span className="okno-text2">не указано</span>;

/** A written appeal: what stands in it, what АС ФЭУ answered. */
export function AppealView({ form }: { readonly form: DocumentForm<'appeal'> }): ReactNode {
  const [tab, setTab] = useState<TabKey>('main');
  const appeal = form.base;
  const tabs: readonly Tab<TabKey>[] = [
    { key: 'main', label: 'Основное' },
    { key: 'files', label: 'Файлы', count: appeal.attachments.length },
    { key: 'changes', label: 'История изменений' },
  ];
  return (
    <DocumentFrame
      title={appealTitle(appeal)}
      badge={<Badge tone={appealTones[appeal.state]}>{appealStateTitles[appeal.state]}</Badge>}
      note={<HeadNote appeal={appeal} pending={form.pending} />}
      onClose={form.close}
      {...(appeal.number === null ? { commands: <Registration appeal={appeal} pending={form.pending} /> } : {})}
      {...(appeal.registrationProblem === '' ? {} : { strip: <Strip>АС ФЭУ ещё не зарегистрировала обращение: {appeal.registrationProblem}</Strip> })}
    >
      <Tabs label="Разделы обращения" tabs={tabs} current={tab} onChange={setTab} />
      <div className="appeal-body" role="tabpanel" aria-label={tabs.find(({ key }) => key === tab)?.label}>
        {tab === 'main' ? <MainTab appeal={appeal} /> : null}
        {tab === 'files' ? <Files appeal={appeal} /> : null}
        {tab === 'changes' ? <ChangesTab type="appeal" id={appeal.id} labels={appealLabels} text={(path, value) => appealFieldText(path, value, form.refs)} /> : null}
      </div>
    </DocumentFrame>
  );
}

/** «Зарегистрировать сейчас»: the program repeats by itself with growing pauses; a person need not wait for them. */
function Registration({ appeal, pending }: { readonly appeal: Appeal; readonly pending: boolean }): ReactNode {
  const { roles } = useUser();
  const offline = useOffline();
  const [asking, setAsking] = useState(false);
  const reason = !registrarRoles.some((role) => roles.includes(role))
    ? 'Недостаточно прав: обращения регистрируют супервайзеры'
    : offline
      ? 'Нет связи с центром: он обратится к АС ФЭУ сам, когда связь появится'
      : pending
        ? 'Обращение ещё не дошло до центра'
        : asking
          ? 'Центр обращается к АС ФЭУ'
          : undefined;
  const register = async (): Promise<void> => {
    setAsking(true);
    const answer = await call('appeal.registerNow', { appealId: appeal.id }).finally(() => setAsking(false));
    if (answer.ok) tell('Обращение снова передаётся в АС ФЭУ');
    else tellRefusal(answer.refusal);
  };
  return (
    <CommandBar end={<span className="okno-text2 okno-cut">Программа повторяет регистрацию сама</span>}>
      <Button letter="З" reason={reason} onClick={() => void register()}>
        Зарегистрировать сейчас
      </Button>
    </CommandBar>
  );
}

function HeadNote({ appeal, pending }: { readonly appeal: Appeal; readonly pending: boolean }): ReactNode {
  const registered = appeal.registeredAt === null ? `Создано ${formatMoment(appeal.createdAt)}` : `Зарегистрировано ${formatMoment(appeal.registeredAt)}`;
  return (
    <>
      {registered}
      {pending ? <span className="okno-amber">. К отправке</span> : null}
    </>
  );
}

function Files({ appeal }: { readonly appeal: Appeal }): ReactNode {
  return appeal.attachments.length === 0 ? <div className="email-empty">Файлов в обращении нет.</div> : <div className="appeal-files"><Attachments attachments={appeal.attachments} /></div>;
}

function MainTab({ appeal }: { readonly appeal: Appeal }): ReactNode {
  return (
    <FormBody columns={2} label={184}>
      <div className="appeal-column">
        <Classification appeal={appeal} />
        <Section title="Регистрация">
          <ReadonlyField label="Рег. номер">{appeal.number ?? <span className="okno-amber">{appealStateTitles.awaitsRegistration}</span>}</ReadonlyField>
          <ReadonlyField label="ШК">{appeal.barcode ?? none}</ReadonlyField>
          <ReadonlyField label="Место регистрации">{placeTitles[appeal.registrationPlace]}</ReadonlyField>
          <ReadonlyField label="Место выдачи документов">{placeTitles[appeal.deliveryPlace]}</ReadonlyField>
          <ReadonlyField label="Номер интернет карточки">{appeal.incomingEmailId === null ? appeal.internetCardNumber : <Link type="incomingEmail" id={appeal.incomingEmailId}>{appeal.internetCardNumber}</Link>}</ReadonlyField>
          <ReadonlyField label="Канал поступления">{intakeChannelTitles[appeal.intakeChannel]}</ReadonlyField>
        </Section>
        <Section title="Содержание">
          <div className="appeal-content okno-selectable">{appeal.content || none}</div>
        </Section>
      </div>
      <div className="appeal-column">
        <ClientFacts appeal={appeal} />
        <ObjectFacts appeal={appeal} />
      </div>
    </FormBody>
  );
}

function ClientFacts({ appeal }: { readonly appeal: Appeal }): ReactNode {
  return (
    <Section title="Клиент">
      <ReadonlyField label="Контакт"><ClientLink id={appeal.clientId}><Named type="client" id={appeal.clientId} /></ClientLink></ReadonlyField>
      <ReadonlyField label="Номер телефона">{appeal.phone || none}</ReadonlyField>
      <ReadonlyField label="Адрес электронной почты">{appeal.email || none}</ReadonlyField>
      {appeal.hasIntermediary ? (
        <>
          <ReadonlyField label="Посредник"><Named type="client" id={appeal.intermediaryId} /></ReadonlyField>
          <ReadonlyField label="Доверенность">{authority(appeal) || none}</ReadonlyField>
        </>
      ) : null}
    </Section>
  );
}

/** «№ 7, с 12.01.2026 по 31.12.2026». */
function authority({ authorityNumber, authorityFrom, authorityTo }: Appeal): string {
  const term = [authorityFrom === '' ? '' : `с ${dateText(authorityFrom)}`, authorityTo === '' ? '' : `по ${dateText(authorityTo)}`].filter((part) => part !== '').join(' ');
  return [authorityNumber === '' ? '' : `№ ${authorityNumber}`, term].filter((part) => part !== '').join(', ');
}

function ObjectFacts({ appeal }: { readonly appeal: Appeal }): ReactNode {
  return (
    <Section title="Объект и исполнитель">
      <ReadonlyField label="Заявки">
        {appeal.applicationIds.length === 0 ? none : appeal.applicationIds.map((id) => <div key={id}><Link type="application" id={id}><Named type="application" id={id} /></Link></div>)}
      </ReadonlyField>
      <ReadonlyField label="Наименование объекта">{appeal.objectName || none}</ReadonlyField>
      <ReadonlyField label="Адрес">{appeal.address || none}</ReadonlyField>
      <ReadonlyField label="Регион"><Named type="region" id={appeal.regionId} /></ReadonlyField>
      <ReadonlyField label="РЭС"><Named type="gridDistrict" id={appeal.gridDistrictId} /></ReadonlyField>
      <ReadonlyField label="Филиал"><Named type="branch" id={appeal.branchId} /></ReadonlyField>
      <ReadonlyField label="Ответственный"><Named type="employee" id={appeal.responsibleId} /></ReadonlyField>
      <ReadonlyField label="Срок ответа">{formatDate(appeal.dueAt) || none}</ReadonlyField>
    </Section>
  );
}

function Link({ type, id, children }: { readonly type: string; readonly id: string; readonly children: ReactNode }): ReactNode {
  return (
    <button type="button" className="okno-link" onClick={() => openDocument(type, id)}>
      {children}
    </button>
  );
}
