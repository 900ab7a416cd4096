import type { ReactNode } from 'react';
import { dateCell } from '../../../shared/base/cell-value.ts';
import { applicationStageTitles } from '../../../shared/domain/application/model.ts';
import { DocumentList } from '../../document/document-list.tsx';
import { refText, type DocumentRow } from '../../document/rows.ts';
import { openDocument } from '../../store/places.ts';
import { choicesOf } from '../../ui/choice-field.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { shortAddress } from '../incoming-email/client-card.ts';

const columns: readonly ListColumn<DocumentRow<'application'>>[] = [
  { key: 'number', title: 'Номер', width: 168, min: 144, priority: 1, sort: 'number', cell: ({ document }) => document.number },
  { key: 'receivedAt', title: 'Дата', width: 104, min: 96, priority: 2, sort: 'receivedAt', cell: ({ document }) => dateCell(document.receivedAt) },
  { key: 'applicantName', title: 'Заявитель', width: 232, min: 128, priority: 1, sort: 'applicantName', cell: ({ document }) => document.applicantName },
  { key: 'objectName', title: 'Объект', width: 184, min: 112, priority: 3, sort: 'objectName', cell: ({ document }) => document.objectName },
  { key: 'address', title: 'Адрес', width: 280, min: 128, priority: 2, grow: true, sort: 'address', cell: ({ document }) => document.address, render: ({ document }) => shortAddress(document.address) },
  { key: 'stage', title: 'Этап', width: 200, min: 144, priority: 2, sort: 'stage', pick: true, cell: ({ document }) => applicationStageTitles[document.stage] },
  { key: 'gridDistrictId', title: 'РЭС', width: 152, min: 112, priority: 4, sort: 'gridDistrictId', pick: true, cell: (row) => refText(row, row.document.gridDistrictId) },
  { key: 'dueAt', title: 'Срок', width: 104, min: 96, priority: 5, sort: 'dueAt', off: true, cell: ({ document }) => dateCell(document.dueAt) },
];
const filters = [{ column: 'stage', title: 'Этап', choices: choicesOf(applicationStageTitles) }] as const;

/** «Заявки»: as АС ФЭУ holds them, read-only here. */
export function ApplicationList(): ReactNode {
  return (
    <DocumentList
      id="applications"
      type="application"
      title="Заявки"
      columns={columns}
      sort={{ column: 'receivedAt', descending: true }}
      filters={filters}
      onOpen={({ document }) => openDocument('application', document.id)}
      empty={{ title: 'Заявок нет', text: 'Заявки приходят из АС ФЭУ и появятся здесь сами.' }}
    />
  );
}
