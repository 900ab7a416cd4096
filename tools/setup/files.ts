import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../..');

/** Where downloaded and compiled things are kept between clones: OKNO_CACHE, else the user's cache folder. */
export function cacheFolder(): string {
  return process.env['OKNO_CACHE'] ?? path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'okno');
}

/**
 * sha256 (hex) over texts, and the paths and contents of files; a missing file counts as empty. Paths count relative to the repository,
 * so that another clone of the same sources gives the same hash.
 */
export function hashOf(parts: { readonly texts: readonly string[]; readonly files: readonly string[] }): string {
  const hash = createHash('sha256');
  for (const text of parts.texts) hash.update(text).update('\0');
  for (const file of parts.files) hash.update(path.relative(root, file)).update('\0').update(existsSync(file) ? readFileSync(file) : '').update('\0');
  return hash.digest('hex');
}

/** All files under the given folders of the repository, sorted; absent folders give none. */
export function filesUnder(folders: readonly string[]): string[] {
  return folders
    .map((folder) => path.join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)))
    .sort();
}
