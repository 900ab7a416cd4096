import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { TestLogin } from '../helpers/small-company.ts';
import { goTo, row, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'kuznetsov');
const patience = { timeout: 60_000 } as const;
const subjects = ['Первое письмо на двоих', 'Второе письмо на двоих'];

const chip = (page: Page, name: string) => visible(page.getByRole('region', { name: 'Разобрать', exact: true })).getByRole('button', { name, exact: true });
const refusedRows = (page: Page) => visible(page.getByRole('region', { name: 'Разобрать', exact: true })).getByRole('row').filter({ hasText: 'Принять в работу' });

/** The next person at the desk of kuznetsov. */
async function sitDown(user: TestLogin): Promise<Page> {
  const desk = set.desk('kuznetsov');
  await desk.page.getByRole('banner').getByRole('button', { name: /\S+\s[А-Я]\.\s[А-Я]\./ }).click(patience);
  await desk.page.getByRole('menuitem', { name: 'Выйти', exact: true }).click(patience);
  await desk.logIn(user);
  await goTo(desk.page, 'Разобрать');
  return desk.page;
}

it('«Разобрать» shows what one sent himself; two commands of one minute differ by their seconds and documents', async () => {
  const [first, second] = [set.desk('belova'), set.desk('kuznetsov')];
  for (const [index, subject] of subjects.entries()) await writeToClients(set.centre, { from: `Житель ${index + 1} <zhitel${index + 1}@pochta-mo.ru>`, subject, text: 'Кто возьмёт?' });
  for (const { page } of [first, second]) for (const subject of subjects) await row(page, subject).waitFor(patience);
  await Promise.all([first.goOffline(), second.goOffline()]);
  for (const { page } of [first, second]) for (const subject of subjects) await takeLetter(page, subject);
  await first.goOnline();
  await visible(first.page.getByText(/К отправке 0/)).waitFor(patience);
  await second.goOnline();
  await goTo(second.page, 'Разобрать');
  await expect.poll(() => refusedRows(second.page).count(), patience).toBe(2);
  expect(await chip(second.page, 'Мои').getAttribute('aria-pressed')).toBe('true');
  const texts = await refusedRows(second.page).allInnerTexts();
  expect(new Set(texts).size).toBe(2);
  for (const text of texts) expect(text).toMatch(/\d\d:\d\d:\d\d/);
  expect(texts.join()).toContain('Житель 1');
  expect(texts.join()).toContain('Житель 2');
});

it('another at the same desk begins with his own, and sees on demand whose the others are; a supervisor sees them at once', async () => {
  const other = await sitDown('belova');
  await visible(other.getByText('Разбирать нечего')).waitFor(patience);
  expect(await refusedRows(other).count()).toBe(0);
  await chip(other, 'Все на этом рабочем месте').click(patience);
  await expect.poll(() => refusedRows(other).filter({ hasText: 'Кузнецов' }).count(), patience).toBe(2);

  const supervisor = await sitDown('fomina');
  await expect.poll(() => refusedRows(supervisor).filter({ hasText: 'Кузнецов' }).count(), patience).toBe(2);
  await refusedRows(supervisor).first().click(patience);
  const shown = visible(supervisor.getByRole('region', { name: 'Непринятая команда' }));
  await expect.poll(() => shown.innerText(), patience).toMatch(/Кто\s+Кузнецов/);
});
