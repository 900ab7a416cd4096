import { Client, Pool, type ClientConfig } from 'pg';
import type { Logger } from 'pino';
import type { CentreConfig } from '../config.ts';
import { dataHolder } from './data-lock.ts';
import { embeddedAddress, startEmbeddedPostgres, type DatabaseAddress } from './embedded-postgres.ts';
import { migrate, type Migration } from './migrate.ts';
import { watchedClient } from './slow-queries.ts';

export interface Database {
  readonly pool: Pool;
  /** A connection of its own, for LISTEN. */
  readonly connect: () => Promise<Client>;
  readonly close: () => Promise<void>;
}

interface DatabaseOptions {
  readonly join?: boolean;
  readonly migrations?: readonly Migration[];
  /** A query that takes longer is logged, and told of. */
  readonly slowQueryMs?: number;
  readonly onSlowQuery?: () => void;
}

/**
 * Opens the company's PostgreSQL or starts the embedded one, and brings it to this version. `join`: if a centre runs on the
 * data folder, its database is used beside it (for the administrator's commands). `migrations`: the structure of an older version, to restore into.
 */
export async function openDatabase(config: Pick<CentreConfig, 'data' | 'databaseUrl' | 'poolSize'>, log: Logger, { join = false, migrations, slowQueryMs = 500, onSlowQuery = () => undefined }: DatabaseOptions = {}): Promise<Database> {
  const { connection, stop } = await reach(config, log, join);
  const settings = { ...connection, application_name: 'okno', statement_timeout: 60_000 };
  const slow = watchedClient(slowQueryMs, (query, ms) => {
    onSlowQuery();
    log.warn({ query: query.replace(/\s+/g, ' ').slice(0, 1000), ms }, 'slow query');
  });
  const pool = new Pool({ ...settings, Client: slow, max: config.poolSize, connectionTimeoutMillis: 15_000 });
  // A connection that breaks is replaced by the pool; without a listener, on idle ones and on each one taken, it would end the process (F34).
  const lost = (error: Error): void => log.warn({ err: error }, 'database connection lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  const close = async (): Promise<void> => {
    await pool.end();
    await stop();
  };
  try {
    await migrate(pool, log, migrations);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    pool,
    close,
    connect: async () => {
      const client = new Client(settings);
      await client.connect();
      return client;
    },
  };
}

async function reach({ data, databaseUrl }: Pick<CentreConfig, 'data' | 'databaseUrl'>, log: Logger, join: boolean): Promise<{ readonly connection: ClientConfig | DatabaseAddress; readonly stop: () => Promise<void> }> {
  if (databaseUrl !== null) return { connection: { connectionString: databaseUrl }, stop: () => Promise.resolve() };
  const holder = join ? dataHolder(data) : null;
  if (holder !== null) return { connection: embeddedAddress(data, holder), stop: () => Promise.resolve() };
  const embedded = await startEmbeddedPostgres(data, log);
  return { connection: embedded.address, stop: embedded.stop };
}
