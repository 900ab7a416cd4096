import path from 'node:path';
import { app, Menu, session, type BrowserWindow } from 'electron';
import { z } from 'zod';
import { registerAppScheme, serveAppScheme } from './app/app-protocol.ts';
import { askBeforeClosing } from './app/closing.ts';
import { DeskWorker } from './app/desk-worker.ts';
import { systemDialogs, testDialogs } from './app/dialogs.ts';
import { EmailFrames } from './app/email-frames.ts';
import { PdfFrames } from './app/pdf-frames.ts';
import { removeTemporaryFiles } from './app/file-actions.ts';
import { hardenContents, hardenSession } from './app/hardening.ts';
import { openLog } from './app/log.ts';
import { askAndOpen } from './app/open-external.ts';
import { readOptions, type Options } from './app/options.ts';
import { savePicture } from './app/screenshot.ts';
import { idleFromFile, systemIdle } from './app/system-idle.ts';
import { WindowLock } from './app/window-lock.ts';
import { followKeys } from './app/window-keys.ts';
import { followTheme, openWindow, screenAddress } from './app/window.ts';
import { lockMinutesSetting } from '../shared/protocol/lock.ts';
import { readAuthorities } from './trusted-authorities.ts';
import { bridgeNames, registerCalls, sendEvent } from './ipc/register-calls.ts';
import { contentFromWorker, windowHandlers } from './ipc/window-handlers.ts';

const built = path.join(import.meta.dirname, '..');
/** How often the idle time is looked at; the lock comes at most so much late. */
const lookEveryMs = 5_000;

/** A call about a setting: a reading has no value. */
const settingArgs = z.object({ key: z.string(), value: z.unknown().optional() });

/** Everything that starts, in order. Each line needs the ones above it. */
async function start(options: Options, authorities: readonly string[]): Promise<void> {
  const log = openLog(options.profile);
  const frames = new EmailFrames();
  const pdfFrames = new PdfFrames();
  let window: BrowserWindow | null = null;
  let closing: ReturnType<typeof askBeforeClosing> | null = null;
  const currentWindow = (): BrowserWindow => {
    if (window === null) throw new Error('The window is closed');
    return window;
  };
  const currentClosing = (): ReturnType<typeof askBeforeClosing> => {
    if (closing === null) throw new Error('The window is closed');
    return closing;
  };
  const openLink = (url: string): void => {
    askAndOpen(currentWindow(), url).catch((error: unknown) => log('A link was not opened', error));
  };

  app.on('second-instance', () => showAgain(window));
  hardenContents(openLink);
  // Before the program is ready: the thread's start takes as long as Chromium's, and there is a core for each.
  const worker = new DeskWorker({
    data: { folder: options.profile, server: options.server, authorities: [...authorities], nativeBinding: options.nativeBinding },
    onEvent: (name, payload) => lock.pass(name, payload),
    log,
  });
  const idle = systemIdle();
  const lock = new WindowLock({
    idle: options.testIdle === null ? idle : idleFromFile(options.testIdle),
    lock: () => void worker.call('session.lock', {}).catch((error: unknown) => log('The window was not locked', error)),
    send: (name, payload) => sendEvent(window, name, payload),
  });
  await app.whenReady();
  Menu.setApplicationMenu(null);
  hardenSession(session.defaultSession, frames);
  serveAppScheme(session.defaultSession, {
    pages: path.join(built, 'renderer'),
    pdfPages: path.join(built, 'pdf'),
    frames,
    pdfFrames,
    fileContent: (fileId) => {
      lock.check('file.fetch');
      return contentFromWorker(worker, fileId);
    },
    log,
  });
  const dialogs = options.testDialogs === null ? systemDialogs(currentWindow) : testDialogs(options.testDialogs);
  registerCalls({
    window: () => window,
    worker,
    handlers: windowHandlers({ window: currentWindow, worker, dialogs, frames, pdfFrames, closing: currentClosing, server: options.server }),
    check: (name) => lock.check(name),
    onAnswered: (name, args, answer) => {
      followSetting(name, args, answer, 'window.theme', followTheme);
      followSetting(name, args, answer, lockMinutesSetting, (minutes) => lock.setMinutes(minutes));
    },
    log,
  });
  window = openWindow({ profile: options.profile, preload: path.join(built, 'preload/index.cjs'), names: bridgeNames, log });
  window.on('closed', () => {
    window = null;
  });
  // Behind the lock nobody can be asked: what is typed is journalled, and comes back at the next login.
  closing = askBeforeClosing(window, () => (lock.isLocked ? currentClosing().close() : sendEvent(window, 'closing', {})));
  app.on('before-quit', closing.programEnds);
  followKeys(window.webContents, (key) => {
    if (!lock.isLocked) sendEvent(window, 'commandKey', key);
  });
  idle.follow(window.webContents);
  setInterval(() => lock.look(), lookEveryMs);
  closeInOrder(worker, log);
  await window.loadURL(screenAddress);
  if (options.screenshot !== null) await savePicture(window, options.screenshot);
}

/** A setting of the user that this process needs too, when the page writes it and when it reads it after a login. */
function followSetting(name: string, args: unknown, answer: unknown, key: string, apply: (value: unknown) => void): void {
  if (name !== 'settings.set' && name !== 'settings.get') return;
  const setting = settingArgs.safeParse(args);
  if (setting.success && setting.data.key === key) apply(name === 'settings.get' ? answer : setting.data.value);
}

function showAgain(window: BrowserWindow | null): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Files are closed before the process ends: calls in flight are answered first. */
function closeInOrder(worker: DeskWorker, log: (text: string, error?: unknown) => void): void {
  let closed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void Promise.allSettled([worker.close(), removeTemporaryFiles()]).then((results) => {
      for (const result of results) if (result.status === 'rejected') log('Closing failed', result.reason);
      closed = true;
      app.quit();
    });
  });
}

/** What Chromium keeps lives inside the profile, and the lock of the single instance with it (F11). */
function prepare(): { readonly options: Options; readonly authorities: readonly string[] } {
  app.setName('ОКНО');
  const options = readOptions(process.argv, process.env, path.join(app.getPath('appData'), 'okno'));
  const authorities = options.ca === null ? [] : readAuthorities(options.ca);
  app.setPath('userData', path.join(options.profile, 'window'));
  // For every process, also of pages not opened yet. As root Chromium has no sandbox of the system, and the launcher says so.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerAppScheme();
  return { options, authorities };
}

function run(): void {
  let prepared: ReturnType<typeof prepare>;
  try {
    prepared = prepare();
  } catch (error) {
    const reason = error instanceof z.ZodError ? error.issues.map(({ message }) => message).join('; ') : error instanceof Error ? error.message : String(error);
    process.stderr.write(`ОКНО не запущено: ${reason}\n`);
    app.exit(2);
    return;
  }
  const { options, authorities } = prepared;
  // A second start on the same profile only shows the first one's window.
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  start(options, authorities).catch((error: unknown) => {
    openLog(options.profile)('The program did not start', error);
    process.stderr.write('ОКНО не запущено: подробности в okno.log в папке профиля\n');
    app.exit(1);
  });
}

run();
