import { expect, it } from 'vitest';
import { assignNumber, consumer, lettersWith, shownNumber, takeTextLetter } from '../helpers/appeal-road.ts';
import { badge, goTo, row, seen, untilSent, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const patience = { timeout: 90_000 } as const;

/** The command is in the middle of its push when the program is killed; it is started again and the wire is whole. */
async function killWhilePushing(subject: string, side: 'request' | 'answer'): Promise<string> {
  const desk = set.desk('belova');
  await takeTextLetter(desk.page, set.centre, subject);
  await desk.page.getByRole('contentinfo').getByText('К отправке 0', { exact: true }).waitFor(patience);
  const held = desk.link.hold(side, 'incomingEmail.assignNumber');
  const number = await assignNumber(desk.page);
  await held;
  await desk.kill9();
  await desk.reopen();
  return number;
}

/** Nothing waits, nothing was refused, and the letter shows the number that was promised. */
async function seenByOperator(subject: string, number: string): Promise<void> {
  const { page } = set.desk('belova');
  await page.getByText('На связи', { exact: true }).waitFor(patience);
  await page.getByRole('contentinfo').getByText('К отправке 0', { exact: true }).waitFor(patience);
  await goTo(page, 'Разобрать');
  expect(await seen(visible(page.getByText('Разбирать нечего')).first())).toBe(true);
  await goTo(page, 'Входящие письма');
  await row(page, subject).click(patience);
  await page.keyboard.press('F2');
  expect(await seen(badge(page, 'Номер присвоен'))).toBe(true);
  expect(await shownNumber(page)).toBe(number);
}

/** One number, one automatic reply: counted when another letter, numbered afterwards, has had its own. */
async function doneOnce(number: string, then: string): Promise<void> {
  const { page } = set.desk('belova');
  await untilSent(set.centre, consumer.address, number);
  await takeTextLetter(page, set.centre, then);
  const next = await assignNumber(page);
  expect(next).not.toBe(number);
  await untilSent(set.centre, consumer.address, next);
  expect(await lettersWith(set.centre, consumer.address, number)).toHaveLength(1);
  expect(await lettersWith(set.centre, consumer.address, 'КП-')).toHaveLength((await lettersWith(set.centre, consumer.address, '')).length);
}

it('2.8.1 kill -9 while the push is on its way: the centre never got it, the command is done once after the start', async () => {
  const number = await killWhilePushing('Убито по дороге туда', 'request');
  await seenByOperator('Убито по дороге туда', number);
  await doneOnce(number, 'Следующее после первого');
});

it('2.8.1 kill -9 while the answer is on its way: the centre has done it, it is not done again after the start', async () => {
  const number = await killWhilePushing('Убито по дороге обратно', 'answer');
  await seenByOperator('Убито по дороге обратно', number);
  await doneOnce(number, 'Следующее после второго');
});
