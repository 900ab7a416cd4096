import type { Pool } from 'pg';
import { documentNames } from '../../../shared/domain/documents.ts';
import { fileIndex } from '../document-keys.ts';

export async function recordFile(pool: Pool, file: { sha: string; size: number; uploadedBy: string; deskId: string }): Promise<void> {
  await pool.query('INSERT INTO file (sha, size, uploaded_by, desk_id, uploaded_at) VALUES ($1, $2, $3, $4, now()) ON CONFLICT (sha) DO NOTHING', [file.sha, file.size, file.uploadedBy, file.deskId]);
}

/** True if a document of these types and in these scope keys names the file, or this user put it there. */
export async function mayReadFile(pool: Pool, sha: string, userId: string, scopeKeys: readonly string[], types: readonly string[] = documentNames): Promise<boolean> {
  const { rows } = await pool.query<{ may: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM file WHERE sha = $1 AND uploaded_by = $2)
      OR EXISTS (SELECT 1 FROM document_index i JOIN document d ON d.type = i.type AND d.id = i.id
                 WHERE i.name = $5 AND i.key = $1 AND i.type = ANY ($4) AND d.scope && $3) AS may`,
    [sha, userId, scopeKeys, types, fileIndex],
  );
  return rows[0]?.may ?? false;
}
