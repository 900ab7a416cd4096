import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { parseEmail } from '../../shared/mail/parse-email.ts';
import { badge, button, categorize, choose, classify, fill, goTo, press, pressExactly, rawOf, row, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const address = 'gavrilyuk.op@pochta-mo.ru';
const asud = 'kancelyariya@moesk.ru';
const patience = { timeout: 60_000 } as const;

const told = (page: Page, words: string | RegExp) => visible(page.getByText(words)).first();
const text = (page: Page) => visible(page.getByRole('textbox', { name: 'Текст', exact: true })).first();

/** From the letter's arrival to the appeal written (2.8.2.1–2.8.2.4); the letter's form is on top again. */
async function toAppeal(page: Page, subject: string): Promise<void> {
  await writeToClients(set.centre, { from: `Гаврилюк Олег <${address}>`, subject, text: 'Письмо на бланке приложено.', attachments: [{ filename: 'Бланк.txt', content: 'исх. № 7' }] });
  await takeLetter(page, subject);
  await classify(page, 'От потребителя услуг', 'Письмо официальное');
  await categorize(page);
  await press(page, 'Присвоить рег. номер');
  await badge(page, 'Номер присвоен').waitFor(patience);
  expect(await button(page, 'Переслать').getAttribute('aria-disabled')).toBe('true');
  await button(page, 'Переслать').click({ ...patience, force: true });
  expect(await seen(told(page, /^Сначала создайте обращение/))).toBe(true);

  await press(page, 'Создать обращение');
  await choose(page, 'Филиал', 'Северные');
  await choose(page, 'Ответственный', 'Жуков');
  await pressExactly(page, 'Записать');
  await badge(page, 'Подготовка ответа').or(badge(page, 'Ожидает регистрации')).first().waitFor(patience);
}

async function openLetter(page: Page, subject: string): Promise<void> {
  await goTo(page, 'Входящие письма');
  await row(page, subject).click(patience);
  await page.keyboard.press('F2');
  await badge(page, 'Обработано').waitFor(patience);
}

/** What АСУД got: its text and the names of its attachments. */
async function atAsud(subject: string): Promise<{ readonly text: string; readonly names: readonly string[] }> {
  const sent = await parseEmail(Buffer.from(await rawOf(set.centre, await untilSent(set.centre, asud, subject))), { returnPath: null });
  return { text: sent.text, names: sent.attachments.map(({ name }) => name) };
}

it('2.8.2 number, first auto-reply, appeal; the task ends, and the letter waits to be forwarded to АСУД', async () => {
  const { page } = set.desk('belova');
  await toAppeal(page, 'Официальный запрос');
  await untilSent(set.centre, address, 'КП-26-');
  await badge(page, 'Подготовка ответа').waitFor(patience);
  await goTo(page, 'Мои задачи');
  await visible(page.getByText('Подготовка ответа')).first().waitFor(patience);
  expect(await visible(page.getByText('Обработка входящего письма')).count()).toBe(0);
  await goTo(page, 'Входящие письма');
  await press(page, 'Ждёт пересылки в АСУД');
  expect(await seen(row(page, 'Официальный запрос'))).toBe(true);
});

it('2.8.2 «Переслать» to АСУД: the appeal’s number stands in the text, the original and its attachment go along, the mark goes', async () => {
  const { page } = set.desk('belova');
  await openLetter(page, 'Официальный запрос');
  expect(await seen(told(page, 'Ждёт пересылки в АСУД'))).toBe(true);
  const [registration] = await set.emulator.registrations();
  const number = registration?.number ?? 'нет регистрации';

  await press(page, 'Переслать');
  await badge(page, 'Черновик').waitFor(patience);
  expect(await text(page).inputValue()).toContain(`Регистрационный номер обращения: ${number}`);
  await fill(page, 'Кому', asud);
  await page.keyboard.press('Enter');
  await press(page, 'Отправить');
  await badge(page, 'Обработано').waitFor(patience);
  await expect.poll(() => told(page, 'Ждёт пересылки в АСУД').count(), patience).toBe(0);

  const sent = await atAsud('Официальный запрос');
  for (const words of [`Регистрационный номер обращения: ${number}`, `От: Гаврилюк Олег <${address}>`, 'Письмо на бланке приложено.']) expect(sent.text).toContain(words);
  expect(sent.names).toEqual(['Бланк.txt']);
  expect(await seen(told(page, new RegExp(`^Зарегистрировано обращение: № ${number}; переслано в АСУД: ${asud}`)))).toBe(true);
  // Table 14: a task to check the answer that АСУД prepares
  await goTo(page, 'Обращения');
  await expect.poll(() => row(page, number).textContent(), patience).toContain('Проверка ответа');
});

it('2.8.2 forwarded before АС ФЭУ has answered, it waits for the number and leaves with it', async () => {
  const { page } = set.desk('belova');
  await set.emulator.misbehave({ down: true });
  await toAppeal(page, 'Второй запрос');
  await openLetter(page, 'Второй запрос');
  await press(page, 'Переслать');
  await badge(page, 'Черновик').waitFor(patience);
  expect(await seen(told(page, 'Письмо уйдёт, когда АС ФЭУ присвоит номер обращения'))).toBe(true);
  await fill(page, 'Кому', asud);
  await page.keyboard.press('Enter');
  await press(page, 'Отправить');
  await badge(page, 'Обработано').waitFor(patience);
  await page.getByText('К отправке 0', { exact: true }).waitFor(patience);

  await set.emulator.misbehave({});
  const sent = await atAsud('Второй запрос');
  const registrations = await set.emulator.registrations();
  expect(registrations).toHaveLength(2);
  expect(sent.text).toContain(`Регистрационный номер обращения: ${registrations[1]?.number ?? 'нет регистрации'}`);
  expect(sent.text).not.toContain('{номер обращения}');
});
