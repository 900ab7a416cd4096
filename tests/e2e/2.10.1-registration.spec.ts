import { expect, it } from 'vitest';
import { assignNumber, consumer, lettersWith, takeTextLetter, writeAppeal } from '../helpers/appeal-road.ts';
import { badge, goTo, seen, untilSent, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');

it('2.10.1 АС ФЭУ gives number and barcode, the second auto-reply leaves once, a task at point 1 is made', async () => {
  const { page } = set.desk('belova');
  await takeTextLetter(page, set.centre, 'Скачки напряжения');
  await assignNumber(page);
  await writeAppeal(page);
  expect(await seen(badge(page, 'Подготовка ответа'))).toBe(true);
  const [registration, ...more] = await set.emulator.registrations();
  expect(more).toEqual([]);
  expect(registration?.barcode).toMatch(/^\d{16}$/);
  await untilSent(set.centre, consumer.address, registration?.number ?? 'нет регистрации');
  expect(await lettersWith(set.centre, consumer.address, registration?.number ?? 'нет регистрации')).toHaveLength(1);
  expect(await seen(visible(page.getByText(registration?.number ?? 'нет регистрации')).first())).toBe(true);
  await goTo(page, 'Мои задачи');
  expect(await seen(visible(page.getByText('Подготовка ответа')).first())).toBe(true);
  expect(await visible(page.getByText('Обработка входящего письма')).count()).toBe(0);
});
