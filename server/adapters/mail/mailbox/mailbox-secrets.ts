import type { Pool } from 'pg';
import { z } from 'zod';
import type { Seal } from '../../../secrets/seal.ts';

export const mailboxSecretSchema = z.object({ password: z.string().optional(), clientSecret: z.string().optional(), refreshToken: z.string().optional() });
/** What a mailbox logs in with; never in a document, a log or an answer of the API. */
export type MailboxSecret = z.infer<typeof mailboxSecretSchema>;
export type SecretName = keyof MailboxSecret;

export interface StoredSecret {
  readonly secret: MailboxSecret;
  /** Another at each change by a person. */
  readonly version: string;
}

export interface MailboxSecrets {
  readonly read: (mailboxId: string) => Promise<StoredSecret | null>;
  /** Changes the given secrets; an empty text takes one away. `isRenewal`: the other side gave another in the place of one that worked, nobody has to begin anew. */
  readonly write: (mailboxId: string, changes: MailboxSecret, isRenewal?: boolean) => Promise<void>;
  readonly versions: () => Promise<ReadonlyMap<string, string>>;
  /** Which secrets there are. */
  readonly names: (mailboxId: string) => Promise<readonly string[]>;
}

const ownerOf = (mailboxId: string): string => `mailbox:${mailboxId}`;

/** The table `mailbox_secret`. */
export function mailboxSecrets(pool: Pool, seal: Seal): MailboxSecrets {
  const read = async (mailboxId: string): Promise<StoredSecret | null> => {
    const { rows } = await pool.query<{ sealed: Buffer; version: string }>('SELECT sealed, version::text AS version FROM mailbox_secret WHERE mailbox_id = $1', [mailboxId]);
    const [row] = rows;
    return row === undefined ? null : { secret: mailboxSecretSchema.parse(JSON.parse(seal.open(row.sealed, ownerOf(mailboxId)))), version: row.version };
  };
  /** A secret that no key opens any more does not keep a new one from being set. */
  const readable = (mailboxId: string): Promise<MailboxSecret> => read(mailboxId).then((stored) => stored?.secret ?? {}, () => ({}));
  return {
    read,
    write: async (mailboxId, changes, isRenewal = false) => {
      const secret = Object.fromEntries(Object.entries({ ...(await readable(mailboxId)), ...changes }).filter(([, value]) => value !== undefined && value !== ''));
      await pool.query(
        `INSERT INTO mailbox_secret (mailbox_id, sealed, names) VALUES ($1, $2, $3)
         ON CONFLICT (mailbox_id) DO UPDATE SET sealed = excluded.sealed, names = excluded.names, version = mailbox_secret.version + $4, changed_at = now()`,
        [mailboxId, seal.close(JSON.stringify(secret), ownerOf(mailboxId)), Object.keys(secret), isRenewal ? 0 : 1],
      );
    },
    versions: async () => {
      const { rows } = await pool.query<{ id: string; version: string }>('SELECT mailbox_id AS id, version::text AS version FROM mailbox_secret');
      return new Map(rows.map(({ id, version }) => [id, version]));
    },
    names: async (mailboxId) => {
      const { rows } = await pool.query<{ names: string[] }>('SELECT names FROM mailbox_secret WHERE mailbox_id = $1', [mailboxId]);
      return rows[0]?.names ?? [];
    },
  };
}
