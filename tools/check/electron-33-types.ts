import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { withRegistryPackage } from '../runtime/registry-package.ts';
import { runProgram } from '../setup/child-process.ts';
import { root } from '../setup/files.ts';
import { failWith } from '../setup/progress.ts';

/**
 * The program must run in the shipped Electron and in the older one that closed networks have. The usual check of types uses the
 * shipped one's; this one compiles main/ and preload/ against the older one's. The types lie inside the repository, because they name Node's.
 */
const older = { name: 'electron', version: '33.2.1', integrity: 'sha512-SG/nmSsK9Qg1p6wAW+ZfqU+AV8cmXMTIklUL18NnOKfZLlum4ZsDoVdmmmlL39ZmeCaq27dr7CgslRPahfoVJg==', megabytes: 1 };
const folder = path.join(root, '.cache', `electron-${older.version}`);
const types = path.join(folder, 'electron.d.ts');

async function fetchTypes(): Promise<void> {
  if (existsSync(types)) return;
  await mkdir(folder, { recursive: true });
  await withRegistryPackage(older, ['electron.d.ts'], (contents) => copyFile(path.join(contents, 'electron.d.ts'), types));
}

async function compile(zone: 'main' | 'preload'): Promise<boolean> {
  const project = path.join(folder, `tsconfig.${zone}.json`);
  const paths = { 'better-sqlite3': [path.join(root, 'node_modules/better-sqlite3/index.d.ts')], electron: [types], 'electron/*': [types] };
  await writeFile(project, JSON.stringify({ extends: path.join(root, `tsconfig.${zone}.json`), compilerOptions: { paths }, include: [path.join(root, zone, '**/*.ts')] }));
  const { code, output } = await runProgram(path.join(root, 'node_modules/.bin/tsc'), ['-p', project], { cwd: root });
  if (code !== 0) console.error(output.trimEnd());
  return code === 0;
}

try {
  await fetchTypes();
  process.exitCode = (await compile('main')) && (await compile('preload')) ? 0 : 1;
} catch (error) {
  failWith(error);
}
