import { createPackageWithOptions } from '@electron/asar';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { root } from '../setup/files.ts';
import { SetupError, step } from '../setup/progress.ts';
import type { DesktopRuntime } from './desktop-runtime.ts';
import { setShippedFuses } from './shipped-fuses.ts';

/** Where SQLite's binary of this machine lies inside its package. */
const binary = path.join('prebuilds', `${process.platform}-${process.arch}.node`);

/** What the program needs of the repository at run time: the built program and the one module with a native part. */
async function collectProgram(folder: string, runtime: DesktopRuntime): Promise<void> {
  // Our own manifest.
  const { name, version, main, type } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Record<'name' | 'version' | 'main' | 'type', string>;
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name, productName: 'ОКНО', version, main, type }));
  await cp(path.join(root, 'dist'), path.join(folder, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.map') && !file.endsWith('.sha256') });
  const [from, to] = [path.join(root, 'node_modules', 'better-sqlite3'), path.join(folder, 'node_modules', 'better-sqlite3')];
  for (const part of ['package.json', 'LICENSE', 'lib']) await cp(path.join(from, part), path.join(to, part), { recursive: true });
  await mkdir(path.join(to, 'prebuilds'), { recursive: true });
  await cp(runtime.environment['OKNO_SQLITE_BINDING'] ?? path.join(from, binary), path.join(to, binary));
}

interface PackageOptions {
  /** For tests: fuses as shipped but for the debugger's. */
  readonly debuggable?: boolean;
}

async function buildInto(folder: string, runtime: DesktopRuntime, debuggable: boolean): Promise<void> {
  const program = await mkdtemp(`${folder}-program-`);
  try {
    await collectProgram(program, runtime);
    const resources = path.join(folder, 'resources');
    await cp(path.dirname(runtime.executable), folder, { recursive: true });
    await rename(path.join(folder, path.basename(runtime.executable)), path.join(folder, 'okno'));
    // Electron's own first page, or the stand-in for it.
    for (const other of ['app', 'default_app.asar']) await rm(path.join(resources, other), { recursive: true, force: true });
    await createPackageWithOptions(program, path.join(resources, 'app.asar'), { unpack: '*.node' });
    await setShippedFuses(path.join(folder, 'okno'), { debuggable });
    await chmod(folder, 0o755);
    if (process.getuid?.() === 0) await chmod(path.join(folder, 'chrome-sandbox'), 0o4755); // a copy loses the bit
  } finally {
    await rm(program, { recursive: true, force: true });
  }
}

/**
 * Makes the program as it is given to workplaces in `folder` (replaced when it is there): Electron renamed `okno`, the built program in
 * `resources/app.asar`, the fuses set. Needs the built program. Returns the executable. On Linux: the other systems want the archive's sum inside the executable.
 */
export async function packageDesktop(folder: string, runtime: DesktopRuntime, { debuggable = false }: PackageOptions = {}): Promise<string> {
  if (process.platform !== 'linux') throw new SetupError('Пакет программы собирается только в Linux.', 'соберите его на машине с Linux: в других системах сумма архива должна лежать в самой программе, и эта команда её туда не кладёт.');
  await mkdir(path.dirname(folder), { recursive: true });
  const aside = await mkdtemp(`${folder}-`);
  try {
    await step('Собираю пакет программы', () => buildInto(aside, runtime, debuggable));
    await rm(folder, { recursive: true, force: true });
    await rename(aside, folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return path.join(folder, 'okno');
}
