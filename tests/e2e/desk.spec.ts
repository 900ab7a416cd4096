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
    await desk.page.getByText('На связи', { exact: true }).waitFor({ timeout: 30_000 });
    expect(await desk.page.getByRole('button', { name: /^Мои задачи/ }).getAttribute('aria-current')).toBe('page');
  });

  it('says so when the link is cut, and comes back', async () => {
    await desk.goOffline();
    expect(await desk.page.getByText('На связи', { exact: true }).count()).toBe(0);
    await desk.goOnline();
    expect(await desk.page.getByText(/^Нет связи с центром/).count()).toBe(0);
  });

  it('opens again after a kill -9 and logs in with no centre at all', async () => {
    await desk.kill9();
    desk.link.cut();
    await desk.reopen();
    expect(await desk.page.getByRole('navigation', { name: 'Разделы' }).isVisible()).toBe(true);
    await desk.goOnline();
  });
});
