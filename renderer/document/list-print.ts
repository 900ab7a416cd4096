import { cellText, type CellValue } from '../../shared/base/cell-value.ts';
import { OknoError } from '../../shared/base/errors.ts';
import type { ListPrint } from '../../shared/protocol/list.ts';
import { call } from '../bridge.ts';
import { tellRefusal } from '../store/commands.ts';
import { formatCount, formatMoment } from '../ui/format.ts';
import { tell } from '../ui/status-message.ts';
import { beginRows, deskRows, type Portions, type ShownList } from './list-export.ts';

/** So many rows are a hundred sheets and more: who needs all of them needs a file. */
const mostPrinted = 5_000;

/** Rows into groups as they stand on paper, no more than `most`; `isWhole` tells whether none is left out. */
export async function gatherRows<Row>(portions: Portions<Row>, cells: (row: Row) => readonly CellValue[], most: number): Promise<{ readonly groups: ListPrint['groups']; readonly printed: number; readonly isWhole: boolean }> {
  const groups: { title: string | null; rows: string[][] }[] = [];
  let printed = 0;
  for await (const { rows, group } of portions) {
    let last = groups.at(-1);
    if (last === undefined || last.title !== group) groups.push((last = { title: group, rows: [] }));
    for (const row of rows) {
      if (printed === most) return { groups, printed, isWhole: false };
      last.rows.push(cells(row).map(cellText));
      printed += 1;
    }
  }
  return { groups, printed, isWhole: true };
}

/** What stands under the name of the list on paper. */
export function paperNotes<Row>({ narrowedBy }: ShownList<Row>, printed: number, isWhole: boolean, at: string): readonly string[] {
  return [
    ...narrowedBy,
    isWhole ? `Строк: ${formatCount(printed)}` : `Напечатаны первые ${formatCount(printed)} строк: все можно выгрузить в файл`,
    `Напечатано ${formatMoment(at)}`,
  ];
}

/**
 * Prints the list as it is shown: its columns, order, groups and filter, all rows and not only those painted. `own` gives the rows of a list that is
 * not of the local base.
 */
export async function printList<Row>(list: ShownList<Row>, own?: () => Portions<Row>): Promise<void> {
  tell(`Готовится печать: ${list.title}`);
  try {
    const { exportId } = await beginRows(list, own !== undefined);
    const { groups, printed, isWhole } = await gatherRows(own?.() ?? deskRows<Row>(exportId), (row) => list.columns.map(({ column }) => column.cell(row)), mostPrinted);
    await call('list.exportCancel', { exportId }); // no file was begun: the rows are given back
    const columns = list.columns.map(({ column, width }) => ({ title: column.fileTitle ?? column.title, width, align: column.align ?? 'left' }));
    const answer = await call('list.print', { title: list.title, notes: [...paperNotes(list, printed, isWhole, new Date().toISOString())], columns, groups });
    if (!answer.ok) tellRefusal(answer.refusal);
    else tell(isWhole ? `Передано на печать: ${list.title}` : `На печать переданы первые ${formatCount(printed)} строк: все можно выгрузить в файл`, { tone: isWhole ? 'green' : 'amber' });
  } catch (error) {
    tellRefusal(error instanceof OknoError ? error.refusal : new OknoError('internal').refusal);
  }
}
