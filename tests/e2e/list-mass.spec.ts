import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { choose, goTo, press, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'fomina');
const patience = { timeout: 60_000 } as const;
const subjects = Array.from({ length: 12 }, (_, index) => `Обращение жителя ${String(index + 1).padStart(2, '0')}`);

const toolbar = (page: Page) => visible(page.getByRole('toolbar', { name: 'Выбранные строки' }));
const told = (page: Page, text: string | RegExp) => page.getByRole('contentinfo').getByText(text);
const marked = (page: Page) => visible(page.locator('.okno-list-row[data-marked="true"]'));
/** A list; one in groups is a tree. */
const grid = (page: Page, name: string | RegExp = /./) => visible(page.getByRole('grid', { name, exact: true }).or(page.getByRole('treegrid', { name, exact: true })));
const holders = (page: Page, text: string | RegExp) => visible(grid(page).getByRole('row').filter({ hasText: subjects[0]?.slice(0, 10) ?? '' }).filter({ hasText: text })).count();

async function selected(page: Page, text: string): Promise<void> {
  await toolbar(page).getByRole('heading', { name: text, exact: true }).waitFor(patience);
}

async function act(page: Page, name: string): Promise<void> {
  await toolbar(page).getByRole('button', { name: new RegExp(`^${name}`) }).click(patience);
}

beforeAll(async () => {
  for (const subject of subjects) await writeToClients(set.centre, { from: 'Житель <zhitel@pochta-mo.ru>', subject, text: 'Прошу ответить.' });
});

it('several rows are selected by Shift with the arrows, by Shift and Ctrl with the mouse, and all by Ctrl+A; Esc lets them go', async () => {
  const { page } = set.desk('belova');
  await expect.poll(() => holders(page, 'Обращение'), patience).toBe(subjects.length);
  await row(page, subjects[0] ?? '').click(patience);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await selected(page, 'Выбрано: 3 из 12');
  await page.keyboard.press('Shift+ArrowUp');
  await selected(page, 'Выбрано: 2 из 12');
  expect(await marked(page).count()).toBe(2);
  await row(page, subjects[5] ?? '').click({ modifiers: ['Shift'], ...patience });
  await selected(page, 'Выбрано: 6 из 12');
  await row(page, subjects[8] ?? '').click({ modifiers: ['Control'], ...patience });
  await selected(page, 'Выбрано: 7 из 12');
  await page.keyboard.press('Control+KeyA');
  await selected(page, 'Выбрано: 12 из 12');
  await page.keyboard.press('Escape');
  await expect.poll(() => toolbar(page).count(), patience).toBe(0);
});

it('many tasks are taken after one question and given back by Ctrl+Z', async () => {
  const { page } = set.desk('belova');
  await grid(page, 'Мои задачи').focus();
  await page.keyboard.press('Control+KeyA');
  await act(page, 'Принять в работу');
  expect(await seen(page.getByRole('dialog', { name: 'Принять в работу 12 задач?' }))).toBe(true);
  await page.keyboard.press('Enter');
  expect(await seen(told(page, 'Принято в работу: 12'))).toBe(true);
  await expect.poll(() => holders(page, /Я$/), patience).toBe(12);
  await page.keyboard.press('Control+KeyZ');
  expect(await seen(told(page, 'Отменено: 12'))).toBe(true);
  await expect.poll(() => holders(page, /Я$/), patience).toBe(0);
});

it('rows that are refused are told in one summary with the reasons, stay selected, and what was done can be taken back there', async () => {
  const [{ page }, other] = [set.desk('belova'), set.desk('fomina')];
  await takeLetter(other.page, subjects[3] ?? '');
  await expect.poll(() => holders(page, 'Фомина'), patience).toBe(1);
  await row(page, subjects[2] ?? '').click(patience);
  await row(page, subjects[4] ?? '').click({ modifiers: ['Shift'], ...patience });
  await page.keyboard.press('Shift+F10');
  await visible(page.getByRole('menuitem', { name: 'Принять в работу (3)' })).click(patience);
  const summary = page.getByRole('dialog', { name: 'Сделано: 2, отказано: 1' });
  await summary.waitFor(patience);
  const text = (await summary.textContent()) ?? '';
  expect(text).toContain('Письмо уже принято в работу: Фомина');
  expect(text).toContain(subjects[3]);
  await page.keyboard.press('Escape');
  await selected(page, 'Выбрано: 1 из 12');
  await expect.poll(() => holders(page, /Я$/), patience).toBe(2);
  await press(page, 'Снять выбор');
  await page.keyboard.press('Control+KeyZ');
  expect(await seen(told(page, 'Отменено: 2'))).toBe(true);
});

it('a supervisor gives several letters to one employee', async () => {
  const { page } = set.desk('fomina');
  await goTo(page, 'Входящие письма');
  await row(page, subjects[9] ?? '').click(patience);
  await row(page, subjects[10] ?? '').click({ modifiers: ['Control'], ...patience });
  await act(page, 'Переназначить');
  await page.getByRole('dialog', { name: 'Кому переназначить 2 письма?' }).waitFor(patience);
  await choose(page, 'Сотрудник', 'Белова');
  await page.getByRole('dialog').getByRole('button', { name: /^Переназначить/ }).click(patience);
  expect(await seen(told(page, 'Переназначено: 2'))).toBe(true);
  await expect.poll(() => holders(set.desk('belova').page, /Я$/), patience).toBe(2);
});

it('letters marked as spam together come back together', async () => {
  const { page } = set.desk('belova');
  await goTo(page, 'Входящие письма');
  await row(page, subjects[6] ?? '').click(patience);
  await row(page, subjects[7] ?? '').click({ modifiers: ['Control'], ...patience });
  await page.keyboard.press('Shift+F10');
  await visible(page.getByRole('menuitem', { name: 'Спам (2)' })).click(patience);
  expect(await seen(told(page, 'Отмечено как спам: 2'))).toBe(true);
  await expect.poll(() => row(page, subjects[6] ?? '').count(), patience).toBe(0);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Отменить' }).click(patience);
  expect(await seen(told(page, 'Отменено: 2'))).toBe(true);
  expect(await seen(row(page, subjects[6] ?? ''))).toBe(true);
  expect(await seen(row(page, subjects[7] ?? ''))).toBe(true);
});

it('Space selects the row where the keyboard stands; another order keeps what is selected', async () => {
  const { page } = set.desk('belova');
  await row(page, subjects[0] ?? '').click(patience);
  await page.keyboard.press('Space');
  await selected(page, 'Выбрано: 1 из 12');
  await visible(page.getByRole('columnheader', { name: 'Тема', exact: true })).getByRole('button').click(patience);
  await expect.poll(() => visible(page.getByRole('columnheader', { name: 'Тема', exact: true })).getAttribute('aria-sort'), patience).toBe('ascending');
  await selected(page, 'Выбрано: 1 из 12');
  expect(await marked(page).textContent()).toContain(subjects[0]);
});

it('several letters are ended without an answer for one reason; it stands on the event of each', async () => {
  const { page } = set.desk('belova');
  await press(page, 'Снять выбор');
  await row(page, subjects[9] ?? '').click(patience);
  await row(page, subjects[10] ?? '').click({ modifiers: ['Control'], ...patience });
  await page.keyboard.press('Shift+F10');
  await visible(page.getByRole('menuitem', { name: 'Завершить без ответа… (2)' })).click(patience);
  const dialog = page.getByRole('dialog', { name: 'Завершить без ответа 2 письма?' });
  await dialog.getByRole('button', { name: /^Завершить/ }).click(patience);
  expect(await seen(dialog.getByText('Укажите, почему ответа не будет'))).toBe(true);
  await dialog.getByLabel('Причина').fill('Рекламная рассылка', patience);
  await dialog.getByRole('button', { name: /^Завершить/ }).click(patience);
  expect(await seen(told(page, 'Завершено без ответа: 2'))).toBe(true);
  for (const subject of [subjects[9], subjects[10]]) await expect.poll(() => row(page, subject ?? '').textContent(), patience).toContain('Обработано');
});
