import { expect, it } from 'vitest';
import { badge, categorize, choose, classify, press, pressExactly, rawOf, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const address = 'gavrilyuk.op@pochta-mo.ru';

it('2.8.1 a text letter gets its number once, the first auto-reply leaves, and writing the appeal ends the task', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: `Гаврилюк Олег <${address}>`, subject: 'Скачки напряжения', text: 'Прошу проверить линию.', attachments: [{ filename: 'Фото щита.txt', content: 'снимок' }] });
  await takeLetter(page, 'Скачки напряжения');
  await expect.poll(() => visible(page.getByRole('combobox', { name: 'Контакт', exact: true })).first().inputValue()).toContain('Гаврилюк Олег Петрович');
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');

  await press(page, 'Присвоить рег. номер');
  expect(await seen(visible(page.getByText(/Заполните: Вид/)).first())).toBe(true);

  await categorize(page);
  await press(page, 'Присвоить рег. номер');
  expect(await seen(badge(page, 'Номер присвоен'))).toBe(true);
  const reply = await untilSent(set.centre, address, 'КП-26-');
  expect(reply.subject).toMatch(/КП-\d\d-\d{8}/);
  expect(await rawOf(set.centre, reply)).toMatch(/Auto-Submitted: auto-replied/i);

  await press(page, 'Создать обращение');
  expect(await seen(visible(page.getByText(/Номер интернет карточки/)).first())).toBe(true);
  await choose(page, 'Филиал', 'Северные');
  await choose(page, 'Ответственный', 'Жуков');
  await pressExactly(page, 'Записать');
  expect(await seen(badge(page, 'Подготовка ответа'))).toBe(true);
});
