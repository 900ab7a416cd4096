import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoUsers, loginScreenRows } from '../../tools/demo/demo-users.ts';
import { violations } from '../helpers/accessibility.ts';
import { startCentre, type Centre } from '../helpers/centre.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';

let folder: string;
let centre: Centre;
let desk: Desk;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'okno-login-'));
  const users = path.join(folder, 'users.json');
  await writeFile(users, JSON.stringify(loginScreenRows(demoUsers)));
  centre = await startCentre({ seed: 'empty', flags: ['--demo-users', users] });
  desk = await startDesk('belova', { centre, login: false, environment: { OKNO_SCREENSHOT: path.join(folder, 'window.png') } });
});

afterAll(async () => {
  await desk.close();
  await centre.close();
  await rm(folder, { recursive: true, force: true });
});

it('says at once whether the centre is there, and the first picture is taken after that', async () => {
  await desk.page.getByText('Сервер на связи').waitFor();
  await expect.poll(() => existsSync(path.join(folder, 'window.png')), { timeout: 60_000 }).toBe(true);
});

it.each([[1366, 768], [1920, 1080]])('at %s × %s every user of the demo stands there with his whole name, without a scroll bar', async (width, height) => {
  await desk.page.setViewportSize({ width, height });
  const users = desk.page.getByRole('region', { name: 'Пользователи демонстрационной базы' }).getByRole('button');
  await expect.poll(() => users.count()).toBe(demoUsers.length);
  const cut = await users.locator('.okno-cut').evaluateAll((texts) => texts.filter((text) => text.scrollWidth > text.clientWidth).map((text) => text.textContent));
  expect(cut).toEqual([]);
  expect(await desk.page.getByRole('main').evaluate((body) => body.scrollHeight <= body.clientHeight)).toBe(true);
});

it('the list of them has no fault of accessibility in either theme', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await desk.page.emulateMedia({ colorScheme });
    expect(await violations(desk.page)).toEqual([]);
  }
});

it('a name that was chosen is put into the fields', async () => {
  await desk.page.getByRole('button', { name: /Фомина/ }).click();
  expect(await desk.page.getByLabel('Пользователь', { exact: true }).inputValue()).toBe('fomina');
});
