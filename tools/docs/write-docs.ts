import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/files.ts';
import { writtenPages } from './written-pages.ts';

/** `node tools/docs/write-docs.ts`: writes the pages that are made from the code. */
for (const [name, text] of Object.entries(writtenPages())) {
  writeFileSync(path.join(root, 'docs', name), text);
  console.log(`Записано: docs/${name}`);
}
