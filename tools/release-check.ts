import { execFile } from 'node:child_process';
import process from 'node:process';
import { parseArgs, promisify } from 'node:util';
import { electronSupport } from './release/electron-support.ts';
import { shippedElectronVersion } from './runtime/official-electron.ts';
import { root } from './setup/files.ts';
import { failWith, SetupError } from './setup/progress.ts';

/** Well above two thousand versions with their times, bytes. */
const longestAnswer = 16 * 1024 * 1024;

/** When each version of Electron was published, from the registry that npm is set to. */
async function publishedVersions(): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)('npm', ['view', 'electron', 'time', '--json', '--loglevel=error'], { cwd: root, shell: process.platform === 'win32', maxBuffer: longestAnswer }).catch((error: unknown) => {
    throw new SetupError('Реестр npm не ответил, когда вышли версии Electron.', 'проверьте связь с реестром и повторите команду.', { cause: error });
  });
  // npm's own answer: version → time of its publication.
  return JSON.parse(stdout) as Record<string, string>;
}

/** `npm run release-check [-- --date 2027-01-31]`: may this be released? Asked by the release job, never by the proof: its answer changes with the date. */
try {
  const { values } = parseArgs({ options: { date: { type: 'string' } } });
  const at = values.date === undefined ? Date.now() : Date.parse(values.date);
  if (Number.isNaN(at)) throw new SetupError(`Дата «${values.date ?? ''}» не прочитана.`, 'укажите её так: --date 2027-01-31.');
  const version = shippedElectronVersion();
  const { isSupported, newer, newestOfMajor } = electronSupport({ version, published: await publishedVersions(), knownAt: Date.now(), at });
  const date = new Date(at).toISOString().slice(0, 10);
  if (!isSupported) {
    throw new SetupError(`Electron ${version} на ${date} снят с поддержки: вышли ${newer.join(', ')}.`, `обновите electron в package.json до одной из ветвей ${newer.slice(-3).join(', ')}, прогоните npm test и повторите.`);
  }
  console.log(`Electron ${version} на ${date} поддерживается.${newestOfMajor === version ? '' : ` Есть исправления новее: ${newestOfMajor}.`}`);
} catch (error) {
  failWith(error);
}
