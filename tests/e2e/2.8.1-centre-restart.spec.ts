import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { assignNumber, classifyTextLetter, consumer, lettersWith, takeTextLetter, writeAppeal } from '../helpers/appeal-road.ts';
import { badge, goTo, row, seen, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const patience = { timeout: 90_000 } as const;
const numbers: string[] = [];

/** All that was done here has reached the centre. */
async function allSent(page: Page): Promise<void> {
  await page.getByText('На связи', { exact: true }).waitFor(patience);
  await page.getByRole('contentinfo').getByText('К отправке 0', { exact: true }).waitFor(patience);
}

it('2.8.1 the centre is killed in the middle of the procedure: the operator goes on, the number is final when it is back', async () => {
  const { page } = set.desk('belova');
  await takeTextLetter(page, set.centre, 'Письмо при сбое');
  await set.centre.kill9();
  await page.getByText(/^Нет связи с центром/).first().waitFor(patience);

  const number = await assignNumber(page);
  numbers.push(number);
  expect(await seen(visible(page.getByText(/^Станет окончательным, когда его подтвердит центр/)).first())).toBe(true);
  await writeAppeal(page);
  expect(await seen(badge(page, 'Ожидает регистрации'))).toBe(true);

  await set.centre.start();
  await allSent(page);
  await untilSent(set.centre, consumer.address, number);
  await badge(page, 'Подготовка ответа').waitFor(patience);
  expect(await lettersWith(set.centre, consumer.address, number)).toHaveLength(1);
  expect(await set.emulator.registrations()).toHaveLength(1);
});

it('2.8.1 the centre is stopped in good order and started: nothing is lost, nothing happens twice', async () => {
  const { page } = set.desk('belova');
  await takeTextLetter(page, set.centre, 'Письмо при остановке');
  const number = await assignNumber(page);
  numbers.push(number);
  await set.centre.stop();
  await page.getByText(/^Нет связи с центром/).first().waitFor(patience);
  await writeAppeal(page);
  await set.centre.start();
  await allSent(page);
  await badge(page, 'Подготовка ответа').waitFor(patience);
  expect(await lettersWith(set.centre, consumer.address, number)).toHaveLength(1);
  expect(await set.emulator.registrations()).toHaveLength(2);
});

it('2.8.1 killed again and again while letters are taken and numbered: every number is another, every reply leaves once', async () => {
  const { page } = set.desk('belova');
  const subjects = ['Первое из трёх', 'Второе из трёх', 'Третье из трёх'];
  for (const subject of subjects) await writeToClients(set.centre, { from: consumer.from, subject, text: 'Прошу ответить.' });
  await goTo(page, 'Мои задачи');
  for (const subject of subjects) await row(page, subject).waitFor(patience);
  for (const subject of subjects) {
    await goTo(page, 'Мои задачи');
    await row(page, subject).click(patience);
    await page.keyboard.press('Enter');
    await badge(page, 'В работе').waitFor(patience);
    await classifyTextLetter(page);
    const killed = set.centre.kill9();
    numbers.push(await assignNumber(page));
    await killed;
    await set.centre.start();
  }
  await allSent(page);
  expect(new Set(numbers).size).toBe(5);
  for (const number of numbers) {
    await untilSent(set.centre, consumer.address, number);
    expect(await lettersWith(set.centre, consumer.address, number)).toHaveLength(1);
  }
  await goTo(page, 'Разобрать');
  expect(await seen(visible(page.getByText('Разбирать нечего')).first())).toBe(true);
});
