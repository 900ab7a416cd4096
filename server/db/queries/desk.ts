import type { Pool } from 'pg';

export interface Desk {
  readonly deskId: string;
  readonly blocked: boolean;
}

export async function findDesk(pool: Pool, deskId: string): Promise<Desk | null> {
  const { rows } = await pool.query<Desk>('SELECT desk_id AS "deskId", blocked FROM desk WHERE desk_id = $1', [deskId]);
  return rows[0] ?? null;
}

/** Writes a new desk down, or its new name. */
export async function saveDesk(pool: Pool, desk: { deskId: string; name: string; enrolledBy: string }): Promise<void> {
  await pool.query(
    `INSERT INTO desk (desk_id, name, enrolled_at, enrolled_by) VALUES ($1, $2, now(), $3)
     ON CONFLICT (desk_id) DO UPDATE SET name = excluded.name WHERE desk.name <> excluded.name`,
    [desk.deskId, desk.name, desk.enrolledBy],
  );
}
