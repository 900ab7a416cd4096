import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { textOf } from '../../shared/base/json.ts';
import type { Bridge } from '../../shared/protocol/ipc.ts';
import { listPageSchema } from '../../shared/protocol/list.ts';
import { startDovecot, type Dovecot } from '../helpers/dovecot.ts';
import { goTo, press, pressExactly, row, seen, takeLetter, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('chernyshev', 'belova');
const patience = { timeout: 60_000 } as const;
let dovecot: Dovecot;

beforeAll(async () => {
  dovecot = await startDovecot({ users: ['office'] });
});
afterAll(async () => dovecot.close());

const field = (page: Page, label: string) => visible(page.getByLabel(label, { exact: true })).first();
const told = (page: Page, words: string | RegExp) => visible(page.getByText(words)).first();
const letter = (subject: string): string =>
  ['From: Sokolova Marina <m.sokolova@pochta-mo.ru>', 'To: office@moesk.ru', `Subject: ${subject}`, `Message-ID: <${subject.replaceAll(/\W/g, '-')}@pochta-mo.ru>`, `Date: ${new Date().toUTCString()}`, '', 'Please tell the term.', ''].join('\r\n');

/** Subjects of the letters that this desk holds, each as often as it holds it. */
async function subjectsAt(page: Page, beginning: string): Promise<readonly string[]> {
  const query = { type: 'incomingEmail', where: [], anyOf: [], search: '', sort: [], offset: 0, limit: 1000 };
  const answer = await page.evaluate((asked) => (window as unknown as { okno: Bridge }).okno.call('document.list', asked), query); // the preload puts it there
  return listPageSchema.parse(answer).rows.map(({ document }) => textOf(document['subject'] ?? '')).filter((subject) => subject.startsWith(beginning)).toSorted();
}

async function written(page: Page): Promise<void> {
  await pressExactly(page, 'Записать');
  await visible(page.getByRole('contentinfo').getByText('К отправке 0', { exact: true })).first().waitFor(patience);
}

async function choose(page: Page, group: string, name: string): Promise<void> {
  await visible(page.getByRole('radiogroup', { name: group, exact: true })).getByRole('radio', { name, exact: true }).click(patience);
}

async function setPassword(page: Page, password: string): Promise<void> {
  await press(page, 'Задать пароль');
  const dialog = page.getByRole('dialog', { name: /^Какой пароль у ящика office@moesk.ru/ });
  await dialog.getByLabel('Пароль', { exact: true }).fill(password, patience);
  await dialog.getByRole('button', { name: /^Задать пароль/ }).click();
  await told(page, /^Пароль задан: office@moesk.ru/).waitFor(patience);
}

it('1.4.1 an administrator adds a mailbox; what is missing or wrong is told in words, and checked by a button', async () => {
  const { page } = set.desk('chernyshev');
  await goTo(page, 'Почтовые ящики');
  await press(page, 'Добавить');
  await pressExactly(page, 'Записать');
  expect(await seen(told(page, /^Заполните: Адрес/))).toBe(true);
  await field(page, 'Адрес').fill('office@moesk.ru');
  await field(page, 'Имя входа').fill('office');
  await field(page, 'Сервер IMAP').fill('127.0.0.1');
  await field(page, 'Порт IMAP').fill(String(dovecot.imapPort));
  await choose(page, 'Защита IMAP', 'Без защиты');
  await written(page);
  expect(await seen(told(page, 'Не задан пароль ящика.'))).toBe(true);

  await setPassword(page, 'не тот пароль');
  await press(page, 'Проверить соединение');
  expect(await seen(told(page, /^Приём: 127\.0\.0\.1:\d+: сервер не принял имя или пароль/))).toBe(true);
  await setPassword(page, 'pw-office');
  await field(page, 'Папки').fill('INBOX\nОбращения');
  await press(page, 'Проверить соединение');
  expect(await seen(told(page, /^Приём: Папка «Обращения» не найдена\. Есть: INBOX\./))).toBe(true);
  await field(page, 'Папки').fill('INBOX');
  await press(page, 'Проверить соединение');
  expect(await seen(told(page, 'Приём: Вход выполнен, папки найдены: INBOX.'))).toBe(true);
});

it('1.4.1 a letter that comes to the mailbox is a task at the desk of those who work on letters, and is marked read', async () => {
  const { page } = set.desk('belova');
  await dovecot.deliver('office', letter('Letter from the mailbox'));
  await goTo(page, 'Мои задачи');
  await row(page, 'Letter from the mailbox').waitFor(patience);
  await expect.poll(async () => (await dovecot.letters('office')).every(({ seen: isSeen }) => isSeen), patience).toBe(true);
  await takeLetter(page, 'Letter from the mailbox');
  const administrator = set.desk('chernyshev').page;
  await goTo(administrator, 'Почтовые ящики');
  expect(await seen(row(administrator, 'office@moesk.ru').getByText('Работает', { exact: true }))).toBe(true);
});

it('1.4.1 the centre is killed while it takes letters: each is there once, and none is left', async () => {
  const { page } = set.desk('belova');
  await set.centre.kill9();
  const subjects = Array.from({ length: 60 }, (_, n) => `Of the flood ${String(n).padStart(2, '0')}`);
  for (const subject of subjects) await dovecot.deliver('office', letter(subject));
  const marked = async (): Promise<number> => (await dovecot.letters('office')).filter(({ seen: isSeen }) => isSeen).length;
  const before = await marked();
  await set.centre.start();
  await expect.poll(marked, { ...patience, interval: 5 }).toBeGreaterThan(before);
  await set.centre.kill9();
  await set.centre.start();
  await expect.poll(marked, patience).toBe(before + subjects.length);
  await expect.poll(() => subjectsAt(page, 'Of the flood'), patience).toEqual(subjects);
});

it('1.4.1 off line the card says what waits; the mailbox switched off is no longer watched', async () => {
  const desk = set.desk('chernyshev');
  const { page } = desk;
  await row(page, 'office@moesk.ru').dblclick(patience);
  await desk.goOffline();
  expect(await seen(told(page, /^Нет связи с центром: карточку можно записать/))).toBe(true);
  expect(await visible(page.getByRole('button', { name: /^Проверить соединение/ })).first().getAttribute('aria-disabled')).toBe('true');
  expect(await visible(page.getByRole('button', { name: /^Задать пароль/ })).first().getAttribute('aria-disabled')).toBe('true');
  await visible(page.getByRole('checkbox', { name: 'Ящик работает', exact: true })).first().setChecked(false, { ...patience, force: true });
  await pressExactly(page, 'Записать');
  await told(page, /^к отправке в центр$/).waitFor(patience);
  await desk.goOnline();
  await visible(page.getByText('Отключён', { exact: true })).first().waitFor(patience);
});
