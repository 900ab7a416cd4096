import { expect, it } from 'vitest';
import { testClients } from '../helpers/small-company.ts';
import { accessLines, answer, classify, contact, goTo, openTab, press, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;

const idOf = (name: string): string => testClients.find((client) => client.name === name)?.id ?? name;

/** Who opened the card, as the centre knows it; each time one line. */
async function openedBy(name: string): Promise<readonly string[]> {
  const lines = await accessLines(set.centre, idOf(name));
  return lines.filter(({ action, chainHolds }) => action === 'open' && chainHolds).map(({ userId }) => userId);
}

it('2.6.5 a client is found by phone in any spelling, the letter is tied to him and stands in his history', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Олег <zayavitel@mail-oblast.ru>', subject: 'Вопрос о счётчике', text: 'Счётчик стоит второй день.' });
  await takeLetter(page, 'Вопрос о счётчике');
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');
  await press(page, 'Сохранить');
  const field = visible(page.getByRole('combobox', { name: 'Контакт', exact: true })).first();
  await field.fill('8 (926) 330-14-77');
  await visible(page.getByRole('option', { name: /Гаврилюк Олег Петрович/ })).first().click(patience);
  await answer(page, 'Связать ли все письма с данным электронным адресом?', 'Нет');
  await expect.poll(() => contact(page), patience).toBe('Гаврилюк Олег Петрович');

  await field.press('F2');
  await openTab(page, 'История');
  const history = visible(page.getByRole('grid', { name: 'История' }));
  expect(await seen(history.getByRole('row').filter({ hasText: 'Вопрос о счётчике' }))).toBe(true);
  await history.getByRole('row').filter({ hasText: 'Вопрос о счётчике' }).dblclick();
  await expect.poll(() => contact(page), patience).toBe('Гаврилюк Олег Петрович');
});

it('2.6.5 whoever opens a card is written into the access log, off line too, and the line reaches the centre', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  await desk.goOffline();
  await goTo(page, 'Клиенты');
  await row(page, 'Тихомирова Анна Львовна').click(patience);
  await page.keyboard.press('F2');
  expect(await seen(visible(page.getByRole('tab', { name: 'Основные реквизиты' })).first())).toBe(true);
  expect(await openedBy('Тихомирова Анна Львовна')).toEqual([]);

  await desk.goOnline();
  await expect.poll(() => openedBy('Тихомирова Анна Львовна'), patience).toEqual(['user-belova']);
  expect(await openedBy('Гаврилюк Олег Петрович')).toEqual(['user-belova']);
});
