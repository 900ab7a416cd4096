import { expect, it } from 'vitest';
import { badge, classify, forward, press, seen, takeLetter, untilSent, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');

it('2.7.5 an акт сверки is written, forwarded to whom the user names, and that ends the task', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Отправитель <otdel@example.ru>', subject: 'Акт сверки за квартал', text: 'Направляем вам документы.' });
  await takeLetter(page, 'Акт сверки за квартал');
  await classify(page, 'Не от потребителя услуг', 'Акт сверки');
  await press(page, 'Сохранить');
  await forward(page, 'pto@moesk.ru');
  expect((await untilSent(set.centre, 'pto@moesk.ru', 'Акт сверки за квартал')).to).toEqual(['pto@moesk.ru']);
  expect(await seen(badge(page, 'Обработано'))).toBe(true);
});
