import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Desk } from '../helpers/desk.ts';
import { goTo, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;

const list = (page: Page) => visible(page.getByRole('region', { name: 'Клиенты', exact: true })).first();
const heading = (page: Page, title: string) => list(page).getByRole('columnheader', { name: title, exact: true });
const titles = async (page: Page): Promise<readonly string[]> => list(page).getByRole('columnheader').allTextContents();
const filter = (page: Page, text: RegExp) => list(page).getByRole('button', { name: text });
const html = (page: Page) => page.locator('html');

async function width(page: Page, title: string): Promise<number> {
  return (await heading(page, title).boundingBox())?.width ?? 0;
}


async function openClients(page: Page): Promise<void> {
  await goTo(page, 'Клиенты');
  await list(page).locator('.okno-list-body .okno-list-row').first().waitFor(patience);
}

async function settings(page: Page): Promise<void> {
  await list(page).getByRole('button', { name: 'Отбор и колонки' }).click(patience);
}

async function viewSettings(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: /\S+\s[А-Я]\.\s[А-Я]\./ }).click(patience);
  await page.getByRole('menuitem', { name: 'Настройки вида', exact: true }).click(patience);
}

async function chooseView(page: Page, group: string, choice: string): Promise<void> {
  await page.getByRole('dialog', { name: 'Настройки вида' }).getByRole('radiogroup', { name: group }).getByRole('radio', { name: choice, exact: true }).click(patience);
}

async function logInAnew(desk: Desk, user: 'belova' | 'kuznetsov'): Promise<void> {
  await desk.page.getByRole('banner').getByRole('button', { name: /\S+\s[А-Я]\.\s[А-Я]\./ }).click(patience);
  await desk.page.getByRole('menuitem', { name: 'Выйти', exact: true }).click(patience);
  await desk.logIn(user);
}

/** What the system's own parts of the window follow. */
function systemTheme(desk: Desk): Promise<string> {
  return desk.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
}

it('sort, width, columns, their order and the filter of a list are kept through a restart of the program', async () => {
  const desk = set.desk('belova');
  let { page } = desk;
  await openClients(page);
  const atFirst = await titles(page);
  const wasWide = await width(page, 'E-mail');
  await heading(page, 'E-mail').getByRole('button').focus();
  for (let n = 0; n < 5; n += 1) await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => width(page, 'E-mail'), patience).toBe(wasWide + 40);
  await heading(page, 'Телефон').getByRole('button').click(patience);
  await heading(page, 'Телефон').getByRole('button').click(patience);
  await expect.poll(() => heading(page, 'Телефон').getAttribute('aria-sort'), patience).toBe('descending');

  await settings(page);
  await page.getByText('Адрес', { exact: true }).last().click(patience);
  await page.getByText('Дата регистрации', { exact: true }).last().click(patience);
  await page.getByRole('button', { name: 'Левее: Вид клиента' }).click(patience);
  await page.getByRole('combobox', { name: 'Вид клиента' }).click(patience);
  await page.getByRole('option', { name: 'Юридическое лицо' }).click(patience);
  await page.keyboard.press('Escape');
  expect(await seen(filter(page, /^Вид клиента: Юридическое лицо/))).toBe(true);
  await expect.poll(async () => (await titles(page)).includes('Адрес'), patience).toBe(false);
  const chosen = await titles(page);
  expect(chosen).toContain('Дата регистрации');
  expect(chosen.indexOf('Вид клиента')).toBeLessThan(chosen.indexOf('ИНН'));
  await expect.poll(() => row(page, 'Гаврилюк').count(), patience).toBe(0);
  const names = await list(page).locator('.okno-list-body .okno-list-row').allInnerTexts();
  await goTo(page, 'Мои задачи');
  await visible(page.getByRole('region', { name: 'Мои задачи' })).first().waitFor(patience);

  await desk.reopen();
  ({ page } = desk);
  await openClients(page);
  await expect.poll(() => titles(page), patience).toEqual(chosen);
  expect(await width(page, 'E-mail')).toBe(wasWide + 40);
  expect(await heading(page, 'Телефон').getAttribute('aria-sort')).toBe('descending');
  expect(await seen(filter(page, /^Вид клиента: Юридическое лицо/))).toBe(true);
  expect(await list(page).locator('.okno-list-body .okno-list-row').allInnerTexts()).toEqual(names);
  expect(atFirst).not.toEqual(chosen);
});

it('they are the user’s own: another at the same desk has the list as it is at first, «Как было вначале» brings it back', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  const chosen = await titles(page);
  await logInAnew(desk, 'kuznetsov');
  await openClients(page);
  expect(await titles(page)).toContain('Адрес');
  expect(await filter(page, /^Вид клиента:/).count()).toBe(0);
  expect(await heading(page, 'Наименование').getAttribute('aria-sort')).toBe('ascending');
  const atFirst = await titles(page);

  await logInAnew(desk, 'belova');
  await openClients(page);
  expect(await titles(page)).toEqual(chosen);
  await settings(page);
  await page.getByRole('button', { name: 'Как было вначале' }).click(patience);
  await page.keyboard.press('Escape');
  await expect.poll(() => titles(page), patience).toEqual(atFirst);
  expect(await filter(page, /^Вид клиента:/).count()).toBe(0);
});

it('theme, size of the text and density are the user’s own and outlive a restart; «Как в системе» follows the system', async () => {
  const desk = set.desk('belova');
  await viewSettings(desk.page);
  await chooseView(desk.page, 'Тема', 'Тёмная');
  await chooseView(desk.page, 'Масштаб', '125 %');
  await chooseView(desk.page, 'Строки списков', 'Свободно');
  const asChosen = async (): Promise<void> => {
    await expect.poll(() => html(desk.page).getAttribute('data-mantine-color-scheme'), patience).toBe('dark');
    await expect.poll(() => html(desk.page).evaluate((root) => [root.style.getPropertyValue('zoom'), root.dataset['density']]), patience).toEqual(['1.25', 'loose']);
    await expect.poll(() => systemTheme(desk), patience).toBe('dark');
  };
  await asChosen();
  await desk.reopen();
  await asChosen();

  await logInAnew(desk, 'kuznetsov');
  await expect.poll(() => html(desk.page).evaluate((root) => [root.style.getPropertyValue('zoom'), root.dataset['density']]), patience).toEqual(['1', 'compact']);
  await expect.poll(() => systemTheme(desk), patience).toBe('system');
  await desk.page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => html(desk.page).getAttribute('data-mantine-color-scheme'), patience).toBe('light');
  await desk.page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => html(desk.page).getAttribute('data-mantine-color-scheme'), patience).toBe('dark');
  await viewSettings(desk.page);
  await chooseView(desk.page, 'Тема', 'Светлая');
  await expect.poll(() => html(desk.page).getAttribute('data-mantine-color-scheme'), patience).toBe('light');
});
