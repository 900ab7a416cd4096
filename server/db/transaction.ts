import type { Pool, PoolClient } from 'pg';

/** Advisory locks of one number, each for one purpose; the locks of documents have a class of their own (the function that applies commands). */
export const advisoryLocks = { migration: 20_482, accessLog: 20_483, searchIndex: 20_484, snapshots: 20_485 } as const;

/** Runs `work` on a connection that is held already, in one transaction: committed with its value, or rolled back with its error. */
export async function inTransactionOn<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const value = await work();
    await client.query('COMMIT');
    return value;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the first error tells more
    throw error;
  }
}

/** The same on a connection of the pool, given back afterwards. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await inTransactionOn(client, () => work(client));
  } finally {
    client.release();
  }
}
