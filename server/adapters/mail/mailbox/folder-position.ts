import type { Pool } from 'pg';

/** How far a folder was taken. UIDs mean something only together with `uidValidity`. */
export interface FolderPosition {
  readonly uidValidity: string;
  readonly lastUid: number;
  /** Taken, but not yet marked, moved or deleted at the mailbox; ascending. */
  readonly unfinished: readonly number[];
}

export interface FolderPositions {
  readonly read: (mailboxId: string, folder: string) => Promise<FolderPosition | null>;
  /** Durable when it answers. */
  readonly write: (mailboxId: string, folder: string, position: FolderPosition) => Promise<void>;
}

/** The table `mailbox_folder`. */
export function folderPositions(pool: Pool): FolderPositions {
  return {
    read: async (mailboxId, folder) => {
      const { rows } = await pool.query<{ uid_validity: string; last_uid: string; unfinished: string[] }>(
        'SELECT uid_validity, last_uid, unfinished FROM mailbox_folder WHERE mailbox_id = $1 AND folder = $2',
        [mailboxId, folder],
      );
      const [row] = rows;
      return row === undefined ? null : { uidValidity: row.uid_validity, lastUid: Number(row.last_uid), unfinished: row.unfinished.map(Number) };
    },
    write: async (mailboxId, folder, { uidValidity, lastUid, unfinished }) => {
      await pool.query(
        `INSERT INTO mailbox_folder (mailbox_id, folder, uid_validity, last_uid, unfinished) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (mailbox_id, folder) DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, unfinished = excluded.unfinished`,
        [mailboxId, folder, uidValidity, lastUid, unfinished],
      );
    },
  };
}

/** Where to go on in a folder that has this UIDVALIDITY now: another one, or a folder not known yet, is gone through from the beginning. */
export function positionIn(known: FolderPosition | null, uidValidity: string): FolderPosition {
  return known?.uidValidity === uidValidity ? known : { uidValidity, lastUid: 0, unfinished: [] };
}
