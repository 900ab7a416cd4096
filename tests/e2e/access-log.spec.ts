import { expect, it } from 'vitest';
import { accessLines, goTo, pick, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testClients } from '../helpers/small-company.ts';

const set = scene('belova', 'kovalchuk');
const patience = { timeout: 60_000 } as const;
const [someone, another] = testClients;

it('tells the auditor who opened whose card and what was looked for, with filters and search', async () => {
  const { page } = set.desk('belova');
  await goTo(page, 'Клиенты');
  await row(page, someone?.name ?? '').dblclick(patience);
  await visible(page.getByRole('heading', { name: someone?.name ?? '' })).first().waitFor(patience);
  await goTo(page, 'Клиенты');
  await visible(page.getByLabel('Найти в списке')).fill(another?.lastName ?? '');
  await expect.poll(async () => (await accessLines(set.centre, '')).map(({ action }) => action), patience).toEqual(expect.arrayContaining(['open', 'search']));

  const auditor = set.desk('kovalchuk').page;
  await goTo(auditor, 'Журнал доступа');
  const opened = row(auditor, `Клиент: ${someone?.name ?? ''}`);
  await opened.waitFor(patience);
  expect(await opened.textContent()).toMatch(/Белова Ирина Сергеевна.*Открытие карточки.*цела/);
  await visible(auditor.getByRole('button', { name: 'Отбор и колонки' })).click(patience);
  await pick(auditor, 'Действие', 'Поиск');
  await auditor.keyboard.press('Escape');
  await opened.waitFor({ state: 'detached', ...patience });
  expect(await seen(row(auditor, another?.lastName ?? ''))).toBe(true);
  await auditor.getByRole('button', { name: /^Действие: Поиск/ }).click(patience);
  const settings = async (choose: () => Promise<void>): Promise<void> => {
    await visible(auditor.getByRole('button', { name: 'Отбор и колонки' })).click(patience);
    await choose();
    await auditor.keyboard.press('Escape');
  };
  await settings(() => pick(auditor, 'Сотрудник', 'Фомин'));
  await opened.waitFor({ state: 'detached', ...patience });
  await auditor.getByRole('button', { name: /^Сотрудник: Фомин/ }).click(patience);
  await settings(() => pick(auditor, 'Сотрудник', 'Белова'));
  await settings(() => pick(auditor, 'Документ', 'Клиент'));
  await settings(() => visible(auditor.getByLabel('Время: по', { exact: true })).fill('01.01.2020'));
  await opened.waitFor({ state: 'detached', ...patience });
  await auditor.getByRole('button', { name: /^Время: по 01\.01\.2020/ }).click(patience);
  expect(await seen(opened)).toBe(true);
  await visible(auditor.getByLabel('Найти в списке')).fill((someone?.name ?? '').toUpperCase());
  expect(await seen(opened)).toBe(true);
});

it('says that the log is at the centre when there is no link, and shows it again with the link', async () => {
  const desk = set.desk('kovalchuk');
  await goTo(desk.page, 'Мои задачи');
  await desk.goOffline();
  await goTo(desk.page, 'Журнал доступа');
  expect(await seen(visible(desk.page.getByText(/хранится в центре, копии на этом компьютере нет/)))).toBe(true);
  await desk.goOnline();
  expect(await seen(row(desk.page, `Клиент: ${someone?.name ?? ''}`))).toBe(true);
});

it('does not show the log to anyone else', async () => {
  const { page } = set.desk('belova');
  expect(await page.getByRole('navigation', { name: 'Разделы' }).getByRole('button', { name: /^Журнал доступа/ }).count()).toBe(0);
});
