import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assignNumber, consumer, lettersWith, takeTextLetter } from '../helpers/appeal-road.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { badge, goTo, press, row, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testUsers } from '../helpers/small-company.ts';
import { openTlsDoor, type TlsDoor } from '../helpers/tls-door.ts';

const set = scene();
const patience = { timeout: 60_000 } as const;
let door: TlsDoor;
let desk: Desk;
let folder: string;

beforeAll(async () => {
  door = await openTlsDoor(set.centre.port);
  folder = await mkdtemp(path.join(os.tmpdir(), 'okno-own-authority-'));
});
afterAll(async () => {
  await desk.close();
  await door.close();
  await rm(folder, { recursive: true, force: true });
});

it('F21 without the file of the company’s authority the window sends nothing and says why', async () => {
  const stranger = await startDesk('belova', { centre: door, tls: { ca: null }, login: false });
  const { page } = stranger;
  await page.getByLabel('Пользователь', { exact: true }).fill('belova');
  await page.getByLabel('Пароль', { exact: true }).fill(testUsers.belova.password);
  await page.getByRole('button', { name: /^Войти/ }).click();
  await visible(page.getByText(/Сертификат центра недействителен.*ОК-504/)).first().waitFor(patience);
  await stranger.close();
});

it('with --ca the whole road goes through TLS: login, a new letter by the stream, number, a file up and a file down', async () => {
  desk = await startDesk('belova', { centre: door, tls: { ca: door.ca } });
  const { page } = desk;
  await page.getByText('На связи', { exact: true }).waitFor(patience);
  await takeTextLetter(page, set.centre, 'По защищённой линии');
  const number = await assignNumber(page);
  await untilSent(set.centre, consumer.address, number);

  const file = path.join(folder, 'Схема.txt');
  await writeFile(file, 'Опора 14');
  await press(page, 'Ответить');
  await badge(page, 'Черновик').waitFor(patience);
  await desk.answerDialogs([{ files: [file] }]);
  await press(page, 'Добавить файлы');
  await visible(page.getByRole('button', { name: 'Убрать вложение Схема.txt', exact: true })).waitFor(patience);
  await press(page, 'Отправить');
  await untilSent(set.centre, consumer.address, 'Re: По защищённой линии');
  expect(await lettersWith(set.centre, consumer.address, 'Re: По защищённой линии')).toHaveLength(1);

  await goTo(page, 'Мои задачи');
  await writeToClients(set.centre, { from: consumer.from, subject: 'С вложением', text: 'Смотрите.', attachments: [{ filename: 'Показания.txt', content: Buffer.from('Показания счётчика: 1024') }] });
  await row(page, 'С вложением').dblclick(patience);
  await visible(page.getByRole('button', { name: 'Показания.txt', exact: true })).first().click(patience);
  const shown = page.getByRole('dialog', { name: 'Показания.txt' });
  expect(await shown.locator('iframe').contentFrame().locator('body').innerText(patience)).toContain('Показания счётчика: 1024');
  await page.keyboard.press('Escape');
});

it('with --ca the desk works on without the link and comes back over TLS', async () => {
  await desk.goOffline();
  await press(desk.page, 'Принять в работу');
  await badge(desk.page, 'В работе').waitFor(patience);
  await desk.goOnline();
  await visible(desk.page.getByText(/К отправке 0/)).waitFor(patience);
});
