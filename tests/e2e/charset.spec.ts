import iconv from 'iconv-lite';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { mailboxes } from '../helpers/centre.ts';
import { goTo, press, row, seen, takeLetter, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { sendLetter } from '../helpers/send-letter.ts';

const set = scene('belova', 'fomina');
const patience = { timeout: 30_000 } as const;
const subject = 'Прошу Вас проверить ЛЭП у ИП Ёлкина';
const name = 'Щукин Эдуард Юрьевич';
const text = 'Электроснабжения нет. Прошу Вас: Я, ИП Ёлкин, жду Вашего ответа.';

/** A letter of an old Macintosh that names no charset: only its small letters are guessed right. */
async function macLetter(tag: string, html: boolean): Promise<void> {
  const header = [`From: ${name} <mac@pochta-mo.ru>`, `To: ${mailboxes.clients}`, `Subject: ${subject}, ${tag}`, `Date: ${new Date().toUTCString()}`, 'MIME-Version: 1.0', `Content-Type: text/${html ? 'html' : 'plain'}`, 'Content-Transfer-Encoding: 8bit'];
  await sendLetter({ port: set.centre.smtpPort, to: mailboxes.clients, from: 'mac@pochta-mo.ru', raw: iconv.encode([...header, '', html ? `<p>${text}</p>` : text, ''].join('\r\n'), 'maccyrillic') });
}

const letter = (page: Page) => visible(page.getByRole('region', { name: 'Письмо', exact: true })).first();
const dialog = (page: Page) => page.getByRole('dialog', { name: 'В какой кодировке показать письмо?' });

async function openDialog(page: Page): Promise<void> {
  await press(page, 'Ещё');
  await page.getByRole('menuitem', { name: 'Исправить кодировку' }).click(patience);
  await dialog(page).waitFor(patience);
}

it('«Исправить кодировку»: each charset shows at once how the letter reads; the one chosen is kept for everyone', async () => {
  const [{ page }, other] = [set.desk('belova'), set.desk('fomina').page];
  await macLetter('первое', false);
  await takeLetter(page, 'первое');
  expect(await letter(page).textContent()).not.toContain(text);
  await openDialog(page);
  const preview = dialog(page).getByRole('region', { name: 'Как читается письмо' });
  for (const [charset, isRight] of [['KOI8-R', false], ['Mac Cyrillic', true]] as const) {
    await dialog(page).getByRole('radio', { name: charset }).check({ ...patience, force: true });
    await expect.poll(async () => (await preview.textContent()) ?? '', patience).toMatch(isRight ? new RegExp(`${subject}.*${name}.*${text}`, 's') : /^[^]{20}/);
    expect(((await preview.textContent()) ?? '').includes(text)).toBe(isRight);
  }
  await dialog(page).getByRole('button', { name: /^Показать так всем/ }).click(patience);
  await dialog(page).waitFor({ state: 'detached', ...patience });
  for (const words of [subject, name, text, 'Кодировка исправлена вручную: Mac Cyrillic']) await expect.poll(() => letter(page).textContent(), patience).toContain(words);

  await goTo(other, 'Входящие письма');
  await visible(other.getByLabel('Найти в списке', { exact: true })).first().fill('Ёлкина', patience);
  expect(await seen(visible(other.getByRole('row').filter({ hasText: subject }).filter({ hasText: name })).first())).toBe(true);
  await row(other, subject).dblclick(patience);
  await expect.poll(() => letter(other).textContent(), patience).toContain(text);
});

it('«Исправить кодировку» is undone: the letter reads as when it came, for everyone', async () => {
  const [{ page }, other] = [set.desk('belova'), set.desk('fomina').page];
  await press(page, 'Отменить');
  await expect.poll(() => letter(page).textContent(), patience).not.toContain('Кодировка исправлена вручную');
  expect(await letter(page).textContent()).not.toContain(text);
  await expect.poll(() => letter(other).textContent(), patience).not.toContain(text);
});

it('«Исправить кодировку» off line: works with the source that is at the desk, and says why not without it', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  await macLetter('второе', true);
  await takeLetter(page, 'второе');
  await desk.goOffline();
  await press(page, 'Ещё');
  const item = page.getByRole('menuitem', { name: 'Исправить кодировку' });
  expect(await item.getAttribute('title', patience)).toMatch(/^Нет связи, а исходник письма на это рабочее место ещё не загружен/);
  await page.keyboard.press('Escape');
  await desk.goOnline();

  await openDialog(page);
  await dialog(page).getByRole('radio', { name: 'Mac Cyrillic' }).check({ ...patience, force: true });
  await dialog(page).getByRole('region', { name: 'Как читается письмо' }).getByText(text).waitFor(patience);
  await desk.goOffline();
  await dialog(page).getByRole('button', { name: /^Показать так всем/ }).click(patience);
  expect(await seen(letter(page).getByText(`${subject}, второе`))).toBe(true);
  expect(await seen(visible(page.locator('iframe[title="Текст письма"]')).first().contentFrame().getByText(text))).toBe(true);
  await desk.goOnline();
  await goTo(set.desk('fomina').page, 'Входящие письма');
  expect(await seen(row(set.desk('fomina').page, `${subject}, второе`))).toBe(true);
});
