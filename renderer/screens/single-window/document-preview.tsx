import type { ReactNode } from 'react';
import { appealStateTitles } from '../../../shared/domain/appeal/model.ts';
import { applicationStageTitles } from '../../../shared/domain/application/model.ts';
import { channelTitles, outcomeTitles } from '../../../shared/domain/contact-event/model.ts';
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
  if (type === 'application') return <Shown type="application" id={id} view={application} />;
  if (type === 'appeal') return <Shown type="appeal" id={id} view={appeal} />;
  if (type === 'outgoingEmail') return <Shown type="outgoingEmail" id={id} view={outgoingEmail} />;
  if (type === 'task') return <Shown type="task" id={id} view={task} />;
  if (type === 'contactEvent') return <Shown type="contactEvent" id={id} view={contactEvent} />;
  return null;
}

interface View {
  readonly title: string;
  readonly facts: readonly FactRow[];
  readonly text?: string;
}

interface ShownProps<K extends DocumentName> {
  readonly type: K;
  readonly id: string;
  readonly view: (row: DocumentRow<K>) => View;
}

const TEXT_LENGTH = 4_000;

function Shown<K extends DocumentName>({ type, id, view }: ShownProps<K>): ReactNode {
  const row = useDocument(type, id);
  const slow = useSlow(row === undefined);
  if (row === undefined) return slow ? <LoadingRows /> : null;
  if (row === null) return <div className="okno-preview-body okno-text2">Документа нет на этом рабочем месте. Он появится после обмена с центром.</div>;
  const { title, facts, text = '' } = view(row);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="okno-preview-body" tabIndex={0} role="region" aria-label="Документ" key={id}>
      <h2 className="okno-title">
        <Unbroken text={title} />
      </h2>
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
