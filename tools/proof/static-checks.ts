import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { runProgram } from '../setup/child-process.ts';
import { root } from '../setup/files.ts';
import { sum, type Tally } from './tally.ts';

interface StaticCheck {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
}

const binaries = path.join(root, 'node_modules', '.bin');
const zones = ['shared', 'main', 'preload', 'renderer', 'server', 'tools', 'tests'];

const checks: readonly StaticCheck[] = [
  ...zones.map((zone) => ({ title: `типы: ${zone}`, command: path.join(binaries, 'tsc'), args: ['-p', `tsconfig.${zone}.json`] })),
  { title: 'типы: main и preload в Electron 33', command: process.execPath, args: ['tools/check/electron-33-types.ts'] },
  { title: 'правила кода', command: path.join(binaries, 'oxlint'), args: ['--type-aware', '--quiet', '.'] },
  ...[
    ['кто кого импортирует', 'zones'],
    ['имена файлов', 'names'],
    ['лицензии', 'licences'],
    ['package-lock.json', 'lock'],
  ].map(([title = '', name = '']) => ({ title, command: process.execPath, args: ['tools/check/run-check.ts', name] })),
];

async function runCheck({ title, command, args }: StaticCheck): Promise<Tally> {
  const { code, output } = await runProgram(command, args, { cwd: root });
  console.log(`${code === 0 ? '✓' : '✗'} ${title}`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Types of each folder, lint, import zones, names, licences, as many at once as there are cores: each counts as one. */
export async function runStaticChecks(): Promise<Tally> {
  const waiting = checks.values();
  const tallies: Tally[] = [];
  const runWaiting = async (): Promise<void> => {
    for (const check of waiting) tallies.push(await runCheck(check));
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, runWaiting));
  return sum(tallies);
}
