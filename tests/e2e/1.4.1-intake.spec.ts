import { expect, it } from 'vitest';
import { row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'kuznetsov');

it('1.4.1 a letter to the clients’ mailbox becomes a task on the screens of those who work on letters', async () => {
  await writeToClients(set.centre, { from: 'Гаврилюк Олег <gavrilyuk.op@pochta-mo.ru>', subject: 'Скачки напряжения, третий день', text: 'Прошу проверить линию.' });
  for (const user of ['belova', 'kuznetsov'] as const) expect(await seen(row(set.desk(user).page, 'Скачки напряжения, третий день'))).toBe(true);
});

it('1.4.1 «Принять в работу» opens the letter and is exclusive: the second user is told who has it', async () => {
  const [first, second] = [set.desk('belova').page, set.desk('kuznetsov').page];
  await takeLetter(first, 'Скачки напряжения, третий день');
  expect(await seen(visible(first.getByText('Прошу проверить линию.')).first())).toBe(true);
  expect(await seen(visible(row(second, 'Скачки напряжения, третий день').getByText('Белова')).first())).toBe(true);
});
