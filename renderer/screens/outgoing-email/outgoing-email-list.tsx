import { useState, type ReactNode } from 'react';
import { momentCell } from '../../../shared/base/cell-value.ts';
import { outgoingEmailKindTitles, outgoingEmailStateTitles } from '../../../shared/domain/outgoing-email/model.ts';
import { DocumentList, type DocumentChip } from '../../document/document-list.tsx';
import { refText, type DocumentRow } from '../../document/rows.ts';
import { WithPreview } from '../../document/with-preview.tsx';
import { openDocument } from '../../store/places.ts';
import { useUser } from '../../store/session.ts';
import { StateCell } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { choicesOf } from '../../ui/choice-field.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import type { ListFilterField } from '../../ui/list/filters.ts';
import { shortAddresses } from '../incoming-email/email-marks.ts';
import { outgoingStateTones } from './outgoing-marks.ts';
import { SentEmail } from './sent-email.tsx';
import './outgoing-email.css';
import '../incoming-email/email-pane.css';

type Row = DocumentRow<'outgoingEmail'>;

const chips = (userId: string): readonly DocumentChip[] => [
  { key: 'all', title: 'Все' },
  { key: 'drafts', title: 'Черновики', where: [{ column: 'state', op: 'eq', value: 'draft' }, { column: 'authorId', op: 'eq', value: userId }] },
  { key: 'failed', title: 'Не ушли', where: [{ column: 'state', op: 'in', value: ['failed', 'unknown', 'undelivered'] }] },
  { key: 'auto', title: 'Автоответы', where: [{ column: 'kind', op: 'in', value: ['autoReplyNumber', 'autoReplyAppeal', 'autoReplySpam'] }] },
];

const filters: readonly ListFilterField[] = [
  { column: 'state', title: 'Состояние', choices: choicesOf(outgoingEmailStateTitles) },
  { column: 'kind', title: 'Вид', choices: choicesOf(outgoingEmailKindTitles) },
];

function addressees({ document }: Row): string {
  const { shown, more } = shortAddresses(document.to);
  return `${shown.map(({ name, address }) => name || address).join(', ')}${more === 0 ? '' : ` и ещё ${more}`}`;
}

function columnsFor(userId: string): readonly ListColumn<Row>[] {
  return [
    { key: 'createdAt', title: 'Создано', width: 136, min: 136, priority: 1, sort: 'createdAt', cell: ({ document }) => momentCell(document.createdAt) },
    { key: 'to', title: 'Кому', width: 200, min: 88, priority: 1, sort: 'to', cell: addressees },
    { key: 'subject', title: 'Тема', width: 240, min: 96, priority: 1, grow: true, sort: 'subject', cell: ({ document }) => document.subject, render: ({ document }) => document.subject || <span className="okno-text2">без темы</span> },
    { key: 'state', title: 'Состояние', width: 208, min: 208, priority: 2, sort: 'state', pick: true, cell: ({ document, pending }) => (pending ? 'К отправке' : outgoingEmailStateTitles[document.state]), render: ({ document, pending }) => <StateCell tone={pending ? 'amber' : outgoingStateTones[document.state]}>{pending ? 'К отправке' : outgoingEmailStateTitles[document.state]}</StateCell> },
    { key: 'kind', title: 'Вид', width: 192, min: 184, priority: 4, sort: 'kind', pick: true, cell: ({ document }) => outgoingEmailKindTitles[document.kind] },
    { key: 'authorId', title: 'Автор', width: 136, min: 88, priority: 3, sort: 'authorId', pick: true, cell: (row) => (row.document.authorId === 'system' ? 'Система' : refText(row, row.document.authorId)), render: (row) => <span className="okno-text2">{row.document.authorId === userId ? 'Я' : row.document.authorId === 'system' ? 'Система' : refText(row, row.document.authorId)}</span> },
    { key: 'clientId', title: 'Контакт', width: 176, min: 120, priority: 5, sort: 'clientId', cell: (row) => refText(row, row.document.clientId) },
    { key: 'sentAt', title: 'Отправлено', width: 136, min: 128, priority: 6, sort: 'sentAt', cell: ({ document }) => momentCell(document.sentAt), off: true },
  ];
}

const open = ({ document }: Row): void => openDocument('outgoingEmail', document.id);
const create = (): void => openDocument('outgoingEmail', crypto.randomUUID(), { kind: 'new' });

/** «Исходящие письма»: what left the house and what did not, with the preview. */
export function OutgoingEmailList(): ReactNode {
  const { userId } = useUser();
  const [selected, setSelected] = useState<Row | null>(null);
  const [columns] = useState(() => columnsFor(userId));
  const [ready] = useState(() => chips(userId));
  return (
    <WithPreview
      setting="outgoingEmails.split"
      width={352}
      list={
        <DocumentList
          id="outgoingEmails"
          type="outgoingEmail"
          title="Исходящие письма"
          columns={columns}
          sort={{ column: 'createdAt', descending: true }}
          chips={ready}
          filters={filters}
          also={['user', 'client']}
          onOpen={open}
          onInsert={create}
          onSelected={setSelected}
          commands={
            <Button letter="Н" onClick={create}>
              Написать
            </Button>
          }
          empty={{ title: 'Исходящих писем нет', text: 'Здесь будут ответы, пересылки и автоответы. Новое письмо: Ins.' }}
        />
      }
      preview={
        <>
          <div className="email-preview-bar">
            <Button variant="primary" hint="Enter" reason={selected === null ? 'Выберите письмо' : undefined} onClick={() => (selected === null ? undefined : open(selected))}>
              Открыть
            </Button>
          </div>
          {selected === null ? null : <SentEmail key={selected.document.id} email={selected.document} />}
        </>
      }
    />
  );
}
