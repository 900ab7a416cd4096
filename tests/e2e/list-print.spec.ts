import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, it } from 'vitest';
import { accessLines, goTo, pick, row, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testClients } from '../helpers/small-company.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;

/** From now on what would go to the printer is kept as a PDF. */
async function keepPrinted(): Promise<void> {
  await set.desk('belova').app.evaluate(({ app }) => {
    const printed: string[] = [];
    Object.assign(globalThis, { printed });
    app.on('web-contents-created', (_event, contents) => {
      const keep = async (): Promise<void> => {
        printed.push((await contents.printToPDF({ preferCSSPageSize: true })).toString('base64'));
      };
      contents.print = (_options, done) => void keep().finally(() => done?.(true, ''));
    });
  });
}

/** The text of each page of what was printed last; `count` prints are awaited. */
async function pages(count: number): Promise<readonly string[]> {
  const { app } = set.desk('belova');
  const read = (): Promise<readonly string[]> => app.evaluate(() => (globalThis as unknown as { printed: string[] }).printed); // put there above
  await expect.poll(async () => (await read()).length, patience).toBe(count);
  const document = await getDocument({ data: new Uint8Array(Buffer.from((await read()).at(-1) ?? '', 'base64')) }).promise;
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    texts.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : '')).join('').replace(/\s+/g, ' '));
  }
  return texts;
}

it('Ctrl+P prints the list as it is shown: its columns, all rows, what ordered it, and how many sheets', async () => {
  const { page } = set.desk('belova');
  await keepPrinted();
  await goTo(page, 'Клиенты');
  await row(page, testClients[0]?.lastName ?? '').waitFor(patience);
  const headings = await visible(page.getByRole('region', { name: 'Клиенты' })).getByRole('columnheader').allTextContents();
  await page.keyboard.press('Control+KeyP');
  const [first, ...others] = await pages(1);
  const whole = [first, ...others].join(' ');
  expect(first?.startsWith('Клиенты')).toBe(true);
  for (const heading of headings) expect(first).toContain(heading);
  for (const { name } of testClients) expect(whole.replaceAll(' ', '')).toContain(name.replaceAll(' ', ''));
  expect(first).toContain('Порядок: Наименование');
  expect(first).toContain(`Строк: ${testClients.length}`);
  expect(first).toContain(`Листов: ${others.length + 1}`);
  await page.getByRole('contentinfo').getByText('Передано на печать: Клиенты').waitFor(patience);
  await expect.poll(async () => (await accessLines(set.centre, '')).filter(({ action }) => action === 'print').map(({ details }) => details), patience).toEqual([expect.stringMatching(/^«Клиенты»; строк: \d+; Порядок: Наименование$/)]);
});

it('prints only what filter and search left, in its groups', async () => {
  const { page } = set.desk('belova');
  await visible(page.getByRole('button', { name: 'Отбор и колонки' })).click(patience);
  await pick(page, 'Группировать по', 'Вид клиента');
  await pick(page, 'Вид клиента', 'Юридическое лицо');
  await page.keyboard.press('Escape');
  await expect.poll(() => row(page, testClients[0]?.lastName ?? '').count(), patience).toBe(0);
  await visible(page.getByRole('button', { name: 'Выгрузка и печать' })).click(patience);
  await visible(page.getByRole('menuitem', { name: /^Печать/ })).click(patience);
  const text = (await pages(2)).join(' ');
  expect(text).toContain('Вид клиента: Юридическое лицо');
  expect(text).toContain('Группы: Вид клиента');
  expect(text).not.toContain(testClients[0]?.lastName);
  expect(text.match(/Строк: (\d+)/)?.[1]).toBe(String(testClients.filter(({ kind }) => kind === 'organization').length));
  await expect.poll(() => set.desk('belova').app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length), patience).toBe(1);
});
