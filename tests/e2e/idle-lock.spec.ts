import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCentre, type Centre } from '../helpers/centre.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { goTo, press } from '../helpers/letter-road.ts';
import { testUsers } from '../helpers/small-company.ts';

let folder: string;
let centre: Centre;
let desk: Desk;

/** The system says for how long nobody has touched the machine. */
const idleFor = (seconds: number) => writeFile(path.join(folder, 'idle'), String(seconds));
const lockScreen = () => desk.page.getByRole('dialog', { name: 'Окно заблокировано' });
const password = () => lockScreen().getByLabel('Пароль', { exact: true });

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'okno-idle-'));
  await idleFor(0);
  centre = await startCentre();
  desk = await startDesk('belova', { centre, environment: { OKNO_TEST_IDLE: path.join(folder, 'idle') } });
});

afterAll(async () => {
  await desk.close();
  await centre.close();
  await rm(folder, { recursive: true, force: true });
});

/** The system locks its screen. */
const systemLocks = () => desk.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'));

const ask = (name: 'document.list' | 'draft.all' | 'search.find', args: unknown) =>
  desk.page.evaluate(([called, given]) => window.okno?.call(called, given).then(() => 'answered', (error: Error) => error.message), [name, args] as const);

describe('the idle lock', () => {
  it('after fifteen minutes without input hides all that was open, and gives it back for the password', async () => {
    const { page } = desk;
    await goTo(page, 'Исходящие письма');
    await press(page, 'Написать');
    const subject = page.getByLabel('Тема', { exact: true });
    await subject.fill('Недописанное');
    await idleFor(900);
    await lockScreen().waitFor();
    await idleFor(0);
    expect(await subject.isVisible()).toBe(false);
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await password().evaluate((field) => field === document.activeElement)).toBe(true);
    // The window's keys sleep, and nothing but the password leads back.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+n');
    expect(await lockScreen().isVisible()).toBe(true);
    for (const [call, args] of [['document.list', {}], ['draft.all', {}], ['search.find', { text: 'Иванов' }]] as const) expect(await ask(call, args)).toContain('locked');

    await page.keyboard.type('не тот пароль');
    await page.keyboard.press('Enter');
    await lockScreen().getByRole('alert').filter({ hasText: 'Неверное имя или пароль' }).waitFor();
    await page.keyboard.type(testUsers.belova.password);
    await page.keyboard.press('Enter');
    await lockScreen().waitFor({ state: 'detached' });
    expect(await subject.inputValue()).toBe('Недописанное');
    expect(await subject.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('locks with the system, and opens off line', async () => {
    await desk.goOffline();
    await systemLocks();
    await lockScreen().waitFor();
    await password().fill(testUsers.belova.password);
    await lockScreen().getByRole('button', { name: /^Разблокировать/ }).click();
    await lockScreen().waitFor({ state: 'detached' });
    await desk.goOnline();
  });

  it('a page that is opened again while locked shows nothing of what is behind', async () => {
    await systemLocks();
    await lockScreen().waitFor();
    await desk.page.reload();
    await lockScreen().waitFor();
    expect(await desk.page.getByRole('navigation').count()).toBe(0);
    expect(await desk.page.locator('.okno-titlebar').count()).toBe(0);
    await password().fill(testUsers.belova.password);
    await desk.page.keyboard.press('Enter');
    await desk.page.getByRole('navigation').waitFor();
    await desk.page.getByText(/Недописанное/).first().waitFor();
  });

  it('another user logs in instead; what the first one typed waits for him', async () => {
    await desk.page.getByRole('button', { name: 'Белова' }).click();
    await desk.page.getByRole('menuitem', { name: 'Заблокировать' }).click();
    await lockScreen().getByRole('button', { name: 'Войти другим пользователем' }).click();
    await desk.logIn('martynyuk');
    expect(await desk.page.getByText(/Недописанное/).count()).toBe(0);
    await desk.page.getByRole('button', { name: 'Мартынюк' }).click();
    await desk.page.getByRole('menuitem', { name: 'Выйти' }).click();
    await desk.logIn('belova');
    await desk.page.getByText(/Недописанное/).first().waitFor();
  });

  it('what reaches the window counts as input, whatever the system says', async () => {
    await desk.app.evaluate(({ BrowserWindow }) => {
      const seen = { inputs: 0 };
      Object.assign(globalThis, { seen });
      BrowserWindow.getAllWindows()[0]?.webContents.on('input-event', () => void (seen.inputs += 1));
    });
    const inputs = () => desk.app.evaluate(() => (globalThis as unknown as { seen: { inputs: number } }).seen.inputs);
    await desk.page.keyboard.press('Shift');
    await expect.poll(inputs).toBeGreaterThan(0);
    const before = await inputs();
    await desk.page.mouse.move(200, 200);
    await desk.page.mouse.move(240, 240);
    await expect.poll(inputs).toBeGreaterThan(before);
  });
});
