import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCentre, type Centre } from '../helpers/centre.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';

let centre: Centre;
let desk: Desk;

beforeAll(async () => {
  centre = await startCentre();
  desk = await startDesk('belova', { centre });
});

afterAll(async () => {
  await desk.close();
  await centre.close();
});

describe('a desk', () => {
  it('shows whose tasks there are, and that it is on line', async () => {
    await desk.page.getByRole('heading', { name: 'Мои задачи' }).or(desk.page.getByRole('button', { name: /^Мои задачи/ })).first().waitFor();
    await desk.page.getByText('На связи').waitFor({ timeout: 30_000 });
  });

  it('says so when the link is cut, and comes back', async () => {
    await desk.goOffline();
    await desk.goOnline();
  });

  it('opens again after a kill -9 and logs in with no centre at all', async () => {
    await desk.kill9();
    desk.link.cut();
    await desk.reopen();
    expect(await desk.page.getByRole('navigation', { name: 'Разделы' }).isVisible()).toBe(true);
    await desk.goOnline();
  });
});
