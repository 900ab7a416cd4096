import { documentTypes, type DocumentMap, type DocumentName } from '../../shared/domain/documents.ts';
import type { ListRow } from '../../shared/protocol/list.ts';

/** A row of a list whose type is known: the document, presentations of what it points at by id, and «к отправке». */
export interface DocumentRow<K extends DocumentName> {
  readonly document: DocumentMap[K];
  readonly refs: Readonly<Record<string, string>>;
  readonly pending: boolean;
}

/** A row of the local base as a row of its type. */
export function rowOf<K extends DocumentName>(row: ListRow): DocumentRow<K> {
  return row as unknown as DocumentRow<K>; // the local base holds documents parsed by the type's schema
}

/** Presentation of a referred document; empty text for none. */
export function refText(row: { readonly refs: Readonly<Record<string, string>> }, id: string | null): string {
  return id === null ? '' : (row.refs[id] ?? '');
}

/** How a row of the type is called where it stands alone: in a summary, in a message. */
export function nameOfRow<K extends DocumentName>(type: K): (row: DocumentRow<K>) => string {
  const presentation = documentTypes[type].presentation as (document: DocumentMap[K]) => string; // the registry holds each type's own
  return ({ document }) => presentation(document);
}
