import type { Pool } from 'pg';

export interface VersionRow {
  readonly version: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly commandId: string;
  readonly commandName: string;
  readonly authorName: string;
  readonly deskName: string;
  readonly happenedAt: string;
  readonly recordedAt: string;
}

/** The newest versions of a document, newest first; one more than `limit` so that the last has its «before». */
export async function versionsOf(pool: Pool, type: string, id: string, limit: number): Promise<readonly VersionRow[]> {
  const { rows } = await pool.query<Omit<VersionRow, 'happenedAt' | 'recordedAt'> & { happenedAt: Date; recordedAt: Date }>(
    `SELECT v.version, v.body, v.command_id AS "commandId", c.name AS "commandName", c.author_name AS "authorName", coalesce(k.name, 'Программа «' || t.name || '»', '') AS "deskName",
       c.happened_at AS "happenedAt", c.recorded_at AS "recordedAt"
     FROM document_version v JOIN command c ON c.command_id = v.command_id LEFT JOIN desk k ON k.desk_id = c.desk_id LEFT JOIN api_token t ON 'api:' || t.token_id = c.desk_id
     WHERE v.type = $1 AND v.id = $2 ORDER BY v.version DESC LIMIT $3`,
    [type, id, limit + 1],
  );
  return rows.map((row) => ({ ...row, happenedAt: row.happenedAt.toISOString(), recordedAt: row.recordedAt.toISOString() }));
}

/** True if the document is there and a holder of these keys may see it. */
export async function isVisible(pool: Pool, type: string, id: string, scopeKeys: readonly string[]): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM document WHERE type = $1 AND id = $2 AND scope && $3', [type, id, scopeKeys]);
  return rowCount === 1;
}

/** The same for a document known by its id alone. */
export async function isVisibleId(pool: Pool, types: readonly string[], id: string, scopeKeys: readonly string[]): Promise<boolean> {
  const { rows } = await pool.query<{ visible: boolean }>('SELECT EXISTS (SELECT 1 FROM document WHERE type = ANY ($1) AND id = $2 AND scope && $3) AS visible', [types, id, scopeKeys]);
  return rows[0]?.visible ?? false;
}
