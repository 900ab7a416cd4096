import { Client, Pool, type ClientConfig } from 'pg';
import type { Logger } from 'pino';
import type { CentreConfig } from '../config.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';

export interface Database {
  readonly pool: Pool;
  /** A connection of its own, for LISTEN. */
  readonly connect: () => Promise<Client>;
  readonly close: () => Promise<void>;
  /** Resolves if an embedded server ends by itself. */
  readonly ended: Promise<void>;
}

/** Opens the company's PostgreSQL or starts the embedded one, and brings it to this version. */
export async function openDatabase(config: Pick<CentreConfig, 'data' | 'databaseUrl' | 'poolSize'>, log: Logger): Promise<Database> {
  const embedded = config.databaseUrl === null ? await startEmbeddedPostgres(config.data, log) : null;
  const connection: ClientConfig = embedded === null ? { connectionString: config.databaseUrl ?? '' } : embedded.connection;
  const settings = { ...connection, application_name: 'okno', statement_timeout: 60_000 };
  const pool = new Pool({ ...settings, max: config.poolSize, connectionTimeoutMillis: 15_000 });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'database connection lost'));
  let closing = false;
  try {
    await migrate(pool, log);
  } catch (error) {
    await pool.end();
    await embedded?.stop();
    throw error;
  }
  return {
    pool,
    connect: async () => {
      const client = new Client(settings);
      await client.connect();
      return client;
    },
    close: async () => {
      closing = true;
      await pool.end();
      await embedded?.stop();
    },
    ended: embedded === null ? new Promise(() => undefined) : embedded.ended.then(() => (closing ? new Promise<void>(() => undefined) : undefined)),
  };
}
