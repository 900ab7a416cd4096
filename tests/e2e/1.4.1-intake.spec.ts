import { expect, it } from 'vitest';
import { badge, press, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
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

it('1.4.1 two who take one letter while off line: one wins, the other finds it in «Разобрать»', async () => {
  const [first, second] = [set.desk('belova'), set.desk('kuznetsov')];
  await writeToClients(set.centre, { from: 'Тихомирова Анна <a.tihomirova@pochta-mo.ru>', subject: 'Не пришёл договор', text: 'Жду вторую неделю.' });
  expect(await seen(row(second.page, 'Не пришёл договор'))).toBe(true);
  await second.goOffline();
  await takeLetter(second.page, 'Не пришёл договор');
  await takeLetter(first.page, 'Не пришёл договор');
  await second.goOnline();
  await second.page.getByRole('navigation', { name: 'Разделы' }).getByRole('button', { name: /^Разобрать\s*1/ }).click({ timeout: 60_000 });
  expect(await seen(visible(second.page.getByText(/Белова/)).first())).toBe(true);
  expect(await visible(second.page.getByText('Принять в работу')).count()).toBeGreaterThan(0);
});

const charsets = ['windows-1251', 'koi8-r', 'iso-8859-5', 'cp866'] as const;

it.each(charsets)('1.4.1 a letter in %s is read rightly, labelled so, wrongly or not at all', async (charset) => {
  const { page } = set.desk('belova');
  for (const label of [charset, 'utf-8', '']) {
    const subject = `Кодировка ${charset}, метка ${label || 'отсутствует'}`;
    await writeToClients(set.centre, { from: 'kodirovka@pochta-mo.ru', subject, text: 'Здравствуйте, прошу сообщить о сроках подключения дома к сетям.', charset, label });
    expect(await seen(row(page, subject))).toBe(true);
  }
});

it('1.4.1 a letter without text, subject and sender’s name still becomes a task', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'pustoe@pochta-mo.ru', raw: Buffer.from('From: pustoe@pochta-mo.ru\r\n\r\n') });
  await row(page, 'pustoe@pochta-mo.ru').click({ timeout: 60_000 });
  await press(page, 'Открыть');
  expect(await seen(badge(page, 'Новое'))).toBe(true);
});
