import type { Pool } from 'pg';
import { fold } from '../../../shared/base/fold.ts';
import type { CentreListQuery, CentrePage } from '../../../shared/protocol/centre-list.ts';
import type { SentMail } from '../../../shared/protocol/http.ts';
import { listPage, type ListSource } from './list-page.ts';

/** Each letter once, by its id. */
export async function recordSentMail(pool: Pool, mail: SentMail): Promise<void> {
  const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed();
  await pool.query(
    `INSERT INTO sent_mail (id, at, sender, recipients, subject, size, raw_file_id, search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
    [clean(mail.id), mail.at, clean(mail.from), mail.to.map(clean), clean(mail.subject), mail.size, mail.rawFileId, fold(clean([mail.from, ...mail.to, mail.subject].join(' ')))],
  );
}

export async function hasSentMail(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM sent_mail WHERE id = $1', [id]);
  return rowCount === 1;
}

const sentMail: ListSource = {
  select: 'id, at, sender AS "from", recipients AS "to", subject, size::int AS size, raw_file_id AS "rawFileId"',
  from: 'sent_mail',
  columns: { at: 'at', to: 'recipients', from: 'sender', subject: 'subject', size: 'size' },
  key: 'id',
  filters: {},
  search: (text) => `position(${text} IN search) > 0`,
};

/** «Исходящая почта»: `search` is looked for inside addresses and subjects. */
export async function listSentMail(pool: Pool, query: CentreListQuery): Promise<CentrePage<SentMail>> {
  const { rows, total } = await listPage<Omit<SentMail, 'at'> & { at: Date }>(pool, sentMail, query);
  return { rows: rows.map(({ at, ...mail }) => ({ ...mail, at: at.toISOString() })), total };
}

/** True if the embedded store names the file. */
export async function isSentMailFile(pool: Pool, sha: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM sent_mail WHERE raw_file_id = $1 LIMIT 1', [sha]);
  return (rowCount ?? 0) > 0;
}
