import type { Pool } from 'pg';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';

/** A letter that was answered 250 and is not yet a document. */
export interface IntakeEntry {
  readonly id: string;
  readonly mailbox: IncomingEmail['mailbox'];
  /** The document of the mailbox that it came to; null: the address of the configuration. */
  readonly mailboxId: string | null;
  readonly rawFileId: string;
  /** MAIL FROM; null for the empty path, '' where none is known. */
  readonly returnPath: string | null;
  readonly receivedAt: string;
  readonly attempts: number;
}

export interface IntakeJournal {
  /** Durable when it answers: only then may the sender be told 250. */
  readonly add: (entries: readonly Omit<IntakeEntry, 'id' | 'attempts'>[]) => Promise<void>;
  /** Entries whose turn has come, oldest first. */
  readonly due: (limit: number) => Promise<readonly IntakeEntry[]>;
  readonly done: (entries: readonly { readonly id: string; readonly incomingEmailId: string }[]) => Promise<void>;
  /** To be tried again after `pauseMs`. */
  readonly postpone: (id: string, problem: string, pauseMs: number) => Promise<void>;
}

interface IntakeRow {
  readonly id: string;
  readonly mailbox: IncomingEmail['mailbox'];
  readonly mailbox_id: string | null;
  readonly raw_file_id: string;
  readonly return_path: string | null;
  readonly received_at: Date;
  readonly attempts: number;
}

type NewEntry = Omit<IntakeEntry, 'id' | 'attempts'>;

async function insert(pool: Pool, entries: readonly NewEntry[]): Promise<void> {
  const column = <T>(value: (entry: NewEntry) => T): T[] => entries.map(value);
  await pool.query({
    name: 'add-intake',
    text: 'insert into mail_intake (mailbox, raw_file_id, return_path, received_at, mailbox_id) select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[])',
    values: [column(({ mailbox }) => mailbox), column(({ rawFileId }) => rawFileId), column(({ returnPath }) => returnPath), column(({ receivedAt }) => receivedAt), column(({ mailboxId }) => mailboxId)],
  });
}

/** One insert at a time; what comes meanwhile goes together in the next: letters of many connections share the disk's sync. */
function insertTogether(pool: Pool): IntakeJournal['add'] {
  let running: Promise<void> = Promise.resolve();
  let next: { readonly entries: NewEntry[]; readonly inserted: Promise<void> } | null = null;
  const begin = async (before: Promise<void>, entries: readonly NewEntry[]): Promise<void> => {
    await before.catch(() => undefined); // its own senders are told
    next = null;
    await insert(pool, entries);
  };
  return (more) => {
    if (next === null) {
      const entries: NewEntry[] = [];
      running = begin(running, entries);
      next = { entries, inserted: running };
    }
    next.entries.push(...more);
    return next.inserted;
  };
}

/** The journal in PostgreSQL (table `mail_intake`). */
export function intakeJournal(pool: Pool): IntakeJournal {
  return {
    add: insertTogether(pool),
    due: async (limit) => {
      const { rows } = await pool.query<IntakeRow>(
        'select id::text, mailbox, mailbox_id, raw_file_id, return_path, received_at, attempts from mail_intake where done_at is null and next_at <= now() order by mail_intake.id limit $1',
        [limit],
      );
      return rows.map((row) => ({ id: row.id, mailbox: row.mailbox, mailboxId: row.mailbox_id, rawFileId: row.raw_file_id, returnPath: row.return_path, receivedAt: row.received_at.toISOString(), attempts: row.attempts }));
    },
    done: async (entries) => {
      if (entries.length === 0) return;
      await pool.query(
        "update mail_intake set done_at = now(), incoming_email_id = d.email_id, last_problem = '' from unnest($1::bigint[], $2::text[]) as d(id, email_id) where mail_intake.id = d.id",
        [entries.map(({ id }) => id), entries.map(({ incomingEmailId }) => incomingEmailId)],
      );
    },
    postpone: async (id, problem, pauseMs) => {
      await pool.query("update mail_intake set attempts = attempts + 1, last_problem = $2, next_at = now() + $3 * interval '1 millisecond' where id = $1", [id, problem, pauseMs]);
    },
  };
}
