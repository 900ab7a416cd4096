import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseEmail, type ParsedEmail } from '../../shared/mail/parse-email.ts';
import type { SentMail } from '../../shared/protocol/http.ts';
import { badge, classify, fill, goTo, press, rawOf, row, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'chernyshev');
const address = 'gavrilyuk.op@pochta-mo.ru';
const client = 'Гаврилюк Олег Петрович';
const patience = { timeout: 60_000 } as const;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'okno-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function asSent(letter: SentMail): Promise<ParsedEmail> {
  return parseEmail(Buffer.from(await rawOf(set.centre, letter)), { returnPath: null });
}

const text = (page: Page) => visible(page.getByRole('textbox', { name: 'Текст', exact: true })).first();
const told = (page: Page, words: RegExp) => visible(page.getByText(words)).first();

async function addressTo(page: Page, typed: string): Promise<void> {
  await fill(page, 'Кому', typed);
  await page.keyboard.press('Enter');
}

async function historyOfClient(page: Page): Promise<void> {
  await goTo(page, 'Клиенты');
  await row(page, client).click(patience);
  await page.keyboard.press('F2');
  await visible(page.getByRole('tab', { name: /^История \d|^История$/ })).first().click(patience);
}

it('1.5.1 «Ответить»: addressee, subject and quoted text stand there; what is wrong with the addressees is told in words', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: `Гаврилюк Олег <${address}>`, subject: 'Скачки напряжения', text: 'Прошу проверить линию.', messageId: '<second@pochta-mo.ru>', references: '<first@pochta-mo.ru>' });
  await takeLetter(page, 'Скачки напряжения');
  await press(page, 'Ответить');
  expect(await seen(badge(page, 'Черновик'))).toBe(true);
  expect(await visible(page.getByLabel('Тема', { exact: true })).first().inputValue()).toBe('Re: Скачки напряжения');
  expect(await text(page).inputValue()).toContain('> Прошу проверить линию.');

  await visible(page.getByRole('button', { name: new RegExp(`^Убрать .*${address}`) })).first().click(patience);
  await press(page, 'Отправить');
  expect(await seen(told(page, /^Заполните: Кому/))).toBe(true);
  await addressTo(page, 'gavrilyuk собака pochta-mo.ru');
  await press(page, 'Отправить');
  expect(await seen(told(page, /Неверный адрес получателя: gavrilyuk собака pochta-mo\.ru\. Исправьте адрес в полях «Кому» и «Копия»/))).toBe(true);
  await visible(page.getByRole('button', { name: 'Убрать gavrilyuk собака pochta-mo.ru', exact: true })).first().click(patience);
  await addressTo(page, `Гаврилюк Олег <${address}>`);
});

it('1.5.1 the answer leaves with its attachment, with the headers of the conversation, and its form closes', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  const file = path.join(folder, 'Акт обследования № 5.txt');
  await writeFile(file, 'Обрыва нет');
  await desk.answerDialogs([{ files: [file] }]);
  await press(page, 'Добавить файлы');
  await visible(page.getByRole('button', { name: 'Убрать вложение Акт обследования № 5.txt', exact: true })).waitFor(patience);
  await text(page).fill(`Бригада выедет завтра.\n${await text(page).inputValue()}`);
  await press(page, 'Отправить');
  expect(await seen(badge(page, 'В работе'))).toBe(true);

  const letter = await untilSent(set.centre, address, 'Re: Скачки напряжения');
  const sent = await asSent(letter);
  expect(sent).toMatchObject({ from: { address: set.centre.mailboxes.clients }, to: [{ address, name: 'Гаврилюк Олег' }], subject: 'Re: Скачки напряжения' });
  expect(sent.inReplyTo).toContain('second@pochta-mo.ru');
  expect(sent.references.join(' ')).toMatch(/first@pochta-mo\.ru.*second@pochta-mo\.ru/);
  expect(sent.text).toMatch(/^Бригада выедет завтра\.[\s\S]*Гаврилюк Олег[\s\S]*пишет:\s+> Прошу проверить линию\./);
  expect(sent.attachments.map(({ name, content }) => [name, Buffer.from(content).toString('utf8')])).toEqual([['Акт обследования № 5.txt', 'Обрыва нет']]);

  await writeToClients(set.centre, { from: `Гаврилюк Олег <${address}>`, subject: 'Re: Скачки напряжения', text: 'Спасибо, жду.', inReplyTo: `<${sent.messageId?.replace(/[<>]/g, '') ?? ''}>` });
});

it('1.5.1 the answer is seen in the conversation, in the client’s history and in «Исходящая почта»', async () => {
  const [page, administrator] = [set.desk('belova').page, set.desk('chernyshev').page];
  await visible(page.getByRole('tab', { name: /^Переписка/ })).first().click(patience);
  const conversation = visible(page.getByRole('table', { name: 'Переписка', exact: true }));
  const written = conversation.getByRole('row').filter({ hasText: 'Ответ' });
  await expect.poll(() => written.textContent(), patience).toContain('Отправлено');
  expect(await written.textContent()).toContain(address);
  await expect.poll(() => conversation.getByRole('row').filter({ hasText: 'Входящее' }).count(), patience).toBe(2);

  await historyOfClient(page);
  const history = visible(page.getByRole('grid', { name: 'История' }));
  await expect.poll(() => history.getByRole('row').filter({ hasText: 'Ответ' }).filter({ hasText: 'Re: Скачки напряжения' }).count(), patience).toBe(1);

  await goTo(administrator, 'Исходящая почта');
  expect(await seen(row(administrator, 'Re: Скачки напряжения'))).toBe(true);
  expect(await row(administrator, 'Re: Скачки напряжения').textContent()).toContain(address);
});

it('1.5.1 «Переслать» carries the original header and every attachment, inline ones too, to all addressees', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, {
    from: 'Администрация <priemnaya@adm-pushkino.ru>',
    cc: 'zam@adm-pushkino.ru',
    subject: 'Протокол совещания',
    html: '<p>Направляем протокол. <img src="cid:gerb"></p>',
    text: 'Направляем протокол.',
    attachments: [{ filename: 'Протокол.txt', content: 'решили' }, { filename: 'герб.png', content: Buffer.from('iVBORw0KGgo=', 'base64'), cid: 'gerb' }],
  });
  await takeLetter(page, 'Протокол совещания');
  await classify(page, 'Не от потребителя услуг', 'Протокол');
  await press(page, 'Переслать');
  await fill(page, 'Кому', 'pto@moesk.ru; Иванов И. И. <ivanov@moesk.ru>');
  await page.keyboard.press('Enter');
  await fill(page, 'Копия', 'kanc@moesk.ru');
  await page.keyboard.press('Enter');
  await press(page, 'Отправить');
  expect(await seen(badge(page, 'Обработано'))).toBe(true);

  const letter = await untilSent(set.centre, 'ivanov@moesk.ru', 'Протокол совещания');
  expect([...letter.to].sort()).toEqual(['ivanov@moesk.ru', 'kanc@moesk.ru', 'pto@moesk.ru']);
  const sent = await asSent(letter);
  expect(sent.subject).toBe('Fwd: Протокол совещания');
  for (const words of ['От: Администрация <priemnaya@adm-pushkino.ru>', `Кому: ${set.centre.mailboxes.clients}`, 'Копия: zam@adm-pushkino.ru', 'Дата: ', 'Тема: Протокол совещания', 'Направляем протокол.']) expect(sent.text).toContain(words);
  expect(sent.attachments.map(({ name }) => name).sort()).toEqual(['Протокол.txt', 'герб.png'].sort());
});

it('1.5.1 a new letter: the draft is asked about, kept, survives the program’s end, and then leaves', async () => {
  const desk = set.desk('belova');
  await goTo(desk.page, 'Исходящие письма');
  await press(desk.page, 'Написать');
  await addressTo(desk.page, address);
  await fill(desk.page, 'Тема', 'Перенос выезда бригады');
  await text(desk.page).fill('Выезд перенесён на пятницу.');
  await desk.page.keyboard.press('Escape');
  expect(await seen(desk.page.getByText('Сохранить изменения?'))).toBe(true);
  await desk.page.getByRole('dialog').getByRole('button', { name: /^Записать/ }).click(patience);
  await row(desk.page, 'Перенос выезда бригады').waitFor(patience);

  await desk.kill9();
  await desk.reopen();
  const { page } = desk;
  await goTo(page, 'Исходящие письма');
  await press(page, 'Черновики');
  await row(page, 'Перенос выезда бригады').click(patience);
  await page.keyboard.press('F2');
  await badge(page, 'Черновик').waitFor(patience);
  expect(await text(page).inputValue()).toBe('Выезд перенесён на пятницу.');
  await press(page, 'Отправить');

  const sent = await asSent(await untilSent(set.centre, address, 'Перенос выезда бригады'));
  expect(sent).toMatchObject({ from: { address: set.centre.mailboxes.clients }, inReplyTo: null, references: [], text: expect.stringContaining('Выезд перенесён на пятницу.') });
  await historyOfClient(page);
  const history = visible(page.getByRole('grid', { name: 'История' }));
  await expect.poll(() => history.getByRole('row').filter({ hasText: 'Перенос выезда бригады' }).count(), patience).toBeGreaterThan(0);
});
