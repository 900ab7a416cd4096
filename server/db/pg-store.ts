import { DatabaseError, type Pool } from 'pg';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import type { Refusal } from '../../shared/base/errors.ts';
import { incarnationsOf, longestStep, numberKey, seqKey, StoreDataError, type BatchWrite, type CentreStore, type FeedStep, type Known, type Lookup, type SeqKey, type StoreAnswer, type StoredOutcome, type StoreRead } from './centre-store.ts';
import { storableJson } from './clean-json.ts';
import { locksOf } from './lock-buckets.ts';
import { pgFeed } from './pg-feed.ts';
import { pgNumbers } from './pg-numbers.ts';

interface ReadRow {
  readonly n: number;
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly body: AnyDocument;
}

const readSql = 'SELECT * FROM read_documents($1, $2, $3, $4, $5, $6, $7)';

const lookupSql = 'SELECT * FROM look_up_commands($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)';

/** Where the rows of a write stand in the feed. `alone`: nothing older was under way. */
interface ApplyRow {
  readonly outcome: {
    readonly alone: boolean;
    readonly xid: string;
    readonly fromXid: string | null;
    readonly fromSeq: string | null;
    readonly toSeq: string | null;
    readonly rows: readonly { readonly type: string; readonly id: string; readonly pastScope: readonly string[] }[] | null;
  } | null;
}

/** No row: the base was restored since the look-up. */
const applySql = `SELECT apply_commands($1, $2) AS outcome WHERE (SELECT value #>> '{}' FROM setting WHERE name = 'epoch') = $3`;

function readParameters(reads: readonly StoreRead[]): unknown[] {
  const gets = reads.flatMap((read, n) => (read.kind === 'get' ? [{ ...read, n }] : []));
  const finds = reads.flatMap((read, n) => (read.kind === 'find' ? [{ ...read, n }] : []));
  return [
    gets.map(({ n }) => n), gets.map(({ type }) => type), gets.map(({ id }) => id),
    finds.map(({ n }) => n), finds.map(({ type }) => type), finds.map(({ index }) => index), finds.map(({ key }) => key),
  ];
}

function answersOf(reads: readonly StoreRead[], rows: readonly ReadRow[]): readonly StoreAnswer[] {
  const answers = reads.map((): ReadRow[] => []);
  for (const row of rows) answers[row.n]?.push(row);
  return answers.map((found) => found.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ type, id, version, body }) => ({ type, id, version, document: body })));
}

/** Ids that an effect's payload names: members whose name ends in `Id`. */
function documentIdsOf(payload: unknown): readonly string[] {
  if (typeof payload !== 'object' || payload === null) return [];
  return Object.entries(payload).flatMap(([name, value]) => (name.endsWith('Id') && typeof value === 'string' ? [value] : []));
}

/** The write as JSON; empty lists are left out so that the function skips their statements. */
function batchJson({ epoch: _epoch, gets, finds, commands, documents, history, ...rest }: BatchWrite): string {
  const effects = rest.effects.map((effect) => ({ ...effect, documentIds: documentIdsOf(effect.payload) }));
  const optional = Object.entries({ ...rest, effects }).filter(([, list]) => list.length > 0);
  return storableJson({ gets, finds, commands, documents, history, ...Object.fromEntries(optional) });
}

/** True for errors that say: somebody else was there at the same moment. */
function isConflict(code: string | undefined): boolean {
  return code === '40001' || code === '40P01' || code === '23505' || code === '55P03';
}

/** Errors of the data themselves: value out of range or unreadable, constraint, too complex. */
function isDataError(code: string | undefined): boolean {
  return code !== undefined && /^(?:22|23|54)/.test(code);
}

/** Documents, commands and numbers in PostgreSQL. */
export function pgStore(pool: Pool): CentreStore {
  return {
    lookup: (lookup) => lookUp(pool, lookup),
    read: async (reads) => {
      if (reads.length === 0) return [];
      const { rows } = await pool.query<ReadRow>({ name: 'read', text: readSql, values: readParameters(reads) });
      return answersOf(reads, rows);
    },
    apply: async (write) => {
      try {
        const { rows } = await pool.query<ApplyRow>({ name: 'apply', text: applySql, values: [locksOf(write), batchJson(write), write.epoch] });
        const outcome = rows[0]?.outcome ?? null;
        return outcome === null ? 'conflict' : { step: stepOf(write, outcome) };
      } catch (error) {
        if (error instanceof DatabaseError && isConflict(error.code)) return 'conflict';
        if (error instanceof DatabaseError && isDataError(error.code)) throw new StoreDataError(error);
        throw error;
      }
    },
    ...pgNumbers(pool),
    ...pgFeed(pool),
  };
}

function stepOf(write: BatchWrite, { alone, xid, fromXid, fromSeq, toSeq, rows }: NonNullable<ApplyRow['outcome']>): FeedStep | null {
  if (!alone || fromXid === null || fromSeq === null || toSeq === null || rows === null || rows.length > longestStep) return null;
  const documents = new Map(write.documents.map((each) => [`${each.type}\n${each.id}`, each]));
  return {
    epoch: write.epoch,
    from: { xid: BigInt(fromXid), seq: BigInt(fromSeq) },
    to: { xid: BigInt(xid), seq: BigInt(toSeq) },
    rows: rows.flatMap(({ type, id, pastScope }) => {
      const written = documents.get(`${type}\n${id}`);
      return written === undefined ? [] : [{ ...written, document: JSON.parse(storableJson(written.document)) as AnyDocument, pastScope }]; // as it would come out of the base
    }),
    incarnations: incarnationsOf(write),
  };
}

interface LookupRow {
  readonly epoch: string | null;
  readonly outcomes: readonly { commandId: string; outcome: StoredOutcome['outcome']; refusal: Refusal | null }[] | null;
  readonly seen: readonly (SeqKey & { commandId: string })[] | null;
  readonly numbers: readonly { series: string; year: string; value: number }[] | null;
  readonly answers: readonly ReadRow[] | null;
}

async function lookUp(pool: Pool, { commandIds, seqs, numbers, reads }: Lookup): Promise<Known> {
  const { rows } = await pool.query<LookupRow>({
    name: 'lookup',
    text: lookupSql,
    values: [...readParameters(reads), commandIds, seqs.map(({ incarnation }) => incarnation), seqs.map(({ seq }) => seq), numbers.map(({ series }) => series), numbers.map(({ year }) => year), numbers.map(({ value }) => value)],
  });
  const [row] = rows;
  return {
    epoch: row?.epoch ?? '',
    outcomes: new Map((row?.outcomes ?? []).map(({ commandId, outcome, refusal }) => [commandId, { outcome, refusal }])),
    seqs: new Map((row?.seen ?? []).map(({ commandId, ...key }) => [seqKey(key), commandId])),
    usedNumbers: new Set((row?.numbers ?? []).map(numberKey)),
    answers: answersOf(reads, row?.answers ?? []),
  };
}
