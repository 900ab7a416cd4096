import { dateCell, momentCell } from '../../../shared/base/cell-value.ts';
import { appealStateTitles } from '../../../shared/domain/appeal/model.ts';
import { refText, type DocumentRow } from '../../document/rows.ts';
import { StateCell } from '../../ui/badge.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { appealTones } from './appeal-marks.ts';

type Row = DocumentRow<'appeal'>;

/** Columns of appeals: of the journal, and of a client's own. */
export const appealColumns: readonly ListColumn<Row>[] = [
  { key: 'createdAt', title: 'Создано', width: 136, min: 128, priority: 1, sort: 'createdAt', cell: ({ document }) => momentCell(document.createdAt) },
  { key: 'number', title: 'Рег. номер', width: 168, min: 128, priority: 1, sort: 'number', cell: ({ document }) => document.number ?? '', render: ({ document, pending }) => document.number ?? <span className={pending ? 'okno-amber' : 'okno-text2'}>{pending ? 'к отправке' : 'нет'}</span> },
  { key: 'clientId', title: 'Контакт', width: 224, min: 128, priority: 1, grow: true, sort: 'clientId', cell: (row) => refText(row, row.document.clientId) },
  { key: 'subtopicId', title: 'Подтема', width: 256, min: 128, priority: 4, sort: 'subtopicId', pick: true, cell: (row) => refText(row, row.document.subtopicId) },
  { key: 'state', title: 'Состояние', width: 176, min: 152, priority: 2, sort: 'state', pick: true, cell: ({ document }) => appealStateTitles[document.state], render: ({ document }) => <StateCell tone={appealTones[document.state]}>{appealStateTitles[document.state]}</StateCell> },
  { key: 'responsibleId', title: 'Ответственный', width: 144, min: 104, priority: 3, sort: 'responsibleId', pick: true, cell: (row) => refText(row, row.document.responsibleId) },
  { key: 'dueAt', title: 'Срок ответа', width: 104, min: 96, priority: 2, sort: 'dueAt', cell: ({ document }) => dateCell(document.dueAt) },
  { key: 'branchId', title: 'Филиал', width: 200, min: 112, priority: 5, sort: 'branchId', pick: true, off: true, cell: (row) => refText(row, row.document.branchId) },
  { key: 'barcode', title: 'ШК', width: 152, min: 144, priority: 6, sort: 'barcode', off: true, cell: ({ document }) => document.barcode ?? '' },
];
