import type { Pool, PoolClient } from 'pg';
import type { CentreStore, NumberBlock, NumberBounds, NumberKey } from './centre-store.ts';
import { inTransaction } from './transaction.ts';

const raiseSql = `
  INSERT INTO number_counter (series, year, value) SELECT series, year, value FROM unnest($1::text[], $2::text[], $3::bigint[]) AS n(series, year, value)
  ON CONFLICT (series, year) DO UPDATE SET value = excluded.value WHERE number_counter.value < excluded.value`;

/** Counters never stay below a number that a desk has seen. */
export async function raiseCounters(pool: Pool, seen: readonly NumberKey[]): Promise<void> {
  await pool.query({ name: 'raise-counters', text: raiseSql, values: [seen.map(({ series }) => series), seen.map(({ year }) => year), seen.map(({ value }) => value)] });
}

/** The next free numbers, with the counter moved past them; null when the bounds leave none. Holds the counter until the transaction ends. */
async function takeNumbers(client: PoolClient, series: string, year: string, wish: { readonly count: number; readonly highest: number; readonly bounds: NumberBounds }): Promise<NumberBlock | null> {
  // The epoch is held first: a restore cannot be declared between the floor and the counter.
  await client.query(`SELECT 1 FROM setting WHERE name = 'epoch' FOR SHARE`);
  const { rows: restored } = await client.query<{ at: string }>(`SELECT value #>> '{}' AS at FROM setting WHERE name = 'restoredAt'`);
  await client.query('INSERT INTO number_counter (series, year, value) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING', [series, year]);
  const { rows } = await client.query<{ value: string }>('SELECT value FROM number_counter WHERE series = $1 AND year = $2 FOR UPDATE', [series, year]);
  const from = Math.max(Number(rows[0]?.value), wish.highest, wish.bounds.floor(restored[0]?.at ?? null)) + 1;
  const to = Math.min(from + wish.count - 1, wish.bounds.ceiling);
  if (to < from) return null;
  await client.query('UPDATE number_counter SET value = $3 WHERE series = $1 AND year = $2', [series, year, to]);
  return { from, to };
}

/** Counters of numbers and their blocks. */
export function pgNumbers(pool: Pool): Pick<CentreStore, 'nextNumbers' | 'lease'> {
  return {
    nextNumbers: (series, year, count, bounds) => inTransaction(pool, (client) => takeNumbers(client, series, year, { count, highest: 0, bounds })),
    lease: ({ deskId, incarnation, series, year, count, highest, bounds, leaseId, at }) =>
      inTransaction(pool, async (client) => {
        const block = await takeNumbers(client, series, year, { count, highest, bounds });
        if (block === null) return null;
        const lease = { leaseId: leaseId(block.from, block.to), deskId, incarnation, series, year, ...block };
        await client.query('INSERT INTO number_lease (lease_id, desk_id, incarnation, series, year, first, last, leased_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
          lease.leaseId, deskId, incarnation, series, year, lease.from, lease.to, at,
        ]);
        return lease;
      }),
  };
}
