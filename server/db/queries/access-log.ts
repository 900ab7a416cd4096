import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { AnyDocument } from '../../../shared/base/document-type.ts';
import { canonicalJson } from '../../../shared/base/json.ts';
import { documentTypeOf, isDocumentName } from '../../../shared/domain/documents.ts';
import type { CentreListQuery, CentrePage } from '../../../shared/protocol/centre-list.ts';
import type { AccessLine } from '../../../shared/protocol/http.ts';
import type { AccessEntry } from '../../../shared/protocol/sync.ts';
import { advisoryLocks, inTransaction } from '../transaction.ts';
import { listPage, type ListSource } from './list-page.ts';

const GENESIS = '0'.repeat(64);

/**
 * Adds a desk's entries to the log, each once, chained by hash: whoever changes or removes a line later breaks the chain.
 * Gives how many entries do not continue the desk's own chain.
 */
export async function addAccessEntries(pool: Pool, deskId: string, sentBy: string, entries: readonly AccessEntry[]): Promise<{ added: number; broken: number }> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [advisoryLocks.accessLog]); // one chain, one writer
    const { previous: last, previousOfDesk: lastOfDesk, seen } = await standOfLog(client, deskId, entries);
    let previous = last;
    let previousOfDesk = lastOfDesk;
    let added = 0;
    let broken = 0;
    for (const entry of entries) {
      if (seen.has(entry.id)) continue;
      seen.add(entry.id);
      const holds = previousOfDesk === null || previousOfDesk === entry.previousHash;
      previous = await addLine(client, { deskId, sentBy, entry, holds, previous });
      previousOfDesk = entry.hash;
      added++;
      if (!holds) broken++;
    }
    return { added, broken };
  });
}

/** The hash of the last line, that of the desk's own last entry, and which of these entries are known. */
async function standOfLog(client: PoolClient, deskId: string, entries: readonly { readonly id: string }[]): Promise<{ readonly previous: string; readonly previousOfDesk: string | null; readonly seen: Set<string> }> {
  const { rows: last } = await client.query<{ hash: string }>('SELECT hash FROM access_log ORDER BY n DESC LIMIT 1');
  const { rows: lastOfDesk } = await client.query<{ hash: string }>(`SELECT entry->>'hash' AS hash FROM access_log WHERE desk_id = $1 ORDER BY n DESC LIMIT 1`, [deskId]);
  const { rows: known } = await client.query<{ id: string }>('SELECT id FROM access_log WHERE id = ANY ($1)', [entries.map(({ id }) => id)]);
  return { previous: last[0]?.hash ?? GENESIS, previousOfDesk: lastOfDesk[0]?.hash ?? null, seen: new Set(known.map(({ id }) => id)) };
}

/** Writes one line and gives its hash. */
async function addLine(client: PoolClient, { deskId, sentBy, entry, holds, previous }: { deskId: string; sentBy: string; entry: AccessEntry; holds: boolean; previous: string }): Promise<string> {
  const text = canonicalJson(entry);
  const hash = createHash('sha256').update(`${previous}\n${deskId}\n${text}`).digest('hex');
  await client.query('INSERT INTO access_log (id, desk_id, sent_by, entry, recorded_at, chain_holds, previous_hash, hash) VALUES ($1, $2, $3, $4, now(), $5, $6, $7)', [entry.id, deskId, sentBy, text, holds, previous, hash]);
  return hash;
}

/** Lines of what was read at the centre itself, by a program: chained as those of a desk are. A known id is not written again. */
export async function addProgramAccess(pool: Pool, deskId: string, lines: readonly Omit<AccessEntry, 'previousHash' | 'hash'>[]): Promise<void> {
  if (lines.length === 0) return;
  await inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [advisoryLocks.accessLog]);
    const { previous: last, previousOfDesk, seen } = await standOfLog(client, deskId, lines);
    let previous = last;
    let previousHash = previousOfDesk ?? GENESIS;
    for (const line of lines.filter(({ id }) => !seen.has(id))) {
      const unsigned = { ...line, previousHash };
      const entry = { ...unsigned, hash: createHash('sha256').update(canonicalJson(unsigned)).digest('hex') };
      previous = await addLine(client, { deskId, sentBy: line.userId, entry, holds: true, previous });
      previousHash = entry.hash;
    }
  });
}

const userName = `trim(concat_ws(' ', who.body->>'lastName', who.body->>'firstName', who.body->>'middleName'))`;

const deskName = `coalesce(d.name, 'Программа «' || t.name || '»', '')`;

const accessLog: ListSource = {
  select: `l.entry, l.desk_id AS "deskId", l.recorded_at AS "recordedAt", l.chain_holds AS "chainHolds", ${userName} AS "userName", ${deskName} AS "deskName", about.body AS about`,
  from: `access_log l
    LEFT JOIN document who ON who.type = 'user' AND who.id = l.entry->>'userId'
    LEFT JOIN document about ON about.type = l.entry->>'documentType' AND about.id = l.entry->>'documentId'
    LEFT JOIN desk d ON d.desk_id = l.desk_id
    LEFT JOIN api_token t ON 'api:' || t.token_id = l.desk_id`,
  columns: { at: `l.entry->>'at'`, userName, action: `l.entry->>'action'`, details: `l.entry->>'details'`, deskName, recordedAt: 'l.n' },
  key: 'l.n',
  filters: {
    action: (value) => `l.entry->>'action' = ${value}`,
    documentType: (value) => `l.entry->>'documentType' = ${value}`,
    documentId: (value) => `l.entry->>'documentId' = ${value}`,
    userId: (value) => `l.entry->>'userId' = ${value}`,
    since: (value) => `l.entry->>'at' >= ${value}`,
    until: (value) => `l.entry->>'at' < ${value}`,
    chainHolds: (value) => `l.chain_holds = (${value} = 'true')`,
  },
  search: (text) => `position(${text} IN replace(lower(concat_ws(' ', ${userName}, ${deskName}, l.entry->>'details', about.body->>'name', about.body->>'number', about.body->>'subject')), 'ё', 'е')) > 0`,
};

interface StoredLine {
  readonly entry: AccessEntry;
  readonly deskId: string;
  readonly recordedAt: Date;
  readonly chainHolds: boolean;
  readonly userName: string;
  readonly deskName: string;
  readonly about: AnyDocument | null;
}

/** «Журнал доступа»: who saw what, with names as they are now. */
export async function listAccessLines(pool: Pool, query: CentreListQuery): Promise<CentrePage<AccessLine>> {
  const { rows, total } = await listPage<StoredLine>(pool, accessLog, query);
  const lines = rows.map(({ entry: { previousHash: _previousHash, hash: _hash, ...entry }, recordedAt, about, ...line }) => ({ ...entry, ...line, recordedAt: recordedAt.toISOString(), documentTitle: titleOf(entry.documentType, about) }));
  return { rows: lines, total };
}

function titleOf(type: string, document: AnyDocument | null): string {
  return document === null || !isDocumentName(type) ? '' : documentTypeOf(type).presentation(document);
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
