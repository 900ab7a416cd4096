import { z } from 'zod';
import { roleSchema } from '../base/roles.ts';
import { effectStateSchema } from '../domain/effects.ts';
import { mailboxSchema } from '../domain/mailbox/model.ts';
import { accessEntrySchema, refusalSchema } from './sync.ts';

/** Answer of every failed call. `requestId` is what support looks for in the log. */
export const problemSchema = z.object({ refusal: refusalSchema, text: z.string(), advice: z.string(), number: z.string(), requestId: z.string() });

export const loginRequestSchema = z.object({
  protocol: z.number().int(),
  login: z.string().min(1).max(100),
  password: z.string().min(1).max(200),
  deskId: z.string().min(8).max(64),
  deskName: z.string().max(200),
  /** Needed at the desk's first login if the administrator requires it. */
  enrolCode: z.string().optional(),
  /** The desk's data key wrapped by the centre's public key: a user new to this desk gets it back opened. Base64. */
  keyEscrow: z.string().optional(),
  /** Needed when the password is one-time. */
  newPassword: z.string().min(8).max(200).optional(),
});
export type LoginRequest = z.infer<typeof loginRequestSchema>;

export const sessionUserSchema = z.object({ userId: z.string(), login: z.string(), name: z.string(), roles: z.array(roleSchema), branchIds: z.array(z.string()) });
export type SessionUser = z.infer<typeof sessionUserSchema>;

export const loginResponseSchema = z.object({
  token: z.string(),
  /** Signed by the centre: goes with each command that this user makes, offline too. */
  grant: z.string(),
  grantExpiresAt: z.iso.datetime(),
  user: sessionUserSchema,
  epoch: z.string(),
  serverTime: z.iso.datetime(),
  /** PEM of the key that wraps the escrow copy of the desk's data key. */
  escrowPublicKey: z.string(),
  /** The desk's data key opened from `keyEscrow`, base64; null if none was given. */
  dataKey: z.string().nullable(),
});
export type LoginResponse = z.infer<typeof loginResponseSchema>;

/** What the demo says at the login screen, and nothing in production. */
export const welcomeSchema = z.object({ protocol: z.number().int(), oldestProtocol: z.number().int(), version: z.string(), demoUsers: z.array(z.object({ login: z.string(), password: z.string(), name: z.string(), roles: z.string() })) });
export type Welcome = z.infer<typeof welcomeSchema>;

const storedDocumentSchema = z.record(z.string(), z.json());
/** One document, read for a desk that does not hold it. */
export const readDocumentSchema = z.object({ document: storedDocumentSchema });
/** Letters, appeals, applications and events of a client; `more`: there are others, changed longer ago. */
export const clientDocumentsSchema = z.object({ documents: z.array(z.object({ type: z.string(), document: storedDocumentSchema })), more: z.boolean() });

export const historyEntrySchema = z.object({
  version: z.number().int(),
  commandId: z.string(),
  commandName: z.string(),
  commandTitle: z.string(),
  authorName: z.string(),
  deskName: z.string(),
  happenedAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  /** Fields that changed: before and after as stored. */
  changes: z.array(z.object({ path: z.string(), before: z.json(), after: z.json() })),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const effectViewSchema = z.object({ id: z.string(), kind: z.string(), state: effectStateSchema, attempts: z.number().int(), notBefore: z.iso.datetime().nullable(), lastError: z.string(), createdAt: z.iso.datetime(), payload: z.json() });
export type EffectView = z.infer<typeof effectViewSchema>;

/** The embedded outgoing store: what left the house (administration → «Исходящая почта»). */
export const sentMailSchema = z.object({ id: z.string(), at: z.iso.datetime(), from: z.string(), to: z.array(z.string()), subject: z.string(), size: z.number().int(), rawFileId: z.string() });
export type SentMail = z.infer<typeof sentMailSchema>;

/** A line of the access log at the centre: who read personal data, at which desk, when it came here. */
export const accessLineSchema = accessEntrySchema.omit({ previousHash: true, hash: true }).extend({
  deskId: z.string(),
  recordedAt: z.iso.datetime(),
  deskName: z.string(),
  userName: z.string(),
  /** The document as it is called now; empty if there was none or it is gone. */
  documentTitle: z.string(),
  /** False: the desk's own chain is broken at this line. */
  chainHolds: z.boolean(),
});
export type AccessLine = z.infer<typeof accessLineSchema>;

/** Setting a password is not a command: it never enters history or the feed. */
export const setPasswordSchema = z.object({ userId: z.string(), password: z.string().min(8).max(200), oneTime: z.boolean() });

/** As a password: never a command. Only what is named changes; an empty text takes a secret away. */
export const setMailboxSecretsSchema = z.object({
  mailboxId: z.string().min(1).max(300),
  secrets: z.object({ password: z.string().max(1000), clientSecret: z.string().max(4000), refreshToken: z.string().max(8000) }).partial(),
});
export const mailboxSecretNamesSchema = z.object({ names: z.array(z.string()) });

/** The settings as they stand in the form; the secrets are those stored at the centre. */
export const mailboxCheckRequestSchema = z.object({ mailbox: mailboxSchema });
const checkLineSchema = z.object({ ok: z.boolean(), text: z.string() });
/** What came of trying a mailbox, in words; null: it does not do that. */
export const mailboxCheckSchema = z.object({ imap: checkLineSchema.nullable(), smtp: checkLineSchema.nullable() });
export type MailboxCheck = z.infer<typeof mailboxCheckSchema>;

export const healthSchema = z.object({ ok: z.boolean(), version: z.string(), epoch: z.string(), database: z.boolean(), smtp: z.boolean(), external: z.array(z.object({ system: z.string(), works: z.boolean() })) });
export type Health = z.infer<typeof healthSchema>;
