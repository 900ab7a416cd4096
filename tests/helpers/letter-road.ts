import { expect } from 'vitest';
import { z } from 'zod';
import { apiDesk } from '../../tools/demo/api-desk.ts';
import { accessLineSchema, sentMailSchema, type AccessLine, type SentMail } from '../../shared/protocol/http.ts';
import type { CentreListQuery } from '../../shared/protocol/centre-list.ts';
import { filePath, paths } from '../../shared/protocol/paths.ts';
import type { Locator, Page } from 'playwright-core';
import { mailboxes, type Centre } from './centre.ts';
import { loginAs } from './small-company.ts';
import { sendLetter, type Letter } from './send-letter.ts';

const patience = { timeout: 60_000 } as const;

/** Sends a letter to the clients' mailbox over SMTP. */
export async function writeToClients(centre: Centre, letter: Omit<Letter, 'port' | 'to'>): Promise<void> {
  await sendLetter({ port: centre.smtpPort, to: mailboxes.clients, ...letter });
}

/** What is on top now: documents opened earlier stay in the page, hidden. */
export function visible(locator: Locator): Locator {
  return locator.filter({ visible: true });
}

/** A button by its Russian name; key hints stand behind the name. */
export function button(page: Page, name: string): Locator {
  return visible(page.getByRole('button', { name: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(\\s|$)`) })).first();
}

export async function press(page: Page, name: string): Promise<void> {
  await button(page, name).click(patience);
}

/** The button of that very name, where another one's name begins with it: «Записать» beside «Записать и закрыть». */
export async function pressExactly(page: Page, name: string): Promise<void> {
  await visible(page.getByRole('button', { name: new RegExp(`^${name}(\\s*(Ctrl|Alt|Enter).*)?$`) })).first().click(patience);
}

export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('button', { name: new RegExp(`^${place}`) }).click(patience);
}

/** Waits for the place on the screen and answers whether it is seen. */
export async function seen(place: Locator): Promise<boolean> {
  await place.waitFor(patience);
  return place.isVisible();
}

/** The row of a list that shows `text`. */
export function row(page: Page, text: string): Locator {
  return visible(page.getByRole('row').filter({ hasText: text })).first();
}

/** «Мои задачи» → the task about the letter with this subject, taken: its form opens (1.4.1). */
export async function takeLetter(page: Page, subject: string): Promise<void> {
  await goTo(page, 'Мои задачи');
  await row(page, subject).click(patience);
  await press(page, 'Принять в работу');
  await badge(page, 'В работе').waitFor(patience);
}

/** The state in the head of the document on top. */
export function badge(page: Page, state: string): Locator {
  return visible(page.getByText(state, { exact: true })).first();
}

/** Picks from a short list as a person does: opens it and clicks. */
export async function pick(page: Page, label: string, option: string): Promise<void> {
  const field = visible(page.getByRole('combobox', { name: label, exact: true })).first();
  await field.click(patience);
  await visible(page.getByRole('option', { name: option })).first().click(patience);
  await expect.poll(() => field.inputValue()).toContain(option);
}

/** Types into a field with a catalogue and takes what is offered. */
export async function choose(page: Page, label: string, text: string): Promise<void> {
  const field = visible(page.getByRole('combobox', { name: label, exact: true })).first();
  await field.fill(text, patience);
  await visible(page.getByRole('option', { name: text })).first().click(patience);
  await expect.poll(() => field.inputValue()).toContain(text);
}

/** «От кого» and «Классификация» on the tab «Свойства» (2.6.2, 2.6.3). */
export async function classify(page: Page, fromWhom: 'От потребителя услуг' | 'Не от потребителя услуг', classification: string): Promise<void> {
  await visible(page.getByRole('radio', { name: fromWhom, exact: true }).or(page.getByText(fromWhom, { exact: true }))).first().click(patience);
  await pick(page, 'Классификация', classification);
}

/** What stands in «Контакт» of the letter on top. */
export async function contact(page: Page): Promise<string> {
  return visible(page.getByRole('combobox', { name: 'Контакт', exact: true })).first().inputValue(patience);
}

export async function openTab(page: Page, name: string): Promise<void> {
  await visible(page.getByRole('tab', { name: new RegExp(`^${name}(\\s*\\d+)?$`) })).first().click(patience);
}

/** Waits for the question and presses the answer. */
export async function answer(page: Page, question: string, pressed: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: question });
  await dialog.getByRole('button', { name: new RegExp(`^${pressed}(\\s|$)`) }).click(patience);
  await dialog.waitFor({ state: 'detached', ...patience });
}

/** «Группа категорий»: the topic fills by itself. */
export async function categorize(page: Page, kind = '101 Запрос информации', category = 'Технологическое присоединение', subtopic = '102 Статус заявки'): Promise<void> {
  await pick(page, 'Вид', kind);
  await pick(page, 'Категория', category);
  await pick(page, 'Подтема', subtopic);
}

export async function fill(page: Page, label: string, text: string): Promise<void> {
  await visible(page.getByLabel(label, { exact: true })).first().fill(text, patience);
}

/** «Переслать» → the outgoing letter's form, addressed and sent; the form closes (2.7.x, 1.5.1). */
export async function forward(page: Page, to: string): Promise<void> {
  await press(page, 'Переслать');
  await fill(page, 'Кому', to);
  await page.keyboard.press('Enter');
  await press(page, 'Отправить');
}

/** A list that the centre keeps, the newest first. */
const wholeList: CentreListQuery = { search: '', where: {}, sort: { column: 'at', descending: true }, offset: 0, limit: 100 };

/** What left the house, newest first: the outgoing store, asked as the administrator's screen does. */
export async function sentLetters(centre: Centre): Promise<readonly SentMail[]> {
  const desk = apiDesk(centre.url, 'Проверка исходящей почты');
  const session = await desk.login(centre.administrator.login, centre.administrator.password);
  const answer = await desk.call(paths.sentMail, { ...wholeList, limit: 200 }, session);
  return z.object({ rows: z.array(sentMailSchema) }).parse(answer).rows;
}

/** Waits until a letter to `to` whose subject contains `subject` has left. */
export async function untilSent(centre: Centre, to: string, subject: string): Promise<SentMail> {
  let found: SentMail | undefined;
  await expect
    .poll(
      async () => {
        found = (await sentLetters(centre)).find((letter) => letter.to.includes(to) && letter.subject.includes(subject));
        return found !== undefined;
      },
      { timeout: 60_000, interval: 300 },
    )
    .toBe(true);
  if (found === undefined) throw new Error(`Нет письма ${to}: ${subject}`);
  return found;
}

/** Lines of the access log at the centre about one document, newest first, as the auditor reads them. */
export async function accessLines(centre: Centre, documentId: string): Promise<readonly AccessLine[]> {
  const desk = apiDesk(centre.url, 'Проверка журнала доступа');
  const session = await loginAs(desk, 'kovalchuk');
  const lines = await desk.call(paths.accessLines, { ...wholeList, where: documentId === '' ? {} : { documentId } }, session);
  return z.object({ rows: z.array(accessLineSchema) }).parse(lines).rows;
}

/** The .eml of a letter that left. */
export async function rawOf(centre: Centre, letter: SentMail): Promise<string> {
  const desk = apiDesk(centre.url, 'Проверка исходящей почты');
  const session = await desk.login(centre.administrator.login, centre.administrator.password);
  const response = await fetch(`${centre.url}${filePath(letter.rawFileId)}`, { headers: { authorization: `Bearer ${session.token}` } });
  if (!response.ok) throw new Error(`Файл письма: ответ ${response.status}`);
  return response.text();
}
