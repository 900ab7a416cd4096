import { expect, it } from 'vitest';
import { badge, goTo, press, row, seen, sentLetters, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');

it('1.4.2 «Спам» black-lists the sender and ends the task; undone within 60 s nothing is sent', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Реклама <reklama@spam.example>', subject: 'Скидки на окна', text: 'Только сегодня.' });
  await takeLetter(page, 'Скидки на окна');
  await press(page, 'Спам');
  expect(await seen(badge(page, 'Спам'))).toBe(true);
  await page.keyboard.press('Control+z');
  expect(await seen(badge(page, 'Новое'))).toBe(true);
  await goTo(page, 'Мои задачи');
  expect(await seen(row(page, 'Скидки на окна'))).toBe(true);
});

it('1.4.2 the next letter of a black-listed sender goes to «Нежелательная почта» and makes no task', async () => {
  const { page } = set.desk('belova');
  await takeLetter(page, 'Скидки на окна');
  await press(page, 'Спам');
  expect(await seen(badge(page, 'Спам'))).toBe(true);
  await set.desk('belova').goOnline();
  await writeToClients(set.centre, { from: 'Реклама <reklama@spam.example>', subject: 'Скидки на двери', text: 'И завтра.' });
  await writeToClients(set.centre, { from: 'Петров <petrov@pochta-mo.ru>', subject: 'После рекламы', text: 'Обычное письмо.' });
  await goTo(page, 'Мои задачи');
  expect(await seen(row(page, 'После рекламы'))).toBe(true);
  expect(await row(page, 'Скидки на двери').count()).toBe(0);
  await goTo(page, 'Входящие письма');
  await visible(page.getByRole('button', { name: /^Нежелательная/ }).or(page.getByRole('radio', { name: /^Нежелательная/ })).or(page.getByText(/^Нежелательная почта/))).first().click();
  expect(await seen(row(page, 'Скидки на двери'))).toBe(true);
  expect((await sentLetters(set.centre)).filter(({ to }) => to.includes('reklama@spam.example'))).toEqual([]);
});
