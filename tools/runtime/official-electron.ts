import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runProgram } from '../setup/child-process.ts';
import { root } from '../setup/files.ts';
import { step } from '../setup/progress.ts';

/** An Electron on this machine's disk. */
export interface ElectronProgram {
  readonly executable: string;
  readonly version: string;
}

const electronPackage = path.join(root, 'node_modules', 'electron');
const quickTimeoutMs = 4_000;

/** The version that is shipped: the one place is `electron` in package.json. */
export function shippedElectronVersion(): string {
  // electron's own manifest, installed by the lock file.
  const manifest = JSON.parse(readFileSync(path.join(electronPackage, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

function installedExecutable(): string | undefined {
  const pathFile = path.join(electronPackage, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const executable = path.join(electronPackage, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : undefined;
}

/** Whether the place of Electron's releases answers at all: it decides in four seconds between waiting and going another way. */
async function isReachable(): Promise<boolean> {
  const version = shippedElectronVersion();
  const base = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/electron/electron/releases/download/';
  return fetch(`${base.replace(/\/?$/, '/')}v${version}/SHASUMS256.txt`, { method: 'HEAD', signal: AbortSignal.timeout(quickTimeoutMs) }).then(
    (response) => response.ok,
    () => false,
  );
}

/** Electron's own installer: takes the archive from its cache, the mirror or GitHub, and checks its sums. */
async function install(): Promise<void> {
  const { code, output } = await runProgram(process.execPath, [path.join(electronPackage, 'install.js')]);
  if (code !== 0) console.log(`  Electron не скачался: ${output.trim().split('\n')[0] ?? ''}`);
}

/** The official Electron of the shipped version when it is on this machine already. */
export function installedOfficialElectron(): ElectronProgram | undefined {
  const executable = installedExecutable();
  return executable === undefined ? undefined : { executable, version: shippedElectronVersion() };
}

/** Downloads the official Electron; undefined where it cannot be had, or where OKNO_ELECTRON_SOURCE=registry forbids asking. */
export async function downloadOfficialElectron(): Promise<ElectronProgram | undefined> {
  if (process.env['OKNO_ELECTRON_SOURCE'] === 'registry' || !(await isReachable())) return undefined;
  await step(`Скачиваю Electron ${shippedElectronVersion()}`, install);
  return installedOfficialElectron();
}
