import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { badge, button, fill, goTo, press, rawOf, row, seen, sentLetters, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'fomina');
/** Marked «Спам» for good: its reply leaves after 60 s, which the other tests of the file use. */
const spammer = 'promo@kolco-reklamy.ru';
/** Marked by mistake and brought back each time: must never get the reply. */
const client = 'zhitel@pochta-mo.ru';
const byHand = 'rassylka@seminary.ru';

const patience = { timeout: 60_000 } as const;

async function gone(page: Page, text: string): Promise<void> {
  await expect.poll(() => row(page, text).count(), patience).toBe(0);
}

/** Opens the letter of a task without taking it. */
async function openFromTasks(page: Page, subject: string): Promise<void> {
  await goTo(page, 'Мои задачи');
  await row(page, subject).click(patience);
  await press(page, 'Открыть');
  await badge(page, 'Новое').waitFor(patience);
}

/** «Входящие письма» with the letters set aside: «Спам», «Нежелательная почта». */
async function showSetAside(page: Page, now: string, view: string): Promise<void> {
  await goTo(page, 'Входящие письма');
  await press(page, now);
  await visible(page.getByRole('menuitem', { name: view, exact: true })).click(patience);
}

/** A command of the menu «Ещё». */
async function more(page: Page, command: string): Promise<void> {
  await press(page, 'Ещё');
  await visible(page.getByRole('menuitem', { name: command, exact: true })).click(patience);
}

it('1.4.2 «Спам» ends the task on all desks and puts the sender into «Фильтры электронных писем»', async () => {
  const [page, other] = [set.desk('belova').page, set.desk('fomina').page];
  await writeToClients(set.centre, { from: `Акция <${spammer}>`, subject: 'Только сегодня скидка', text: 'Купите у нас.' });
  await writeToClients(set.centre, { from: `Житель <${client}>`, subject: 'Вопрос о счётчике', text: 'Когда придёт мастер?' });
  await row(other, 'Только сегодня скидка').waitFor(patience);

  await openFromTasks(page, 'Только сегодня скидка');
  await press(page, 'Спам');
  expect(await seen(badge(page, 'Спам'))).toBe(true);
  expect(await seen(visible(page.getByText('Спам', { exact: true })).first())).toBe(true);
  await gone(other, 'Только сегодня скидка');
  await goTo(other, 'Фильтры электронных писем');
  expect(await seen(row(other, spammer))).toBe(true);
  expect(await row(other, spammer).textContent()).toContain('Спам: Только сегодня скидка');
});

it('1.4.2 whoever pressed «Спам» takes it back from the status line and by the button: task and letter return, the address is free', async () => {
  const [page, other] = [set.desk('belova').page, set.desk('fomina').page];
  await openFromTasks(page, 'Вопрос о счётчике');
  await press(page, 'Спам');
  await press(page, 'Отменить');
  expect(await seen(badge(page, 'Новое'))).toBe(true);

  await press(page, 'Спам');
  await badge(page, 'Спам').waitFor(patience);
  await more(page, 'Не спам');
  expect(await seen(badge(page, 'Новое'))).toBe(true);
  await goTo(page, 'Фильтры электронных писем');
  await row(page, spammer).waitFor(patience);
  await gone(page, client);
  await goTo(other, 'Мои задачи');
  expect(await seen(row(other, 'Вопрос о счётчике'))).toBe(true);
});

it('1.4.2 another than the supervisor or the one who pressed cannot take it back; the supervisor can', async () => {
  const [page, supervisor] = [set.desk('belova').page, set.desk('fomina').page];
  await openFromTasks(supervisor, 'Вопрос о счётчике');
  await press(supervisor, 'Спам');
  await badge(supervisor, 'Спам').waitFor(patience);

  await showSetAside(page, 'Рабочие', 'Спам');
  await row(page, 'Вопрос о счётчике').click(patience);
  await press(page, 'Открыть');
  await more(page, 'Не спам');
  expect(await seen(visible(page.getByText(/Отменить уже нельзя\. Обратитесь к супервайзеру/)).first())).toBe(true);

  await more(supervisor, 'Не спам');
  expect(await seen(badge(supervisor, 'Новое'))).toBe(true);
  await goTo(page, 'Мои задачи');
  expect(await seen(row(page, 'Вопрос о счётчике'))).toBe(true);
});

it('1.4.2 an address is put on the black list by hand; a wrong one is told of in words', async () => {
  const { page } = set.desk('belova');
  await goTo(page, 'Фильтры электронных писем');
  await press(page, 'Добавить адрес');
  const add = page.getByRole('dialog').getByRole('button', { name: /^Добавить/ });
  await add.click(patience);
  expect(await seen(visible(page.getByText('Введите адрес', { exact: true })))).toBe(true);
  await fill(page, 'Адрес', 'rassylka собака seminary.ru');
  await add.click(patience);
  expect(await seen(visible(page.getByText('Это не адрес: нужно имя, @ и домен')))).toBe(true);
  await fill(page, 'Адрес', set.centre.mailboxes.clients);
  await add.click(patience);
  expect(await seen(visible(page.getByText(/это наш собственный ящик/)))).toBe(true);
  await fill(page, 'Адрес', spammer);
  await add.click(patience);
  expect(await seen(visible(page.getByText(/Такая запись уже есть/)))).toBe(true);

  await fill(page, 'Адрес', ` ${byHand.toUpperCase()} `);
  await fill(page, 'Причина', 'Приглашения на семинары');
  await add.click(patience);
  expect(await seen(row(page, byHand))).toBe(true);
  const added = await row(page, byHand).textContent();
  for (const text of ['Приглашения на семинары', 'добавлен вручную', 'Белова']) expect(added).toContain(text);
});

it('1.4.2 letters from listed addresses become «Нежелательная почта» without a task, can be read, and a supervisor brings them back', async () => {
  const [page, supervisor] = [set.desk('belova').page, set.desk('fomina').page];
  await writeToClients(set.centre, { from: `Акция <${spammer.toUpperCase()}>`, subject: 'Скидка ещё действует', text: 'Вы не ответили.' });
  await writeToClients(set.centre, { from: byHand, subject: 'Семинар в пятницу', text: 'Ждём вас.' });
  await showSetAside(page, 'Спам', 'Нежелательная почта');
  for (const subject of ['Скидка ещё действует', 'Семинар в пятницу']) expect(await seen(row(page, subject))).toBe(true);
  await row(page, 'Скидка ещё действует').click(patience);
  expect(await seen(visible(page.getByText('Вы не ответили.')).first())).toBe(true);
  await goTo(page, 'Мои задачи');
  await row(page, 'Вопрос о счётчике').waitFor(patience);
  for (const subject of ['Скидка ещё действует', 'Семинар в пятницу']) expect(await row(page, subject).count()).toBe(0);

  await showSetAside(supervisor, 'Рабочие', 'Нежелательная почта');
  await row(supervisor, 'Семинар в пятницу').click(patience);
  await press(supervisor, 'Открыть');
  await more(supervisor, 'Вернуть в обработку');
  expect(await seen(badge(supervisor, 'Новое'))).toBe(true);
  expect(await seen(row(page, 'Семинар в пятницу'))).toBe(true);
});

it('1.4.2 an address taken off the list writes to us again; «Отменить» lists it again', async () => {
  const { page } = set.desk('belova');
  await goTo(page, 'Фильтры электронных писем');
  await row(page, byHand).click(patience);
  await press(page, 'Убрать');
  await gone(page, byHand);
  await press(page, 'Отменить');
  await row(page, byHand).click(patience);
  await press(page, 'Убрать');
  await gone(page, byHand);
  await button(page, 'Отменить').waitFor(patience);

  await page.getByText('К отправке 0', { exact: true }).waitFor(patience); // the centre knows
  await writeToClients(set.centre, { from: byHand, subject: 'Другой семинар', text: 'Теперь по делу.' });
  await goTo(page, 'Мои задачи');
  expect(await seen(row(page, 'Другой семинар'))).toBe(true);
});

it('1.4.2 the sender is told once that his letter was taken for spam; who was marked by mistake is told nothing', async () => {
  const reply = await untilSent(set.centre, spammer, '');
  expect(await rawOf(set.centre, reply)).toMatch(/Auto-Submitted: auto-replied/i);
  const letters = await sentLetters(set.centre);
  expect(letters.filter(({ to }) => to.includes(spammer))).toHaveLength(1);
  expect(letters.filter(({ to }) => to.includes(client) || to.includes(byHand))).toEqual([]);
});
