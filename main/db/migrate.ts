import type { SqliteDatabase } from './open-database.ts';

/** One step forward, never edited after a release. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/**
 * Brings a file to the newest structure, each step in its transaction. Refuses a file newer than the program: the queue stays as it
 * is and the user is told to update. `beforeFirst` runs once, before the first step over an existing file (its copy).
 */
export function migrate(database: SqliteDatabase, migrations: readonly Migration[], beforeFirst: () => void): void {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > migrations.length) throw new Error(`File has structure ${version}, the program knows ${migrations.length}`);
  if (version > 0 && version < migrations.length) beforeFirst();
  migrations.slice(version).forEach((migration, index) => {
    database.transaction(() => {
      database.exec(migration.sql);
      database.pragma(`user_version = ${version + index + 1}`);
    })();
  });
}
