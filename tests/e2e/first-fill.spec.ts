import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCentre, type Centre } from '../helpers/centre.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { press, visible } from '../helpers/letter-road.ts';

const patience = { timeout: 60_000 } as const;
/** Some seconds for a part, so that the fill can be seen and broken off. */
const slow = 400_000;
let centre: Centre;
let desk: Desk;

const snapshotsOf = (data: string): readonly string[] => {
  const folder = path.join(data, 'snapshots');
  return existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'snapshot.json'))) : [];
};

beforeAll(async () => {
  centre = await startCentre({ flags: ['--snapshot-least', '1'] });
  desk = await startDesk('belova', { centre, login: false });
});
afterAll(async () => {
  await desk.close();
  await centre.close();
});

it('a new desk fetches the ready base in the background and shows how far it is; killed in the middle it goes on, and finds clients when it is laid', async () => {
  await expect.poll(() => snapshotsOf(centre.data).length, patience).toBeGreaterThan(0);
  desk.link.throttle(slow);
  await desk.logIn();
  const line = visible(desk.page.getByText(/данные загружаются: \d+ %/)).first();
  await line.waitFor(patience);
  await press(desk.page, 'Мои задачи'); // the desk is used meanwhile
  await expect.poll(() => line.textContent(), patience).toMatch(/: [1-9]\d* %/);
  await desk.kill9();
  desk.link.throttle(null);
  await desk.reopen();
  await visible(desk.page.getByText(/обновлено/)).first().waitFor(patience);
  await desk.page.keyboard.press('F3');
  await desk.page.keyboard.insertText('соколова марина');
  await visible(desk.page.getByRole('option', { name: /Соколова Марина Игоревна/ })).first().waitFor(patience);
  expect(readdirSync(desk.profile).filter((name) => name.startsWith('snapshot-'))).toEqual([]);
});
