import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { accessLines, row, seen, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testApplications, testClients } from '../helpers/small-company.ts';
import { paths } from '../../shared/protocol/paths.ts';

const set = scene();
const patience = { timeout: 60_000 } as const;
const name = 'Соколова Марина Игоревна';
const number = 'И-26-00-418233/102';
const clientId = testClients.find((client) => client.name === name)?.id ?? '';
let desk: Desk;

beforeAll(async () => {
  await set.emulator.load(testApplications);
  desk = await startDesk('belova', { centre: set.centre, login: false });
});
afterAll(() => desk.close());

const openings = async (): Promise<number> => (await accessLines(set.centre, clientId)).filter(({ action }) => action === 'open').length;

it('a client whom the desk does not hold yet is found at the centre and opened from there, with all that concerns him, off line again too; he becomes the desk’s own when he arrives', async () => {
  await writeToClients(set.centre, { from: 'Марина <m.sokolova@pochta-mo.ru>', subject: 'Сроки по договору', text: `Когда будет готова заявка ${number}?` });
  // The first page of documents does not arrive: the desk is empty, and the centre answers all else.
  const pageOnItsWay = desk.link.hold('answer', paths.pull);
  await desk.logIn();
  await pageOnItsWay;
  const { page } = desk;
  await page.keyboard.press('F3');
  await page.keyboard.insertText('соколова марина');
  await visible(page.getByText('В центре, не на этом рабочем месте')).waitFor(patience);
  await visible(page.getByRole('option', { name })).first().click(patience);
  await page.keyboard.press('Enter');
  await visible(page.getByRole('heading', { name, level: 1 })).waitFor(patience);
  const strip = visible(page.getByText(/^Прочитано из центра в /));
  expect(await seen(strip)).toBe(true);
  expect(await page.getByRole('button', { name: /^Карточка/ }).count()).toBe(0);
  const application = visible(page.getByRole('grid', { name: 'История' })).getByRole('row').filter({ hasText: number });
  await application.click(patience);
  await page.keyboard.press('Enter');
  await visible(page.getByRole('heading', { name: `Заявка ${number}` })).waitFor(patience);
  expect(await seen(visible(page.getByText('Жилой дом', { exact: true })).first())).toBe(true);
  expect(await seen(strip)).toBe(true);
  await page.keyboard.press('Escape');

  await desk.goOffline();
  await page.getByRole('navigation').getByRole('button', { name: 'Единое окно' }).click(patience);
  expect(await seen(visible(page.getByRole('heading', { name, level: 1 })))).toBe(true);
  expect(await seen(application)).toBe(true);

  await desk.goOnline();
  await visible(page.getByRole('button', { name: /^Карточка/ })).waitFor(patience);
  expect(await strip.count()).toBe(0);
  await expect.poll(openings, patience).toBeGreaterThan(0);
});

it('the history asks the centre for what the desk does not hold of a client, and says when there is nothing', async () => {
  const { page } = desk;
  const press = async (item: string): Promise<void> => {
    await visible(page.getByRole('button', { name: 'Действия со списком: История' })).click(patience);
    await page.getByRole('menuitem', { name: item }).click(patience);
  };
  await row(page, number).waitFor(patience);
  await press('Показать и то, что есть только в центре');
  expect(await seen(visible(page.getByText('В центре больше ничего нет')).first())).toBe(true);
  await desk.goOffline();
  await press('Показать и то, что есть только в центре');
  expect(await seen(visible(page.getByText(/^Нет связи с центром: показано то/)).first())).toBe(true);
  await desk.goOnline();
});
