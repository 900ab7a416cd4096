import { expect, it } from 'vitest';
import { answer, classify, contact, goTo, openTab, press, row, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const question = 'Связать ли все письма с данным электронным адресом?';
const patience = { timeout: 60_000 } as const;
const signed = 'Прошу ответить.\n\nСоколова Марина Игоревна\nтел. 8 (916) 204-18-55';

it('2.6.4 several clients match: one is checked, «Да» ties this letter, the earlier and the later ones', async () => {
  const { page } = set.desk('belova');
  const from = 'Соколова Марина <m.sokolova@pochta-mo.ru>';
  await writeToClients(set.centre, { from, subject: 'Первое письмо', text: 'Здравствуйте.' });
  await writeToClients(set.centre, { from, subject: 'Второе письмо', text: signed });
  await row(page, 'Первое письмо').waitFor(patience);
  await takeLetter(page, 'Второе письмо');
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');
  await press(page, 'Сохранить');
  await openTab(page, 'Клиенты');
  const chosen = visible(page.getByRole('checkbox', { name: /Соколова Марина Игоревна/ })).first();
  await chosen.click();
  await answer(page, question, 'Да');
  await expect.poll(() => chosen.isChecked()).toBe(true);

  await writeToClients(set.centre, { from, subject: 'Третье письмо', text: 'И ещё одно.' });
  for (const subject of ['Первое письмо', 'Третье письмо']) {
    await takeLetter(page, subject);
    await expect.poll(() => contact(page), patience).toContain('Соколова Марина Игоревна');
  }
});

it('2.6.4 «Нет» ties this letter alone: the earlier and the later ones of the address stay without a client', async () => {
  const { page } = set.desk('belova');
  const from = 'Соколова Марина <dacha-sokolova@mail-oblast.ru>';
  await writeToClients(set.centre, { from, subject: 'Дача, до', text: 'Здравствуйте.' });
  await writeToClients(set.centre, { from, subject: 'Дача, то самое', text: signed });
  await goTo(page, 'Мои задачи');
  await row(page, 'Дача, до').waitFor(patience);
  await takeLetter(page, 'Дача, то самое');
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');
  await openTab(page, 'Клиенты');
  const chosen = visible(page.getByRole('checkbox', { name: /Соколова Марина Игоревна/ })).first();
  await chosen.click();
  await answer(page, question, 'Нет');
  await expect.poll(() => chosen.isChecked()).toBe(true);

  await writeToClients(set.centre, { from, subject: 'Дача, после', text: signed });
  await takeLetter(page, 'Дача, после');
  // Nothing fills the contact, yet the possible clients are named.
  await visible(page.getByRole('radio', { name: 'Соколова Марина Игоревна' })).first().waitFor(patience);
  expect(await contact(page)).toBe('');
  await takeLetter(page, 'Дача, до');
  expect(await contact(page)).toBe('');
});
