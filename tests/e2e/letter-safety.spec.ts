import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goTo, press, row, seen, visible, writeToClients } from '../helpers/letter-road.ts';
import { dotPicture, startOutsideServer, type OutsideServer } from '../helpers/outside-server.ts';
import { scene } from '../helpers/scene.ts';
import { sendLetter } from '../helpers/send-letter.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;
let outside: OutsideServer;
let folder: string;

beforeAll(async () => {
  outside = await startOutsideServer();
  folder = await mkdtemp(path.join(os.tmpdir(), 'okno-saved-'));
  const { app } = set.desk('belova');
  await app.evaluate(({ session, shell }) => {
    session.defaultSession.setCertificateVerifyProc((_request, answer) => answer(0)); // the outside server's certificate is of its own making
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openPath = (file) => {
      opened.push(file);
      return Promise.resolve('');
    };
  });
});
afterAll(async () => {
  await outside.close();
  await rm(folder, { recursive: true, force: true });
});

const asked = (): readonly string[] => outside.asked.map(({ what }) => what);
const letter = (page: Page): FrameLocator => visible(page.locator('iframe[title="Текст письма"]')).first().contentFrame();
const pane = (page: Page) => visible(page.getByRole('region', { name: 'Письмо', exact: true })).first();
const told = (page: Page, words: string | RegExp) => visible(page.getByText(words)).first();
const attachment = (page: Page, name: string) => pane(page).getByRole('group', { name: 'Вложения' }).getByRole('button', { name, exact: true });

/** Files that the system was asked to open, newest last. */
function opened(): Promise<readonly string[]> {
  return set.desk('belova').app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
}

/** How wide the pictures of the letter came out: 0 is one that did not load. */
function pictures(page: Page): Promise<readonly number[]> {
  return letter(page)
    .locator('img')
    .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth)); // only pictures are asked for
}

async function openLetter(page: Page, subject: string): Promise<void> {
  await goTo(page, 'Входящие письма');
  await row(page, subject).click(patience);
  await page.keyboard.press('F2');
  await visible(page.getByRole('tab', { name: 'Свойства', exact: true })).first().waitFor(patience);
}

async function advertising(subject: string, picture: string): Promise<void> {
  const html = `<p>Смотрите: ${subject}</p><img src="${outside.url}/${picture}" alt="реклама"><img src="cid:dot@inside" alt="своя">
    <div style="background:url(${outside.url}/style.png)">фон</div><link rel="stylesheet" href="${outside.url}/link.css"><iframe src="${outside.url}/frame"></iframe>
    <img src="${outside.url.replace('https:', 'http:')}/open-road.png" alt="открытым путём"><script src="${outside.url}/script.js"></script>`;
  await writeToClients(set.centre, { from: 'Магазин <shop@example.ru>', subject, html, text: `Смотрите: ${subject}`, attachments: [{ filename: 'dot.png', content: dotPicture, cid: 'dot@inside', contentType: 'image/png' }] });
}

it('pictures of other computers wait for «Показать картинки»: their server is asked for nothing, the letter’s own are seen', async () => {
  const { page } = set.desk('belova');
  await advertising('Скидка на счётчики', 'first.png');
  await advertising('Скидка на провода', 'second.png');
  await row(page, 'Скидка на провода').waitFor(patience);
  await openLetter(page, 'Скидка на счётчики');
  await letter(page).getByText('Смотрите: Скидка на счётчики').waitFor(patience);
  expect(await seen(told(page, /^Картинки с других серверов не загружены: 2\./))).toBe(true);
  await expect.poll(() => pictures(page), patience).toEqual([0, 1, 0]);
  expect(asked()).toEqual([]);
});

it('«Показать картинки» loads them for this letter alone, by https, saying nothing of who asks', async () => {
  const { page } = set.desk('belova');
  await press(page, 'Показать картинки');
  await expect.poll(() => pictures(page), patience).toEqual([1, 1, 1]);
  expect([...asked()].sort()).toEqual(['GET /first.png', 'GET /open-road.png']);
  expect(outside.asked.map(({ referer, cookie }) => [referer, cookie])).toEqual([[undefined, undefined], [undefined, undefined]]);
  expect(await told(page, /^Картинки с других серверов не загружены/).count()).toBe(0);

  await openLetter(page, 'Скидка на провода');
  await letter(page).getByText('Смотрите: Скидка на провода').waitFor(patience);
  expect(await seen(told(page, /^Картинки с других серверов не загружены: 2\./))).toBe(true);
  await expect.poll(() => pictures(page), patience).toEqual([0, 1, 0]);
  await goTo(page, 'Входящие письма');
  await row(page, 'Скидка на счётчики').click(patience);
  expect(await seen(told(page, /^Картинки с других серверов не загружены: 2\./))).toBe(true);
  expect(asked()).toHaveLength(2);
});

const files = {
  'Щит.png': dotPicture,
  'Показания.txt': Buffer.from('Показания счётчика: 1024\r\nЖильё, подъезд 2'),
  'Установка.exe': Buffer.from('MZ\u0000\u0001программа'),
  'Страница.html': Buffer.from('<script>top.broken = 1</script>'),
  'Счёт.pdf.js': Buffer.from('WScript.Quit()'),
} as const;

it('a picture and a text are looked at in the window, and the text reads right', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Олег <oleg@example.ru>', subject: 'Вложения разные', text: 'Высылаю.', attachments: Object.entries(files).map(([filename, content]) => ({ filename, content })) });
  await openLetter(page, 'Вложения разные');
  await attachment(page, 'Щит.png').click(patience);
  const picture = page.getByRole('dialog', { name: 'Щит.png' });
  await expect.poll(() => picture.getByRole('img', { name: 'Щит.png' }).evaluate((img) => (img as HTMLImageElement).naturalWidth), patience).toBe(1); // a picture
  await page.keyboard.press('Escape');
  await picture.waitFor({ state: 'detached', ...patience });

  await attachment(page, 'Показания.txt').click(patience);
  const text = page.getByRole('dialog', { name: 'Показания.txt' });
  expect(await text.locator('iframe').contentFrame().locator('body').innerText(patience)).toContain('Показания счётчика: 1024');
  await page.keyboard.press('Escape');
  await text.waitFor({ state: 'detached', ...patience });
});

it('a program is never run: it is told so in words, and it can be saved', async () => {
  const { page } = set.desk('belova');
  for (const name of ['Установка.exe', 'Страница.html', 'Счёт.pdf.js']) {
    await attachment(page, name).click(patience);
    expect(await seen(told(page, 'Этот файл может быть программой: из письма он не открывается. Его можно сохранить.'))).toBe(true);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await attachment(page, `Открыть ${name}`).count()).toBe(0);
  }
  expect(await opened()).toEqual([]);
  expect(await page.evaluate(() => 'broken' in window)).toBe(false);
});

it('one attachment and all of them are saved to the person’s folder, byte for byte', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  const one = path.join(folder, 'одна программа.exe');
  await desk.answerDialogs([{ save: one }]);
  await attachment(page, 'Сохранить Установка.exe').click(patience);
  expect(await seen(told(page, `Сохранено: ${folder}`))).toBe(true);
  expect(await readFile(one)).toEqual(files['Установка.exe']);

  const all = path.join(folder, 'все');
  await mkdir(all);
  await desk.answerDialogs([{ folder: all }]);
  await press(page, 'Скачать вложения');
  expect(await seen(told(page, `Сохранено: ${all}`))).toBe(true);
  expect((await readdir(all)).sort()).toEqual(Object.keys(files).sort());
  for (const [name, content] of Object.entries(files)) expect(await readFile(path.join(all, name))).toEqual(content);
});

it('the letter as it came is opened in its program and saved as .eml, byte for byte', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  const raw = Buffer.from(['From: Oleg <oleg@example.ru>', `To: ${set.centre.mailboxes.clients}`, 'Subject: Source of a letter', 'Message-ID: <source@example.ru>', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', 'Строка первая', '.точка в начале', ''].join('\r\n'));
  await sendLetter({ port: set.centre.smtpPort, from: 'oleg@example.ru', to: set.centre.mailboxes.clients, raw });
  await openLetter(page, 'Source of a letter');
  await press(page, 'Открыть исходник (.eml)');
  await expect.poll(async () => (await opened()).length, patience).toBe(1);
  const [copy = ''] = await opened();
  expect(path.basename(copy)).toBe('Source of a letter.eml');
  expect((await readFile(copy)).toString('utf8')).toBe(raw.toString('utf8'));

  const saved = path.join(folder, 'исходник.eml');
  await desk.answerDialogs([{ save: saved }]);
  await press(page, 'Сохранить исходник (.eml)');
  expect(await seen(told(page, `Сохранено: ${folder}`))).toBe(true);
  expect(await readFile(saved)).toEqual(await readFile(copy));
});
