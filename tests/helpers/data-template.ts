import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { filesUnder, hashOf, root } from '../../tools/setup/files.ts';
import { runProgram } from '../../tools/setup/child-process.ts';

/** A made data folder that test centres start from: initdb, migrations and the seed are done once, not in each test. */
const prefix = 'okno-test-data-';
const staleAfterMs = 300_000;
const keptForMs = 24 * 3_600_000;

function codeHash(): string {
  return hashOf({ texts: [], files: [...filesUnder(['server', 'shared', 'tools/demo', 'tests/helpers']), path.join(root, 'package-lock.json')] }).slice(0, 16);
}

function ageMs(place: string): number {
  return existsSync(place) ? Date.now() - statSync(place).mtimeMs : 0;
}

function takeLock(lock: string): boolean {
  if (ageMs(lock) > staleAfterMs) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function removeOld(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => each.startsWith(prefix))) {
    const place = path.join(folder, name);
    if (ageMs(place) > keptForMs) rmSync(place, { recursive: true, force: true });
  }
}

/**
 * The template of that name for the code as it is now. `make` fills a new folder; several test processes that ask at once
 * wait for the first one.
 */
export async function dataTemplate(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const place = path.join(os.tmpdir(), `${prefix}${name}-${codeHash()}`);
  const lock = `${place}.lock`;
  while (!existsSync(place)) {
    if (!takeLock(lock)) {
      await pause(100);
      continue;
    }
    const making = `${place}.making`;
    try {
      if (existsSync(place)) break;
      removeOld(os.tmpdir());
      rmSync(making, { recursive: true, force: true });
      await make(making);
      renameSync(making, place);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return place;
}

/** A copy of a template; owners and rights too, for the database runs as another user where we are root. */
export async function copyTemplate(template: string, folder: string): Promise<void> {
  if (process.platform === 'win32') {
    cpSync(template, folder, { recursive: true });
    return;
  }
  const { code, output } = await runProgram('cp', ['-a', template, folder]);
  if (code !== 0) throw new Error(`Копия данных не удалась: ${output}`);
}
