import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { button, goTo, press, pressExactly, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('chernyshev');
const patience = { timeout: 60_000 } as const;
let desk: Desk;

beforeAll(async () => {
  desk = await startDesk('belova', { centre: set.centre, login: false });
});
afterAll(async () => desk.close());

const field = (page: Page, label: string) => visible(page.getByLabel(label, { exact: true })).first();
const told = (page: Page, words: string | RegExp) => visible(page.getByText(words)).first();
const failed = (page: Page) => page.getByRole('alert');
const place = (page: Page, name: string) => page.getByRole('navigation', { name: 'Разделы' }).getByRole('button', { name: new RegExp(`^${name}`) });

async function check(page: Page, label: string, checked: boolean): Promise<void> {
  const box = visible(page.getByRole('checkbox', { name: label, exact: true })).first();
  await box.setChecked(checked, { ...patience, force: true });
}

async function logIn(page: Page, login: string, password: string): Promise<void> {
  await field(page, 'Пользователь').fill(login, patience);
  await visible(page.getByLabel(/^(Пароль|Одноразовый пароль)$/)).first().fill(password, patience);
  await press(page, 'Войти');
}

async function writeUser(page: Page): Promise<void> {
  await pressExactly(page, 'Записать');
  await page.getByRole('contentinfo').getByText('К отправке 0', { exact: true }).waitFor(patience);
}

it('a user is created with a role and a one-time password; what is missing is told in words', async () => {
  const { page } = set.desk('chernyshev');
  await goTo(page, 'Пользователи');
  await press(page, 'Создать');
  expect(await button(page, 'Задать пароль').getAttribute('aria-disabled')).toBe('true');
  await field(page, 'Фамилия').fill('Новикова');
  await field(page, 'Имя').fill('Вера');
  await pressExactly(page, 'Записать');
  expect(await seen(told(page, 'Заполните: Имя входа'))).toBe(true);
  await field(page, 'Имя входа').fill('belova');
  await pressExactly(page, 'Записать');
  expect(await seen(told(page, 'Заполните: Роли'))).toBe(true);
  await check(page, 'Супервайзер по обработке писем', true);
  await check(page, 'Северные электрические сети', true);
  await pressExactly(page, 'Записать');
  expect(await seen(told(page, /^Такая запись уже есть: belova/))).toBe(true);
  await field(page, 'Имя входа').fill('novikova');
  await writeUser(page);

  await press(page, 'Задать пароль');
  const dialog = page.getByRole('dialog', { name: /^Какой пароль задать: Новикова/ });
  await dialog.getByLabel('Пароль', { exact: true }).fill('коротк', patience);
  await dialog.getByRole('button', { name: /^Задать пароль/ }).click();
  expect(await seen(dialog.getByText('Пароль не короче 8 знаков'))).toBe(true);
  await dialog.getByLabel('Пароль', { exact: true }).fill('на-один-раз');
  expect(await dialog.getByRole('checkbox').isChecked()).toBe(true);
  await dialog.getByRole('button', { name: /^Задать пароль/ }).click();
  expect(await seen(told(page, /^Пароль задан: Новикова/))).toBe(true);
  await goTo(page, 'Пользователи');
  expect(await seen(row(page, 'novikova'))).toBe(true);
});

it('the first login asks for a password of one’s own, and the one-time one is gone', async () => {
  const { page } = desk;
  await logIn(page, 'novikova', 'не тот пароль');
  expect(await seen(failed(page).getByText(/^Неверное имя или пароль\. Проверьте раскладку и Caps Lock\./))).toBe(true);
  await logIn(page, 'novikova', 'на-один-раз');
  await field(page, 'Новый пароль').fill('коротк', patience);
  await press(page, 'Войти');
  expect(await seen(failed(page).getByText('Новый пароль — не короче 8 знаков'))).toBe(true);
  await field(page, 'Новый пароль').fill('на-один-раз');
  await press(page, 'Войти');
  expect(await seen(failed(page).getByText('Новый пароль должен отличаться от одноразового'))).toBe(true);
  await field(page, 'Новый пароль').fill('мой-собственный');
  await field(page, 'Новый пароль ещё раз').fill('мой-собственней');
  await press(page, 'Войти');
  expect(await seen(failed(page).getByText('Пароли не совпадают'))).toBe(true);
  await field(page, 'Новый пароль ещё раз').fill('мой-собственный');
  await press(page, 'Войти');
  expect(await seen(place(page, 'Входящие письма'))).toBe(true);

  await desk.reopen({ login: false });
  await logIn(desk.page, 'novikova', 'на-один-раз');
  expect(await seen(failed(desk.page).getByText(/^Неверное имя или пароль/))).toBe(true);
  await logIn(desk.page, 'novikova', 'мой-собственный');
  expect(await seen(place(desk.page, 'Входящие письма'))).toBe(true);
});

it('other roles take effect at once: the session ends, the next one has the new places and not the old', async () => {
  const { page } = set.desk('chernyshev');
  expect(await place(desk.page, 'Тексты автоответов').count()).toBe(0);
  await row(page, 'novikova').click(patience);
  await page.keyboard.press('F2');
  await check(page, 'Супервайзер по обработке писем', false);
  await check(page, 'Редактор справочников', true);
  await writeUser(page);
  expect(await seen(failed(desk.page).getByText(/^Сеанс завершён\. Войдите снова\. Введённое сохранено\./))).toBe(true);
  await logIn(desk.page, 'novikova', 'мой-собственный');
  expect(await seen(place(desk.page, 'Тексты автоответов'))).toBe(true);
  expect(await place(desk.page, 'Входящие письма').count()).toBe(0);
});

it('dismissal ends the session at once, and the name opens nothing any more', async () => {
  const { page } = set.desk('chernyshev');
  await check(page, 'Вход разрешён', false);
  await writeUser(page);
  expect(await seen(failed(desk.page).getByText(/^Сеанс завершён/))).toBe(true);
  await logIn(desk.page, 'novikova', 'мой-собственный');
  expect(await seen(failed(desk.page).getByText(/^Неверное имя или пароль/))).toBe(true);
  await goTo(page, 'Пользователи');
  await visible(page.getByRole('button', { name: /^Не работают/ })).click(patience);
  expect(await seen(row(page, 'novikova').getByText('Закрыт'))).toBe(true);
});
