import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settingCommandName } from '../../shared/domain/user-setting/model.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { goTo, pick, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testClients } from '../helpers/small-company.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;
const [someone] = testClients;
let other: Desk;

beforeAll(async () => {
  other = await startDesk('belova', { centre: set.centre });
});
afterAll(() => other.close());

const heading = (page: Page, name: string) => visible(page.getByRole('region', { name: 'Клиенты' }).getByRole('columnheader', { name })).first();
const order = (page: Page, name: string): Promise<string | null> => heading(page, name).getAttribute('aria-sort', patience);

async function openClients(page: Page): Promise<void> {
  await goTo(page, 'Клиенты');
  await row(page, someone?.lastName ?? '').waitFor(patience);
}

/** Presses the heading until the list is sorted by it that way. */
async function sortBy(page: Page, name: string, wanted: 'ascending' | 'descending'): Promise<void> {
  for (let press = 0; press < 3 && (await order(page, name)) !== wanted; press += 1) await heading(page, name).getByRole('button').first().click(patience);
  expect(await order(page, name)).toBe(wanted);
}

it('the sort of a list follows its user to another desk, on line and off line, without a line in «К отправке»', async () => {
  const own = set.desk('belova');
  for (const { page } of [own, other]) await openClients(page);
  await sortBy(own.page, 'Телефон', 'descending');
  await expect.poll(() => order(other.page, 'Телефон'), patience).toBe('descending');

  await own.goOffline();
  await sortBy(own.page, 'Телефон', 'ascending');
  const onItsWay = own.link.hold('request', settingCommandName);
  own.link.restore();
  await onItsWay; // handed to the exchange, and not at the centre
  expect(await own.page.getByText(/К отправке [1-9]/).count()).toBe(0);
  expect(await order(other.page, 'Телефон')).toBe('descending');
  own.link.cut();
  await own.goOnline();
  await expect.poll(() => order(other.page, 'Телефон'), patience).toBe('ascending');

  await own.reopen();
  await openClients(own.page);
  expect(await seen(heading(own.page, 'Телефон'))).toBe(true);
  expect(await order(own.page, 'Телефон')).toBe('ascending');
});

it('columns, their filters and groups, and a saved view follow their user to another desk', async () => {
  const own = set.desk('belova');
  for (const { page } of [own, other]) await openClients(page);
  const settings = (page: Page): Promise<void> => visible(page.getByRole('button', { name: 'Отбор и колонки' })).click(patience);
  await settings(own.page);
  for (const [column, shown] of [['Дата регистрации', true], ['E-mail', false]] as const) {
    const box = visible(own.page.getByRole('checkbox', { name: column }));
    await box.click(patience);
    await expect.poll(() => box.isChecked(), patience).toBe(shown);
  }
  await visible(own.page.getByRole('textbox', { name: 'Наименование', exact: true })).fill('сокол', patience);
  await pick(own.page, 'Группировать по', 'Вид клиента');
  await visible(own.page.getByRole('button', { name: /^Сохранить вид/ })).click(patience);
  await visible(own.page.getByLabel('Имя вида')).fill('Соколовы', patience);
  await own.page.keyboard.press('Enter');
  await own.page.keyboard.press('Escape');

  await expect.poll(() => visible(other.page.getByRole('button', { name: /^Наименование: содержит «сокол»/ })).count(), patience).toBe(1);
  const list = visible(other.page.getByRole('region', { name: 'Клиенты' }));
  expect(await seen(list.getByRole('row').filter({ hasText: /^Физическое лицо\s*\d+$/ }))).toBe(true);
  expect(await seen(row(other.page, 'Соколова Марина Игоревна'))).toBe(true);
  expect(await row(other.page, 'Гаврилюк').count()).toBe(0);
  expect(await list.getByRole('columnheader', { name: 'E-mail' }).count()).toBe(0);
  await settings(other.page);
  await visible(other.page.getByRole('button', { name: 'Как было вначале' })).click(patience);
  expect(await seen(row(other.page, 'Гаврилюк'))).toBe(true);
  await pick(other.page, 'Вид', 'Соколовы');
  await row(other.page, 'Гаврилюк').waitFor({ state: 'detached', ...patience });
  await other.page.keyboard.press('Escape');
});
