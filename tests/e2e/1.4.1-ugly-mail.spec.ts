import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { mailboxes } from '../helpers/centre.ts';
import { goTo, row, seen, takeLetter, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { sendLetter } from '../helpers/send-letter.ts';
import { detachedLetter, makeSigner, signContent } from '../helpers/mail/signed-letter.ts';
import { winmail } from '../helpers/mail/winmail.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;
const sender = 'm.sokolova@pochta-mo.ru';

const subjectLine = (subject: string): string => `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`;
const head = (subject: string): readonly string[] => [`From: =?utf-8?B?${Buffer.from('Соколова Марина').toString('base64')}?= <${sender}>`, `To: ${mailboxes.clients}`, subjectLine(subject), `Date: ${new Date().toUTCString()}`, `Message-ID: <${Buffer.from(subject).toString('hex').slice(0, 40)}@pochta-mo.ru>`];
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/(.{76})/g, '$1\r\n');
/** A letter of parts; the boundary is of its own, for letters stand in letters. */
function mixed(subject: string, ...parts: readonly (readonly string[])[]): string {
  const boundary = `b-${Buffer.from(subject).toString('hex').slice(0, 40)}`;
  return [...head(subject), 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`, '', ...parts.flatMap((lines) => [`--${boundary}`, ...lines]), `--${boundary}--`, ''].join('\r\n');
}
const text = (words: string): readonly string[] => ['Content-Type: text/plain; charset=utf-8', '', words];

async function send(raw: string): Promise<void> {
  await sendLetter({ port: set.centre.smtpPort, from: sender, to: mailboxes.clients, raw });
}

const pane = (page: Page): Locator => visible(page.getByRole('region', { name: 'Письмо', exact: true })).first();

it('1.4.1 files that Outlook packed into winmail.dat stand among the attachments', async () => {
  const { page } = set.desk('belova');
  const packed = winmail({ text: 'Не показывается', files: [{ name: 'Договор технологического присоединения.docx', content: Buffer.from('docx') }, { name: 'Схема участка.pdf', content: Buffer.from('%PDF-1.4') }] });
  await send(mixed('Документы из Outlook', text('Направляю документы.'), ['Content-Type: application/ms-tnef; name="winmail.dat"', 'Content-Transfer-Encoding: base64', '', base64(packed)]));
  await takeLetter(page, 'Документы из Outlook');
  const files = pane(page).getByRole('group', { name: 'Вложения' });
  for (const name of ['Договор технологического присоединения.docx', 'Схема участка.pdf']) expect(await seen(files.getByText(name, { exact: true }))).toBe(true);
  expect(await files.textContent()).not.toContain('winmail.dat');
  expect(await pane(page).textContent()).toContain('Направляю документы.');
});

it('1.4.1 the head of a signed letter says who signed it and that it is unchanged; of an altered one, that it is not', async () => {
  const { page } = set.desk('belova');
  const entity = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', 'Прошу заключить договор.', ''].join('\r\n');
  const signer = makeSigner({ validFrom: new Date('2020-01-01T00:00:00Z'), validTo: new Date('2040-01-01T00:00:00Z') });
  const signed = (subject: string): string => detachedLetter(head(subject), entity, signContent(Buffer.from(entity), signer, { opaque: false }));
  await send(signed('Подписано честно'));
  await send(signed('Подписано и подделано').replace('Прошу заключить', 'Прошу расторгнуть'));
  await takeLetter(page, 'Подписано честно');
  for (const words of ['Подписано', 'Соколова Марина Игоревна, m.sokolova@pochta-mo.ru', 'После подписи письмо не изменено', 'Издатель: Удостоверяющий центр «Проверка», до 01.01.2040']) expect(await pane(page).textContent()).toContain(words);
  await takeLetter(page, 'Подписано и подделано');
  await expect.poll(() => pane(page).textContent(), patience).toContain('Содержимое письма после подписи изменено или подпись не его');
});

it('1.4.1 an invitation says what, when by Moscow, where and by whom', async () => {
  const { page } = set.desk('belova');
  const calendar = ['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'SUMMARY:Осмотр электроустановки', 'DTSTART;TZID=Asia/Yekaterinburg:20261128T100000', 'DTEND;TZID=Asia/Yekaterinburg:20261128T113000', 'LOCATION:Мытищи\\, ул. Мира\\, 14', 'ORGANIZER;CN=Белова Ирина:mailto:belova@adm.example.ru', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
  await send(mixed('Приглашаем на осмотр', text('Ждём вас.'), ['Content-Type: text/calendar; method=REQUEST; charset=utf-8', '', calendar]));
  await takeLetter(page, 'Приглашаем на осмотр');
  const card = pane(page).getByRole('region', { name: 'Приглашение на встречу' });
  await card.waitFor(patience);
  for (const words of ['Осмотр электроустановки', '28.11.2026, суббота, 08:00–09:30 по Москве; там 28.11.2026, 10:00–11:30 (UTC+5)', 'Мытищи, ул. Мира, 14', 'Белова Ирина']) expect(await card.textContent()).toContain(words);
});

it('1.4.1 a letter within a letter within a letter opens in the window, and closes one by one', async () => {
  const { page } = set.desk('belova');
  const letter = (subject: string, words: string, ...parts: readonly (readonly string[])[]): string => mixed(subject, text(words), ...parts);
  const innermost = letter('Самое первое', 'С этого всё началось.', ['Content-Type: text/plain; name=a.txt', 'Content-Disposition: attachment; filename="показания.txt"', '', '12345']);
  const inner = letter('Пересланное', 'Смотри ниже.', ['Content-Type: message/rfc822', '', innermost]);
  await send(letter('Переслано дважды', 'Вот переписка.', ['Content-Type: message/rfc822', 'Content-Disposition: attachment; filename="переписка.eml"', '', inner]));
  await takeLetter(page, 'Переслано дважды');
  await pane(page).getByRole('button', { name: 'переписка.eml', exact: true }).click(patience);
  const first = page.getByRole('dialog', { name: 'Пересланное' });
  expect(await seen(first.getByText('Смотри ниже.'))).toBe(true);
  await first.getByRole('button', { name: /^Письмо \d+\.eml$/ }).click(patience);
  const second = page.getByRole('dialog', { name: 'Самое первое' });
  expect(await seen(second.getByText('С этого всё началось.'))).toBe(true);
  await second.getByRole('button', { name: 'показания.txt', exact: true }).click(patience);
  expect(await seen(page.getByRole('dialog', { name: 'показания.txt' }).locator('iframe').contentFrame().getByText('12345'))).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'показания.txt' }).waitFor({ state: 'detached', ...patience });
  await page.keyboard.press('Escape');
  await second.waitFor({ state: 'detached', ...patience });
  expect(await first.isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  await first.waitFor({ state: 'detached', ...patience });
});

it('1.4.1 HTML of 20 MB is shown from its beginning, says so, and the window goes on', async () => {
  const { page } = set.desk('belova');
  const html = `<h1>Ведомость</h1><table>${'<tr><td>Показание</td><td>12345</td></tr>'.repeat(500_000)}</table>`;
  await send([...head('Ведомость на двадцать мегабайт'), 'Content-Type: text/html; charset=utf-8', '', html.replace(/(<\/tr>)/g, '$1\r\n'), ''].join('\r\n'));
  await takeLetter(page, 'Ведомость на двадцать мегабайт');
  expect(await seen(visible(page.locator('iframe[title="Текст письма"]')).first().contentFrame().getByText('Ведомость'))).toBe(true);
  expect(await pane(page).textContent()).toContain('Оформленный текст слишком велик: показано его начало. Всё письмо — в исходнике (.eml).');
  const began = Date.now();
  await goTo(page, 'Входящие письма');
  expect(await seen(row(page, 'Ведомость на двадцать мегабайт'))).toBe(true);
  console.log(`From the letter of 20 MB to the list: ${Date.now() - began} ms`);
});

it('1.4.1 a letter of no bytes is a task too, and says that it is empty', async () => {
  const { page } = set.desk('belova');
  await sendLetter({ port: set.centre.smtpPort, from: 'pusto@pochta-mo.ru', to: mailboxes.clients, raw: '\r\n' });
  await takeLetter(page, 'pusto@pochta-mo.ru');
  for (const words of ['без темы', 'pusto@pochta-mo.ru', 'Письмо пустое: в нём нет ни заголовка, ни текста.']) expect(await pane(page).textContent()).toContain(words);
});
