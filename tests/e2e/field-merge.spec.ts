import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { goTo, openTab, press, pressExactly, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'kuznetsov');
const pages = (): readonly [Page, Page] => [set.desk('belova').page, set.desk('kuznetsov').page];
const patience = { timeout: 60_000 } as const;
const client = 'Тихомирова';

const field = (page: Page, label: string) => visible(page.getByLabel(label, { exact: true })).first();
const type = (page: Page, label: string, text: string): Promise<void> => field(page, label).fill(text, patience);
const question = (page: Page) => page.getByRole('dialog', { name: /изменили одни и те же поля$/ });

async function openCard(page: Page): Promise<void> {
  await goTo(page, 'Клиенты');
  await row(page, client).click(patience);
  await page.keyboard.press('F2');
  await field(page, 'Отчество').waitFor(patience);
}

/** What stands in the card now: last name, name, patronymic. */
async function named(page: Page): Promise<string> {
  return (await Promise.all(['Фамилия', 'Имя', 'Отчество'].map((label) => field(page, label).inputValue()))).join(' ');
}

async function write(page: Page): Promise<void> {
  await pressExactly(page, 'Записать');
}

/** Written here and at the centre. */
async function written(page: Page): Promise<void> {
  await visible(page.getByText('Записать: сделано')).first().or(question(page)).first().waitFor(patience);
  expect(await question(page).count()).toBe(0);
  await page.getByRole('contentinfo').getByText('К отправке 0', { exact: true }).waitFor(patience);
}

/** The second, off line, and then the first write a field of the card each; resolves when the second is on line again. */
async function bothWrite(offLine: readonly [label: string, text: string], onLine: readonly [label: string, text: string]): Promise<void> {
  const [first, second] = pages();
  await set.desk('kuznetsov').goOffline();
  await type(second, ...offLine);
  await write(second);
  await visible(second.getByText(/К отправке [1-9]/)).first().waitFor(patience);
  await type(first, ...onLine);
  await write(first);
  await written(first);
  await set.desk('kuznetsov').goOnline();
}

it('two change different fields of one card: what the other wrote appears, what is typed stays, nothing is asked', async () => {
  const [first, second] = pages();
  await openCard(first);
  await openCard(second);
  expect(await named(second)).toBe('Тихомирова Анна Львовна');
  await type(second, 'Отчество', 'Игоревна');
  await type(first, 'Имя', 'Инна');
  await write(first);
  await expect.poll(() => named(second), patience).toBe('Тихомирова Инна Игоревна');
  await write(second);
  await expect.poll(() => named(first), patience).toBe('Тихомирова Инна Игоревна');
  expect(await question(second).count()).toBe(0);
});

it('two change the same fields: each is asked about with what was, what is written and one’s own; both ways are taken', async () => {
  const [first, second] = pages();
  await type(second, 'Фамилия', 'Тихомирова-Лебедева');
  await type(second, 'Отчество', 'Петровна');
  await type(first, 'Фамилия', 'Тихомирова-Зуева');
  await type(first, 'Имя', 'Ирина');
  await type(first, 'Отчество', 'Павловна');
  await write(first);
  await expect.poll(() => named(second), patience).toBe('Тихомирова-Лебедева Ирина Петровна');

  await write(second);
  const dialog = question(second);
  await dialog.waitFor(patience);
  expect(await dialog.getByRole('heading').first().textContent()).toMatch(/^Вы и Белова\sИ\.\sС\. изменили/);
  const rows = dialog.getByRole('row');
  expect(await rows.nth(1).innerText()).toMatch(/Фамилия\s+Тихомирова\s+Тихомирова-Зуева\s+Тихомирова-Лебедева/);
  expect(await rows.nth(2).innerText()).toMatch(/Отчество\s+Игоревна\s+Павловна\s+Петровна/);
  expect(await rows.count()).toBe(3);
  expect(await dialog.innerText()).toContain('Осталось выбрать 2');

  await dialog.getByRole('button', { name: /^Вернуться к правке/ }).click(patience);
  await dialog.waitFor({ state: 'detached' });
  expect(await named(second)).toBe('Тихомирова-Лебедева Ирина Петровна');

  await write(second);
  await dialog.getByRole('radio', { name: /^Отчество, записано: Павловна/ }).click(patience);
  await dialog.getByRole('radio', { name: /^Фамилия, ваше: Тихомирова-Лебедева/ }).click(patience);
  await dialog.getByRole('button', { name: /^Записать/ }).click(patience);
  await dialog.waitFor({ state: 'detached' });
  for (const page of [first, second]) await expect.poll(() => named(page), patience).toBe('Тихомирова-Лебедева Ирина Павловна');
});

it('«История изменений» says who changed what and when, also what another changed', async () => {
  const [first, second] = pages();
  await openTab(first, 'История изменений');
  const changes = visible(first.getByRole('listitem')).filter({ hasText: 'Кузнецов' }).filter({ hasText: 'Фамилия' }).first();
  const text = await changes.innerText(patience);
  expect(text).toContain('Фамилия: Тихомирова-Зуева → Тихомирова-Лебедева');
  expect(text).not.toContain('Отчество:');
  expect(text).toMatch(/\d\d:\d\d/);
  const own = await visible(first.getByRole('listitem')).filter({ hasText: 'Белова' }).filter({ hasText: 'Отчество' }).first().innerText(patience);
  expect(own).toContain('Отчество: Игоревна → Павловна');
  await openTab(first, 'Основное');
  expect(await question(second).count()).toBe(0);
});

it('one of them is off line: other fields merge when the network is back, the same field waits in «Разобрать» with what was typed', async () => {
  const [first, second] = pages();
  await bothWrite(['Имя', 'Ия'], ['Отчество', 'Фёдоровна']);
  for (const page of pages()) await expect.poll(() => named(page), patience).toBe('Тихомирова-Лебедева Ия Фёдоровна');

  await bothWrite(['Имя', 'Мария'], ['Имя', 'Марта']);
  await expect.poll(() => named(second), patience).toBe('Тихомирова-Лебедева Марта Фёдоровна');

  await goTo(second, 'Разобрать');
  await row(second, 'Записать').click(patience);
  const refused = visible(second.getByRole('region', { name: 'Непринятая команда' }));
  expect(await seen(refused.getByRole('heading', { name: 'Документ изменён другим сотрудником' }))).toBe(true);
  const text = await refused.innerText();
  for (const said of ['Что записал другой сотрудник', 'Марта', 'Что вы ввели', 'Мария']) expect(text).toContain(said);
  await press(second, 'Отправить ещё раз');
  await second.getByRole('dialog', { name: 'Отправить ещё раз?' }).getByRole('button', { name: /^Отправить ещё раз/ }).click(patience);
  expect(await seen(row(second, 'Отправлено ещё раз'))).toBe(true);
  await expect.poll(() => named(first), patience).toBe('Тихомирова-Лебедева Мария Фёдоровна');
});
