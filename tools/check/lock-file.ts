import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Violation } from './source-files.ts';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type Packages = Readonly<Record<string, LockedPackage>>;

/** Where Node would find a package asked for at `location`: its own node_modules first, then those above. */
function resolve(packages: Packages, location: string, name: string): LockedPackage | undefined {
  for (let folder = location; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const found = packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`];
    if (found || folder === '') return found;
  }
}

/**
 * npm leaves a package for another system out of the lock file when the registry does not have it (yet), says nothing, and then `npm ci` refuses
 * the lock file on every machine. Every optional dependency of an exact version must be in it.
 */
export function missingOptionalPackages(packages: Packages): Violation[] {
  return Object.entries(packages).flatMap(([location, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies).flatMap(([name, wanted]) => {
      const found = resolve(packages, location, name);
      if (found && (found.version === wanted || !/^\d/.test(wanted))) return [];
      return [{ file: 'package-lock.json', problem: `нет ${name}@${wanted}, нужного ${location}: возьмите версию, у которой в реестре есть пакеты для всех систем` }];
    }),
  );
}

/** Checks package-lock.json. */
export function lockViolations(root: string): Violation[] {
  // The lock file is npm's own and of version 3.
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as { packages: Packages };
  return missingOptionalPackages(lock.packages);
}
