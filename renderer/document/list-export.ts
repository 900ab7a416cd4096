import type { CellValue } from '../../shared/base/cell-value.ts';
import { OknoError } from '../../shared/base/errors.ts';
import type { ListExport, ListPage, ListQuery, ListRow } from '../../shared/protocol/list.ts';
import type { CallAnswer } from '../../shared/protocol/ipc.ts';
import { call } from '../bridge.ts';
import { tellRefusal } from '../store/commands.ts';
import type { RowGroup } from '../store/document-rows.ts';
import { formatCount, plural } from '../ui/format.ts';
import type { ListColumn } from '../ui/list/columns.ts';
import { tell } from '../ui/status-message.ts';

export type ExportFormat = Exclude<ListExport['format'], 'print'>;

/** A list as it is shown now: what is asked, in which groups, and the columns with their widths. */
export interface ShownList<Row> {
  readonly title: string;
  readonly query: Omit<ListQuery, 'offset' | 'limit'>;
  readonly groups: readonly RowGroup[];
  readonly columns: readonly { readonly column: ListColumn<Row>; readonly width: number }[];
  /** What narrowed and ordered it, in words: «Вид клиента: Юридическое лицо», «Поиск: Иванов». */
  readonly narrowedBy: readonly string[];
}

/** Rows of the list in its order, portion by portion, with the title of their group. */
export type Portions<Row> = AsyncIterable<{ readonly rows: readonly Row[]; readonly group: string | null }>;

const page = 250;
/** Below this the file is there before one could read how far it is. */
const longEnough = 2_000;

function groupQueries<Row>({ query, groups }: ShownList<Row>): readonly { readonly title: string | null; readonly query: ListQuery }[] {
  return groups.map(({ title, where }) => ({ title, query: { ...query, where: [...query.where, ...where], offset: 0, limit: page } }));
}

/** Rows of the local base, kept in order by the desk since the export began. */
export async function* deskRows<Row>(exportId: string): Portions<Row> {
  for (;;) {
    const { rows, group } = await call('list.exportRows', { exportId });
    if (rows.length === 0) return;
    yield { rows: rows as unknown as readonly Row[], group }; // rows of the local base are rows of the type, see rowOf
  }
}

/** Rows that a list reads by a call of its own. */
export async function* readRows(list: ShownList<ListRow>, read: (query: ListQuery) => Promise<ListPage>): Portions<ListRow> {
  for (const { title, query } of groupQueries(list)) {
    for (let offset = 0, total = 1; offset < total; offset += page) {
      const found = await read({ ...query, offset });
      ({ total } = found);
      if (found.rows.length === 0) break;
      yield { rows: found.rows, group: title };
    }
  }
}

/** The columns of the file: those shown, and the group first where the list is grouped. */
export function exportColumns<Row>({ columns, groups }: ShownList<Row>): { readonly titles: readonly { readonly title: string; readonly width: number }[]; readonly cells: (row: Row, group: string | null) => CellValue[] } {
  const isGrouped = groups.some(({ title }) => title !== null);
  return {
    titles: [...(isGrouped ? [{ title: 'Группа', width: 160 }] : []), ...columns.map(({ column, width }) => ({ title: column.fileTitle ?? column.title, width }))],
    cells: (row, group) => [...(isGrouped ? [group ?? ''] : []), ...columns.map(({ column }) => column.cell(row))],
  };
}

/** Fixes the rows of a list for paper, in its order; the access log tells of it. */
export async function beginRows<Row>(list: ShownList<Row>, isOwn: boolean): Promise<{ readonly exportId: string; readonly total: number }> {
  const begun = valueOf(await call('list.export', { format: 'print', title: list.title, columns: [...exportColumns(list).titles], groups: isOwn ? [] : [...groupQueries(list)], narrowed: narrowedText(list) }));
  if (begun === null) throw new OknoError('internal'); // only the dialog of a file can be cancelled
  return begun;
}

/** What narrowed the list, as the access log has it. */
function narrowedText<Row>({ narrowedBy }: ShownList<Row>): string {
  return narrowedBy.join('; ').slice(0, 1000);
}

/**
 * Saves all rows of the list, not only those painted, as a file: the columns shown, in the order, filter and groups shown.
 * `own` gives the rows of a list that is not of the local base. Progress and «Отменить» stand in the status line.
 */
export async function exportList<Row>(list: ShownList<Row>, format: ExportFormat, own?: () => Portions<Row>): Promise<void> {
  const { titles, cells } = exportColumns(list);
  const begun = await call('list.export', { format, title: list.title, columns: [...titles], groups: own === undefined ? [...groupQueries(list)] : [], narrowed: narrowedText(list) });
  if (!begun.ok) return tellRefusal(begun.refusal);
  if (begun.value === null) return;
  const { exportId, total } = begun.value;
  let isCancelled = false;
  const cancel = (): void => {
    isCancelled = true;
  };
  try {
    let done = 0;
    for await (const { rows, group } of own?.() ?? deskRows<Row>(exportId)) {
      valueOf(await call('list.exportWrite', { exportId, rows: rows.map((row) => cells(row, group)) }));
      done += rows.length;
      if (isCancelled) {
        await call('list.exportCancel', { exportId });
        tell('Выгрузка отменена');
        return;
      }
      if (total > longEnough) tell(`Выгружается: ${formatCount(done)} из ${formatCount(total)}`, { undo: cancel });
    }
    const { name, rows } = valueOf(await call('list.exportEnd', { exportId }));
    tell(`Выгружено ${formatCount(rows)} ${plural(rows, 'строка', 'строки', 'строк')}: ${name}`, { tone: 'green' });
  } catch (error) {
    await call('list.exportCancel', { exportId });
    tellRefusal(error instanceof OknoError ? error.refusal : new OknoError('internal').refusal);
  }
}

function valueOf<T>(answer: { readonly ok: true; readonly value: T } | Extract<CallAnswer<'list.exportWrite'>, { readonly ok: false }>): T {
  if (!answer.ok) throw new OknoError(answer.refusal.code, answer.refusal.details);
  return answer.value;
}
