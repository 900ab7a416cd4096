import type { Pool } from 'pg';
import { fold } from '../../../shared/base/fold.ts';
import type { SentMail } from '../../../shared/protocol/http.ts';

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

/** Newest first; `search` is looked for inside addresses and subjects, folded. */
export async function listSentMail(pool: Pool, { search, offset, limit }: { search: string; offset: number; limit: number }): Promise<{ rows: SentMail[]; total: number }> {
  const { rows } = await pool.query<Omit<SentMail, 'at'> & { at: Date; total: string }>(
    `SELECT id, at, sender AS "from", recipients AS "to", subject, size::int AS size, raw_file_id AS "rawFileId", count(*) OVER () AS total
     FROM sent_mail WHERE $1 = '' OR position($1 IN search) > 0 ORDER BY at DESC, id LIMIT $2 OFFSET $3`,
    [fold(search), limit, offset],
  );
  return { rows: rows.map(({ total: _total, at, ...mail }) => ({ ...mail, at: at.toISOString() })), total: Number(rows[0]?.total ?? 0) };
}

/** True if the embedded store names the file. */
export async function isSentMailFile(pool: Pool, sha: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM sent_mail WHERE raw_file_id = $1 LIMIT 1', [sha]);
  return (rowCount ?? 0) > 0;
}
