import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { Bridge } from '../../shared/protocol/ipc.ts';
import { desktopRuntime } from '../../tools/runtime/desktop-runtime.ts';
import { openDisplay } from '../../tools/setup/display.ts';
import { root } from '../../tools/setup/files.ts';
import { prepareDesktop } from '../../tools/setup/prepare-desktop.ts';
import { mailboxes, startCentre, type Centre } from '../helpers/centre.ts';
import { sendLetter } from '../helpers/send-letter.ts';
import { testUsers } from '../helpers/small-company.ts';
import type { Measurement, Pair } from './measurement.ts';

const letters = 40;
/** Whichever of them is on top: the list draws only the rows that are seen. */
const anyLetter = 'Письмо ';

interface Started {
  readonly app: ElectronApplication;
  readonly page: Page;
}

async function launch(folder: string, flags: readonly string[]): Promise<Started> {
  const runtime = await desktopRuntime();
  const inherited = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const app = await _electron.launch({ executablePath: runtime.executable, args: [...runtime.switches, folder, ...flags], cwd: root, env: { ...Object.fromEntries(inherited), ...runtime.environment }, timeout: 60_000 });
  return { app, page: await app.firstWindow({ timeout: 60_000 }) };
}

/** What the selector names is on the screen. Looked for in the page at every frame: a locator looks again after pauses of up to half a second. */
async function painted(page: Page, selector: string, text = ''): Promise<void> {
  await page.waitForFunction(([wanted, part]) => [...document.querySelectorAll(wanted)].some((element) => element.textContent.includes(part)), [selector, text] as const, { polling: 'raf', timeout: 60_000 });
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
}

/** As a person closes the window: the next start finds the files in order. */
async function closed({ app }: Started): Promise<void> {
  await app.close();
}

async function emptyWindow(): Promise<number> {
  const began = performance.now();
  const started = await launch(path.join(import.meta.dirname, 'empty-window'), []);
  await painted(started.page, 'p');
  const ms = performance.now() - began;
  await closed(started);
  return ms;
}

/** Remembers in the page when the session opened, by its own clock. */
async function watchSession(page: Page): Promise<void> {
  await page.evaluate(() => {
    const own = window as unknown as { okno: Bridge; sessionOpenedAt?: number }; // the preload puts the bridge there
    own.okno.on('session', (state) => {
      if (JSON.stringify(state).includes('loggedIn')) own.sessionOpenedAt ??= performance.now();
    });
  });
}

/** Milliseconds from the open session to the painted list. */
async function listPainted(page: Page): Promise<number> {
  await painted(page, '[role=row]', anyLetter);
  return page.evaluate(() => performance.now() - (window as unknown as { sessionOpenedAt: number }).sessionOpenedAt);
}

/**
 * The start up to what waits for the person, and then from the open session to the list. Between them lies the password, typed and
 * checked (argon2id), which is left out: where the system has a keyring the session opens without it, a virtual display has none.
 */
async function taskList(centre: Centre, profile: string): Promise<number> {
  const began = performance.now();
  const started = await launch(root, ['--server', centre.url, '--profile', profile]);
  const { page } = started;
  await painted(page, 'input[type=password]');
  const toLogin = performance.now() - began;
  await watchSession(page);
  await page.getByLabel('Пользователь', { exact: true }).fill('belova');
  await page.getByLabel('Пароль', { exact: true }).fill(testUsers.belova.password);
  await page.getByRole('button', { name: /^Войти/ }).click();
  const toList = await listPainted(page);
  await closed(started);
  return toLogin + toList;
}

async function open(): Promise<Pair> {
  await prepareDesktop();
  const display = await openDisplay();
  const centre = await startCentre();
  const profile = mkdtempSync(path.join(os.tmpdir(), 'okno-bench-window-'));
  for (let n = 1; n <= letters; n++) await sendLetter({ port: centre.smtpPort, from: `sender-${n}@pochta-mo.ru`, to: mailboxes.clients, subject: `Письмо ${n}`, text: 'Прошу сообщить срок.' });
  await pause(1_000); // the last ones become tasks
  return {
    product: () => taskList(centre, profile),
    bare: emptyWindow,
    close: async () => {
      await centre.close();
      display.stop();
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

export const windowStart: Measurement = {
  name: 'windowStart', title: 'Окно со списком задач, сессия открыта', unit: 'мс', goal: { side: 'atMost', ratio: 1.8 }, rounds: 7, open,
  productTitle: 'запуск до экрана входа и от открытой сессии до нарисованного списка (ввод и проверка пароля не считаются)',
  bareTitle: 'пустое окно Electron',
};
