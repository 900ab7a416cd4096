import { createHash } from 'node:crypto';
import { indexKeys, type AnyDocument } from '../../shared/base/document-type.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import type { IndexRow } from './centre-store.ts';

/** The index that tells which documents name a file: who may see one of them may fetch the file. */
export const fileIndex = '#file';

const sha256Hex = /^[0-9a-f]{64}$/;

/** Longest key kept as it is: PostgreSQL's B-tree takes no more than 2700 bytes, and letters bring keys of any length. */
const LONGEST_KEY = 300;

/** A key as the stores keep it. */
export function storedKey(key: string): string {
  const clean = key.replaceAll('\0', '').toWellFormed();
  return clean.length <= LONGEST_KEY ? clean : `sha256:${createHash('sha256').update(clean).digest('hex')}`;
}

/** Files named anywhere in a document: members whose name is or ends in `fileId`. */
export function filesOf(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [name, member] of Object.entries(part)) {
      if (typeof member === 'object') walk(member);
      else if (typeof member === 'string' && /fileId$/i.test(name) && sha256Hex.test(member)) found.add(member);
    }
  };
  walk(value);
  return found;
}

/** All rows of the index that stand for this document; none for null. A deleted document keeps only its files. */
export function indexRowsOf(type: string, document: AnyDocument | null): readonly IndexRow[] {
  if (document === null) return [];
  const keys = indexKeys(documentTypeOf(type), document).map(([index, key]) => ({ type, index, key: storedKey(key), id: document.id }));
  const files = [...filesOf(document)].map((key) => ({ type, index: fileIndex, key, id: document.id }));
  return [...new Map([...keys, ...files].map((row) => [`${row.index}\n${row.key}`, row])).values()];
}
