import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { assignNumber, classifyTextLetter, consumer, lettersWith, shownNumber, takeTextLetter } from '../helpers/appeal-road.ts';
import { badge, button, goTo, row, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'kuznetsov');
const patience = { timeout: 90_000 } as const;
const numbers = new Set<string>();

const waiting = (page: Page, count: number) => page.getByRole('contentinfo').getByText(new RegExp(`^К отправке ${count}`)).waitFor(patience);

async function openLetter(page: Page, subject: string): Promise<void> {
  await goTo(page, 'Входящие письма');
  await row(page, subject).click(patience);
  await page.keyboard.press('F2');
}

async function repliedOnce(number: string): Promise<void> {
  await untilSent(set.centre, consumer.address, number);
  expect(await lettersWith(set.centre, consumer.address, number)).toHaveLength(1);
}

it('2.8.1 «Присвоить рег. номер» pressed twice in haste gives one number and one auto-reply, and then cannot be pressed', async () => {
  const { page } = set.desk('belova');
  await takeTextLetter(page, set.centre, 'Нажато дважды');
  await button(page, 'Присвоить рег. номер').dblclick(patience);
  await badge(page, 'Номер присвоен').waitFor(patience);
  const number = await shownNumber(page);
  expect(number).toMatch(/^КП-\d\d-\d{8}$/);
  await waiting(page, 0);
  await repliedOnce(number);
  expect(await shownNumber(page)).toBe(number);
  await button(page, 'Присвоить рег. номер').hover();
  expect(await button(page, 'Присвоить рег. номер').getAttribute('aria-disabled')).toBe('true');
  expect(await lettersWith(set.centre, consumer.address, 'КП-')).toHaveLength(1);
  numbers.add(number);
});

it('2.8.1 pressed off line: the number is kept by the desk, becomes final on line, and only then leaves the house', async () => {
  const { page, goOffline, goOnline } = set.desk('belova');
  await takeTextLetter(page, set.centre, 'Нажато без связи');
  await waiting(page, 0);
  await goOffline();
  const number = await assignNumber(page);
  expect(numbers.has(number)).toBe(false);
  expect(await seen(visible(page.getByText(/^Станет окончательным, когда его подтвердит центр; до этого автоответ не уходит/)).first())).toBe(true);
  expect(await lettersWith(set.centre, consumer.address, number)).toEqual([]);
  await goOnline();
  await waiting(page, 0);
  await repliedOnce(number);
  expect(await shownNumber(page)).toBe(number);
  expect(await button(page, 'Присвоить рег. номер').getAttribute('aria-disabled')).toBe('true');
  numbers.add(number);
});

it('2.8.1 answers of the centre are lost while it is pressed: still one number and one auto-reply', async () => {
  const { page, link } = set.desk('belova');
  await takeTextLetter(page, set.centre, 'Ответы теряются');
  await waiting(page, 0);
  link.loseAnswers(4);
  const number = await assignNumber(page);
  await waiting(page, 0);
  await repliedOnce(number);
  expect(await shownNumber(page)).toBe(number);
  expect(numbers.has(number)).toBe(false);
  numbers.add(number);
});

it('2.8.1 two desks number one letter: the letter keeps one number, the other is void and never leaves', async () => {
  const [first, second] = [set.desk('belova'), set.desk('kuznetsov')];
  await writeToClients(set.centre, { from: consumer.from, subject: 'Номер на двух местах', text: 'Прошу ответить.' });
  for (const { page } of [first, second]) {
    await goTo(page, 'Мои задачи');
    await row(page, 'Номер на двух местах').waitFor(patience);
  }
  await waiting(first.page, 0);
  await first.goOffline();
  await takeLetter(first.page, 'Номер на двух местах');
  await classifyTextLetter(first.page);
  const voided = await assignNumber(first.page);

  await takeLetter(second.page, 'Номер на двух местах');
  await classifyTextLetter(second.page);
  const number = await assignNumber(second.page);
  expect(number).not.toBe(voided);
  await waiting(second.page, 0);
  await repliedOnce(number);

  await first.goOnline();
  await goTo(first.page, 'Разобрать');
  expect(await seen(row(first.page, 'Присвоить рег. номер'))).toBe(true);
  await openLetter(first.page, 'Номер на двух местах');
  await expect.poll(() => shownNumber(first.page), patience).toBe(number);
  expect(await lettersWith(set.centre, consumer.address, voided)).toEqual([]);
  expect(await lettersWith(set.centre, consumer.address, number)).toHaveLength(1);
  numbers.add(number);

  await takeTextLetter(first.page, set.centre, 'Следующий номер');
  const next = await assignNumber(first.page);
  expect([...numbers, voided]).not.toContain(next);
  await waiting(first.page, 0);
  await repliedOnce(next);
});
