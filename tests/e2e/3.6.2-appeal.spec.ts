import { expect, it } from 'vitest';
import { assignNumber, takeTextLetter, writeAppeal } from '../helpers/appeal-road.ts';
import { badge, goTo, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');

it('3.6.2 the letter is done, and its event says what came of it', async () => {
  const { page } = set.desk('belova');
  await takeTextLetter(page, set.centre, 'Скачки напряжения');
  await assignNumber(page);
  await writeAppeal(page);
  expect(await seen(badge(page, 'Подготовка ответа'))).toBe(true);
  await goTo(page, 'Входящие письма');
  await row(page, 'Скачки напряжения').click({ timeout: 60_000 });
  await page.keyboard.press('F2');
  expect(await seen(badge(page, 'Обработано'))).toBe(true);
  expect(await seen(visible(page.getByText(/^Зарегистрировано обращение/)).first())).toBe(true);
});
