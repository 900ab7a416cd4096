import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A numbered procedure of the customer's text. A leaf is something a user does; the others are chapters. */
export interface Procedure {
  readonly number: string;
  readonly leaf: boolean;
  readonly name: string;
}

export const root = path.resolve(import.meta.dirname, '../..');

/** All procedures in the order of the customer's text (docs/procedures.tsv: number, leaf, name). */
export function procedures(): readonly Procedure[] {
  const [, ...lines] = readFileSync(path.join(root, 'docs/procedures.tsv'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [number = '', leaf = '', name = ''] = line.split('\t');
    return { number, leaf: leaf === 'yes', name };
  });
}
