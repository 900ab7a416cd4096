import { z } from 'zod';
import type { Json } from '../../shared/base/json.ts';
import { sessionUserSchema } from '../../shared/protocol/http.ts';
import { draftSchema, type Draft } from '../../shared/protocol/ipc.ts';
import type { SqliteDatabase } from './open-database.ts';

/** What the desk remembers of a login that the centre accepted. */
export const knownSessionSchema = z.object({ user: sessionUserSchema, token: z.string(), grant: z.string(), grantExpiresAt: z.string() });
export type KnownSession = z.infer<typeof knownSessionSchema>;

/** Drafts, settings, files to upload, logins: what belongs to the users of this desk, in outbox.db. */
export class UserData {
  readonly #database: SqliteDatabase;
  readonly #saveDraft;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#saveDraft = database.prepare(
      `INSERT INTO draft (user_id, key, title, value, saved_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (user_id, key) DO UPDATE SET title = excluded.title, value = excluded.value, saved_at = excluded.saved_at`,
    );
  }

  drafts(userId: string): readonly Draft[] {
    return this.#database
      .prepare<[string], { value: string }>(`SELECT key, title, value, saved_at AS savedAt FROM draft WHERE user_id = ? ORDER BY saved_at`)
      .all(userId)
      .map((row) => draftSchema.parse({ ...row, value: JSON.parse(row.value) }));
  }

  /** Drafts of every user of this desk. */
  allDrafts(): readonly { readonly userId: string; readonly draft: Draft }[] {
    const users = this.#database.prepare<[], string>(`SELECT DISTINCT user_id FROM draft`).pluck().all();
    return users.flatMap((userId) => this.drafts(userId).map((draft) => ({ userId, draft })));
  }

  saveDraft(userId: string, { key, title, value, savedAt }: Draft): void {
    this.#saveDraft.run(userId, key, title, JSON.stringify(value), savedAt);
  }

  removeDraft(userId: string, key: string): void {
    this.#database.prepare(`DELETE FROM draft WHERE user_id = ? AND key = ?`).run(userId, key);
  }

  /** Undefined if it was never written here. */
  setting(userId: string, key: string): Json | undefined {
    const text = this.#database.prepare<[string, string], string>(`SELECT value FROM setting WHERE user_id = ? AND key = ?`).pluck().get(userId, key);
    return text === undefined ? undefined : z.json().parse(JSON.parse(text)) as Json; // z.json is that type, mutable
  }

  setSetting(userId: string, key: string, value: Json): void {
    this.#database
      .prepare(`INSERT INTO setting (user_id, key, value) VALUES (?, ?, ?) ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value`)
      .run(userId, key, JSON.stringify(value));
  }

  /** All that is written here of a user, in the order of keys. */
  settings(userId: string): readonly { readonly key: string; readonly value: Json }[] {
    return this.#database
      .prepare<[string], { key: string; value: string }>(`SELECT key, value FROM setting WHERE user_id = ? ORDER BY key`)
      .all(userId)
      .map(({ key, value }) => ({ key, value: z.json().parse(JSON.parse(value)) as Json })); // as above
  }

  removeSetting(userId: string, key: string): void {
    this.#database.prepare(`DELETE FROM setting WHERE user_id = ? AND key = ?`).run(userId, key);
  }

  addUpload(fileId: string, size: number, at: string): void {
    this.#database.prepare(`INSERT OR IGNORE INTO upload (file_id, size, chosen_at) VALUES (?, ?, ?)`).run(fileId, size, at);
  }

  uploads(): readonly string[] {
    return this.#database.prepare<[], string>(`SELECT file_id FROM upload ORDER BY chosen_at`).pluck().all();
  }

  removeUpload(fileId: string): void {
    this.#database.prepare(`DELETE FROM upload WHERE file_id = ?`).run(fileId);
  }

  session(login: string): { readonly session: KnownSession; readonly lastOnlineAt: string } | null {
    const row = this.#database.prepare<[string], { session: string; lastOnlineAt: string }>(`SELECT session, last_online_at AS lastOnlineAt FROM session_user WHERE login = ?`).get(login);
    return row === undefined ? null : { session: knownSessionSchema.parse(JSON.parse(row.session)), lastOnlineAt: row.lastOnlineAt };
  }

  saveSession(login: string, session: KnownSession, lastOnlineAt: string): void {
    this.#database
      .prepare(`INSERT INTO session_user (login, session, last_online_at) VALUES (?, ?, ?) ON CONFLICT (login) DO UPDATE SET session = excluded.session, last_online_at = excluded.last_online_at`)
      .run(login, JSON.stringify(session), lastOnlineAt);
  }

  /** A dismissed user, or one whose session the centre ended, cannot come back off line. */
  forgetSession(login: string): void {
    this.#database.prepare(`DELETE FROM session_user WHERE login = ?`).run(login);
  }
}
