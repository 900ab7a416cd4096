import type { Pool } from 'pg';
import type { AnyDocument } from '../../../shared/base/document-type.ts';
import type { DocumentName } from '../../../shared/domain/documents.ts';

export interface ReadDocument {
  readonly type: DocumentName;
  readonly document: AnyDocument;
}

/** Cards merged one into another, one into the next: no longer chain is followed. */
const longestChain = 10;

/** A document that a holder of these keys may see, a client merged into another as the one it became; null: not there, or not his to see. */
export async function readDocument(pool: Pool, type: DocumentName, id: string, scopeKeys: readonly string[]): Promise<AnyDocument | null> {
  const { rows } = await pool.query<{ body: AnyDocument }>(
    `WITH RECURSIVE chain(body, step) AS (
       SELECT body, 0 FROM document WHERE type = $1 AND id = $2 AND scope && $3
       UNION ALL
       SELECT d.body, c.step + 1 FROM chain c JOIN document d ON d.type = $1 AND d.id = c.body->>'aliasOf' WHERE c.step < $4 AND d.scope && $3)
     SELECT body FROM chain ORDER BY step DESC LIMIT 1`,
    [type, id, scopeKeys, longestChain],
  );
  const found = rows[0]?.body ?? null;
  return found?.deleted === true ? null : found;
}

/** What of these types names the client or a card that was merged into his, as far as a holder of the keys may see it; the latest changed first, `limit` of them at most. */
export async function documentsOfClient(pool: Pool, types: readonly DocumentName[], clientId: string, scopeKeys: readonly string[], limit: number): Promise<readonly ReadDocument[]> {
  const { rows } = await pool.query<ReadDocument>(
    `WITH RECURSIVE card(id) AS (
       SELECT $1::text COLLATE "C"
       UNION SELECT i.id FROM card c JOIN document_index i ON i.type = 'client' AND i.name = 'byAlias' AND i.key = c.id)
     SELECT d.type, d.body AS document FROM card c
     JOIN document_index i ON i.type = ANY ($2) AND i.name = 'byClient' AND i.key = c.id
     JOIN document d ON d.type = i.type AND d.id = i.id
     WHERE d.scope && $3 ORDER BY d.xid DESC, d.seq DESC LIMIT $4`,
    [clientId, types, scopeKeys, limit],
  );
  return rows;
}
