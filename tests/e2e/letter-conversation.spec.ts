import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { parseEmail } from '../../shared/mail/parse-email.ts';
import { accessLines, badge, choose, goTo, openTab, press, rawOf, row, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testClients } from '../helpers/small-company.ts';

const set = scene('belova', 'fomina');
const patience = { timeout: 30_000 } as const;
const address = 'gavrilyuk.op@pochta-mo.ru';
const from = `Гаврилюк Олег <${address}>`;
const subject = 'Нет света на даче';

const text = (page: Page) => visible(page.getByRole('textbox', { name: 'Текст', exact: true })).first();
const conversation = (page: Page) => visible(page.getByRole('table', { name: 'Переписка', exact: true }));

async function reply(page: Page, words: string): Promise<void> {
  await press(page, 'Ответить');
  await text(page).fill(words);
  await press(page, 'Отправить');
  await badge(page, 'В работе').waitFor(patience);
}

async function more(page: Page, item: string): Promise<void> {
  await press(page, 'Ещё');
  await page.getByRole('menuitem', { name: item, exact: true }).click(patience);
}

/** Message-ID of the last letter that left with this subject. */
async function sentId(about: string): Promise<string> {
  const letter = await untilSent(set.centre, address, about);
  return (await parseEmail(Buffer.from(await rawOf(set.centre, letter)), { returnPath: null })).messageId ?? '';
}

/** «Входящие письма»: from those to work on to the letters set apart as machines' answers, or back. */
async function show(page: Page, from: string, to: string): Promise<void> {
  await goTo(page, 'Входящие письма');
  await press(page, from);
  await page.getByRole('menuitem', { name: to, exact: true }).click(patience);
}

it('«Переписка» shows letters both ways with their states, newest first, and opens any of them', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from, subject, text: 'Третий день.', messageId: '<dacha-1@pochta-mo.ru>' });
  await takeLetter(page, subject);
  await reply(page, 'Бригада выедет завтра.');
  const answered = await sentId(`Re: ${subject}`);
  await writeToClients(set.centre, { from, subject: `Re: ${subject}`, text: 'Жду.', inReplyTo: `<${answered}>`, messageId: '<dacha-2@pochta-mo.ru>' });
  await takeLetter(page, `Re: ${subject}`);
  await reply(page, 'Бригада в пути.');
  await openTab(page, 'Переписка');
  const rows = conversation(page).getByRole('row');
  await expect.poll(() => conversation(page).getByRole('row').filter({ hasText: 'Отправлено' }).count(), patience).toBe(2);
  const kinds = await Promise.all([1, 2, 3, 4].map(async (index) => ((await rows.nth(index).textContent()) ?? '').match(/Входящее|Ответ/)?.[0]));
  expect(kinds).toEqual(['Ответ', 'Входящее', 'Ответ', 'Входящее']);
  await rows.nth(3).getByRole('button').first().click(patience);
  expect(await seen(visible(page.getByText(/^Бригада выедет завтра\./)).first())).toBe(true);
});

it('an answer of a machine makes no task and stands under «Автоматические»', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from, returnPath: '', subject: `Автоответ: Re: ${subject}`, text: 'Я в отпуске.', inReplyTo: `<${await sentId(`Re: ${subject}`)}>`, headers: { 'Auto-Submitted': 'auto-replied' } });
  await show(page, 'Рабочие', 'Автоматические');
  await row(page, 'Автоответ').waitFor(patience);
  expect(await row(page, 'Автоответ').textContent()).toContain('Обработано');
  await show(page, 'Автоматические', 'Рабочие');
  await goTo(page, 'Мои задачи');
  expect(await visible(page.getByRole('row').filter({ hasText: 'Автоответ' })).count()).toBe(0);
});

it('a bounce returns to its letter: «Не доставлено» with the reason, and a task', async () => {
  const { page } = set.desk('belova');
  const id = await sentId(`Re: ${subject}`);
  const raw = [
    'From: MAILER-DAEMON@mx.pochta-mo.ru', 'To: client@moesk.ru', 'Subject: Undelivered Mail Returned to Sender', `Date: ${new Date().toUTCString()}`, 'Message-ID: <bounce-1@mx.pochta-mo.ru>', 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"', '', '--b1', 'Content-Type: text/plain', '', 'User unknown', '--b1', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.pochta-mo.ru', '',
    `Final-Recipient: rfc822; ${address}`, 'Action: failed', 'Status: 5.1.1', 'Diagnostic-Code: smtp; 550 5.1.1 User unknown', '', '--b1', 'Content-Type: text/rfc822-headers', '', `Message-ID: <${id}>`, `Subject: Re: ${subject}`, '', '--b1--', '',
  ].join('\r\n');
  await writeToClients(set.centre, { from: 'MAILER-DAEMON@mx.pochta-mo.ru', returnPath: '', raw });
  await goTo(page, 'Мои задачи');
  await visible(page.getByText('Письмо не доставлено')).first().waitFor(patience);
  await goTo(page, 'Исходящие письма');
  const undelivered = visible(page.getByRole('row').filter({ hasText: 'Не доставлено' })).first();
  await undelivered.dblclick(patience);
  await badge(page, 'Не доставлено').waitFor(patience);
  expect(await seen(visible(page.getByText(/550 5\.1\.1 User unknown/)).first())).toBe(true);
});

it('«Ответить всем» writes to the sender, copies the others, leaves us out', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Администрация <priemnaya@adm-pushkino.ru>', cc: 'Зам <zam@adm-pushkino.ru>', subject: 'Совещание', text: 'Ждём ответа.' });
  await takeLetter(page, 'Совещание');
  await more(page, 'Ответить всем');
  await badge(page, 'Черновик').waitFor(patience);
  await text(page).fill('Будем.');
  await press(page, 'Отправить');
  const letter = await untilSent(set.centre, 'zam@adm-pushkino.ru', 'Re: Совещание');
  expect([...letter.to].sort()).toEqual(['priemnaya@adm-pushkino.ru', 'zam@adm-pushkino.ru']);
});

it('«Печать» of a letter has its line in the access log, and so have the clients shown as possible senders', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  await desk.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.print = (_options, done) => done?.(true, '');
  });
  await goTo(page, 'Входящие письма');
  await row(page, subject).click(patience);
  await page.keyboard.press('F2');
  await badge(page, 'В работе').waitFor(patience);
  await more(page, 'Печать');
  const lines = async (documentId: string) => (await accessLines(set.centre, documentId)).map(({ action, documentType, details }) => `${action} ${documentType} ${details}`);
  await expect.poll(async () => (await lines('')).filter((line) => line.startsWith('print')).length, patience).toBe(1);
  expect((await lines('')).find((line) => line.startsWith('print'))).toMatch(/^print incomingEmail /);
  const client = testClients.find(({ name }) => name === 'Гаврилюк Олег Петрович')?.id ?? '';
  expect(await lines(client)).toContain('search client Возможный клиент письма');
});

it('«Переназначить»: a supervisor gives a letter in work to himself; the first no longer may write to it', async () => {
  const [{ page }, supervisor] = [set.desk('belova'), set.desk('fomina').page];
  await goTo(supervisor, 'Входящие письма');
  await row(supervisor, 'Совещание').click(patience);
  await supervisor.keyboard.press('F2');
  await more(supervisor, 'Переназначить');
  const dialog = supervisor.getByRole('dialog', { name: 'Кому переназначить письмо?' });
  await choose(supervisor, 'Сотрудник', 'Фомина');
  await dialog.getByRole('button', { name: /^Переназначить/ }).click(patience);
  await dialog.waitFor({ state: 'detached', ...patience });
  expect(await seen(visible(supervisor.getByText(/Принято .*Фомина/)).first())).toBe(true);
  await goTo(page, 'Входящие письма');
  await row(page, 'Совещание').click(patience);
  await page.keyboard.press('F2');
  expect(await seen(visible(page.getByText(/Принято .*Фомина/)).first())).toBe(true);
});
