import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeXlsxStream } from 'hucre/xlsx';
import { cellText, type CellValue } from '../../shared/base/cell-value.ts';
import { OknoError } from '../../shared/base/errors.ts';
import { addMs } from '../../shared/base/instant.ts';

export type ExportFormat = 'xlsx' | 'csv';

/** A column of the file; the width is that of the screen, px. */
export interface ExportColumn {
  readonly title: string;
  readonly width: number;
}

/** Excel of a Russian desk opens it by a double click: it takes the BOM for UTF-8 and «;» for the separator. */
const csvStart = '\uFEFF';
const csvEnd = '\r\n';

/** A cell of CSV. A text that Excel would take for a formula gets an apostrophe before it: letters come from strangers. */
export function csvCell(value: CellValue): string {
  if (typeof value === 'number') return String(value).replace('.', ',');
  const plain = cellText(value);
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of CSV with its end. */
export function csvLine(cells: readonly CellValue[]): string {
  return `${cells.map(csvCell).join(';')}${csvEnd}`;
}

const moscowOffsetMs = 3 * 3_600_000;
const longestCell = 32_767;
const dateFormats = { date: 'dd.mm.yyyy', moment: 'dd.mm.yyyy hh:mm' } as const;

/** A cell of XLSX: a number as a number, a time as Excel's own, by the clock of Moscow; text is text, whatever it begins with. */
export function sheetCell(value: CellValue): string | number | Date | null {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return value.slice(0, longestCell);
  if (typeof value === 'number') return value;
  const shifted = new Date(addMs(value.at, moscowOffsetMs));
  if (value.shown === 'date') shifted.setUTCHours(0, 0, 0, 0);
  return shifted;
}

/** A name that Excel takes for a sheet: 31 characters, none of its own signs. */
export function sheetName(title: string): string {
  return title.replace(/[[\]:*?/\\]/g, ' ').replace(/^'+|'+$/g, '').trim().slice(0, 31) || 'Список';
}

function numberFormat(rows: readonly (readonly CellValue[])[], column: number): string | null {
  for (const row of rows) {
    const value = row[column] ?? null;
    if (typeof value === 'object' && value !== null) return dateFormats[value.shown];
  }
  return null;
}

function sheetColumns(columns: readonly ExportColumn[], first: readonly (readonly CellValue[])[]) {
  return columns.map(({ title, width }, index) => {
    const numFmt = numberFormat(first, index);
    return { header: title, width: Math.max(8, Math.round(width / 7)), ...(numFmt === null ? {} : { numFmt }) };
  });
}

async function* sheetRows(rows: AsyncIterable<readonly CellValue[]>): AsyncGenerator<ReturnType<typeof sheetCell>[]> {
  for await (const row of rows) yield row.map(sheetCell);
}

/**
 * A list written to a file as its rows come: memory does not grow with them. It stands under its own name only when it is whole;
 * until then beside it with «.part». What the disk refuses is `storageFailed`.
 */
export class ExportFile {
  readonly #target: string;
  readonly #format: ExportFormat;
  readonly #title: string;
  readonly #columns: readonly ExportColumn[];
  readonly #input = new PassThrough({ objectMode: true, highWaterMark: 500 });
  readonly #stop = new AbortController();
  #writing: Promise<void> | null = null;
  #failure: unknown = null;
  #rows = 0;

  constructor(target: string, format: ExportFormat, title: string, columns: readonly ExportColumn[]) {
    this.#target = target;
    this.#format = format;
    this.#title = title;
    this.#columns = columns;
  }

  get #part(): string {
    return `${this.#target}.part`;
  }

  /** Takes rows; resolves when there is room for more. */
  async write(rows: readonly (readonly CellValue[])[]): Promise<void> {
    this.#begin(rows);
    for (const row of rows) {
      if (this.#failure !== null) throw new OknoError('storageFailed', {}, { cause: this.#failure });
      this.#rows += 1;
      if (!this.#input.write(row)) await this.#room();
    }
  }

  /** The file is whole; answers the number of its rows. */
  async finish(): Promise<number> {
    this.#begin([]);
    this.#input.end();
    await this.#writing;
    try {
      if (this.#failure !== null) throw this.#failure;
      await rename(this.#part, this.#target);
    } catch (error) {
      await rm(this.#part, { force: true });
      throw new OknoError('storageFailed', {}, { cause: error });
    }
    return this.#rows;
  }

  async cancel(): Promise<void> {
    this.#stop.abort();
    await this.#writing;
    await rm(this.#part, { force: true });
  }

  /** The formats of the columns are seen in the first rows. */
  #begin(first: readonly (readonly CellValue[])[]): void {
    if (this.#writing !== null) return;
    const file = createWriteStream(this.#part, { mode: 0o600 });
    const { signal } = this.#stop;
    const running = this.#format === 'csv' ? pipeline(this.#input, this.#csv(), file, { signal }) : pipeline(Readable.fromWeb(this.#sheet(first)), file, { signal });
    this.#writing = running.catch((error: unknown) => {
      this.#failure = error;
      this.#input.destroy();
    });
  }

  #csv(): Transform {
    const titles = this.#columns.map(({ title }) => title);
    let begun = false;
    const head = (): string => {
      const text = begun ? '' : `${csvStart}${csvLine(titles)}`;
      begun = true;
      return text;
    };
    return new Transform({
      writableObjectMode: true,
      transform: (row: readonly CellValue[], _encoding, done) => done(null, `${head()}${csvLine(row)}`),
      flush: (done) => done(null, head()),
    });
  }

  #sheet(first: readonly (readonly CellValue[])[]) {
    return writeXlsxStream(sheetRows(this.#input), { name: sheetName(this.#title), columns: sheetColumns(this.#columns, first), freezePane: { rows: 1 } }) as Parameters<typeof Readable.fromWeb>[0]; // the same web stream, declared by the DOM
  }

  async #room(): Promise<void> {
    await new Promise<void>((resolve) => {
      const go = (): void => {
        this.#input.off('drain', go).off('close', go);
        resolve();
      };
      this.#input.on('drain', go).on('close', go);
    });
  }
}
