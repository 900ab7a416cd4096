import react from '@vitejs/plugin-react';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build as bundle, type InputOptions } from 'rolldown';
import { build as buildPages } from 'vite';
import { filesUnder, hashOf, root } from './files.ts';
import { SetupError, step } from './progress.ts';

const output = path.join(root, 'dist');
const stamp = path.join(output, 'sources.sha256');

/** Chromium 130 and Node 20.18, the older of the two runtimes the code must run in. */
const targets = { pages: 'chrome130', node: 'node20.18' } as const;

/** Resolved at run time: Electron itself, Node, and the one module with a native part. */
const external: NonNullable<InputOptions['external']> = ['electron', /^electron\//, /^node:/, 'better-sqlite3'];

/** What a build depends on. */
function sourcesHash(): string {
  const files = [...filesUnder(['main', 'preload', 'renderer', 'shared']), path.join(root, 'package-lock.json'), path.join(root, 'package.json'), import.meta.filename];
  return hashOf({ texts: [], files });
}

/** main/index.ts, its threads and the process that takes letters apart, ES modules sharing their chunks. */
async function buildMain(output: string): Promise<void> {
  await bundle({
    input: {
      index: path.join(root, 'main/index.ts'),
      worker: path.join(root, 'main/worker.ts'),
      'rekey-worker': path.join(root, 'main/rekey-worker.ts'),
      'letter-process': path.join(root, 'main/letter-process.ts'),
    },
    cwd: root,
    platform: 'node',
    external,
    transform: { target: targets.node },
    logLevel: 'warn',
    // Short to read at every start; names stay, for the log.
    output: { dir: path.join(output, 'main'), format: 'esm', sourcemap: true, minify: { mangle: false }, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
  });
}

/** A sandboxed preload is one CommonJS file. */
async function buildPreload(output: string): Promise<void> {
  await bundle({
    input: { index: path.join(root, 'preload/index.ts') },
    cwd: root,
    platform: 'browser',
    external,
    transform: { target: targets.pages },
    logLevel: 'warn',
    output: { dir: path.join(output, 'preload'), format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
  });
}

/** The pages. The content security policy forbids inline scripts and data: fonts, hence no inlined assets and no preload polyfill. */
async function buildRenderer(output: string): Promise<void> {
  await buildPages({
    configFile: false,
    root: path.join(root, 'renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: path.join(output, 'renderer'),
      emptyOutDir: true,
      target: targets.pages,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: true,
      chunkSizeWarningLimit: 4_000,
    },
  });
}

/** The page that shows a PDF, of an origin of its own, with the tables and fonts that a PDF may lean on and the decoders that need no wasm. */
async function buildPdfPage(output: string): Promise<void> {
  const folder = path.join(output, 'pdf');
  await buildPages({
    configFile: false,
    root: path.join(root, 'renderer/pdf'),
    base: './',
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, target: targets.pages, assetsInlineLimit: 0, modulePreload: { polyfill: false }, sourcemap: false, chunkSizeWarningLimit: 4_000 },
  });
  const library = path.join(root, 'node_modules/pdfjs-dist');
  await cp(path.join(library, 'cmaps'), path.join(folder, 'cmaps'), { recursive: true });
  await cp(path.join(library, 'standard_fonts'), path.join(folder, 'fonts'), { recursive: true });
  await cp(path.join(library, 'wasm'), path.join(folder, 'decoders'), { recursive: true, filter: (file) => !/(?:\.wasm|quickjs[^/\\]*)$/i.test(file) });
}

async function buildInto(folder: string, say: (text: string) => void): Promise<void> {
  try {
    say('главный процесс');
    await buildMain(folder);
    await buildPreload(folder);
    say('окно');
    await buildRenderer(folder);
    await buildPdfPage(folder);
  } catch (error) {
    throw new SetupError('Программа не собралась.', 'исправьте ошибку, названную ниже, и повторите команду.', { cause: error });
  }
}

/**
 * Builds the desktop program into dist/ when its sources changed since the last build (or always with `force`). It is built aside and
 * then put in place, so that a failed build leaves the previous one.
 */
export async function buildDesktop(options: { readonly force?: boolean } = {}): Promise<void> {
  const hash = sourcesHash();
  if (options.force !== true && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const aside = await mkdtemp(`${output}-`);
  try {
    await step('Собираю программу', (say) => buildInto(aside, say));
    await writeFile(path.join(aside, path.basename(stamp)), hash);
    await rm(output, { recursive: true, force: true });
    await rename(aside, output);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
