import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { canonicalJson } from '../../../shared/base/json.ts';
import type { AccessLine } from '../../../shared/protocol/http.ts';
import type { AccessEntry } from '../../../shared/protocol/sync.ts';
import { advisoryLocks, inTransaction } from '../transaction.ts';

const GENESIS = '0'.repeat(64);

/**
 * Adds a desk's entries to the log, each once, chained by hash: whoever changes or removes a line later breaks the chain.
 * Gives how many entries do not continue the desk's own chain.
 */
export async function addAccessEntries(pool: Pool, deskId: string, sentBy: string, entries: readonly AccessEntry[]): Promise<{ added: number; broken: number }> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [advisoryLocks.accessLog]); // one chain, one writer
    const { rows: last } = await client.query<{ hash: string }>('SELECT hash FROM access_log ORDER BY n DESC LIMIT 1');
    const { rows: lastOfDesk } = await client.query<{ hash: string }>(`SELECT entry->>'hash' AS hash FROM access_log WHERE desk_id = $1 ORDER BY n DESC LIMIT 1`, [deskId]);
    const { rows: known } = await client.query<{ id: string }>('SELECT id FROM access_log WHERE id = ANY ($1)', [entries.map(({ id }) => id)]);
    const seen = new Set(known.map(({ id }) => id));
    let previous = last[0]?.hash ?? GENESIS;
    let previousOfDesk = lastOfDesk[0]?.hash ?? null;
    let added = 0;
    let broken = 0;
    for (const entry of entries) {
      if (seen.has(entry.id)) continue;
      seen.add(entry.id);
      const holds = previousOfDesk === null || previousOfDesk === entry.previousHash;
      const text = canonicalJson(entry);
      const hash = createHash('sha256').update(`${previous}\n${deskId}\n${text}`).digest('hex');
      await client.query('INSERT INTO access_log (id, desk_id, sent_by, entry, recorded_at, chain_holds, previous_hash, hash) VALUES ($1, $2, $3, $4, now(), $5, $6, $7)', [entry.id, deskId, sentBy, text, holds, previous, hash]);
      previous = hash;
      previousOfDesk = entry.hash;
      added++;
      if (!holds) broken++;
    }
    return { added, broken };
  });
}

/** Lines newest first; of one type or one document where named ('' = of all). */
export async function listAccessLines(pool: Pool, { documentType, documentId, offset, limit }: { documentType: string; documentId: string; offset: number; limit: number }): Promise<{ rows: AccessLine[]; total: number }> {
  const { rows } = await pool.query<{ entry: AccessEntry; deskId: string; recordedAt: Date; chainHolds: boolean; total: string }>(
    `SELECT entry, desk_id AS "deskId", recorded_at AS "recordedAt", chain_holds AS "chainHolds", count(*) OVER () AS total
     FROM access_log WHERE ($1 = '' OR entry->>'documentType' = $1) AND ($2 = '' OR entry->>'documentId' = $2) ORDER BY n DESC OFFSET $3 LIMIT $4`,
    [documentType, documentId, offset, limit],
  );
  const lines = rows.map(({ entry: { previousHash: _previousHash, hash: _hash, ...entry }, recordedAt, deskId, chainHolds }) => ({ ...entry, deskId, recordedAt: recordedAt.toISOString(), chainHolds }));
  return { rows: lines, total: Number(rows[0]?.total ?? 0) };
}

/** The first line whose hash does not fit what stands before it, or null: the log is whole. */
export async function firstBrokenAccessLine(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ n: string; deskId: string; entry: unknown; previousHash: string; hash: string }>(
    'SELECT n, desk_id AS "deskId", entry, previous_hash AS "previousHash", hash FROM access_log ORDER BY n',
  );
  let previous = GENESIS;
  for (const { n, deskId, entry, previousHash, hash } of rows) {
    const expected = createHash('sha256').update(`${previous}\n${deskId}\n${canonicalJson(entry)}`).digest('hex');
    if (previousHash !== previous || hash !== expected) return Number(n);
    previous = hash;
  }
  return null;
}
