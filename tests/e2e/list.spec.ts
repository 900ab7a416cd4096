import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { accessLines, goTo, pick, press, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testClients } from '../helpers/small-company.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;
const [someone] = testClients;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'okno-lists-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Chooses a command of the whole list; answers the file that the dialog saved. */
async function save(command: string, name: string): Promise<Buffer> {
  const desk = set.desk('belova');
  const target = path.join(folder, name);
  await desk.answerDialogs([{ save: target }]);
  await visible(desk.page.getByRole('button', { name: 'Выгрузка и печать' })).click(patience);
  await visible(desk.page.getByRole('menuitem', { name: command, exact: true })).click(patience);
  await visible(desk.page.getByText(name)).waitFor(patience);
  return readFile(target);
}

it('exports the list of clients as it is shown to a file that Excel opens, and the access log tells it', async () => {
  const { page } = set.desk('belova');
  await goTo(page, 'Клиенты');
  await row(page, someone?.lastName ?? '').waitFor(patience);
  const headings = await page.getByRole('region', { name: 'Клиенты' }).getByRole('columnheader').allTextContents();
  const file = await save('Выгрузить в Excel (XLSX)', 'клиенты.xlsx');
  expect(strFromU8(unzipSync(file)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).toContain(someone?.lastName);
  const rows = (await readXlsx(file)).sheets[0]?.rows ?? [];
  expect(rows[0]?.slice(0, headings.length)).toEqual(headings);
  expect(rows).toHaveLength(testClients.length + 1);
  const names = rows.slice(1).map((cells) => cells[0]);
  expect(names).toContain(someone?.name);
  await expect.poll(async () => (await accessLines(set.centre, '')).filter(({ action }) => action === 'export').length, patience).toBe(1);
});

it('exports only what the search left, as CSV for Excel in Russian', async () => {
  const { page } = set.desk('belova');
  await visible(page.getByLabel('Найти в списке')).fill(someone?.lastName ?? '');
  await expect.poll(async () => visible(page.getByRole('region', { name: 'Клиенты' }).locator('.okno-list-body .okno-list-row')).count(), patience).toBeLessThan(testClients.length);
  const lines = (await save('Выгрузить в CSV', 'клиенты.csv')).toString('utf8').split('\r\n');
  expect(lines[0]?.startsWith('\uFEFFНаименование;Телефон;E-mail;')).toBe(true);
  expect(lines.filter((line) => line.includes(someone?.lastName ?? '')).length).toBe(lines.length - 2);
});

it('keeps the row that was found when the search is cleared, in sight, and calls no row new', async () => {
  const { page } = set.desk('belova');
  await page.setViewportSize({ width: 1366, height: 400 });
  const found = visible(page.getByRole('region', { name: 'Клиенты' }).getByRole('row', { selected: true }));
  const last = testClients.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'ru')).at(-1) ?? '';
  await visible(page.getByLabel('Найти в списке')).fill(last);
  await expect.poll(() => found.textContent(), patience).toContain(last);
  await visible(page.getByLabel('Найти в списке')).fill('');
  await expect.poll(async () => visible(page.getByRole('region', { name: 'Клиенты' }).locator('.okno-list-body .okno-list-row')).count(), patience).toBeGreaterThan(5);
  expect(await found.textContent()).toContain(last);
  expect(await found.evaluate((line) => line.getBoundingClientRect().bottom <= (line.closest('.okno-list-body')?.getBoundingClientRect().bottom ?? 0))).toBe(true);
  expect(await page.getByRole('button', { name: /^\d+ (новая|новые|новых)$/ }).count()).toBe(0);
});

it('groups by a column, filters by its values, and keeps both as a view that outlives a restart', async () => {
  const desk = set.desk('belova');
  const settings = (): Promise<void> => visible(desk.page.getByRole('button', { name: 'Отбор и колонки' })).click(patience);
  const group = (title: string): Locator => visible(desk.page.getByRole('treegrid', { name: 'Клиенты' }).getByRole('row').filter({ hasText: new RegExp(`^${title}\\s*\\d+$`) }));
  await desk.page.setViewportSize({ width: 1366, height: 768 });
  await settings();
  await pick(desk.page, 'Группировать по', 'Вид клиента');
  expect(await seen(group('Физическое лицо'))).toBe(true);
  expect(await seen(group('Юридическое лицо'))).toBe(true);
  await pick(desk.page, 'Вид клиента', 'Юридическое лицо');
  await group('Физическое лицо').waitFor({ state: 'detached', ...patience });
  await press(desk.page, 'Сохранить вид…');
  await visible(desk.page.getByLabel('Имя вида')).fill('Организации');
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.press('Escape');
  await visible(desk.page.getByLabel('Имя вида')).waitFor({ state: 'detached', ...patience });
  await visible(desk.page.getByRole('button', { name: 'Как было вначале' })).waitFor({ state: 'detached', ...patience });
  await settings();
  await press(desk.page, 'Как было вначале');
  await desk.page.keyboard.press('Escape');
  await row(desk.page, someone?.name ?? '').waitFor(patience);

  await desk.reopen();
  await goTo(desk.page, 'Клиенты');
  await row(desk.page, someone?.name ?? '').waitFor(patience);
  await settings();
  await pick(desk.page, 'Вид', 'Организации');
  await desk.page.keyboard.press('Escape');
  expect(await seen(group('Юридическое лицо'))).toBe(true);
  expect(await row(desk.page, someone?.name ?? '').count()).toBe(0);
  await settings();
  await press(desk.page, 'Удалить вид');
  expect(await visible(desk.page.getByRole('combobox', { name: 'Вид', exact: true })).count()).toBe(0);
});
