import type { ReactNode } from 'react';
import { appealStateTitles } from '../../../shared/domain/appeal/model.ts';
import { applicationStageTitles } from '../../../shared/domain/application/model.ts';
import { channelTitles, outcomeTitles } from '../../../shared/domain/contact-event/model.ts';
import { incomingEmailStateTitles } from '../../../shared/domain/incoming-email/model.ts';
import type { DocumentName } from '../../../shared/domain/documents.ts';
import { outgoingEmailKindTitles, outgoingEmailStateTitles } from '../../../shared/domain/outgoing-email/model.ts';
import { taskKindTitles, taskStateTitles } from '../../../shared/domain/task/model.ts';
import { refText, type DocumentRow } from '../../document/rows.ts';
import { useDocument } from '../../document/use-document.ts';
import { StateCell } from '../../ui/badge.tsx';
import { Facts } from '../../ui/document-frame.tsx';
import { formatDate, formatMoment } from '../../ui/format.ts';
import { LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { appealTones } from '../appeal/appeal-marks.ts';
import { outgoingStateTones } from '../outgoing-email/outgoing-marks.ts';
import { EmailPreview } from '../tasks/task-preview.tsx';
import { keptTogether } from './address-in-table.ts';
import { applicationStanding } from './application-standing.ts';

type FactRow = readonly [name: string, value: ReactNode];

/** What a document is, beside the list that it was chosen in. Types without a view of their own say their title only. */
export function DocumentPreview({ type, id }: { readonly type: DocumentName; readonly id: string }): ReactNode {
  if (type === 'incomingEmail') return <EmailPreview id={id} />;
  return isViewed(type) ? <Shown type={type} id={id} /> : null;
}

export interface View {
  readonly title: string;
  readonly facts: readonly FactRow[];
  readonly text?: string;
}

const views: { readonly [K in ViewedType]: (row: DocumentRow<K>) => View } = { application, appeal, incomingEmail, outgoingEmail, task, contactEvent };

/** Types that can be looked at without their form. */
export type ViewedType = 'application' | 'appeal' | 'incomingEmail' | 'outgoingEmail' | 'task' | 'contactEvent';

function isViewed(type: DocumentName): type is ViewedType {
  return Object.hasOwn(views, type);
}

/** A document in facts and its text. */
export function documentView<K extends ViewedType>(type: K, row: DocumentRow<K>): View {
  return (views[type] as (row: DocumentRow<K>) => View)(row); // the registry holds each type's own
}

const TEXT_LENGTH = 4_000;

function Shown({ type, id }: { readonly type: ViewedType; readonly id: string }): ReactNode {
  const row = useDocument(type, id);
  const slow = useSlow(row === undefined);
  if (row === undefined) return slow ? <LoadingRows /> : null;
  if (row === null) return <div className="okno-preview-body okno-text2">Документа нет на этом рабочем месте. Откройте его: программа спросит центр.</div>;
  return <ViewBody key={id} view={documentView(type, row)} />;
}

/** The facts and the beginning of the text; `titled` false where the title stands over it already. */
export function ViewBody({ view: { title, facts, text = '' }, titled = true }: { readonly view: View; readonly titled?: boolean }): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="okno-preview-body" tabIndex={0} role="region" aria-label="Документ">
      {titled ? (
        <h2 className="okno-title">
          <Unbroken text={title} />
        </h2>
      ) : null}
      <Facts label={96} rows={facts.filter(([, value]) => value !== '' && value !== null)} />
      {text === '' ? null : (
        <>
          <hr className="okno-rule" />
          <div className="okno-letter-text okno-selectable">
            <Unbroken text={text.slice(0, TEXT_LENGTH)} />
            {text.length > TEXT_LENGTH ? <p className="okno-text2">Показано начало. Откройте документ, чтобы прочесть целиком.</p> : null}
          </div>
        </>
      )}
    </div>
  );
}

function application(row: DocumentRow<'application'>): View {
  const { document } = row;
  const { text, tone } = applicationStanding(document, Date.now());
  return {
    title: `Заявка ${document.number}`,
    facts: [
      ['Состояние', <StateCell key="state" tone={tone}>{text}</StateCell>],
      ['Этап', `${applicationStageTitles[document.stage]}, с ${formatDate(document.stageSince)}`],
      ['Срок', formatDate(document.dueAt)],
      ['Подана', formatDate(document.receivedAt)],
      ['Заявитель', document.applicantName],
      ['Объект', document.objectName],
      ['Мощность', `${String(document.powerKw).replace('.', ',')}\u00a0кВт`],
      ['Адрес', keptTogether(document.address)],
      ['Кадастр. №', document.cadastralNumber],
      ['РЭС', refText(row, document.gridDistrictId)],
      ['Филиал', refText(row, document.branchId)],
      ['Телефон', document.applicantPhone],
      ['E-mail', document.applicantEmail],
    ],
  };
}

function appeal(row: DocumentRow<'appeal'>): View {
  const { document } = row;
  return {
    title: `Обращение ${document.number ?? document.internetCardNumber}`,
    facts: [
      ['Состояние', <StateCell key="state" tone={appealTones[document.state]}>{appealStateTitles[document.state]}</StateCell>],
      ['Создано', formatMoment(document.createdAt)],
      ['Срок ответа', formatDate(document.dueAt)],
      ['Штрихкод', document.barcode ?? ''],
      ['Вид', refText(row, document.kindId)],
      ['Подтема', refText(row, document.subtopicId)],
      ['Ответственный', refText(row, document.responsibleId)],
      ['Филиал', refText(row, document.branchId)],
      ['Адрес', document.address],
    ],
    text: document.content,
  };
}

function incomingEmail(row: DocumentRow<'incomingEmail'>): View {
  const { document } = row;
  return {
    title: document.subject || 'без темы',
    facts: [
      ['Номер', document.number ?? ''],
      ['Состояние', incomingEmailStateTitles[document.state]],
      ['От', [document.from.name, document.from.address].filter((part) => part !== '').join(', ')],
      ['Кому', document.to.map(({ address }) => address).join(', ')],
      ['Поступило', formatMoment(document.receivedAt)],
      ['В работе', refText(row, document.holderId)],
      ['Вложения', document.attachments.filter(({ inline }) => !inline).map(({ name }) => name || 'без имени').join(', ')],
    ],
    text: document.text,
  };
}

function outgoingEmail(row: DocumentRow<'outgoingEmail'>): View {
  const { document } = row;
  return {
    title: document.subject || 'без темы',
    facts: [
      ['Вид', outgoingEmailKindTitles[document.kind]],
      ['Состояние', <StateCell key="state" tone={outgoingStateTones[document.state]}>{outgoingEmailStateTitles[document.state]}</StateCell>],
      ['Кому', document.to.map(({ address }) => address).join(', ')],
      ['Отправлено', formatMoment(document.sentAt ?? document.createdAt)],
      ['Автор', document.kind.startsWith('autoReply') ? '' : refText(row, document.authorId)],
      ['Ответ сервера', document.state === 'sent' ? '' : document.serverAnswer],
    ],
    text: document.text,
  };
}

function task(row: DocumentRow<'task'>): View {
  const { document } = row;
  return {
    title: document.subject || 'без темы',
    facts: [
      ['Задача', taskKindTitles[document.kind]],
      ['Состояние', taskStateTitles[document.state]],
      ['От', document.fromName],
      ['Создана', formatMoment(document.createdAt)],
      ['Срок', formatMoment(document.dueAt)],
      ['В работе', refText(row, document.holderId)],
    ],
  };
}

function contactEvent(row: DocumentRow<'contactEvent'>): View {
  const { document } = row;
  return {
    title: document.subject || 'без темы',
    facts: [
      ['Событие', channelTitles[document.channel]],
      ['Номер', document.number ?? ''],
      ['Когда', formatMoment(document.occurredAt)],
      ['Итог', document.outcome === null ? '' : [outcomeTitles[document.outcome], document.outcomeDetails].filter((part) => part !== '').join(': ')],
      ['Завершил', refText(row, document.finishedBy)],
    ],
    text: document.comment,
  };
}
