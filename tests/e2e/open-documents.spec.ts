import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Desk } from '../helpers/desk.ts';
import { goTo, press, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;
const names = ['Гаврилюк', 'Тихомирова', 'Ермолаев'] as const;

const open = (page: Page) => page.getByRole('group', { name: 'Открыто' }).getByRole('button');
const field = (page: Page, label: string) => visible(page.getByLabel(label, { exact: true })).first();
const question = (page: Page) => page.getByRole('dialog', { name: 'Сохранить изменения?' });

async function openCard(page: Page, name: string): Promise<void> {
  await goTo(page, 'Клиенты');
  await row(page, name).click(patience);
  await page.keyboard.press('F2');
  await expect.poll(() => field(page, 'Фамилия').inputValue(), patience).toBe(name);
}

/** What is on top. */
async function onTop(page: Page): Promise<string> {
  return field(page, 'Фамилия').inputValue(patience);
}

async function answer(page: Page, pressed: string): Promise<void> {
  await question(page).getByRole('button', { name: new RegExp(`^${pressed}(\\s|$)`) }).click(patience);
  await question(page).waitFor({ state: 'detached', ...patience });
}

/** As a click on the window's cross. */
async function closeWindow(desk: Desk): Promise<void> {
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

function ended(desk: Desk): Promise<void> {
  return new Promise((resolve) => {
    const child = desk.app.process();
    if (child.exitCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
}

it('several documents are open at once: Ctrl+Tab goes around them, a dot marks what is not written, what is typed stays', async () => {
  const { page } = set.desk('belova');
  for (const name of names) await openCard(page, name);
  expect(await open(page).count()).toBe(3);
  await page.keyboard.press('Control+Tab');
  expect(await onTop(page)).toBe('Гаврилюк');
  await field(page, 'Отчество').fill('Павлович');
  await page.keyboard.press('Control+Tab');
  expect(await onTop(page)).toBe('Тихомирова');
  await page.keyboard.press('Control+Shift+Tab');
  expect(await onTop(page)).toBe('Гаврилюк');
  expect(await field(page, 'Отчество').inputValue()).toBe('Павлович');
  expect(await page.getByRole('group', { name: 'Открыто' }).getByRole('img', { name: 'не записано' }).count()).toBe(1);
  await page.keyboard.press('Control+Digit3');
  expect(await onTop(page)).toBe('Ермолаев');
  await page.keyboard.press('Escape');
  await expect.poll(() => open(page).count(), patience).toBe(2);
});

it('closing with something unsaved asks: «Отмена» stays, «Не сохранять» forgets, «Записать» writes', async () => {
  const { page } = set.desk('belova');
  await open(page).filter({ hasText: 'Гаврилюк' }).click(patience);
  await page.keyboard.press('Escape');
  await answer(page, 'Отмена');
  expect(await field(page, 'Отчество').inputValue()).toBe('Павлович');
  await page.keyboard.press('Escape');
  await answer(page, 'Не сохранять');
  await expect.poll(() => open(page).count(), patience).toBe(1);
  await openCard(page, 'Гаврилюк');
  expect(await field(page, 'Отчество').inputValue()).toBe('Петрович');

  await field(page, 'Отчество').fill('Платонович');
  await open(page).filter({ hasText: 'Тихомирова' }).click(patience);
  await open(page).filter({ hasText: 'Гаврилюк' }).click({ ...patience, button: 'middle' });
  await answer(page, 'Записать');
  await expect.poll(() => open(page).count(), patience).toBe(1);
  await openCard(page, 'Гаврилюк');
  expect(await field(page, 'Отчество').inputValue()).toBe('Платонович');
});

it('the window’s cross asks about each unsaved document; «Отмена» keeps the window', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  await field(page, 'Отчество').fill('Пахомович');
  await open(page).filter({ hasText: 'Тихомирова' }).click(patience);
  await field(page, 'Имя').fill('Антонина');
  await goTo(page, 'Мои задачи');
  await closeWindow(desk);
  await question(page).waitFor(patience);
  expect(await onTop(page)).toBe('Тихомирова');
  await answer(page, 'Отмена');
  expect(await field(page, 'Имя').inputValue()).toBe('Антонина');
  expect(await open(page).count()).toBe(2);

  const gone = ended(desk);
  await closeWindow(desk);
  await question(page).getByText('Тихомирова').waitFor(patience);
  await question(page).getByRole('button', { name: /^Записать/ }).click(patience);
  await question(page).getByText('Гаврилюк').waitFor(patience);
  await question(page).getByRole('button', { name: /^Не сохранять/ }).click(patience);
  await gone;

  await desk.reopen();
  await openCard(desk.page, 'Тихомирова');
  expect(await field(desk.page, 'Имя').inputValue()).toBe('Антонина');
  await openCard(desk.page, 'Гаврилюк');
  expect(await field(desk.page, 'Отчество').inputValue()).toBe('Платонович');
});

it('with nothing unsaved the window’s cross closes at once', async () => {
  const desk = set.desk('belova');
  await goTo(desk.page, 'Исходящие письма');
  await press(desk.page, 'Написать');
  await field(desk.page, 'Тема').fill('Черновик');
  await field(desk.page, 'Тема').fill('');
  await expect.poll(() => desk.page.getByRole('img', { name: 'не записано' }).count(), patience).toBe(0);
  const gone = ended(desk);
  await closeWindow(desk);
  await gone;
  await desk.reopen();
  expect(await seen(desk.page.getByRole('navigation', { name: 'Разделы' }))).toBe(true);
});
