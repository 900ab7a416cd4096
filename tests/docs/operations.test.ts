import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { centreConfigSchema } from '../../server/config.ts';
import { root } from '../../tools/setup/files.ts';

const page = readFileSync(path.join(root, 'docs/operations.md'), 'utf8');
const section = page.slice(page.indexOf('## Configure the centre'), page.indexOf('## Configure the window'));
const documented = new Map([...section.matchAll(/^\| `--([a-z-]+)` \| (\S+) \|/gm)].map(([, flag = '', value = '']) => [flag, value.replaceAll('`', '')]));

it('docs/operations.md names every setting of the centre with its default, and no other', () => {
  const defaults = Object.entries(centreConfigSchema.parse({})).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), typeof value === 'string' || typeof value === 'number' ? String(value) : '–'] as const);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(defaults));
});
