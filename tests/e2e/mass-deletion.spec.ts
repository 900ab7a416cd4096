import { expect, it } from 'vitest';
import { apiDesk } from '../../tools/demo/api-desk.ts';
import { demoCommand } from '../../tools/demo/demo-data.ts';
import { aClient } from '../helpers/builders.ts';
import { goTo, press, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { loginAs, testUsers } from '../helpers/small-company.ts';

const set = scene('belova');
const branch = 'branch-east';
/** None of hers: what moves there leaves her desk. */
const elsewhere = 'branch-south';
const surname = 'Пересыпкин';

it('F33 a large deletion asked for by the centre stands still until the person allows it in the window', async () => {
  const { page } = set.desk('belova');
  const desk = apiDesk(set.centre.url, 'Тестовые данные');
  const { id: userId, branchIds } = testUsers.belova.user;
  const administrator = await desk.login(set.centre.administrator.login, set.centre.administrator.password);
  await desk.run(administrator, [demoCommand('user.save', 'narrowed', { id: userId, edits: [{ path: 'branchIds', before: branchIds, after: branchIds.filter((one) => one !== elsewhere) }] })]);
  // Other rights end the session: she logs in again.
  await page.getByLabel('Пароль', { exact: true }).waitFor({ timeout: 60_000 });
  await set.desk('belova').logIn();
  const clients = Array.from({ length: 400 }, (_, n) => aClient({ id: `moved-${n}`, lastName: surname, firstName: 'Пётр', middleName: `Номер${n}`, name: `${surname} Пётр Номер${n}`, emails: [], phones: [], branchIds: [branch] }));
  await desk.run(await loginAs(desk, 'martynyuk'), clients.map((client) => demoCommand('client.create', client.id, { client, link: null })));
  await goTo(page, 'Клиенты');
  expect(await seen(row(page, surname))).toBe(true);

  await desk.run(await loginAs(desk, 'martynyuk'), clients.map(({ id }) => demoCommand('client.save', `moved ${id}`, { id, edits: [{ path: 'branchIds', before: [branch], after: [elsewhere] }] })));
  expect(await seen(visible(page.getByRole('alert').filter({ hasText: 'Центр просит убрать' })))).toBe(true);
  expect(await row(page, surname).isVisible()).toBe(true);
  await press(page, 'Разрешить удаление');
  await row(page, surname).waitFor({ state: 'hidden', timeout: 60_000 });
  expect(await page.getByRole('alert').filter({ hasText: 'Центр просит убрать' }).count()).toBe(0);
});
