import { expect, it } from 'vitest';
import { badge, classify, forward, press, seen, takeLetter, untilSent, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');

it('2.8.3 an акт сверки of a consumer is written, forwarded to whom the user names, and that ends the task', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Гаврилюк Олег <gavrilyuk.op@pochta-mo.ru>', subject: 'Сверка расчётов', text: 'Направляю документы.' });
  await takeLetter(page, 'Сверка расчётов');
  await classify(page, 'От потребителя услуг', 'Акт сверки');
  await press(page, 'Сохранить');
  await forward(page, 'sverka@moesk.ru');
  expect((await untilSent(set.centre, 'sverka@moesk.ru', 'Сверка расчётов')).to).toEqual(['sverka@moesk.ru']);
  expect(await seen(badge(page, 'Обработано'))).toBe(true);
});
