import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { advisoryLocks, inTransactionOn } from './transaction.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

const folder = path.join(import.meta.dirname, 'migrations');

/** The migrations beside this file, in order; numbers run from 1 without a gap. */
export function readMigrations(from = folder): readonly Migration[] {
  const files = readdirSync(from).filter((name) => /^\d{4}-[\w-]+\.sql$/.test(name)).sort();
  return files.map((file, at) => {
    const number = Number(file.slice(0, 4));
    if (number !== at + 1) throw new Error(`Migration ${file} stands in place ${at + 1}`);
    return { number, name: file.replace(/\.sql$/, ''), sql: readFileSync(path.join(from, file), 'utf8') };
  });
}

/** Brings the database to this program's version, each step in a transaction; refuses a newer database. */
export async function migrate(pool: Pool, log: Pick<Logger, 'info'>, migrations = readMigrations()): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLocks.migration]); // several processes may start at once
    await client.query('CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())');
    const { rows } = await client.query<{ number: number; name: string }>('SELECT number, name FROM migration ORDER BY number');
    for (const { number, name } of rows) {
      const known = migrations[number - 1];
      if (known === undefined) throw new Error(`База данных новее программы (шаг ${name}). Обновите центр до версии, которая работала с этой базой.`);
      if (known.name !== name) throw new Error(`Шаг ${number} базы данных называется «${name}», а в программе «${known.name}». Восстановите базу из копии.`);
    }
    for (const { number, name, sql } of migrations.slice(rows.length)) {
      await inTransactionOn(client, async () => {
        await client.query(sql);
        await client.query('INSERT INTO migration (number, name) VALUES ($1, $2)', [number, name]);
      });
      log.info({ migration: name }, 'migration applied');
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [advisoryLocks.migration]).catch(() => undefined); // a broken connection has let go of it
    client.release();
  }
}
