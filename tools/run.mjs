/**
 * What every npm script starts first: `node tools/run.mjs NAME [flags]`. Plain JavaScript for any Node from 20 on and without
 * dependencies, for at this moment there may be none. It installs the packages and hands over to tools/NAME.ts (or the file named below) on Node 24.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { installPackages, node24 } from './setup/packages.mjs';

const root = path.resolve(import.meta.dirname, '..');
const elsewhere = { server: 'server/start.ts', bench: 'tests/bench/run.ts' };
const [name = '', ...flags] = process.argv.slice(2);

try {
  installPackages(root);
  const child = spawn(node24(root), ['--disable-warning=ExperimentalWarning', path.join(root, new Map(Object.entries(elsewhere)).get(name) ?? `tools/${name}.ts`), ...flags], { stdio: 'inherit' });
  // Ctrl+C reaches the child by itself (one terminal); a signal to this process alone must be passed on.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
} catch (error) {
  console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
