import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { arePackagesCurrent, node24 } from '../../tools/setup/packages.mjs';

let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'okno-packages-'));
  // On a machine that has Node 24 itself, node24() is that one and exists anyway.
  mkdirSync(path.dirname(node24(root)), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Locked {
  readonly version: string;
  readonly integrity: string;
  readonly optional?: boolean;
}

function write(wanted: Readonly<Record<string, Locked>>, installed: Readonly<Record<string, Locked>>): void {
  mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }));
  writeFileSync(path.join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
}

const zod = { version: '4.0.0', integrity: 'sha512-a' };

it.each([
  ['the same packages', { 'node_modules/zod': zod }, { 'node_modules/zod': zod }, true],
  ['a package for another system', { 'node_modules/zod': zod, 'node_modules/win': { ...zod, optional: true } }, { 'node_modules/zod': zod }, true],
  ['another version', { 'node_modules/zod': zod }, { 'node_modules/zod': { ...zod, version: '3.9.9' } }, false],
  ['other contents', { 'node_modules/zod': zod }, { 'node_modules/zod': { ...zod, integrity: 'sha512-b' } }, false],
  ['a missing package', { 'node_modules/zod': zod }, {}, false],
])('packages are compared by what npm recorded: %s', (_title, wanted, installed, current) => {
  write(wanted, installed);
  expect(arePackagesCurrent(root)).toBe(current);
});

it('packages that were never installed are not current', () => {
  expect(arePackagesCurrent(root)).toBe(false);
});
