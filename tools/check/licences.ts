import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Violation } from './source-files.ts';

/** Licences under which a closed or commercial product may be built and given away. */
const allowed = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Python-2.0', 'OFL-1.1', 'Zlib', 'PostgreSQL', 'WTFPL']);

/** File-level copyleft: fine unchanged, and only for what builds and checks the product. */
const allowedForTools = new Set(['MPL-2.0', 'CC-BY-4.0']);

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

function isAllowed(expression: string, isTool: boolean): boolean {
  const names = expression.replace(/[()]/g, '').trim();
  if (/ OR /i.test(names)) return names.split(/ OR /i).some((name) => isAllowed(name, isTool));
  if (/ AND /i.test(names)) return names.split(/ AND /i).every((name) => isAllowed(name, isTool));
  return allowed.has(names) || (isTool && allowedForTools.has(names));
}

/** The licence of a package that the lock file does not name one for, if the package is installed here. */
function installedLicence(root: string, location: string): string | undefined {
  const manifest = path.join(root, location, 'package.json');
  if (!existsSync(manifest)) return undefined;
  // A package.json of others: only the one field is looked at, whatever it holds.
  const { license } = JSON.parse(readFileSync(manifest, 'utf8')) as { license?: unknown };
  return typeof license === 'string' ? license : undefined;
}

/** Every package of the lock file must have a licence of the list. */
export function licenceViolations(root: string): Violation[] {
  // The lock file is npm's own and of version 3.
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, LockedPackage> };
  return Object.entries(lock.packages).flatMap(([location, locked]) => {
    if (location === '' || locked.link) return [];
    const licence = locked.license ?? installedLicence(root, location) ?? 'не указана';
    return isAllowed(licence, locked.dev === true) ? [] : [{ file: location, problem: `лицензия ${licence} не из списка разрешённых` }];
  });
}
