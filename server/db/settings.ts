import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { CentreStore } from './centre-store.ts';

/** The signing key and the epoch, made at the first start. The key lives in the base: desks' grants outlive a restore of it. */
export async function ensureSettings(pool: Pool): Promise<{ readonly signingKey: Buffer }> {
  await pool.query(
    `INSERT INTO setting (name, value) VALUES ('epoch', to_jsonb($1::text)), ('signingKey', to_jsonb($2::text)) ON CONFLICT (name) DO NOTHING`,
    [randomUUID(), randomBytes(32).toString('base64')],
  );
  const { rows } = await pool.query<{ value: string }>(`SELECT value #>> '{}' AS value FROM setting WHERE name = 'signingKey'`);
  const key = rows[0]?.value;
  if (key === undefined) throw new Error('The base has no signing key');
  return { signingKey: Buffer.from(key, 'base64') };
}

/** A base restored into another cluster has rows of transactions that are yet to come here: nobody would ever be given them. */
export async function findRestoredBase(pool: Pool, store: Pick<CentreStore, 'epoch' | 'newEpoch'>, log: Pick<Logger, 'warn'>): Promise<void> {
  const { rows } = await pool.query<{ restored: boolean }>('SELECT EXISTS (SELECT 1 FROM document WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())) AS restored');
  if (rows[0]?.restored !== true) return;
  const epoch = await store.newEpoch(await store.epoch(), new Date().toISOString());
  log.warn({ epoch }, 'the base comes from another cluster: all desks fetch anew');
}
