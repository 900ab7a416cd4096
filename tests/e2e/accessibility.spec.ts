import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dictionaryNames } from '../../shared/domain/dictionary/commands.ts';
import { screens } from '../../renderer/screens/registry.tsx';
import { dictionaryViews } from '../../renderer/screens/dictionary/dictionary-fields.ts';
import { cutTexts, focusLooks, still, violations } from '../helpers/accessibility.ts';
import { assignNumber, classifyTextLetter, consumer, writeAppeal } from '../helpers/appeal-road.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { badge, goTo, openTab, press, row, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { pdfFile } from '../helpers/pdf-file.ts';
import { scene } from '../helpers/scene.ts';
import { testApplications, testUsers, type TestLogin } from '../helpers/small-company.ts';

const set = scene();
const patience = { timeout: 60_000 } as const;
let desk: Desk;
let current: TestLogin = 'belova';
const page = (): Page => desk.page;

beforeAll(async () => {
  await set.emulator.load(testApplications);
  desk = await startDesk('belova', { centre: set.centre, login: false });
});
afterAll(async () => desk.close());

/** Screens of the registry that were looked at. */
const passed = new Set<string>();

/** What stands on the window now must be without a fault in both themes. */
async function check(where: string): Promise<void> {
  const screen = await page().evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-place]')].find((place) => place.checkVisibility())?.dataset['place']?.split(':')[0]);
  if (screen !== undefined) passed.add(screen);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page().emulateMedia({ colorScheme });
    await expect.poll(() => page().evaluate(() => document.documentElement.dataset['mantineColorScheme']), patience).toBe(colorScheme);
    const found = await violations(page(), colorScheme === 'dark');
    expect.soft(found, `${where}, ${colorScheme}`).toEqual([]);
  }
}

async function menuOf(button: string, item: string): Promise<void> {
  await press(page(), button);
  await page().getByRole('menuitem', { name: new RegExp(`^${item}`) }).click(patience);
}

/** Looks at a dialog or a menu and closes it again. */
async function checkAndEscape(where: string): Promise<void> {
  await check(where);
  await page().keyboard.press('Escape');
  await visible(page().getByRole('dialog').or(page().getByRole('menu')).or(page().getByRole('option'))).first().waitFor({ state: 'hidden', ...patience });
}

async function dialog(name: string | RegExp): Promise<void> {
  await visible(page().getByRole('dialog', { name })).first().waitFor(patience);
}

async function enterAs(user: TestLogin): Promise<void> {
  await menuOf(testUsers[current].user.lastName, 'Выйти');
  await desk.logIn(user);
  current = user;
}
/** A list shows its rows, or says that there are none. */
async function openList(name: string): Promise<void> {
  await goTo(page(), name);
  await visible(page().getByRole('region', { name, exact: true })).first().waitFor(patience);
}

it('the login screen and «Мои задачи» with its menus and dialogs', async () => {
  await page().getByLabel('Пользователь', { exact: true }).waitFor(patience);
  await check('Вход');
  await desk.logIn('belova');
  await check('Мои задачи, пусто');
  const from = consumer.from;
  await writeToClients(set.centre, { from, subject: 'Нет света', text: 'Прошу восстановить.', html: '<p>Прошу <b>восстановить</b>.</p>', attachments: [{ filename: 'закрытый.pdf', content: pdfFile({ pages: ['Secret'], password: 'parol' }), contentType: 'application/pdf' }, { filename: 'договор.pdf', content: pdfFile({ pages: ['One', 'Two'] }), contentType: 'application/pdf' }] });
  await writeToClients(set.centre, { from: 'Неизвестный с очень длинным именем Константинопольский-Задунайский Апполинарий Вениаминович <novy@pochta-mo.ru>', subject: 'Очень длинная тема письма о технологическом присоединении энергопринимающих устройств садоводческого некоммерческого товарищества «Берёзовая роща-2»', text: 'Ждём.' });
  await row(page(), 'Нет света').click(patience);
  await row(page(), 'Очень длинная').waitFor(patience);
  await check('Мои задачи');
  await page().keyboard.press('Shift+F10');
  await visible(page().getByRole('menuitem')).first().waitFor(patience);
  await checkAndEscape('Меню строки');
  await visible(page().getByRole('button', { name: 'Отбор и колонки' })).first().click(patience);
  await checkAndEscape('Настройка списка');
  await press(page(), testUsers.belova.user.lastName);
  await checkAndEscape('Меню пользователя');
  await menuOf(testUsers.belova.user.lastName, 'Настройки вида');
  await dialog('Настройки вида');
  await checkAndEscape('Настройки вида');
  await page().keyboard.press('F1');
  await dialog(/клавиши/i);
  await checkAndEscape('Клавиши');
});

it('a letter on each of its tabs, its dialogs, its attachments, its answer', async () => {
  await takeLetter(page(), 'Нет света');
  await check('Письмо, пустые свойства');
  await classifyTextLetter(page());
  await check('Письмо, Свойства');
  for (const tab of ['Клиенты', 'Переписка', 'Заявки', 'История изменений']) {
    await openTab(page(), tab);
    await still(page());
    await check(`Письмо, ${tab}`);
  }
  await openTab(page(), 'Свойства');
  await visible(page().getByRole('combobox', { name: 'Категория', exact: true })).first().click(patience);
  await visible(page().getByRole('option')).first().waitFor(patience);
  await checkAndEscape('Письмо, короткий список');
  await press(page(), 'Ещё');
  await checkAndEscape('Письмо, меню «Ещё»');
  await menuOf('Ещё', 'Исправить кодировку');
  await dialog(/кодировке/);
  await checkAndEscape('Исправить кодировку');
  await menuOf('Ещё', 'Завершить без ответа');
  await dialog(/./);
  await checkAndEscape('Завершить без ответа');
  for (const file of ['закрытый.pdf', 'договор.pdf']) {
    await visible(page().getByRole('button', { name: file, exact: true })).first().click(patience);
    await dialog(/./);
    await still(page());
    await check(`Вложение ${file}`);
    await visible(page().getByRole('dialog')).getByRole('button', { name: /^Закрыть/ }).click(patience);
    await visible(page().getByRole('dialog')).waitFor({ state: 'detached', ...patience });
  }
  await assignNumber(page());
  await press(page(), 'Ответить');
  await badge(page(), 'Черновик').waitFor(patience);
  await check('Исходящее, черновик');
  await visible(page().getByRole('textbox', { name: 'Текст', exact: true })).first().fill('Бригада выезжает.');
  await press(page(), 'Отправить');
  await badge(page(), 'Номер присвоен').waitFor(patience);
  await press(page(), 'Создать обращение');
  await badge(page(), 'Новое').waitFor(patience);
  await check('Обращение, новое');
  await page().keyboard.press('Escape');
  await writeAppeal(page());
  await visible(page().getByRole('heading', { name: /^Обращение/ })).first().waitFor(patience);
  await still(page());
  await check('Обращение, записано');
});

it('journals and catalogues of an operator of letters', async () => {
  for (const list of ['Входящие письма', 'Исходящие письма', 'Обращения', 'Заявки', 'Клиенты', 'Фильтры электронных писем']) {
    await openList(list);
    await still(page());
    await check(list);
  }
  await openList('Исходящие письма');
  await visible(page().getByRole('row')).nth(1).dblclick(patience);
  await visible(page().getByRole('heading', { name: /^Исходящее/ })).first().waitFor(patience);
  await check('Исходящее, отправлено');
  await openList('Обращения');
  await visible(page().getByRole('row')).nth(1).dblclick(patience);
  await check('Обращение из списка');
  await openList('Заявки');
  await visible(page().getByRole('row')).nth(1).dblclick(patience);
  await still(page());
  await check('Заявка');
  await openList('Клиенты');
  await row(page(), 'Гаврилюк').dblclick(patience);
  await visible(page().getByRole('tab')).first().waitFor(patience);
  for (const tab of ['Основное', 'Контакты', 'Основные реквизиты', 'История', 'Заявки', 'Обращения', 'Письма', 'Файлы', 'История изменений']) {
    await openTab(page(), tab);
    await still(page());
    await check(`Клиент, ${tab}`);
  }
  await openList('Клиенты');
  await press(page(), 'Создать');
  await visible(page().getByLabel('Фамилия', { exact: true })).first().waitFor(patience);
  await check('Клиент, новый');
  await visible(page().getByLabel('Дата рождения', { exact: true })).first().click(patience);
  await visible(page().getByRole('table')).first().waitFor(patience);
  await check('Календарь');
  await page().keyboard.press('Tab');
  await openList('Фильтры электронных писем');
  await press(page(), 'Добавить');
  await dialog(/./);
  await checkAndEscape('Новый фильтр');
});

it('«Единое окно», search, «Разобрать», the lock', async () => {
  await goTo(page(), 'Единое окно');
  await still(page());
  await check('Единое окно, никого');
  await page().keyboard.press('F3');
  await page().keyboard.insertText('гаврилюк');
  await visible(page().getByRole('option', { name: /Гаврилюк/ })).first().waitFor(patience);
  await check('Поиск');
  await page().keyboard.press('Enter');
  await expect.poll(() => visible(page().getByRole('heading', { level: 1 })).first().textContent(), patience).toBe(consumer.name);
  await still(page());
  await check('Единое окно');
  await goTo(page(), 'Разобрать');
  await check('Разобрать, пусто');
  await desk.goOffline();
  await check('Нет связи');
  await desk.goOnline();
  await menuOf(testUsers.belova.user.lastName, 'Заблокировать');
  await page().getByRole('dialog', { name: 'Окно заблокировано' }).waitFor(patience);
  await check('Окно заблокировано');
  await page().getByRole('dialog', { name: 'Окно заблокировано' }).getByLabel('Пароль', { exact: true }).fill(testUsers.belova.password);
  await page().keyboard.press('Enter');
  await page().getByRole('navigation', { name: 'Разделы' }).waitFor(patience);
});

it('every control that Tab reaches looks different while it has the focus', async () => {
  const opened = page().getByRole('navigation', { name: 'Разделы' }).getByRole('group', { name: 'Открыто' }).getByRole('button');
  const names = [...(await opened.allInnerTexts()), 'Мои задачи', 'Клиенты'];
  for (const name of names) {
    await goTo(page(), name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    await still(page());
    expect.soft((await focusLooks(page(), 30)).filter(({ marked }) => !marked), name).toEqual([]);
  }
  await menuOf(testUsers.belova.user.lastName, 'Настройки вида');
  await dialog('Настройки вида');
  expect((await focusLooks(page(), 8)).filter(({ marked }) => !marked)).toEqual([]);
});

it('at 150 % nothing is cut and nothing lies beyond the window, on any place of the navigation', async () => {
  const settings = page().getByRole('dialog', { name: 'Настройки вида' });
  await settings.getByRole('radio', { name: '150 %' }).click(patience);
  await expect.poll(() => page().evaluate(() => document.documentElement.style.getPropertyValue('zoom')), patience).toBe('1.5');
  const cut: string[] = [];
  const look = async (where: string): Promise<void> => {
    await still(page());
    for (const line of await cutTexts(page())) if (!cut.includes(line)) cut.push(`${where}: ${line}`);
  };
  await look('Настройки вида');
  await page().keyboard.press('Escape');
  const places = page().getByRole('navigation', { name: 'Разделы' }).getByRole('button');
  for (let at = 0; at < (await places.count()); at += 1) {
    await places.nth(at).click(patience);
    const name = await places.nth(at).innerText();
    await look(name);
    const tabs = visible(page().getByRole('tab'));
    for (let tab = 1; tab < (await tabs.count()); tab += 1) {
      await tabs.nth(tab).click(patience);
      await look(`${name}, ${await tabs.nth(tab).innerText()}`);
    }
  }
  await page().keyboard.press('Control+0');
  await expect.poll(() => page().evaluate(() => document.documentElement.style.getPropertyValue('zoom')), patience).toBe('1');
  expect(cut).toEqual([]);
});

it('catalogues and users of an administrator', async () => {
  await enterAs('chernyshev');
  for (const list of ['Пользователи', 'Почтовые ящики', 'Исходящая почта', 'Тексты автоответов', 'Фильтры электронных писем']) {
    await openList(list);
    await still(page());
    await check(list);
  }
  await openList('Пользователи');
  await row(page(), 'Белова').dblclick(patience);
  await visible(page().getByLabel('Имя входа', { exact: true })).first().waitFor(patience);
  await check('Пользователь');
  await press(page(), 'Задать пароль');
  await dialog(/пароль/i);
  await checkAndEscape('Задать пароль');
  await openList('Почтовые ящики');
  await press(page(), 'Добавить');
  await visible(page().getByLabel('Сервер IMAP', { exact: true })).first().waitFor(patience);
  await visible(page().getByLabel('Адрес', { exact: true })).first().fill('office@moesk.ru', patience);
  await visible(page().getByLabel('Имя входа', { exact: true })).first().fill('office', patience);
  await visible(page().getByLabel('Сервер IMAP', { exact: true })).first().fill('127.0.0.1', patience);
  await check('Почтовый ящик');
  await page().keyboard.press('Control+KeyS');
  await visible(page().getByRole('contentinfo').getByText('К отправке 0', { exact: true })).first().waitFor(patience);
  await press(page(), 'Задать пароль');
  await dialog(/пароль/i);
  await checkAndEscape('Пароль ящика');
  for (const name of dictionaryNames) {
    if (name === 'autoReply') await openList('Тексты автоответов');
    else {
      await goTo(page(), 'Все справочники');
      await page().getByRole('navigation', { name: 'Справочники' }).getByRole('button', { name: dictionaryViews[name].title, exact: true }).click(patience);
      await visible(page().getByRole('region', { name: dictionaryViews[name].title, exact: true })).first().waitFor(patience);
    }
    await still(page());
    if (name === 'branch') await check('Справочник');
    if (await visible(page().locator('.okno-list-row')).count() > 0) await visible(page().locator('.okno-list-row')).first().dblclick(patience);
    else await press(page(), 'Создать');
    await visible(page().locator(`[data-place^="${name}:"]`)).first().waitFor(patience);
    await still(page());
    await check(`Запись справочника ${dictionaryViews[name].title}`);
    await page().keyboard.press('Escape');
  }
});

it('the access log of an auditor', async () => {
  await enterAs('kovalchuk');
  await openList('Журнал доступа');
  await still(page());
  await check('Журнал доступа');
});

it('two cards side by side, as a supervisor merges them', async () => {
  await enterAs('fomina');
  await goTo(page(), 'Клиенты');
  await row(page(), 'Соколова').click(patience);
  await page().keyboard.press('Space');
  await page().keyboard.press('ArrowDown');
  await page().keyboard.press('Space');
  await check('Отмеченные клиенты');
  await page().keyboard.press('Alt+KeyJ');
  await visible(page().getByRole('radio')).first().waitFor(patience);
  await check('Объединение клиентов');
});

it('no screen of the registry was left out', () => {
  expect(Object.keys(screens).filter((screen) => !passed.has(screen))).toEqual([]);
});
