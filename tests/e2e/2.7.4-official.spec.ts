import { expect, it } from 'vitest';
import { badge, categorize, classify, forward, press, seen, takeLetter, untilSent, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');

it('2.7.4 an official letter is written, forwarded to whom the user names, and that ends the task', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Отправитель <otdel@example.ru>', subject: 'Письмо о переносе опоры', text: 'Направляем вам документы.' });
  await takeLetter(page, 'Письмо о переносе опоры');
  await classify(page, 'Не от потребителя услуг', 'Письмо официальное');
  await categorize(page);
  await press(page, 'Сохранить');
  await forward(page, 'pto@moesk.ru');
  expect((await untilSent(set.centre, 'pto@moesk.ru', 'Письмо о переносе опоры')).to).toEqual(['pto@moesk.ru']);
  expect(await seen(badge(page, 'Обработано'))).toBe(true);
});
