import path from 'node:path';
import type { CellValue } from '../../shared/base/cell-value.ts';
import { OknoError } from '../../shared/base/errors.ts';
import type { ListExport, ListRow } from '../../shared/protocol/list.ts';
import type { Cache } from '../db/cache.ts';
import { listRowNumbers, listRowsAt } from '../db/list-query.ts';
import type { Desk } from './desk.ts';
import { ExportFile } from './export-file.ts';
import { writeAccess } from './search-log.ts';

interface Group {
  readonly title: string | null;
  readonly type: string;
  readonly numbers: readonly number[];
}

interface Running {
  /** Null: the rows are only read, for paper. */
  readonly file: ExportFile | null;
  readonly name: string;
  readonly groups: Group[];
  at: number;
}

/** Rows given at a time: what a search waits for in between stays short. */
const portion = 250;

/** Lists on their way into files. The order of rows is fixed when it begins, so that what changes meanwhile doubles or skips none. */
export class ListExports {
  readonly #desk: Desk;
  readonly #running = new Map<string, Running>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Begins a file, or for paper only the rows (`target` null); the line of the access log is written before any row leaves. */
  begin(target: string | null, { format, title, columns, groups, narrowed }: ListExport): { readonly exportId: string; readonly total: number } {
    this.#desk.session.require();
    const { cache } = this.#desk.base;
    const found = groups.map((group): Group => ({ title: group.title, type: group.query.type, numbers: listRowNumbers(cache, group.query) }));
    const total = found.reduce((sum, { numbers }) => sum + numbers.length, 0);
    writeAccess(this.#desk, format === 'print' ? 'print' : 'export', groups[0]?.query.type ?? '', '', [format === 'print' ? `«${title}»` : `«${title}», ${format.toUpperCase()}`, groups.length === 0 ? '' : `строк: ${total}`, narrowed].filter((text) => text !== '').join('; '));
    const exportId = crypto.randomUUID();
    this.#running.set(exportId, { file: target === null || format === 'print' ? null : new ExportFile(target, format, title, columns), name: path.basename(target ?? ''), groups: found, at: 0 });
    return { exportId, total };
  }

  /** The next rows of one group; empty when all are given. */
  rows(exportId: string, cache: Cache): { readonly rows: ListRow[]; readonly group: string | null } {
    const running = this.#get(exportId);
    for (let group = running.groups[0]; group !== undefined; group = running.groups[0]) {
      const numbers = group.numbers.slice(running.at, running.at + portion);
      running.at += portion;
      if (running.at >= group.numbers.length) {
        running.groups.shift();
        running.at = 0;
      }
      const rows = listRowsAt(cache, group.type, numbers);
      if (rows.length > 0) return { rows: [...rows], group: group.title };
    }
    return { rows: [], group: null };
  }

  async write(exportId: string, rows: readonly (readonly CellValue[])[]): Promise<void> {
    await this.#fileOf(exportId).write(rows);
  }

  async end(exportId: string): Promise<{ readonly name: string; readonly rows: number }> {
    const { name } = this.#get(exportId);
    const file = this.#fileOf(exportId);
    this.#running.delete(exportId);
    return { name, rows: await file.finish() };
  }

  async cancel(exportId: string): Promise<void> {
    const running = this.#running.get(exportId);
    this.#running.delete(exportId);
    await running?.file?.cancel();
  }

  #fileOf(exportId: string): ExportFile {
    const { file } = this.#get(exportId);
    if (file === null) throw new OknoError('notFound', { exportId });
    return file;
  }

  #get(exportId: string): Running {
    const running = this.#running.get(exportId);
    if (running === undefined) throw new OknoError('notFound', { exportId });
    return running;
  }
}
