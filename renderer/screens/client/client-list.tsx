import type { ReactNode } from 'react';
import { dateCell } from '../../../shared/base/cell-value.ts';
import { clientKindTitles } from '../../../shared/domain/client/model.ts';
import { DocumentList } from '../../document/document-list.tsx';
import { usePlace } from '../../document/place-context.ts';
import { refText, type DocumentRow } from '../../document/rows.ts';
import { useNotAllowed } from '../../store/commands.ts';
import { createClientCard, openClient, openClientMerge } from '../../store/open-client.ts';
import { openDocument } from '../../store/places.ts';
import { Button } from '../../ui/button.tsx';
import { choicesOf } from '../../ui/choice-field.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { tell } from '../../ui/status-message.ts';
import { addressesOf, emailsOf, phonesOf } from '../incoming-email/client-card.ts';

type Row = DocumentRow<'client'>;

const columns: readonly ListColumn<Row>[] = [
  { key: 'name', title: 'Наименование', width: 280, min: 160, priority: 1, grow: true, sort: 'name', cell: ({ document }) => document.name || document.fullName, render: ({ document }) => document.name || document.fullName || <span className="okno-text2">без наименования</span> },
  { key: 'phone', title: 'Телефон', width: 152, min: 128, priority: 1, sort: 'phone', cell: ({ document }) => phonesOf(document)[0] ?? '' },
  { key: 'email', title: 'E-mail', width: 208, min: 128, priority: 2, sort: 'email', cell: ({ document }) => emailsOf(document)[0] ?? '' },
  { key: 'address', title: 'Адрес', width: 280, min: 144, priority: 3, sort: 'address', cell: ({ document }) => addressesOf(document)[0] ?? '' },
  { key: 'inn', title: 'ИНН', width: 120, min: 112, priority: 4, sort: 'inn', cell: ({ document }) => document.inn },
  { key: 'kind', title: 'Вид клиента', width: 152, min: 112, priority: 5, sort: 'kind', pick: true, cell: ({ document }) => clientKindTitles[document.kind] },
  { key: 'pending', title: 'Отправка', width: 96, min: 88, priority: 2, off: true, cell: ({ pending }) => (pending ? 'к отправке' : ''), render: ({ pending }) => (pending ? <span className="okno-amber">к отправке</span> : null) },
  { key: 'managerId', title: 'Основной менеджер', width: 152, min: 112, priority: 6, sort: 'managerId', pick: true, off: true, cell: (row) => refText(row, row.document.managerId) },
  { key: 'registeredAt', title: 'Дата регистрации', width: 128, min: 96, priority: 7, sort: 'registeredAt', off: true, cell: ({ document }) => dateCell(document.registeredAt) },
];
const filters = [{ column: 'kind', title: 'Вид клиента', choices: choicesOf(clientKindTitles) }] as const;

const open = ({ document }: Row): void => openDocument('client', document.id);
const create = (): void => createClientCard();

/** «Клиенты»: the catalogue; `search` begins with what was looked for elsewhere. */
export function ClientList(): ReactNode {
  const { params } = usePlace();
  const denied = useNotAllowed('client.create');
  const notMerging = useNotAllowed('client.merge');
  return (
    <DocumentList
      id="clients"
      type="client"
      title="Клиенты"
      columns={columns}
      sort={{ column: 'name', descending: false }}
      search={params['search']}
      filters={filters}
      onPrimary={({ document }) => openClient(document.id)}
      onOpen={open}
      onInsert={() => (denied === undefined ? create() : tell(denied, { tone: 'amber' }))}
      together={[
        {
          label: 'Объединить',
          keys: 'Alt+О',
          reason: notMerging,
          onRun: (ids) => {
            openClientMerge(ids);
            return Promise.resolve([]);
          },
        },
      ]}
      commands={
        <Button letter="С" reason={denied} onClick={create}>
          Создать
        </Button>
      }
      empty={{ title: 'Клиентов нет', text: 'Карточки появятся, когда загрузятся из центра. Новая карточка: Ins.' }}
    />
  );
}
