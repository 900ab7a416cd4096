import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** A place that breaks a rule: the file, relative to the repository, and what is wrong in Russian. */
export interface Violation {
  readonly file: string;
  readonly problem: string;
}

const folders = ['shared', 'main', 'preload', 'renderer', 'server', 'tools', 'tests'];

/** All our TypeScript and JavaScript files, relative to the repository, with forward slashes. */
export function sourceFiles(root: string): string[] {
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`))
    .filter((file) => /\.(ts|tsx|mjs|cjs)$/.test(file) && !file.endsWith('.d.ts'))
    .sort();
}
