import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvCell, ExportFile, sheetCell, sheetName } from '../../../main/desk/export-file.ts';
import { dateCell, momentCell, type CellValue } from '../../../shared/base/cell-value.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'okno-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const columns = [
  { title: 'ФИО', width: 200 },
  { title: 'Поступило', width: 136 },
  { title: 'Срок', width: 96 },
  { title: 'Писем', width: 64 },
];
const row: readonly CellValue[] = ['Соколова "М.И."', momentCell('2026-11-24T22:14:00.000Z'), dateCell('2026-11-24T22:14:00.000Z'), 3];

async function written(name: string, format: 'xlsx' | 'csv', rows: readonly (readonly CellValue[])[]): Promise<string> {
  const target = path.join(folder, name);
  const file = new ExportFile(target, format, 'Клиенты: все/новые', columns);
  if (rows.length > 0) await file.write(rows);
  expect(await file.finish()).toBe(rows.length);
  return target;
}

describe('cells of CSV', () => {
  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+7 916 204-18-55', "'+7 916 204-18-55"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tобход', "'\tобход"],
    ['д. 14; кв. 2', '"д. 14; кв. 2"'],
    ['две\nстроки', '"две\nстроки"'],
    ['просто текст', 'просто текст'],
    [null, ''],
    [-2.5, '-2,5'],
    [12_000, '12000'],
  ] as const)('%j is written as %s', (value, text) => {
    expect(csvCell(value)).toBe(text);
  });

  it('hold times by the clock of Moscow', () => {
    expect(csvCell(momentCell('2026-11-24T22:14:00.000Z'))).toBe('25.11.2026 01:14');
    expect(csvCell(dateCell('2026-11-24T22:14:00.000Z'))).toBe('25.11.2026');
    expect(csvCell(dateCell('2026-11-24'))).toBe('24.11.2026');
  });
});

describe('cells of XLSX', () => {
  it('keep a formula of a stranger as text and shorten what Excel cannot hold', () => {
    expect(sheetCell('=1+1')).toBe('=1+1');
    expect(sheetCell('я'.repeat(40_000))).toHaveLength(32_767);
  });

  it('name the sheet as Excel allows', () => {
    expect(sheetName('Клиенты: все/новые')).toBe('Клиенты  все новые');
    expect(sheetName('[]')).toBe('Список');
    expect(sheetName('Фильтры электронных писем и нежелательной почты')).toHaveLength(31);
  });
});

describe('the file of a list', () => {
  it('is CSV that Excel opens in Russian: BOM, «;», CRLF', async () => {
    const text = readFileSync(await written('a.csv', 'csv', [row, ['=2+2', null, null, null]]), 'utf8');
    expect(text).toBe('\uFEFFФИО;Поступило;Срок;Писем\r\n"Соколова ""М.И.""";25.11.2026 01:14;25.11.2026;3\r\n\'=2+2;;;\r\n');
  });

  it('is XLSX with real dates and numbers, headings, and text that is no formula', async () => {
    const book = await readXlsx(readFileSync(await written('a.xlsx', 'xlsx', [row, ['=2+2', null, null, 0]])));
    const [sheet] = book.sheets;
    expect(sheet?.name).toBe('Клиенты  все новые');
    expect(sheet?.rows).toEqual([
      ['ФИО', 'Поступило', 'Срок', 'Писем'],
      ['Соколова "М.И."', new Date('2026-11-25T01:14:00.000Z'), new Date('2026-11-25T00:00:00.000Z'), 3],
      ['=2+2', null, null, 0],
    ]);
  });

  it('without rows has its headings', async () => {
    expect(readFileSync(await written('empty.csv', 'csv', []), 'utf8')).toBe('\uFEFFФИО;Поступило;Срок;Писем\r\n');
    expect((await readXlsx(readFileSync(await written('empty.xlsx', 'xlsx', [])))).sheets[0]?.rows).toEqual([['ФИО', 'Поступило', 'Срок', 'Писем']]);
  });

  it.each(['xlsx', 'csv'] as const)('takes 100 000 rows as %s portion by portion', async (format) => {
    const target = path.join(folder, `large.${format}`);
    const file = new ExportFile(target, format, 'Заявки', columns);
    const portion = Array.from({ length: 250 }, () => row);
    for (let at = 0; at < 400; at += 1) await file.write(portion);
    expect(await file.finish()).toBe(100_000);
    if (format === 'csv') expect(readFileSync(target, 'utf8').split('\r\n')).toHaveLength(100_002);
  }, 60_000);

  it('leaves nothing when it is cancelled', async () => {
    const file = new ExportFile(path.join(folder, 'cancelled.xlsx'), 'xlsx', 'Заявки', columns);
    await file.write([row]);
    await file.cancel();
    expect(readdirSync(folder).filter((name) => name.startsWith('cancelled'))).toEqual([]);
  });

  it('refuses in words when the disk cannot be written', async () => {
    const file = new ExportFile(path.join(folder, 'нет такой папки', 'a.csv'), 'csv', 'Заявки', columns);
    await expect((async () => {
      await file.write([row]);
      await file.finish();
    })()).rejects.toMatchObject({ code: 'storageFailed' });
  });
});
