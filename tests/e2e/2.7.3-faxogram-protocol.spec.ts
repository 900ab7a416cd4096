import { expect, it } from 'vitest';
import { badge, classify, fill, forward, press, seen, takeLetter, untilSent, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');

it('2.7.3 a факсограмма with a протокол is written, forwarded to whom the user names, and that ends the task', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Отправитель <otdel@example.ru>', subject: 'Факсограмма и протокол', text: 'Направляем вам документы.' });
  await takeLetter(page, 'Факсограмма и протокол');
  await classify(page, 'Не от потребителя услуг', 'Факсограмма + Протокол');
  await fill(page, 'Подписант', 'Иванов И. И.');
  await fill(page, 'Время совещания', '26.11 15:00');
  await press(page, 'Сохранить');
  await forward(page, 'pto@moesk.ru');
  expect((await untilSent(set.centre, 'pto@moesk.ru', 'Факсограмма и протокол Иванов И. И. 26.11 15:00')).to).toEqual(['pto@moesk.ru']);
  expect(await seen(badge(page, 'Обработано'))).toBe(true);
});
