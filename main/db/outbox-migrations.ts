import type { Migration } from './migrate.ts';

/** Structure of outbox.db, forward only. */
export const outboxMigrations: readonly Migration[] = [
  {
    name: '0001-queue',
    sql: `
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
      -- state: queued → applied | rejected. An applied command is kept for a month: a centre restored from a backup gets it again.
      CREATE TABLE command (
        place INTEGER PRIMARY KEY,
        command_id TEXT NOT NULL UNIQUE,
        incarnation TEXT NOT NULL,
        seq INTEGER NOT NULL,
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        input TEXT NOT NULL,
        numbers TEXT NOT NULL,
        happened_at TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        session_grant TEXT NOT NULL,
        author TEXT NOT NULL,
        document_type TEXT,
        document_id TEXT,
        document_title TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'applied', 'rejected')),
        refusal TEXT,
        answered_at TEXT,
        settled TEXT CHECK (settled IN ('resent', 'setAside')),
        settled_at TEXT,
        UNIQUE (incarnation, seq)
      );
      CREATE INDEX command_by_state ON command (state, place);
      CREATE TABLE lease (
        lease_id TEXT PRIMARY KEY,
        incarnation TEXT NOT NULL,
        series TEXT NOT NULL,
        year TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        next INTEGER NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE draft (user_id TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL, value TEXT NOT NULL, saved_at TEXT NOT NULL, PRIMARY KEY (user_id, key)) WITHOUT ROWID;
      CREATE TABLE setting (user_id TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_id, key)) WITHOUT ROWID;
      CREATE TABLE access_entry (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, entry TEXT NOT NULL, sent INTEGER NOT NULL DEFAULT 0);
      CREATE INDEX access_entry_unsent ON access_entry (place) WHERE sent = 0;
      CREATE TABLE upload (file_id TEXT PRIMARY KEY, size INTEGER NOT NULL, chosen_at TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE session_user (login TEXT PRIMARY KEY, session TEXT NOT NULL, last_online_at TEXT NOT NULL) WITHOUT ROWID;
    `,
  },
  {
    name: '0002-refusals-told-again',
    sql: `
      -- A centre restored from a backup may have forgotten that it refused the command: 1 until it is told again.
      ALTER TABLE command ADD COLUMN tell INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX command_to_tell ON command (seq) WHERE tell = 1;
    `,
  },
];
