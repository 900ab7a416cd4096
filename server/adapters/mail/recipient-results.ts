import type { Pool } from 'pg';

/** What became of one recipient of a letter that others still wait for. */
export interface RecipientResult {
  readonly address: string;
  /** The relay took the letter for him: it never goes to him again. Else it finally refused him. */
  readonly taken: boolean;
  readonly answer: string;
}

export interface RecipientResults {
  readonly read: (outgoingEmailId: string) => Promise<readonly RecipientResult[]>;
  /** Durable when it answers. */
  readonly add: (outgoingEmailId: string, results: readonly RecipientResult[]) => Promise<void>;
  /** All is known of this letter; `keepTaken`: a person may send it again to those who do not have it. */
  readonly forget: (outgoingEmailId: string, keepTaken: boolean) => Promise<void>;
}

/** The table `mail_recipient`. */
export function recipientResults(pool: Pool): RecipientResults {
  return {
    read: async (id) => (await pool.query<RecipientResult>('SELECT address, taken, answer FROM mail_recipient WHERE outgoing_email_id = $1 ORDER BY address', [id])).rows,
    add: async (id, results) => {
      await pool.query(
        `INSERT INTO mail_recipient (outgoing_email_id, address, taken, answer) SELECT $1, * FROM unnest($2::text[], $3::boolean[], $4::text[])
         ON CONFLICT (outgoing_email_id, address) DO UPDATE SET taken = mail_recipient.taken OR excluded.taken, answer = excluded.answer`,
        [id, results.map(({ address }) => address), results.map(({ taken }) => taken), results.map(({ answer }) => answer)],
      );
    },
    forget: async (id, keepTaken) => {
      await pool.query('DELETE FROM mail_recipient WHERE outgoing_email_id = $1 AND NOT (taken AND $2)', [id, keepTaken]);
    },
  };
}
