import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCentre, type Centre } from '../helpers/centre.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { press, seen, visible } from '../helpers/letter-road.ts';
import { testUsers } from '../helpers/small-company.ts';

const patience = { timeout: 60_000 } as const;
const { password } = testUsers.belova;
/** How many tries the centre allows in a minute, for this test. */
const tries = 4;
let centre: Centre;
let desk: Desk;

beforeAll(async () => {
  centre = await startCentre();
  await centre.stop();
  await centre.start(['--logins-per-minute', String(tries)]);
  desk = await startDesk('belova', { centre, login: false });
});
afterAll(async () => {
  await desk.close();
  await centre.close();
});

const field = (page: Page, label: string) => visible(page.getByLabel(label, { exact: true })).first();
const failed = (page: Page) => page.getByRole('alert');
const places = (page: Page) => page.getByRole('navigation', { name: 'Разделы' });

async function logIn(page: Page, login: string, typed: string): Promise<void> {
  await field(page, 'Пользователь').fill(login, patience);
  await field(page, 'Пароль').fill(typed, patience);
  await press(page, 'Войти');
}

/** A key as a Russian keyboard gives it, which the driver has not. */
async function pressedOnKeyboard(page: Page, key: string, capsLock: boolean): Promise<void> {
  await page.evaluate(([pressed, modifierCapsLock]) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, code: 'KeyA', modifierCapsLock, bubbles: true })), [key, capsLock] as const);
}

async function logOut(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: /Белова/ }).click(patience);
  await page.getByRole('menuitem', { name: 'Выйти', exact: true }).click(patience);
  await field(page, 'Пароль').waitFor(patience);
}

it('says what is missing before it asks the centre, and what the keyboard is set to', async () => {
  const { page } = desk;
  await page.getByText('Сервер на связи', { exact: true }).waitFor(patience);
  desk.link.cut();
  await page.getByText('Сервер не отвечает', { exact: true }).waitFor(patience);
  desk.link.restore();
  await page.getByText('Сервер на связи', { exact: true }).waitFor(patience);
  await press(page, 'Войти');
  expect(await seen(failed(page).getByText('Введите имя пользователя'))).toBe(true);
  await field(page, 'Пользователь').fill('belova');
  await press(page, 'Войти');
  expect(await seen(failed(page).getByText('Введите пароль'))).toBe(true);
  await field(page, 'Пароль').focus();
  await pressedOnKeyboard(page, 'ф', false);
  expect(await seen(page.getByText('раскладка RU', { exact: true }))).toBe(true);
  await pressedOnKeyboard(page, 'Ф', true);
  expect(await seen(page.getByText('Caps Lock, раскладка RU', { exact: true }))).toBe(true);
  await page.keyboard.press('a');
  await expect.poll(() => page.getByText(/раскладка RU|Caps Lock/).count(), patience).toBe(0);
});

it('off line nobody new comes in, and is told why', async () => {
  const { page } = desk;
  desk.link.cut();
  await logIn(page, 'belova', password);
  expect(await seen(failed(page).getByText(/^Без связи может войти только тот, кто уже входил на этом рабочем месте/))).toBe(true);
  desk.link.restore();
  await logIn(page, 'belova', password);
  expect(await seen(places(page))).toBe(true);
});

it('off line opens with the password of the last login, not with another one; the name is remembered', async () => {
  const { page } = desk;
  await logOut(page);
  expect(await field(page, 'Пользователь').inputValue()).toBe('belova');
  expect(await field(page, 'Пароль').inputValue()).toBe('');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('password');
  desk.link.cut();
  await logIn(page, 'belova', 'не тот пароль');
  expect(await seen(failed(page).getByText(/^Неверное имя или пароль\. Проверьте раскладку и Caps Lock\. ОК-301/))).toBe(true);
  await logIn(page, 'belova', password);
  expect(await seen(places(page))).toBe(true);
  await logOut(page);
  desk.link.restore();
});

it('a wrong password is told, and after several the centre makes one wait, even with the right one', async () => {
  const { page } = desk;
  for (let n = 0; n <= tries; n += 1) {
    await logIn(page, 'belova', `не тот ${n}`);
    await failed(page).getByText(/^(Неверное имя или пароль|Слишком много попыток)/).waitFor(patience);
  }
  expect(await seen(failed(page).getByText(/^Слишком много попыток\. Подождите минуту и повторите\. ОК-306/))).toBe(true);
  await logIn(page, 'belova', password);
  expect(await seen(failed(page).getByText(/^Слишком много попыток/))).toBe(true);
  expect(await places(page).count()).toBe(0);

  await centre.stop(); // its count of tries begins anew, as after a minute
  await centre.start(['--logins-per-minute', '1000']);
  await logIn(page, 'belova', password);
  expect(await seen(places(page))).toBe(true);
});
