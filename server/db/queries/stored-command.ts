import type { Pool } from 'pg';

/** The name and the desk that a command was stored under, or null. */
export async function storedCommand(pool: Pool, commandId: string): Promise<{ readonly name: string; readonly deskId: string } | null> {
  const { rows } = await pool.query<{ name: string; deskId: string }>({ name: 'stored-command', text: 'SELECT name, desk_id AS "deskId" FROM command WHERE command_id = $1', values: [commandId] });
  return rows[0] ?? null;
}
