import { useMemo, type ReactNode } from 'react';
import { momentCell } from '../../../shared/base/cell-value.ts';
import { documentTypeOf, isDocumentName } from '../../../shared/domain/documents.ts';
import { accessLineSchema, type AccessLine } from '../../../shared/protocol/http.ts';
import { textOf } from '../../../shared/base/json.ts';
import type { ListFilter, ListQuery, ListRow } from '../../../shared/protocol/list.ts';
import { call } from '../../bridge.ts';
import { centreListProblem, readCentreList } from '../../document/centre-list.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { FetchedList } from '../../document/fetched-list.tsx';
import { useConnection } from '../../store/connection.ts';
import { formatDate, formatSeconds } from '../../ui/format.ts';
import type { Choice } from '../../ui/choice-field.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import type { ListFilterField } from '../../ui/list/filters.ts';
import { accessActionTitles, dayBounds, periodTitles, sincePeriod } from './access-values.ts';

function lineOf({ document }: ListRow): AccessLine {
  return accessLineSchema.parse(document);
}

/** «Клиент: Соколова Марина Игоревна»; the kind alone where the document has no name any more, nothing where there was none. */
function aboutOf({ documentType, documentTitle }: AccessLine): string {
  if (!isDocumentName(documentType)) return '';
  const { title } = documentTypeOf(documentType);
  return documentTitle === '' ? title : `${title}: ${documentTitle}`;
}

function moment(at: string): string {
  return `${formatDate(at)} ${formatSeconds(at)}`;
}

const columns: readonly ListColumn<ListRow>[] = [
  { key: 'at', title: 'Время', width: 152, min: 144, priority: 1, sort: 'at', cell: (row) => momentCell(lineOf(row).at), render: (row) => <span className="okno-tabular">{moment(lineOf(row).at)}</span> },
  { key: 'userName', title: 'Сотрудник', width: 208, min: 136, priority: 1, sort: 'userName', cell: (row) => lineOf(row).userName || lineOf(row).userId },
  { key: 'action', title: 'Действие', width: 152, min: 128, priority: 1, sort: 'action', cell: (row) => accessActionTitles[lineOf(row).action] },
  { key: 'about', title: 'Документ', width: 240, min: 144, priority: 1, grow: true, cell: (row) => aboutOf(lineOf(row)) },
  { key: 'details', title: 'Подробности', width: 208, min: 120, priority: 1, sort: 'details', cell: (row) => lineOf(row).details },
  { key: 'deskName', title: 'Рабочее место', width: 160, min: 96, priority: 3, sort: 'deskName', cell: (row) => lineOf(row).deskName, render: (row) => <span className="okno-text2">{lineOf(row).deskName}</span> },
  { key: 'recordedAt', title: 'Дошло до центра', width: 152, min: 144, priority: 4, off: true, sort: 'recordedAt', cell: (row) => momentCell(lineOf(row).recordedAt), render: (row) => <span className="okno-tabular okno-text2">{moment(lineOf(row).recordedAt)}</span> },
  {
    key: 'chainHolds', title: 'Цепочка', width: 104, min: 88, priority: 2,
    cell: (row) => (lineOf(row).chainHolds ? 'цела' : 'нарушена'),
    render: (row) => (lineOf(row).chainHolds ? <span className="okno-text2">цела</span> : <span className="okno-red">нарушена</span>),
  },
];

/** Whoever may have looked: users of today and of former times. */
async function users(): Promise<readonly Choice[]> {
  const rows = await listDocuments('user', { sort: [{ column: 'lastName', descending: false }], limit: 1000 });
  return rows.map(({ document }) => ({ value: document.id, label: documentTypeOf('user').presentation(document as never) })); // the presentation of the very type that was asked for
}

const filters: readonly ListFilterField[] = [
  { column: 'since', title: 'Период', choices: Object.entries(periodTitles).map(([value, label]) => ({ value, label })) },
  { column: 'days', title: 'Время', kind: 'period' },
  { column: 'userId', title: 'Сотрудник', choices: users },
  { column: 'action', title: 'Действие', choices: Object.entries(accessActionTitles).map(([value, label]) => ({ value, label })) },
  { column: 'documentType', title: 'Документ', choices: (['client', 'application', 'appeal', 'incomingEmail', 'outgoingEmail'] as const).map((type) => ({ value: type, label: documentTypeOf(type).title })) },
  { column: 'chainHolds', title: 'Цепочка', choices: [{ value: 'false', label: 'Нарушена' }] },
];

/** Chosen periods as the times that they begin and end at. */
function withTimes(query: ListQuery): ListQuery {
  const where = query.where.flatMap((filter): ListFilter[] => {
    if (filter.column === 'since') return [{ ...filter, value: sincePeriod(filter.value, new Date()) }];
    return filter.column === 'days' ? [...dayBounds(textOf(filter.value))] : [filter];
  });
  // Both periods may be chosen: the later beginning holds.
  const begins = where.filter(({ column }) => column === 'since').map(({ value }) => textOf(value)).toSorted().at(-1);
  return { ...query, where: [...where.filter(({ column }) => column !== 'since'), ...(begins === undefined ? [] : [{ column: 'since', op: 'eq', value: begins } as const])] };
}

/** «Журнал доступа»: who opened, looked for, exported or printed personal data, and when; for the auditor, from the centre. */
export function AccessLog(): ReactNode {
  const state = useConnection(({ connection }) => connection?.state ?? 'connecting');
  const read = useMemo(() => {
    const page = readCentreList((query) => call('accessLog.list', query));
    return (query: ListQuery) => page(withTimes(query));
  }, []);
  return (
    <FetchedList
      id="accessLog"
      title="Журнал доступа"
      columns={columns}
      sort={{ column: 'at', descending: true }}
      filters={filters}
      read={read}
      problem={centreListProblem('Журнал доступа')}
      follows={state}
      note={state === 'offLine' ? 'Нет связи с центром' : null}
      empty={{ title: 'Записей нет', text: 'Здесь появится каждое открытие карточки клиента, поиск, выгрузка и печать, и сделанные без связи тоже.' }}
      searched="Поиск идёт по сотруднику, рабочему месту, документу и подробностям."
    />
  );
}
