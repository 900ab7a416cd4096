import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { badge, classify, fill, forward, goTo, press, row, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;

const told = (page: Page, words: string | RegExp) => visible(page.getByText(words)).first();
const comment = (page: Page) => visible(page.getByRole('textbox', { name: 'Комментарий', exact: true })).first();

async function openFromJournal(page: Page, subject: string): Promise<void> {
  await goTo(page, 'Входящие письма');
  await row(page, subject).click(patience);
  await page.keyboard.press('F2');
  await badge(page, 'Обработано').waitFor(patience);
}

async function finishWithoutAnswer(page: Page): Promise<void> {
  await press(page, 'Ещё');
  await visible(page.getByRole('menuitem', { name: 'Завершить без ответа', exact: true })).click(patience);
}

it('3.6.1 a forwarded letter’s event says to whom it went, with the comment typed before', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Отдел <otdel@example.ru>', subject: 'Протокол приёмки', text: 'Направляем.' });
  await writeToClients(set.centre, { from: 'Бюро <buro@example.ru>', subject: 'Ошиблись адресом', text: 'Не вам.' });
  await takeLetter(page, 'Протокол приёмки');
  expect(await seen(told(page, 'работа с письмом не завершена'))).toBe(true);
  expect(await seen(told(page, /^СБ-\d\d-\d{8}$/))).toBe(true);
  await classify(page, 'Не от потребителя услуг', 'Протокол');
  await comment(page).fill('Подлинник у секретаря');
  await forward(page, 'pto@moesk.ru');
  await untilSent(set.centre, 'pto@moesk.ru', 'Протокол приёмки');
  expect(await seen(told(page, /^Переслано: pto@moesk\.ru$/))).toBe(true);
  expect(await comment(page).inputValue()).toBe('Подлинник у секретаря');
});

it('3.6.1 «Завершить без ответа»: only of a letter in work, the reason is required, the task ends', async () => {
  const { page } = set.desk('belova');
  await goTo(page, 'Мои задачи');
  await row(page, 'Ошиблись адресом').click(patience);
  await press(page, 'Открыть');
  await badge(page, 'Новое').waitFor(patience);
  await finishWithoutAnswer(page);
  expect(await seen(told(page, 'Письмо не в работе у вас. Сначала нажмите «Принять в работу».'))).toBe(true);

  await press(page, 'Принять в работу');
  await badge(page, 'В работе').waitFor(patience);
  await finishWithoutAnswer(page);
  const dialog = page.getByRole('dialog');
  const finish = dialog.getByRole('button', { name: /^Завершить/ });
  await finish.click(patience);
  expect(await seen(told(page, 'Укажите, почему ответа не будет'))).toBe(true);
  await dialog.getByLabel('Причина', { exact: true }).fill('Письмо другой организации');
  await dialog.getByLabel('Комментарий', { exact: true }).fill('Сообщили по телефону');
  await finish.click(patience);
  expect(await seen(badge(page, 'Обработано'))).toBe(true);
  expect(await seen(told(page, /^Без ответа: Письмо другой организации$/))).toBe(true);
  expect(await comment(page).inputValue()).toBe('Сообщили по телефону');
  await goTo(page, 'Мои задачи');
  await expect.poll(() => row(page, 'Ошиблись адресом').count(), patience).toBe(0);
});

it('3.6.1 the result stays on the event, and the comment can be added to afterwards', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  await openFromJournal(page, 'Ошиблись адресом');
  await fill(page, 'Комментарий', 'Сообщили по телефону, ответили «спасибо»');
  await visible(page.getByRole('tab', { name: /^Переписка/ })).first().click(patience); // leaving the field writes it
  await page.getByText('К отправке 0', { exact: true }).waitFor(patience);
  await desk.kill9();
  await desk.reopen();
  await openFromJournal(desk.page, 'Ошиблись адресом');
  expect(await seen(told(desk.page, /^Без ответа: Письмо другой организации$/))).toBe(true);
  await expect.poll(() => comment(desk.page).inputValue(), patience).toBe('Сообщили по телефону, ответили «спасибо»');
  await openFromJournal(desk.page, 'Протокол приёмки');
  expect(await seen(told(desk.page, /^Переслано: pto@moesk\.ru$/))).toBe(true);
});
