import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/files.ts';

/** A numbered procedure of the customer's text. A leaf is something a user does; the others are chapters. */
export interface Procedure {
  readonly number: string;
  readonly leaf: boolean;
  readonly name: string;
}

/** All procedures in the order of the customer's text (docs/procedures.tsv: number, leaf, name). */
export function procedures(): readonly Procedure[] {
  const [, ...lines] = readFileSync(path.join(root, 'docs/procedures.tsv'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [number = '', leaf = '', name = ''] = line.split('\t');
    return { number, leaf: leaf === 'yes', name };
  });
}
