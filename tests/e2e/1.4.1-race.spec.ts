import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { badge, classify, fill, goTo, press, pressExactly, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'kuznetsov');
const patience = { timeout: 60_000 } as const;
const taken = /^Письмо уже принято в работу: Белова/;

/** Of a refused command in «Разобрать»: its row; the preview beside the list shows it. */
const refused = (page: Page) => visible(page.getByRole('region', { name: 'Непринятая команда' }));

/** «Ещё» of the document on top → the command. */
async function more(page: Page, command: string): Promise<void> {
  await press(page, 'Ещё');
  await visible(page.getByRole('menuitem', { name: command })).first().click(patience);
}

/** Chooses a refused command about a letter of this sender in «Разобрать» and waits until it is shown. */
async function chooseRefused(page: Page, command: string, sender: string): Promise<void> {
  await goTo(page, 'Разобрать');
  await visible(page.getByRole('row').filter({ hasText: command }).filter({ hasText: sender })).first().click(patience);
  await refused(page).getByText(new RegExp(`^${command}, `)).waitFor(patience);
}

async function openLetter(page: Page, subject: string): Promise<void> {
  await goTo(page, 'Входящие письма');
  await row(page, subject).click(patience);
  await page.keyboard.press('F2');
}

it('1.4.1 two desks press «Принять в работу» at once: the letter has one holder, the other is told who', async () => {
  const desks = [set.desk('belova'), set.desk('kuznetsov')];
  const pages = desks.map(({ page }) => page);
  await writeToClients(set.centre, { from: 'Орлов <orlov@pochta-mo.ru>', subject: 'Письмо для двоих', text: 'Кто первый?' });
  for (const page of pages) await row(page, 'Письмо для двоих').click(patience);
  // Neither hears of the other before both have pressed.
  const go = desks.map(({ link }) => link.stall());
  await Promise.all(pages.map((page) => press(page, 'Принять в работу')));
  for (const release of go) release();

  const told = (page: Page) => page.getByRole('status').getByText(/Письмо уже принято в работу/).count();
  await expect.poll(async () => (await Promise.all(pages.map(told))).reduce((sum, count) => sum + count, 0), patience).toBe(1);
  for (const page of pages) await goTo(page, 'Входящие письма');
  const holders = (): Promise<string[]> => Promise.all(pages.map(async (page) => /Я|Белова|Кузнецов/.exec((await row(page, 'Письмо для двоих').innerText()).replace('Письмо для двоих', ''))?.[0] ?? 'никто'));
  await expect.poll(async () => (await holders()).join(' / '), patience).toMatch(/^(Я \/ Белова|Кузнецов \/ Я)$/);
});

it('1.4.1 two desks off line take the same letter: one has it, the work of the other waits in «Разобрать»', async () => {
  const [first, second] = [set.desk('belova'), set.desk('kuznetsov')];
  await writeToClients(set.centre, { from: 'Администрация <priemnaya@adm-pushkino.ru>', subject: 'Совещание по опоре', text: 'Приглашаем на совещание.' });
  for (const { page } of [first, second]) {
    await goTo(page, 'Мои задачи');
    await row(page, 'Совещание по опоре').waitFor(patience);
  }
  await Promise.all([first.goOffline(), second.goOffline()]);
  await takeLetter(first.page, 'Совещание по опоре');
  await takeLetter(second.page, 'Совещание по опоре');
  await classify(second.page, 'Не от потребителя услуг', 'Факсограмма');
  await fill(second.page, 'Подписант', 'Петров П. П.');
  await fill(second.page, 'Время совещания', '26.11 15:00');
  await pressExactly(second.page, 'Сохранить');
  expect(await seen(visible(second.page.getByText(/К отправке [1-9]\d*, всё сохранено на этом компьютере/)).first())).toBe(true);

  await first.goOnline();
  await expect.poll(() => visible(first.page.getByText(/К отправке 0/)).count(), patience).toBe(1);
  await second.goOnline();

  expect(await seen(second.page.getByRole('status').getByText(/«Разобрать»/))).toBe(true);
  await chooseRefused(second.page, 'Принять в работу', 'Администрация');
  expect(await seen(refused(second.page).getByRole('heading', { name: taken }))).toBe(true);
  await chooseRefused(second.page, 'Сохранить', 'Администрация');
  const text = await refused(second.page).innerText();
  for (const entered of ['Администрация', 'Не от потребителя услуг', 'Факсограмма', 'Петров П. П.', '26.11 15:00']) expect(text).toContain(entered);

  await goTo(second.page, 'Входящие письма');
  expect(await seen(row(second.page, 'Совещание по опоре').getByText('Белова'))).toBe(true);
});

it('1.4.1 what waits in «Разобрать» outlives a restart, is set aside or sent again when the letter is free', async () => {
  const [first, second] = [set.desk('belova'), set.desk('kuznetsov')];
  await second.reopen();
  await chooseRefused(second.page, 'Принять в работу', 'Администрация');
  await press(second.page, 'Отложить');
  expect(await seen(row(second.page, 'Отложено в'))).toBe(true);

  await openLetter(first.page, 'Совещание по опоре');
  await more(first.page, 'Вернуть в очередь');
  await goTo(second.page, 'Мои задачи');
  await expect.poll(() => row(second.page, 'Совещание по опоре').innerText(), patience).not.toContain('Белова');
  await takeLetter(second.page, 'Совещание по опоре');

  await chooseRefused(second.page, 'Сохранить', 'Администрация');
  await press(second.page, 'Отправить ещё раз');
  const dialog = second.page.getByRole('dialog', { name: 'Отправить ещё раз?' });
  await dialog.getByLabel('Подписант', { exact: true }).fill('Петрова П. П.', patience);
  await dialog.getByRole('button', { name: /^Отправить ещё раз/ }).click(patience);
  expect(await seen(row(second.page, 'Отправлено ещё раз'))).toBe(true);

  await openLetter(second.page, 'Совещание по опоре');
  await expect.poll(() => visible(second.page.getByLabel('Подписант', { exact: true })).first().inputValue(), patience).toBe('Петрова П. П.');
  expect(await seen(badge(second.page, 'В работе'))).toBe(true);
});
