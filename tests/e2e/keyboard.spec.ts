import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { badge, row, seen, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testUsers } from '../helpers/small-company.ts';

const set = scene();
let desk: Desk;

beforeAll(async () => {
  desk = await startDesk('belova', { centre: set.centre, login: false });
});
afterAll(async () => desk.close());

/** Letters of the buttons by their place on the keyboard. */
const place = { В: 'KeyD', З: 'KeyP', Н: 'KeyY', О: 'KeyJ' } as const;
const alt = (page: Page, letter: keyof typeof place): Promise<void> => page.keyboard.press(`Alt+${place[letter]}`);

interface Focus {
  readonly name: string;
  readonly marked: boolean;
}

/** What has the focus, by the name that is read out, and whether it is seen that it has. */
function focus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const labelled = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : undefined;
    const name = (element.getAttribute('aria-label') ?? labelled ?? element.textContent).trim();
    const probe = document.body.appendChild(document.createElement('i'));
    const colours = ['accent', 'red'].map((token) => {
      probe.style.color = `var(--okno-${token})`;
      return getComputedStyle(probe).color;
    });
    probe.remove();
    const isMarked = (one: Element | null | undefined): boolean => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || colours.some((colour) => boxShadow.includes(colour));
    };
    return { name, marked: [element, element.parentElement, element.nextElementSibling, element.querySelector('[data-selected=true]')].some(isMarked) };
  });
}

/** Waits until the document that opened, or came back, has taken the focus. */
async function focusInPlace(page: Page, title: string): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[data-place]')?.textContent), { timeout: 30_000 }).toMatch(new RegExp(`^${title}`));
}

/** Tab until the focus is on what is called so; every stop on the way shows that it has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    const now = await focus(page);
    if (now.name.startsWith(name)) return;
    await page.keyboard.press('Tab');
    const next = await focus(page);
    expect(next).toEqual({ ...next, marked: true });
    passed.push(next.name);
  }
  throw new Error(`«${name}» is not reached by Tab: ${passed.join(' | ')}`);
}

/** Types into the field that has the focus and takes the first thing offered. */
async function typeAndTake(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await visible(page.getByRole('option', { name: text })).first().waitFor();
  if ((await page.locator('[data-combobox-selected]').filter({ visible: true }).count()) === 0) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

it('2.8.1 by the keyboard alone: login, take, classify, choose the client, number, answer, appeal, next task', async () => {
  const { page } = desk;
  const address = 'oleg-novyy@pochta-mo.ru';
  await writeToClients(set.centre, { from: `Гаврилюк Олег Петрович <${address}>`, subject: 'Скачки напряжения', text: 'Прошу проверить линию.' });
  await writeToClients(set.centre, { from: 'Ермолаев <ermolaev@pochta-mo.ru>', subject: 'Повреждён кабель', html: '<p>Искрит <b>щит</b>.</p>' });

  await page.getByLabel('Пользователь', { exact: true }).waitFor();
  await tabTo(page, 'Пользователь');
  await page.keyboard.type('belova');
  await tabTo(page, 'Пароль');
  await page.keyboard.type(testUsers.belova.password);
  await page.keyboard.press('Enter');

  await row(page, 'Скачки напряжения').waitFor({ timeout: 60_000 });
  await row(page, 'Повреждён кабель').waitFor();
  expect((await focus(page)).name).toBe('Мои задачи');
  await page.keyboard.press('Home');
  await expect.poll(() => row(page, 'Скачки напряжения').getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Enter');
  await badge(page, 'В работе').waitFor({ timeout: 60_000 });

  await focusInPlace(page, 'Входящее электронное письмо');
  await tabTo(page, 'От потребителя услуг');
  await page.keyboard.press('Space');
  await tabTo(page, 'Классификация');
  await typeAndTake(page, 'Письмо (текстовое)');

  await page.keyboard.press('Control+PageDown');
  await tabTo(page, 'Выбрать: Гаврилюк Олег Петрович');
  await page.keyboard.press('Space');
  await visible(page.getByRole('dialog')).waitFor();
  await page.keyboard.press('Enter');
  await visible(page.getByRole('dialog')).waitFor({ state: 'detached' });
  expect((await focus(page)).name).toContain('Выбрать: Гаврилюк');
  await page.keyboard.press('Control+PageUp');
  for (const [label, text] of [['Вид', '101 Запрос информации'], ['Категория', 'Технологическое присоединение'], ['Подтема', '102 Статус заявки']] as const) {
    await tabTo(page, label);
    await typeAndTake(page, text);
  }

  await alt(page, 'Н');
  await badge(page, 'Номер присвоен').waitFor({ timeout: 60_000 });

  await alt(page, 'В');
  await badge(page, 'Черновик').waitFor();
  await focusInPlace(page, 'Исходящее электронное письмо');
  await tabTo(page, 'Текст');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('Бригада выезжает сегодня.');
  await alt(page, 'О');
  await badge(page, 'Номер присвоен').waitFor();
  await untilSent(set.centre, address, 'Re: Скачки напряжения');

  await focusInPlace(page, 'Входящее электронное письмо');
  await alt(page, 'З');
  await badge(page, 'Новое').waitFor();
  await focusInPlace(page, 'Обращение');
  await tabTo(page, 'Филиал');
  await typeAndTake(page, 'Северные электрические сети');
  await tabTo(page, 'Ответственный');
  await typeAndTake(page, 'Жуков');
  await page.keyboard.press('Control+Enter');
  await badge(page, 'Обработано').waitFor({ timeout: 60_000 });
  await focusInPlace(page, 'Входящее электронное письмо');
  await page.keyboard.press('Escape');
  await row(page, 'Повреждён кабель').waitFor();
  await expect.poll(() => row(page, 'Повреждён кабель').getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Enter');
  await badge(page, 'В работе').waitFor({ timeout: 60_000 });
});

it('the menu of a row opens by Shift+F10 and by the right button, and closes back to the list', async () => {
  const { page } = desk;
  await page.keyboard.press('Escape');
  await row(page, 'Повреждён кабель').waitFor();
  await page.keyboard.press('Shift+F10');
  await visible(page.getByRole('menuitem', { name: /^Открыть/ })).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('menuitem'); // Enter runs it at once
  expect(await visible(page.getByRole('menuitem')).first().evaluate((first) => first === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await visible(page.getByRole('menuitem')).first().waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('treegrid');
  await row(page, 'Повреждён кабель').click({ button: 'right' });
  await visible(page.getByRole('menuitem', { name: /^Открыть/ })).click();
  expect(await seen(badge(page, 'В работе'))).toBe(true);
});
