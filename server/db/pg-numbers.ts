import type { Pool } from 'pg';
import type { CentreStore, NumberKey } from './centre-store.ts';

const raiseSql = `
  INSERT INTO number_counter (series, year, value) SELECT series, year, value FROM unnest($1::text[], $2::text[], $3::bigint[]) AS n(series, year, value)
  ON CONFLICT (series, year) DO UPDATE SET value = excluded.value WHERE number_counter.value < excluded.value`;

const leaseSql = `
  WITH counter AS (
    INSERT INTO number_counter (series, year, value) VALUES ($1, $2, $3::bigint + $4::bigint)
    ON CONFLICT (series, year) DO UPDATE SET value = greatest(number_counter.value, $3::bigint) + $4::bigint
    RETURNING value)
  SELECT value FROM counter`;

/** Counters never stay below a number that a desk has seen. */
export async function raiseCounters(pool: Pool, seen: readonly NumberKey[]): Promise<void> {
  await pool.query({ name: 'raise-counters', text: raiseSql, values: [seen.map(({ series }) => series), seen.map(({ year }) => year), seen.map(({ value }) => value)] });
}

/** Counters of numbers and their blocks. */
export function pgNumbers(pool: Pool): Pick<CentreStore, 'nextNumber' | 'lease'> {
  return {
    nextNumber: async (series, year) => {
      const { rows } = await pool.query<{ value: string }>({ name: 'next-number', text: leaseSql, values: [series, year, 0, 1] });
      return Number(rows[0]?.value);
    },
    lease: async ({ deskId, incarnation, series, year, count, highest, leaseId, at }) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const { rows } = await client.query<{ value: string }>(leaseSql, [series, year, highest, count]);
        const to = Number(rows[0]?.value);
        const lease = { leaseId: leaseId(to - count + 1, to), deskId, incarnation, series, year, from: to - count + 1, to };
        await client.query('INSERT INTO number_lease (lease_id, desk_id, incarnation, series, year, first, last, leased_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
          lease.leaseId, deskId, incarnation, series, year, lease.from, lease.to, at,
        ]);
        await client.query('COMMIT');
        return lease;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined); // the first error tells more
        throw error;
      } finally {
        client.release();
      }
    },
  };
}
