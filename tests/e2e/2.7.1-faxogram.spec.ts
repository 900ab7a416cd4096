import { expect, it } from 'vitest';
import { badge, classify, fill, forward, press, rawOf, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');

it('2.7.1 a факсограмма is forwarded with «Подписант» and «Время совещания» in the subject, and that ends the task', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, {
    from: 'Администрация <priemnaya@adm-pushkino.ru>',
    subject: 'Факсограмма о совещании',
    text: 'Приглашаем на совещание по выносу КЛ 10 кВ.',
    attachments: [{ filename: 'факсограмма.txt', content: 'Текст факсограммы' }],
  });
  await takeLetter(page, 'Факсограмма о совещании');
  await classify(page, 'Не от потребителя услуг', 'Факсограмма');

  await press(page, 'Переслать');
  expect(await seen(visible(page.getByText(/Заполните: Подписант, Время совещания/)).first())).toBe(true);

  await fill(page, 'Подписант', 'Иванов И. И.');
  await fill(page, 'Время совещания', '26.11 15:00');
  await press(page, 'Сохранить');
  await forward(page, 'pto@moesk.ru');

  const sent = await untilSent(set.centre, 'pto@moesk.ru', 'Факсограмма о совещании Иванов И. И. 26.11 15:00');
  const raw = await rawOf(set.centre, sent);
  expect(raw).toContain('attachment');
  expect(await seen(badge(page, 'Обработано'))).toBe(true);
});
