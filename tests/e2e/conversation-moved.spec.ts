import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { badge, button, goTo, press, row, seen, sentLetters, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'kuznetsov');
const patience = { timeout: 30_000 } as const;
const address = 'gavrilyuk.op@pochta-mo.ru';
const from = `Гаврилюк Олег <${address}>`;

const question = (page: Page) => page.getByRole('dialog', { name: 'Пока вы писали, переписка продолжилась. Отправить письмо?' });
const text = (page: Page) => visible(page.getByRole('textbox', { name: 'Текст', exact: true })).first();
const opened = (page: Page, name: RegExp) => page.getByRole('group', { name: 'Открыто' }).getByRole('button', { name }).first();
const sentAbout = async (subject: string) => (await sentLetters(set.centre)).filter((letter) => letter.subject === subject).length;

/** A client's letter taken by belova, and another of his in the same conversation. */
async function begin(page: Page, subject: string): Promise<() => Promise<void>> {
  const messageId = `<${subject.length}.${Date.now()}@pochta-mo.ru>`;
  await writeToClients(set.centre, { from, subject, text: 'Третий день.', messageId });
  await takeLetter(page, subject);
  await press(page, 'Ответить');
  await text(page).fill('Бригада выедет завтра.');
  return () => writeToClients(set.centre, { from, subject: `Re: ${subject}`, text: 'Уже включили, спасибо.', inReplyTo: messageId, messageId: `<more.${Date.now()}@pochta-mo.ru>` });
}

/** The colleague answers the second letter. */
async function colleagueAnswers(page: Page, subject: string): Promise<void> {
  await takeLetter(page, `Re: ${subject}`);
  await press(page, 'Ответить');
  await text(page).fill('Рады помочь.');
  await press(page, 'Отправить');
  await badge(page, 'В работе').waitFor(patience);
}

it('«Отправить» asks first when the client wrote again and a colleague answered: who, when, what; typed text stays', async () => {
  const [{ page }, colleague] = [set.desk('belova'), set.desk('kuznetsov').page];
  const writeAgain = await begin(page, 'Нет света');
  await writeAgain();
  await colleagueAnswers(colleague, 'Нет света');
  const strip = visible(page.getByText(/Пока вы пишете, переписка продолжилась\. .*Отправлен ответ/)).first();
  expect(await seen(strip)).toBe(true);

  await press(page, 'Отправить');
  const items = question(page).getByRole('listitem');
  await expect.poll(() => items.count(), patience).toBe(2);
  expect(await items.nth(0).textContent()).toMatch(/^Пришло письмо «Re: Нет света»: Гаврилюк Олег <gavrilyuk\.op@pochta-mo\.ru>, \d\d\.\d\d\.\d{4} \d\d:\d\d$/);
  expect(await items.nth(1).textContent()).toMatch(/^Отправлен ответ «Re: Нет света»: Кузнецов\s.*, \d\d\.\d\d\.\d{4} \d\d:\d\d$/);
  await question(page).getByRole('button', { name: /^Не отправлять/ }).click(patience);
  expect(await text(page).inputValue()).toBe('Бригада выедет завтра.');
  expect(await seen(badge(page, 'Черновик'))).toBe(true);
  expect(await sentAbout('Re: Нет света')).toBe(1);
});

it('«Показать» opens what is new and leaves the text; «Отправить всё равно» sends it once', async () => {
  const { page } = set.desk('belova');
  await press(page, 'Отправить');
  await question(page).getByRole('button', { name: /^Показать/ }).click(patience);
  expect(await seen(visible(page.getByText('Рады помочь.')).first())).toBe(true);
  await opened(page, /^Ответ: Re: Нет света.*|не сохранено/).click(patience);
  await expect.poll(() => text(page).inputValue(), patience).toBe('Бригада выедет завтра.');
  await press(page, 'Отправить');
  await question(page).getByRole('button', { name: /^Отправить всё равно/ }).click(patience);
  await expect.poll(() => sentAbout('Re: Нет света'), patience).toBe(2);
});

it('a letter sent off line is not sent behind a colleague’s answer: it waits in «Разобрать» with its text, and goes when a person says so', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  const writeAgain = await begin(page, 'Мигает лампа');
  await desk.goOffline();
  await writeAgain();
  await press(page, 'Отправить');
  await button(page, 'Принять в работу').waitFor(patience);
  await colleagueAnswers(set.desk('kuznetsov').page, 'Мигает лампа');
  await untilSent(set.centre, address, 'Re: Мигает лампа');
  await desk.goOnline();

  await goTo(page, 'Разобрать');
  await row(page, 'Мигает лампа').click(patience);
  const preview = page.getByRole('region', { name: 'Непринятая команда' });
  await expect.poll(() => preview.textContent(), patience).toMatch(/Пока вы писали, переписка продолжилась\. .*Отправлен ответ «Re: Мигает лампа»: Кузнецов/s);
  expect(await preview.textContent()).toContain('Бригада выедет завтра.');
  expect(await sentAbout('Re: Мигает лампа')).toBe(1);
  await press(page, 'Отправить ещё раз');
  await page.getByRole('dialog', { name: 'Отправить ещё раз?' }).getByRole('button', { name: /^Отправить ещё раз/ }).click(patience);
  await expect.poll(() => sentAbout('Re: Мигает лампа'), patience).toBe(2);
});
