import { existsSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { centreUrl, makeAdministrator, startCentre, startEmulator, type Installation } from './launch/centre.ts';
import { takeDataFolder } from './launch/data-owner.ts';
import { demoState, fillDemo, markDemo } from './launch/demo-filling.ts';
import { choosePort } from './launch/ports.ts';
import type { Service } from './launch/service.ts';
import { explainRuntime, openWindow, pictureFile, type Window } from './launch/window.ts';
import type { DesktopRuntime } from './runtime/desktop-runtime.ts';
import { openDisplay } from './setup/display.ts';
import { prepareDesktop } from './setup/prepare-desktop.ts';
import { failWith } from './setup/progress.ts';

const adminLogin = 'admin';
const usage = { data: { type: 'string', default: 'data' }, port: { type: 'string' }, 'smtp-port': { type: 'string' }, 'emulator-port': { type: 'string' } } as const;

async function readInstallation(data: string): Promise<Installation> {
  const { values } = parseArgs({ options: usage });
  return {
    data,
    port: await choosePort({ flag: 'port', asked: values.port, usual: 8420 }),
    smtpPort: await choosePort({ flag: 'smtp-port', asked: values['smtp-port'], usual: 2525 }),
    emulatorPort: await choosePort({ flag: 'emulator-port', asked: values['emulator-port'], usual: 8421 }),
  };
}

/** Everything that runs, in the order of starting; stopped in the opposite one, once. */
class Running {
  readonly #stops: (() => Promise<void> | void)[] = [];
  #stopping: Promise<void> | undefined;

  /** Whether the end of a part is what was asked for. */
  get isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  add(stop: () => Promise<void> | void): void {
    this.#stops.push(stop);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    for (const stop of this.#stops.toReversed()) await stop();
  }
}

async function startServices(installation: Installation, running: Running): Promise<Service[]> {
  const state = demoState(installation.data);
  const mustFill = state === 'new' || state === 'filling';
  if (mustFill) await markDemo(installation.data, 'filling');
  const adminPassword = mustFill ? await makeAdministrator(installation, adminLogin) : undefined;
  const emulator = await startEmulator(installation);
  running.add(emulator.stop);
  const centre = await startCentre(installation, { isDemo: state !== 'own' });
  running.add(centre.stop);
  if (adminPassword !== undefined) {
    await fillDemo(installation, adminLogin, adminPassword);
    await markDemo(installation.data, 'filled');
  }
  return [emulator, centre];
}

/** Waits for the picture that the program saves after its first paint. */
async function announcePicture(startedMs: number): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (existsSync(pictureFile) && statSync(pictureFile).mtimeMs >= startedMs) {
      console.log(`Снимок окна: ${pictureFile}`);
      return;
    }
    await pause(100);
  }
  console.log('Снимок окна за полминуты не появился.');
}

async function showWindow(runtime: DesktopRuntime, installation: Installation, running: Running): Promise<Window> {
  explainRuntime(runtime);
  const display = await openDisplay();
  running.add(display.stop);
  const started = Date.now();
  await mkdir(path.dirname(pictureFile), { recursive: true });
  await rm(pictureFile, { force: true });
  const flags = ['--server', centreUrl(installation), '--profile', path.join(installation.data, 'desk')];
  const window = openWindow(runtime, { flags, environment: display.isVirtual ? { OKNO_SCREENSHOT: pictureFile } : {}, logFile: path.join(installation.data, 'logs', 'window.log') });
  running.add(window.stop);
  if (display.isVirtual) {
    console.log(`Дисплея нет: окно открыто на виртуальном (Xvfb ${display.name}).`);
    await announcePicture(started);
  }
  return window;
}

/** Waits for the window to be closed or for a part to fail, and says which; the exit code. */
async function untilEnd(window: Window, services: readonly Service[], running: Running): Promise<number> {
  return Promise.race([
    window.ended.then(() => {
      if (!running.isStopping) console.log('Окно закрыто.');
      return 0;
    }),
    ...services.map((service) =>
      service.ended.then((code) => {
        if (running.isStopping) return 0;
        console.error(`✗ ${service.title}: программа неожиданно завершилась (код ${code}). Журнал – в папке данных, logs.`);
        return 1;
      }),
    ),
  ]);
}

/** `npm start`: everything on one machine. */
const running = new Running();
try {
  const started = Date.now();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!running.isStopping) console.log('\nОстанавливаю…');
      void running.stop().then(() => process.exit(0));
    });
  }
  // First, so that a machine that cannot open the window is told so before a database is made.
  const runtime = await prepareDesktop();
  const data = path.resolve(parseArgs({ options: usage }).values.data);
  running.add(takeDataFolder(data));
  const installation = await readInstallation(data);
  const services = await startServices(installation, running);
  const window = await showWindow(runtime, installation, running);
  console.log(`Готово за ${((Date.now() - started) / 1000).toFixed(1).replace('.', ',')} с. Центр: ${centreUrl(installation)}, данные: ${installation.data}. Остановить всё – Ctrl+C.`);
  process.exitCode = await untilEnd(window, services, running);
  await running.stop();
  process.exit();
} catch (error) {
  await running.stop();
  failWith(error);
}
