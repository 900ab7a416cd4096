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
import { row } from '../helpers/letter-road.ts';
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

/** The next frame is on the screen. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
}

/** As a person closes the window: the next start finds the files in order. */
async function closed({ app }: Started): Promise<void> {
  await app.close();
}

async function emptyWindow(): Promise<number> {
  const began = performance.now();
  const started = await launch(path.join(import.meta.dirname, 'empty-window'), []);
  await started.page.getByText('empty').waitFor();
  await painted(started.page);
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
  await row(page, anyLetter).waitFor({ timeout: 60_000 });
  await painted(page);
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
  await page.getByLabel('Пароль', { exact: true }).waitFor({ timeout: 60_000 });
  await painted(page);
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
  name: 'windowStart', title: 'Окно со списком задач, сессия открыта', unit: 'мс', goal: { side: 'atMost', ratio: 1.8 }, rounds: 3, open,
  productTitle: 'запуск до экрана входа и от открытой сессии до нарисованного списка (ввод и проверка пароля не считаются)',
  bareTitle: 'пустое окно Electron',
};
