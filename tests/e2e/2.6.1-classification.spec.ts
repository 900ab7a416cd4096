import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { badge, button, categorize, classify, fill, pick, press, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'kuznetsov');
const subject = 'Приглашение на совещание';
const patience = { timeout: 60_000 } as const;

const field = (page: Page, label: string) => visible(page.getByRole('combobox', { name: label, exact: true })).first();
const shown = (page: Page, label: string) => visible(page.getByLabel(label, { exact: true })).count();
const told = (page: Page, words: string | RegExp) => visible(page.getByText(words)).first();
const greyed = async (page: Page, name: string) => (await button(page, name).getAttribute('aria-disabled')) === 'true';

/** A greyed button still answers a person's click: it says why it cannot be pressed. */
async function pressGreyed(page: Page, name: string): Promise<void> {
  await button(page, name).click({ ...patience, force: true });
}

async function fromWhom(page: Page, choice: string): Promise<void> {
  await visible(page.getByRole('radio', { name: choice, exact: true })).first().click(patience);
}

/** What «Классификация» offers now, in order. */
async function classesOffered(page: Page): Promise<readonly string[]> {
  await field(page, 'Классификация').click(patience);
  const options = visible(page.getByRole('option'));
  await options.first().waitFor(patience);
  const titles = await options.allTextContents();
  await page.keyboard.press('Escape');
  return titles;
}

/** «Группа категорий», «Подписант» and «Время совещания»: which of them the class shows. */
async function fieldsOfClass(page: Page): Promise<readonly string[]> {
  const labels = ['Подписант', 'Время совещания', 'Вид', 'Категория', 'Подтема'];
  const counts = await Promise.all(labels.map((label) => shown(page, label)));
  return labels.filter((_, index) => (counts[index] ?? 0) > 0);
}

it('2.6.1 the letter is read by anyone who works on letters; nothing can be filled or pressed but «Принять в работу» and «Спам» until it is his', async () => {
  const [page, other] = [set.desk('belova').page, set.desk('kuznetsov').page];
  await writeToClients(set.centre, { from: 'Неизвестный <novy@pochta-mo.ru>', subject, text: 'Ждём вас в четверг.', attachments: [{ filename: 'Повестка.txt', content: 'повестка' }] });
  for (const desk of [page, other]) {
    await row(desk, subject).click(patience);
    await press(desk, 'Открыть');
    expect(await seen(told(desk, 'Ждём вас в четверг.'))).toBe(true);
    expect(await seen(told(desk, 'Повестка.txt'))).toBe(true);
  }
  for (const name of ['Присвоить рег. номер', 'Создать обращение', 'Сохранить', 'Переслать', 'Ответить']) expect([name, await greyed(page, name)]).toEqual([name, true]);
  for (const name of ['Принять в работу', 'Спам']) expect([name, await greyed(page, name)]).toEqual([name, false]);
  await pressGreyed(page, 'Переслать');
  expect(await seen(told(page, 'Письмо не в работе у вас. Сначала нажмите «Принять в работу».'))).toBe(true);
  const consumer = visible(page.getByRole('radio', { name: 'От потребителя услуг', exact: true })).first();
  await consumer.click({ ...patience, force: true });
  expect(await consumer.getAttribute('aria-checked')).toBe('false');

  await press(page, 'Принять в работу');
  await badge(other, 'В работе').waitFor(patience);
  for (const name of ['Принять в работу', 'Присвоить рег. номер', 'Создать обращение', 'Сохранить', 'Переслать', 'Ответить', 'Спам']) expect([name, await greyed(other, name)]).toEqual([name, true]);
  await pressGreyed(other, 'Принять в работу');
  expect(await seen(told(other, 'Письмо в работе у другого сотрудника'))).toBe(true);
  for (const name of ['Сохранить', 'Ответить', 'Спам']) expect([name, await greyed(page, name)]).toEqual([name, false]);
  expect(await field(page, 'Классификация').getAttribute('readonly')).not.toBeNull();
});

it('2.6.2 «Не от потребителя услуг»: the five classes of the list, «Контакт» is not filled, each class asks for what is its own', async () => {
  const [page, other] = [set.desk('belova').page, set.desk('kuznetsov').page];
  await fromWhom(page, 'Не от потребителя услуг');
  expect(await classesOffered(page)).toEqual(['Факсограмма', 'Протокол', 'Факсограмма + Протокол', 'Письмо официальное', 'Акт сверки']);
  expect(await shown(page, 'Контакт')).toBe(0);
  expect(await seen(told(page, 'не заполняется: письмо не от потребителя услуг'))).toBe(true);

  const asked: Readonly<Record<string, readonly string[]>> = {
    Факсограмма: ['Подписант', 'Время совещания'],
    Протокол: [],
    'Факсограмма + Протокол': ['Подписант', 'Время совещания'],
    'Письмо официальное': ['Вид', 'Категория', 'Подтема'],
    'Акт сверки': [],
  };
  for (const [classification, labels] of Object.entries(asked)) {
    await field(page, 'Классификация').click(patience);
    await visible(page.getByRole('option', { name: classification, exact: true })).click(patience);
    await expect.poll(() => fieldsOfClass(page), patience).toEqual(labels);
    expect([classification, await greyed(page, 'Присвоить рег. номер'), await greyed(page, 'Создать обращение'), await greyed(page, 'Переслать')]).toEqual([classification, true, true, false]);
    if (labels.length > 0) {
      await press(page, 'Переслать');
      expect(await seen(told(page, `Заполните: ${labels.join(', ')}`))).toBe(true);
    }
  }

  await pick(page, 'Классификация', 'Факсограмма');
  await fill(page, 'Подписант', 'Петров П. П.');
  await fill(page, 'Время совещания', '26.11 10:00');
  await press(page, 'Сохранить');
  await expect.poll(() => field(other, 'Классификация').inputValue(), patience).toBe('Факсограмма');
  expect(await visible(other.getByLabel('Подписант', { exact: true })).first().inputValue()).toBe('Петров П. П.');
});

it('2.6.3 «От потребителя услуг»: the four classes of the list, each asks for «Контакт» and what is its own; the topic fills from the subtopic', async () => {
  const [page, other] = [set.desk('belova').page, set.desk('kuznetsov').page];
  await fromWhom(page, 'От потребителя услуг');
  await expect.poll(() => field(page, 'Классификация').inputValue()).toBe('');
  expect(await classesOffered(page)).toEqual(['Письмо (текстовое)', 'Письмо официальное', 'Акт сверки', 'Проверка подписки']);

  for (const classification of ['Акт сверки', 'Проверка подписки']) {
    await pick(page, 'Классификация', classification);
    await expect.poll(() => fieldsOfClass(page), patience).toEqual([]);
    expect([await greyed(page, 'Присвоить рег. номер'), await greyed(page, 'Создать обращение')]).toEqual([true, true]);
    await press(page, 'Переслать');
    expect(await seen(told(page, /^Заполните: Контакт$/))).toBe(true);
  }
  for (const classification of ['Письмо официальное', 'Письмо (текстовое)']) {
    await pick(page, 'Классификация', classification);
    await expect.poll(() => fieldsOfClass(page), patience).toEqual(['Вид', 'Категория', 'Подтема']);
    await press(page, 'Присвоить рег. номер');
    expect(await seen(told(page, 'Заполните: Контакт, Вид, Категория, Подтема'))).toBe(true);
  }
  expect(await greyed(page, 'Переслать')).toBe(true);
  await pressGreyed(page, 'Переслать');
  expect(await seen(told(page, /Для писем «Письмо \(текстовое\)» это действие не предусмотрено/))).toBe(true);

  expect(await seen(told(page, 'заполнится по подтеме'))).toBe(true);
  await categorize(page);
  await expect.poll(() => visible(page.getByText('Технологическое присоединение', { exact: true })).count(), patience).toBe(1);
  await press(page, 'Сохранить');
  await expect.poll(() => field(other, 'Классификация').inputValue(), patience).toBe('Письмо (текстовое)');
  expect(await field(other, 'Подтема').inputValue()).toContain('102 Статус заявки');
});

it('2.6.2 a letter with a known client loses him when it turns out not to be from a consumer', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Гаврилюк Олег <gavrilyuk.op@pochta-mo.ru>', subject: 'Протокол приёмки', text: 'Высылаю.' });
  await takeLetter(page, 'Протокол приёмки');
  await expect.poll(() => field(page, 'Контакт').inputValue(), patience).toContain('Гаврилюк Олег Петрович');
  await classify(page, 'Не от потребителя услуг', 'Протокол');
  await press(page, 'Сохранить');
  expect(await seen(told(page, 'Сохранить: сделано'))).toBe(true);
  await fromWhom(page, 'От потребителя услуг');
  await press(page, 'Сохранить');
  await expect.poll(() => field(page, 'Контакт').inputValue(), patience).toContain('Гаврилюк Олег Петрович');
});
