import { expect, it } from 'vitest';
import { classify, press, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const from = 'Соколова Марина <m.sokolova@pochta-mo.ru>';

it('2.6.4 several clients match: one is checked, «Да» ties this letter, the earlier and the later ones', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from, subject: 'Первое письмо', text: 'Здравствуйте.' });
  await writeToClients(set.centre, { from, subject: 'Второе письмо', text: 'Прошу ответить.\n\nСоколова Марина Игоревна\nтел. 8 (916) 204-18-55' });
  await row(page, 'Первое письмо').waitFor({ timeout: 60_000 });
  await takeLetter(page, 'Второе письмо');
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');
  await press(page, 'Сохранить');
  await visible(page.getByRole('tab', { name: /^Клиенты/ })).first().click();
  const chosen = visible(page.getByRole('checkbox', { name: /Соколова Марина Игоревна/ })).first();
  await chosen.click();
  expect(await seen(visible(page.getByText('Связать ли все письма с данным электронным адресом?')))).toBe(true);
  await press(page, 'Да');
  await expect.poll(() => chosen.isChecked()).toBe(true);

  await writeToClients(set.centre, { from, subject: 'Третье письмо', text: 'И ещё одно.' });
  for (const subject of ['Первое письмо', 'Третье письмо']) {
    await takeLetter(page, subject);
    await expect.poll(() => visible(page.getByRole('combobox', { name: 'Контакт', exact: true })).first().inputValue(), { timeout: 60_000 }).toContain('Соколова Марина Игоревна');
  }
});
