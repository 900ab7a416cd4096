import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../tools/setup/files.ts';
import { writtenPages } from '../../tools/docs/written-pages.ts';

it.each(Object.entries(writtenPages()))('docs/%s is what the code says (else: node tools/docs/write-docs.ts)', (name, text) => {
  expect(readFileSync(path.join(root, 'docs', name), 'utf8')).toBe(text);
});
