import { expect, it } from 'vitest';
import { answer, classify, contact, goTo, openTab, press, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testApplications } from '../helpers/small-company.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;
const address = 'novaya.pochta@mail-oblast.ru';
const number = 'И-26-00-418233/102';
const subject = 'Когда поставят опоры?';

it('2.6.7 the application named in a letter is found, the letter’s address goes to the card of its client, the letter is tied to him', async () => {
  const { page } = set.desk('belova');
  await set.emulator.load(testApplications);
  await goTo(page, 'Заявки');
  await row(page, number).waitFor(patience);
  await writeToClients(set.centre, { from: `Заявитель <${address}>`, subject, text: `Прошу сообщить о ходе работ по заявке № ${number}.` });
  await takeLetter(page, subject);
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');
  await press(page, 'Сохранить');

  await page.keyboard.press('F3');
  await page.keyboard.insertText(number);
  await page.keyboard.press('Enter');
  await visible(page.getByRole('heading', { name: `Заявка ${number}` })).waitFor(patience);
  await visible(page.getByRole('button', { name: 'Соколова Марина Игоревна' })).click(patience);
  await visible(page.getByRole('heading', { name: 'Соколова Марина Игоревна', level: 1 })).waitFor(patience);
  expect(await seen(visible(page.getByRole('grid', { name: 'Заявки' })).getByRole('row').filter({ hasText: number }))).toBe(true);

  await page.keyboard.press('F2');
  await openTab(page, 'Контакты');
  await press(page, 'E-mail');
  await visible(page.getByRole('textbox', { name: 'Адрес электронной почты', exact: true })).last().fill(address);
  await page.keyboard.press('Control+Enter');
  expect(await seen(visible(page.getByRole('button', { name: new RegExp(`^${address}`) })))).toBe(true);

  await page.getByRole('group', { name: 'Открыто' }).getByRole('button', { name: /^Письмо/ }).first().click(patience);
  await visible(page.getByRole('combobox', { name: 'Контакт', exact: true })).first().fill('Соколова Марина Игоревна', patience);
  await visible(page.getByRole('option', { name: /^Соколова Марина Игоревна/ })).first().click(patience);
  await answer(page, 'Связать ли все письма с данным электронным адресом?', 'Да');
  await expect.poll(() => contact(page), patience).toBe('Соколова Марина Игоревна');
});

it('2.6.7 the history of the client shows the application and the letter', async () => {
  const { page } = set.desk('belova');
  await goTo(page, 'Единое окно');
  await visible(page.getByRole('heading', { name: 'Соколова Марина Игоревна', level: 1 })).waitFor(patience);
  const history = visible(page.getByRole('grid', { name: 'История' }));
  expect(await seen(history.getByRole('row').filter({ hasText: subject }))).toBe(true);
  expect(await seen(history.getByRole('row').filter({ hasText: number }))).toBe(true);
});

it('2.6.7 from the letter’s own tab any application is found and tied, and its client is offered as «Контакт»', async () => {
  const { page } = set.desk('belova');
  const from = 'dachnica@mail-oblast.ru';
  const ofSummerHouse = 'И-26-00-377104/102';
  await writeToClients(set.centre, { from: `Анна <${from}>`, subject: 'Когда подключат дачу', text: 'Договор подписан, сроки прошли.' });
  await takeLetter(page, 'Когда подключат дачу');
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');

  await openTab(page, 'Заявки');
  await visible(page.getByRole('combobox', { name: 'Другая заявка' })).first().fill('Тихомирова');
  await visible(page.getByRole('option', { name: ofSummerHouse })).first().click(patience);
  await answer(page, 'Связать ли все письма с данным электронным адресом?', 'Да');
  const tied = visible(page.getByRole('checkbox', { name: `Связать письмо с заявкой ${ofSummerHouse}` })).first();
  await expect.poll(() => tied.isChecked(), patience).toBe(true);
  await openTab(page, 'Свойства');
  await expect.poll(() => contact(page), patience).toBe('Тихомирова Анна Львовна');

  await visible(page.getByRole('combobox', { name: 'Контакт', exact: true })).first().press('F2');
  await openTab(page, 'Контакты');
  await press(page, 'E-mail');
  await visible(page.getByRole('textbox', { name: 'Адрес электронной почты' })).last().fill(from);
  await page.keyboard.press('Control+S');
  await openTab(page, 'История');
  const history = visible(page.getByRole('grid', { name: 'История' }));
  for (const shown of ['Когда подключат дачу', ofSummerHouse]) expect(await seen(history.getByRole('row').filter({ hasText: shown }))).toBe(true);

  await writeToClients(set.centre, { from, subject: 'Ещё о даче', text: `Номер заявки ${ofSummerHouse}.` });
  await takeLetter(page, 'Ещё о даче');
  await expect.poll(() => contact(page), patience).toBe('Тихомирова Анна Львовна');
  await openTab(page, 'Клиенты');
  const found = row(page, 'Тихомирова Анна Львовна');
  for (const by of ['e-mail', 'номер заявки', 'привязка адреса']) expect(await seen(found.getByText(by, { exact: true }))).toBe(true);
});
