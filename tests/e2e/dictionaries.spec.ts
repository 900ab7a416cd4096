import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assignNumber, consumer, takeTextLetter } from '../helpers/appeal-road.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { badge, button, classify, goTo, press, pressExactly, row, seen, takeLetter, untilSent, visible, rawOf, writeToClients } from '../helpers/letter-road.ts';
import { parseEmail } from '../../shared/mail/parse-email.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('chernyshev');
const patience = { timeout: 60_000 } as const;
let belova: Desk;

beforeAll(async () => {
  belova = await startDesk('belova', { centre: set.centre });
});
afterAll(async () => belova.close());

const field = (page: Page, label: string) => visible(page.getByLabel(label, { exact: true })).first();
const told = (page: Page, words: string | RegExp) => visible(page.getByText(words)).first();

async function written(page: Page): Promise<void> {
  await pressExactly(page, 'Записать');
  await page.getByRole('contentinfo').getByText('К отправке 0', { exact: true }).waitFor(patience);
}

async function openCatalogue(page: Page, name: string): Promise<void> {
  await goTo(page, 'Все справочники');
  await page.getByRole('navigation', { name: 'Справочники' }).getByRole('button', { name, exact: true }).click(patience);
  await visible(page.getByRole('region', { name, exact: true })).first().waitFor(patience);
}

/** What «Вид» of the letter on top offers for `typed`. */
async function kindsOffered(page: Page, typed: string): Promise<readonly string[]> {
  const kind = visible(page.getByRole('combobox', { name: 'Вид', exact: true })).first();
  await kind.fill(typed, patience);
  await visible(page.getByRole('option').or(page.getByText('Ничего не найдено'))).first().waitFor(patience);
  const offered = await visible(page.getByRole('option')).allTextContents();
  await page.keyboard.press('Escape');
  return offered;
}

it('an entry is added and is at once offered in the form of a letter at another desk', async () => {
  const { page } = set.desk('chernyshev');
  await writeToClients(set.centre, { from: consumer.from, subject: 'Вопрос по справочнику', text: 'Прошу ответить.' });
  await takeLetter(belova.page, 'Вопрос по справочнику');
  await classify(belova.page, 'От потребителя услуг', 'Письмо (текстовое)');

  await openCatalogue(page, 'Виды обращений');
  await press(page, 'Создать');
  await pressExactly(page, 'Записать');
  expect(await seen(told(page, 'Заполните: Наименование'))).toBe(true);
  await field(page, 'Код').fill('199');
  await field(page, 'Наименование').fill('Осмотр теплиц');
  await written(page);
  await openCatalogue(page, 'Виды обращений');
  expect(await seen(row(page, 'Осмотр теплиц'))).toBe(true);
  await expect.poll(() => kindsOffered(belova.page, 'теплиц'), patience).toEqual(['199 Осмотр теплиц']);
  await visible(belova.page.getByRole('combobox', { name: 'Вид', exact: true })).first().fill('теплиц');
  await visible(belova.page.getByRole('option', { name: '199 Осмотр теплиц' })).first().click(patience);
  await press(belova.page, 'Сохранить');
});

it('a renamed entry is called by its new name where it was chosen', async () => {
  const { page } = set.desk('chernyshev');
  await row(page, 'Осмотр теплиц').dblclick(patience);
  await field(page, 'Наименование').fill('Осмотр парников');
  await written(page);
  await expect.poll(() => visible(belova.page.getByRole('combobox', { name: 'Вид', exact: true })).first().inputValue(), patience).toBe('199 Осмотр парников');
});

it('an entry marked for deletion is offered no more, stays where it was chosen, and can be brought back', async () => {
  const { page } = set.desk('chernyshev');
  await press(page, 'Пометить на удаление');
  expect(await seen(badge(page, 'Помечено на удаление'))).toBe(true);
  await page.getByRole('contentinfo').getByText('К отправке 0', { exact: true }).waitFor(patience);
  await goTo(belova.page, 'Входящие письма');
  await row(belova.page, 'Вопрос по справочнику').click(patience);
  await belova.page.keyboard.press('F2');
  const kind = visible(belova.page.getByRole('combobox', { name: 'Вид', exact: true })).first();
  expect(await kind.inputValue()).toBe('199 Осмотр парников');
  await expect.poll(() => kindsOffered(belova.page, 'парник'), patience).toEqual([]);

  await openCatalogue(page, 'Виды обращений');
  await expect.poll(() => row(page, 'Осмотр парников').count(), patience).toBe(0);
  await visible(page.getByRole('button', { name: /^Помеченные на удаление/ })).first().click(patience);
  await row(page, 'Осмотр парников').click(patience);
  await page.keyboard.press('F2');
  await press(page, 'Снять пометку удаления');
  await button(page, 'Пометить на удаление').waitFor(patience);
  await expect.poll(() => kindsOffered(belova.page, 'парник'), patience).toEqual(['199 Осмотр парников']);
});

it('a text of an automatic reply is refused empty and with a place that means nothing, and says which', async () => {
  const { page } = set.desk('chernyshev');
  await goTo(page, 'Тексты автоответов');
  await row(page, 'Первый отбойник').dblclick(patience);
  await field(page, 'Тема').fill('');
  await pressExactly(page, 'Записать');
  expect(await seen(told(page, 'Заполните: Тема'))).toBe(true);
  await field(page, 'Тема').fill('Письмо принято, {нмер}');
  await pressExactly(page, 'Записать');
  expect(await seen(told(page, /Тема: программа не знает, что подставить вместо \{нмер\}\. Исправьте указанное поле и повторите\. ОК-100/))).toBe(true);
  await field(page, 'Тема').fill('Письмо принято под номером {номер}');
  await field(page, 'Текст').fill('   ');
  await pressExactly(page, 'Записать');
  expect(await seen(told(page, /^Заполните: Текст/))).toBe(true);
  await field(page, 'Текст').fill('Здравствуйте! Ваше письмо «{тема}» от {дата} ждёт ответа. {}');
  await pressExactly(page, 'Записать');
  expect(await seen(told(page, /Текст: программа не знает, что подставить вместо \{\}/))).toBe(true);
  await field(page, 'Текст').fill('Здравствуйте! Ваше письмо «{тема}» от {дата} ждёт ответа под номером {номер}.');
  await written(page);
});

it('2.8.1 the edited text goes out with the next number, its places filled', async () => {
  await belova.page.getByRole('contentinfo').getByText('К отправке 0', { exact: true }).waitFor(patience);
  await takeTextLetter(belova.page, set.centre, 'Новый текст ответа');
  const number = await assignNumber(belova.page);
  const reply = await untilSent(set.centre, consumer.address, number);
  expect(reply.subject).toBe(`Письмо принято под номером ${number}`);
  const { text } = await parseEmail(Buffer.from(await rawOf(set.centre, reply)), { returnPath: null });
  expect(text).toMatch(new RegExp(`^Здравствуйте! Ваше письмо «Новый текст ответа» от \\d\\d\\.\\d\\d\\.\\d{4} ждёт ответа под номером ${number}\\.\\s*$`));
});
