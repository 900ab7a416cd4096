import { indexRowsOf } from '../../server/db/document-keys.ts';
import { storableJson } from '../../server/db/clean-json.ts';
import { isSearched, storedSearchWords } from '../../server/db/search-words.ts';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value of COPY's text format. */
function copied(value: string): string {
  return value.replace(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign);
}

function copiedArray(values: readonly string[]): string {
  return copied(`{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
}

function copiedWords(words: readonly string[]): string {
  return copied(words.map((word) => `'${word.replace(/['\\]/g, '$&$&')}'`).join(' '));
}

/** Lines of COPY for the tables that hold documents. */
export class CopyRows {
  readonly documents: string[] = [];
  readonly index: string[] = [];
  readonly search: string[] = [];

  add(type: string, document: AnyDocument): void {
    const declared = documentTypeOf(type);
    this.documents.push(`${type}\t${document.id}\t1\t${copied(storableJson(document))}\t${copiedArray(declared.scope(document))}\n`);
    for (const { index, key } of indexRowsOf(type, document)) this.index.push(`${type}\t${copied(index)}\t${copied(key)}\t${document.id}\n`);
    if (isSearched(type)) this.search.push(`${type}\t${document.id}\t${copiedWords(storedSearchWords(type, document))}\n`);
  }
}
