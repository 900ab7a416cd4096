import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { desktopRuntime } from '../../tools/runtime/desktop-runtime.ts';
import { root } from '../../tools/setup/files.ts';
import type { Bridge } from '../../shared/protocol/ipc.ts';
import type { Centre } from './centre.ts';
import { openLink, type Link } from './link.ts';
import { testUsers, type TestLogin } from './small-company.ts';

/** A workplace: the real window on a profile of its own, with its own wire to the centre. */
export interface Desk {
  readonly app: ElectronApplication;
  /** Changes with `reopen`: ask for it each time. */
  readonly page: Page;
  readonly profile: string;
  readonly link: Link;
  /** What the system's next dialogs «Открыть» and «Сохранить» will answer, one each, in order. */
  readonly answerDialogs: (answers: readonly DialogAnswer[]) => Promise<void>;
  /** As a pulled cable; resolves when the status line says so. The program is asked to exchange at once: it would notice by itself within a minute. */
  readonly goOffline: () => Promise<void>;
  readonly goOnline: () => Promise<void>;
  /** SIGKILL to the whole program. */
  readonly kill9: () => Promise<void>;
  /** Starts the program again on the same profile, and logs in unless told not to. */
  readonly reopen: (options?: { readonly login?: boolean }) => Promise<void>;
  readonly logIn: (user?: TestLogin) => Promise<void>;
  readonly picture: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Files chosen, the file or the folder to save into; none = cancelled. */
export interface DialogAnswer {
  readonly files?: readonly string[];
  readonly save?: string;
  readonly folder?: string;
}

export interface DeskOptions {
  readonly centre: Pick<Centre, 'port'>;
  /** The centre speaks TLS at its port; a file of authorities is given to the program by `--ca`. */
  readonly tls?: { readonly ca: string | null };
  /** An existing profile folder; a new one by default. */
  readonly profile?: string;
  readonly login?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** A packaged program to start instead of the repository's; it brings its own SQLite and, started by an ordinary user, Chromium's sandbox. */
  readonly packaged?: string;
}

interface Opened {
  readonly app: ElectronApplication;
  readonly child: ChildProcess;
  readonly page: Page;
}

const windowSize = { width: 1366, height: 768 };

interface Launch {
  readonly executable: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** How the program of the repository is started here, or a packaged one. */
async function launchOf(packaged: string | undefined): Promise<Launch> {
  if (packaged !== undefined) return { executable: packaged, args: [], environment: {} };
  const { executable, switches, environment } = await desktopRuntime();
  return { executable, args: [...switches, root], environment };
}

async function launch({ executable, args, environment }: Launch, flags: readonly string[]): Promise<Opened> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const app = await _electron.launch({
    executablePath: executable,
    args: [...args, ...flags],
    chromiumSandbox: !args.includes('--no-sandbox'), // without it Playwright would switch the sandbox off for everyone
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...environment },
    timeout: 60_000,
  });
  const child = app.process(); // kept: Playwright forgets it when the program has ended
  const page = await app.firstWindow({ timeout: 60_000 });
  await page.setViewportSize(windowSize).catch(() => undefined); // a window that cannot be resized stays as it is
  return { app, child, page };
}

/** Types the name and the password into the login screen and waits until it is gone. */
async function logInAt(page: Page, user: TestLogin): Promise<void> {
  const { password } = testUsers[user];
  await page.getByLabel('Пользователь', { exact: true }).fill(user);
  await page.getByLabel('Пароль', { exact: true }).fill(password);
  await page.getByRole('button', { name: /^Войти/ }).click();
  await page.getByRole('navigation').waitFor({ timeout: 60_000 });
}

/** What a click on the status line does. */
async function exchangeNow(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as { okno: Bridge }).okno.call('connection.sync', {})); // the preload puts it there
}

/** The program and all that Chromium started for it: the window's process leads their group. */
async function killTree(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  await gone;
}

/** Processes of a killed group may still be ending. */
const patiently = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const;

/**
 * Opens a desk and logs `user` in through the window. The program must be built (the end-to-end project's set-up does it). Close the desk at the
 * end of the test.
 */
export async function startDesk(user: TestLogin, { centre, tls, profile: given, login = true, environment = {}, packaged }: DeskOptions): Promise<Desk> {
  const profile = given ?? (await mkdtemp(path.join(os.tmpdir(), 'okno-desk-')));
  const ownFolder = await mkdtemp(path.join(os.tmpdir(), 'okno-dialogs-'));
  await chmod(ownFolder, 0o755); // the program may be another user's
  const dialogs = path.join(ownFolder, 'answers.json');
  await writeFile(dialogs, '[]');
  const link = await openLink(centre.port);
  const how = await launchOf(packaged);
  const server = tls === undefined ? link.url : link.url.replace('http:', 'https:');
  const flags = ['--server', server, '--profile', profile, ...(tls?.ca ? ['--ca', tls.ca] : [])];
  const open = () => launch({ ...how, environment: { ...how.environment, OKNO_TEST_DIALOGS: dialogs, ...environment } }, flags);
  let current = await open();
  const logIn = (who: TestLogin = user): Promise<void> => logInAt(current.page, who);
  if (login) await logIn();
  return {
    get app() {
      return current.app;
    },
    get page() {
      return current.page;
    },
    profile,
    answerDialogs: (answers) => writeFile(dialogs, JSON.stringify(answers)),
    link,
    goOffline: async () => {
      link.cut();
      await exchangeNow(current.page);
      await current.page.getByText(/^Нет связи с центром/).first().waitFor({ timeout: 60_000 });
    },
    goOnline: async () => {
      link.restore();
      await exchangeNow(current.page);
      await current.page.getByText('На связи', { exact: true }).waitFor({ timeout: 60_000 });
    },
    kill9: () => killTree(current.child),
    reopen: async (options = {}) => {
      await killTree(current.child);
      current = await open();
      if (options.login ?? true) await logIn();
    },
    logIn,
    picture: async (file) => {
      await current.page.screenshot({ path: file });
    },
    close: async () => {
      await killTree(current.child);
      await link.close();
      await rm(ownFolder, patiently);
      if (given === undefined) await rm(profile, patiently);
    },
  };
}
