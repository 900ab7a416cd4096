import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { accessLines, badge, categorize, classify, goTo, pick, press, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testApplications, testClients } from '../helpers/small-company.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;
const address = 'gavrilyuk.op@pochta-mo.ru';
const sokolova = 'Соколова Марина Игоревна';
const idOf = (name: string): string => testClients.find((client) => client.name === name)?.id ?? '';

const field = (page: Page): Locator => page.getByRole('combobox', { name: 'Поиск', exact: true });
const found = (page: Page, text: string | RegExp): Locator => visible(page.getByRole('option', { name: text })).first();
const chosen = (page: Page): Locator => visible(page.getByRole('option', { selected: true })).first();
const clientName = (page: Page): Locator => visible(page.getByRole('heading', { level: 1 })).first();

/** F3 from wherever one is, then the keys of a person who types or of a scanner. */
async function find(page: Page, text: string): Promise<void> {
  await page.keyboard.press('F3');
  await page.keyboard.insertText(text);
}

it('has clients, applications and a letter with its number to find', async () => {
  await set.emulator.load(testApplications);
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: `Гаврилюк Олег <${address}>`, subject: 'Скачки напряжения', text: 'Прошу проверить линию.' });
  await takeLetter(page, 'Скачки напряжения');
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');
  await categorize(page);
  await press(page, 'Присвоить рег. номер');
  await badge(page, 'Номер присвоен').waitFor(patience);
  await goTo(page, 'Заявки');
  await row(page, 'И-26-00-418233/102').waitFor(patience);
});

it.each([
  ['a name', 'соколова марина игоревна', sokolova],
  ['a part of a name', 'базян', 'Шахбазян Карине Размиковна'],
  ['a phone in another spelling', '8 (916) 204-18-55', sokolova],
  ['an e-mail', address, 'Гаврилюк Олег Петрович'],
  ['an ИНН', '5029004624', 'АО «Мытищинская теплосеть»'],
  ['a name in the wrong keyboard layout', 'ufdhbk.r', 'Гаврилюк Олег Петрович'],
  ['a name with ё, quotes and a hyphen', 'березовая роща 2', 'СНТ «Берёзовая роща-2»'],
  ['a slip in a surname', 'гаврелюк', 'Гаврилюк Олег Петрович'],
])('finds a client by %s, and opens him by Enter', async (_what, typed, name) => {
  const { page } = set.desk('belova');
  await goTo(page, 'Мои задачи');
  await find(page, typed);
  await found(page, name).waitFor(patience);
  expect(await chosen(page).textContent()).toContain(name);
  await page.keyboard.press('Enter');
  await expect.poll(() => clientName(page).textContent(), patience).toBe(name);
  expect(await page.getByRole('button', { name: 'Единое окно', exact: true }).first().getAttribute('aria-current')).toBe('page');
});

it('marks what matched, and says what was understood and what is only alike', async () => {
  const { page } = set.desk('belova');
  await find(page, '9162041855');
  await found(page, sokolova).waitFor(patience);
  expect(await found(page, sokolova).locator('mark').first().textContent()).toMatch(/916.204.18.55/);
  await find(page, 'cjrjkjdf');
  expect(await seen(visible(page.getByText('Понято как соколова')))).toBe(true);
  await find(page, 'сокалова');
  await found(page, sokolova).waitFor(patience);
  await expect.poll(() => found(page, sokolova).textContent()).toContain('похоже');
  await page.keyboard.press('Escape');
  expect(await field(page).inputValue()).toBe('');
});

it('finds an application and a letter by number, and opens what a scanner types and enters at once', async () => {
  const { page } = set.desk('belova');
  await find(page, 'И-26-00-418233/102');
  await page.keyboard.press('Enter');
  expect(await seen(visible(page.getByRole('heading', { name: 'Заявка И-26-00-418233/102' })))).toBe(true);
  await goTo(page, 'Входящие письма');
  await row(page, 'Скачки напряжения').waitFor(patience);
  const number = /КП-\d\d-\d{8}/.exec((await row(page, 'Скачки напряжения').textContent()) ?? '')?.[0] ?? 'нет номера';
  await find(page, number);
  await page.keyboard.press('Enter');
  expect(await seen(badge(page, 'Номер присвоен'))).toBe(true);
  expect(await seen(visible(page.getByText(number)).first())).toBe(true);
});

it('offers several clients of one phone; arrows choose, the preview tells them apart', async () => {
  const { page } = set.desk('belova');
  await find(page, '+7 916 204-18-55');
  await found(page, 'Соколов Игорь Андреевич').waitFor(patience);
  await expect.poll(() => visible(page.getByRole('option')).count()).toBe(2);
  const second = (await visible(page.getByRole('option')).nth(1).textContent()) ?? '';
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => chosen(page).textContent()).toBe(second);
  const name = second.startsWith(sokolova) ? sokolova : 'Соколов Игорь Андреевич';
  expect(await seen(visible(page.getByRole('region', { name: 'Клиент', exact: true }).getByRole('heading', { name })))).toBe(true);
  await page.keyboard.press('Enter');
  await expect.poll(() => clientName(page).textContent(), patience).toBe(name);
});

it('shows what is open now first, his applications, and everything of him by kind and period', async () => {
  const { page } = set.desk('belova');
  await find(page, 'гаврилюк олег');
  await page.keyboard.press('Enter');
  await expect.poll(() => clientName(page).textContent(), patience).toBe('Гаврилюк Олег Петрович');
  const now = visible(page.getByRole('region', { name: 'Сейчас' }));
  expect(await seen(now.getByRole('button', { name: /Скачки напряжения/ }))).toBe(true);
  const history = visible(page.getByRole('grid', { name: 'История' }));
  expect(await seen(history.getByRole('row').filter({ hasText: 'Скачки напряжения' }))).toBe(true);
  await visible(page.getByRole('button', { name: /^Обращения \d/ })).click();
  await visible(history.getByRole('gridcell', { name: 'Под этот отбор в истории ничего нет.' })).waitFor(patience);
  await visible(page.getByRole('button', { name: /^Письма \d/ })).click();
  await visible(page.getByRole('button', { name: /^За всё время/ })).click();
  await visible(page.getByRole('button', { name: 'Сегодня', exact: true })).click();
  await expect.poll(() => history.getByRole('row').filter({ hasText: 'Скачки напряжения' }).count()).toBeGreaterThan(0);
  await history.getByRole('row').filter({ hasText: 'Входящее письмо: Скачки' }).click();
  await page.keyboard.press('F2');
  expect(await seen(badge(page, 'Номер присвоен'))).toBe(true);
});

it('keeps «Добавить комментарий» in the row of an application, and says why it cannot be used', async () => {
  const { page } = set.desk('belova');
  await find(page, 'соколова марина игоревна');
  await page.keyboard.press('Enter');
  const applications = visible(page.getByRole('grid', { name: 'Заявки' }));
  await applications.getByRole('row').filter({ hasText: 'И-26-00-418233/102' }).waitFor(patience);
  await applications.getByRole('button', { name: 'Добавить комментарий к заявке И-26-00-418233/102' }).click({ force: true }); // greyed: it answers why
  expect(await seen(visible(page.getByText(/форма «Комментарий \/ Запрос» ещё не подключена/)).first())).toBe(true);
});

it('works by keyboard alone: find, open the card, correct a phone, write and close, next', async () => {
  const { page } = set.desk('belova');
  await find(page, 'тихомирова');
  await found(page, 'Тихомирова Анна Львовна').waitFor(patience);
  await page.keyboard.press('F2');
  await visible(page.getByRole('heading', { name: 'Тихомирова Анна Львовна' })).waitFor(patience);
  const value = (): Promise<string> => page.evaluate(() => (document.activeElement instanceof HTMLInputElement ? document.activeElement.value : ''));
  for (let step = 0; step < 60 && (await value()) !== '+7 909 641-25-38'; step += 1) await page.keyboard.press('Tab');
  expect(await value()).toBe('+7 909 641-25-38');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('8 909 641 25 99');
  await page.keyboard.press('Control+Enter');
  await visible(page.getByRole('heading', { name: 'Тихомирова Анна Львовна', level: 1 })).waitFor({ ...patience, state: 'detached' });
  await find(page, '+7 (909) 641-25-99');
  expect(await seen(found(page, 'Тихомирова Анна Львовна'))).toBe(true);
  await find(page, 'лебедев');
  await found(page, 'Лебедев Константин Олегович').waitFor(patience);
  await page.keyboard.press('Enter');
  await expect.poll(() => clientName(page).textContent(), patience).toBe('Лебедев Константин Олегович');
  await page.keyboard.press('F2');
  await visible(page.getByRole('tab', { name: 'Основное' })).waitFor(patience);
  await page.keyboard.press('Escape');
  await expect.poll(() => clientName(page).textContent(), patience).toBe('Лебедев Константин Олегович');
});

it('keeps recent and pinned clients for an empty field, and nobody chosen by Esc', async () => {
  const { page } = set.desk('belova');
  await press(page, 'Закрепить');
  await visible(page.getByRole('button', { name: 'Открепить' })).waitFor(patience);
  await find(page, 'шахбазян');
  await page.keyboard.press('Enter');
  await expect.poll(() => clientName(page).textContent(), patience).toBe('Шахбазян Карине Размиковна');
  await page.keyboard.press('Escape');
  await visible(page.getByRole('group', { name: 'Закреплённые клиенты' })).waitFor(patience);
  await expect.poll(() => visible(page.getByRole('group', { name: 'Закреплённые клиенты' })).getByRole('option').textContent()).toContain('Лебедев Константин Олегович');
  await expect.poll(() => visible(page.getByRole('group', { name: 'Недавние клиенты' })).getByRole('option').first().textContent()).toContain('Шахбазян Карине Размиковна');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => clientName(page).textContent(), patience).toBe('Шахбазян Карине Размиковна');
  await page.keyboard.press('F3');
  await page.keyboard.press('Delete');
  await visible(page.getByRole('group', { name: 'Недавние клиенты' })).waitFor(patience);
  await page.keyboard.press('Escape');
  await expect.poll(() => clientName(page).textContent(), patience).toBe('Шахбазян Карине Размиковна');
});

it('makes a card of what was looked for and not found', async () => {
  const { page } = set.desk('belova');
  await find(page, '8 (903) 999-88-77');
  await visible(page.getByText('На этом рабочем месте ничего не найдено')).waitFor(patience);
  await press(page, 'Создать клиента');
  await visible(page.getByRole('textbox', { name: 'Фамилия', exact: true })).fill('Сидоров', patience);
  expect(await visible(page.getByRole('textbox', { name: 'Телефон', exact: true })).inputValue()).toBe('+7 903 999-88-77');
  await page.keyboard.press('Control+Enter');
  await find(page, '9039998877');
  expect(await seen(found(page, 'Сидоров'))).toBe(true);
  await page.keyboard.press('Escape');
});

it('shows all of a group in its list, by the same text, whatever the list was narrowed to before', async () => {
  const { page } = set.desk('belova');
  await goTo(page, 'Клиенты');
  await visible(page.getByRole('button', { name: 'Отбор и колонки' })).click(patience);
  await pick(page, 'Вид клиента', 'Юридическое лицо');
  await page.keyboard.press('Escape');
  await visible(page.getByRole('button', { name: /^Вид клиента: Юридическое лицо/ })).waitFor(patience);
  await find(page, 'д');
  await visible(page.getByRole('option', { name: /^Показать все: клиенты/ })).click(patience);
  await visible(page.getByRole('grid', { name: 'Клиенты' })).waitFor(patience);
  expect(await visible(page.getByRole('textbox', { name: 'Найти в списке' })).inputValue()).toBe('д');
  expect(await seen(row(page, 'Физическое лицо'))).toBe(true);
  expect(await page.getByRole('button', { name: /^Вид клиента:/ }).count()).toBe(0);
});

it('finds and shows without the network, and says what the centre would add', async () => {
  const desk = set.desk('belova');
  await desk.goOffline();
  const { page } = desk;
  await find(page, '8 916 204 18 55');
  await found(page, sokolova).waitFor(patience);
  expect(await seen(visible(page.getByText('Нет связи с центром: показано то, что есть на этом рабочем месте.')))).toBe(true);
  await page.keyboard.press('Enter');
  await expect.poll(() => clientName(page).textContent(), patience).toMatch(/^Соколов/);
  await find(page, 'щщщщщщ');
  expect(await seen(visible(page.getByText('На этом рабочем месте ничего не найдено')))).toBe(true);
  await page.keyboard.press('Escape');
});

it('writes each opening of a client and each search into the access log, off line too', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  const name = 'Прохоренко Валентина Степановна';
  const openings = async (): Promise<number> => (await accessLines(set.centre, idOf(name))).filter(({ action }) => action === 'open').length;
  await find(page, 'прохоренко');
  await page.keyboard.press('Enter');
  await expect.poll(() => clientName(page).textContent(), patience).toBe(name);
  expect(await openings()).toBe(0);
  await desk.goOnline();
  await expect.poll(openings, patience).toBe(1);
  const searches = async (): Promise<readonly string[]> => (await accessLines(set.centre, '')).filter(({ action }) => action === 'search').map(({ details }) => details);
  await expect.poll(searches, patience).toEqual(expect.arrayContaining(['прохоренко', '8 916 204 18 55']));
});
