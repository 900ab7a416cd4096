import { z } from 'zod';
import { errorTexts, type ErrorCode } from '../base/errors.ts';

const errorCodes = Object.keys(errorTexts) as [ErrorCode, ...ErrorCode[]]; // the keys of a constant record
export const errorCodeSchema = z.enum(errorCodes);
export const refusalSchema = z.object({ code: errorCodeSchema, details: z.record(z.string(), z.json()) });

/** A number that a desk took from its leased block. */
export const takenNumberSchema = z.object({ series: z.string(), year: z.string(), value: z.number().int().positive(), leaseId: z.string() });
export type TakenNumber = z.infer<typeof takenNumberSchema>;

/** One command on its way from a desk. `commandId` is its idempotency key for ever; `seq` is for order only. */
export const envelopeSchema = z.object({
  commandId: z.uuid(),
  seq: z.number().int().positive(),
  name: z.string(),
  version: z.number().int().positive(),
  input: z.json(),
  numbers: z.array(takenNumberSchema),
  happenedAt: z.iso.datetime(),
  recordedAtDesk: z.iso.datetime(),
  /** The author's session grant, signed by the centre. */
  grant: z.string(),
  /**
   * The refusal that a restored centre may have forgotten: it is only kept as that command's outcome, nothing is carried out. Else a copy
   * of the desk's profile could get through what was refused here, and the two would show different outcomes (I1).
   */
  refused: refusalSchema.optional(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

export const pushRequestSchema = z.object({
  protocol: z.number().int(),
  deskId: z.string(),
  incarnation: z.string(),
  /** Epoch that the desk knows; null before its first greeting. Commands of another epoch are not carried out. */
  epoch: z.string().nullable(),
  commands: z.array(envelopeSchema).max(200),
});
export type PushRequest = z.infer<typeof pushRequestSchema>;

/** applied and rejected are final and stored; a repeated commandId gets the stored one with `duplicate`; retry = ask again later. */
export const pushAnswerSchema = z.discriminatedUnion('outcome', [
  z.object({ commandId: z.string(), outcome: z.literal('applied'), duplicate: z.boolean() }),
  z.object({ commandId: z.string(), outcome: z.literal('rejected'), duplicate: z.boolean(), refusal: refusalSchema }),
  z.object({ commandId: z.string(), outcome: z.literal('retry') }),
]);
export type PushAnswer = z.infer<typeof pushAnswerSchema>;

export const pushResponseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answers'), serverTime: z.iso.datetime(), epoch: z.string(), answers: z.array(pushAnswerSchema) }),
  /** A seq was seen with another commandId: the profile was cloned. The desk takes a new incarnation and resends with the same commandIds. */
  z.object({ kind: z.literal('clonedProfile'), serverTime: z.iso.datetime() }),
  /** The centre was restored since this desk last heard of it: nothing was carried out, the desk sends all again in the new epoch. */
  z.object({ kind: z.literal('otherEpoch'), serverTime: z.iso.datetime(), epoch: z.string() }),
  z.object({ kind: z.literal('programTooOld'), oldest: z.number().int() }),
]);
export type PushResponse = z.infer<typeof pushResponseSchema>;

export const pullRequestSchema = z.object({
  protocol: z.number().int(),
  deskId: z.string(),
  incarnation: z.string(),
  /** Epoch and cursor of the last applied page; null at first. */
  epoch: z.string().nullable(),
  cursor: z.string().nullable(),
  limit: z.number().int().min(1).max(5000),
  /** Highest number known per `series-year`, so that a restored centre jumps above it. */
  highestNumbers: z.record(z.string(), z.number().int().nonnegative()),
});
export type PullRequest = z.infer<typeof pullRequestSchema>;

const askedSchema = pullRequestSchema.pick({ incarnation: true, epoch: true, cursor: true });

/** `document` null = gone from this desk's scope. */
export const pulledRowSchema = z.object({ type: z.string(), id: z.string(), version: z.number().int(), document: z.record(z.string(), z.json()).nullable() });
export type PulledRow = z.infer<typeof pulledRowSchema>;

export const externalSystemSchema = z.object({ system: z.string(), title: z.string(), works: z.boolean(), detail: z.string(), since: z.iso.datetime(), waiting: z.number().int() });
export type ExternalSystem = z.infer<typeof externalSystemSchema>;

const pageSchema = z.object({
  kind: z.literal('page'),
  /** The question that this page answers: a page that came in the place of another is not applied. */
  asked: askedSchema,
  epoch: z.string(),
  rows: z.array(pulledRowSchema),
  cursor: z.string(),
  more: z.boolean(),
  /** Every command of the asked incarnation up to this seq is contained in the page or earlier ones; 0: none, or more pages come. */
  lastSeq: z.number().int(),
  /** The command known under `lastSeq`; a desk that does not know it so shares its incarnation with a copy of its profile. */
  lastCommandId: z.string().nullable(),
  serverTime: z.iso.datetime(),
  external: z.array(externalSystemSchema),
});
export type Page = z.infer<typeof pageSchema>;

export const pullResponseSchema = z.discriminatedUnion('kind', [
  pageSchema,
  z.object({ kind: z.literal('mustRefetch'), epoch: z.string() }),
  z.object({ kind: z.literal('programTooOld'), oldest: z.number().int() }),
]);
export type PullResponse = z.infer<typeof pullResponseSchema>;

/**
 * A ready base of the documents that a desk has most of, for its first fill: asked once before the first page. `structure`: the tables that the program
 * knows; a file of others is of no use to it.
 */
export const snapshotRequestSchema = z.object({ deskId: z.string(), structure: z.string() });
export type SnapshotRequest = z.infer<typeof snapshotRequestSchema>;

export const snapshotOfferSchema = z.object({
  id: z.string().regex(/^[0-9a-f-]{36}$/),
  /** Epoch of the centre when the file was made; in another one it is of no use. */
  epoch: z.string(),
  /** Bytes of the whole file and of each part but the last; sha256 of each part, hex. */
  size: z.number().int().positive(),
  partBytes: z.number().int().positive(),
  parts: z.array(z.string().regex(/^[0-9a-f]{64}$/)).min(1),
  /** What the file is encrypted with, 32 bytes, hex: the desk gives it its own key before it opens it. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** Types of documents that are in the file. */
  types: z.array(z.string()).min(1),
  /** Where the feed goes on once the file is laid, and from where all other types come until then. */
  cursor: z.string(),
  restCursor: z.string(),
});
export type SnapshotOffer = z.infer<typeof snapshotOfferSchema>;

/** Null: there is no file for this desk, it fills itself by pages. */
export const snapshotAnswerSchema = z.object({ offer: snapshotOfferSchema.nullable() });

/** Blocks of numbers for one incarnation, recorded at the centre before use. `from`…`to` inclusive. */
export const leaseRequestSchema = z.object({ deskId: z.string(), incarnation: z.string(), series: z.string(), year: z.string().regex(/^\d{2}$/), count: z.number().int().min(1).max(500), highest: z.number().int().nonnegative() });
export type LeaseRequest = z.infer<typeof leaseRequestSchema>;
export const leaseSchema = z.object({ leaseId: z.string(), series: z.string(), year: z.string(), from: z.number().int().positive(), to: z.number().int().positive() });
export type Lease = z.infer<typeof leaseSchema>;
/** A block, perhaps smaller than asked for; null: none can be given for a while after a restore of the centre, ask again later. */
export const leaseAnswerSchema = z.object({ lease: leaseSchema.nullable() });

/** One line of the access log of personal data; chained by hash at the desk and at the centre. */
export const accessEntrySchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  userId: z.string(),
  action: z.enum(['open', 'search', 'export', 'print', 'call']),
  documentType: z.string(),
  documentId: z.string(),
  details: z.string(),
  previousHash: z.string(),
  hash: z.string(),
});
export type AccessEntry = z.infer<typeof accessEntrySchema>;
export const accessLogRequestSchema = z.object({ deskId: z.string(), entries: z.array(accessEntrySchema).max(500) });

/** Of a file that comes in parts: how many of its first bytes are at the centre. */
export const partAnswerSchema = z.object({ received: z.number().int().nonnegative() });

/** `pages=yes`: the program understands the event `page`. */
export const hintQuerySchema = z.object({ pages: z.literal('yes').optional() });

/**
 * Events of the SSE stream `/api/v1/sync/hints`. `feed`: there is something new, ask. `page`: what the answer would be to a desk that stands
 * where it was answered last; one that stands elsewhere asks.
 */
export const hintSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('feed') }),
  z.object({ kind: z.literal('heartbeat') }),
  z.object({ kind: z.literal('sessionEnded') }),
  z.object({ kind: z.literal('page'), page: pageSchema }),
]);
export type Hint = z.infer<typeof hintSchema>;

/** The full text of a number: КП-26-00001842 (2.8.1). */
export function formatNumber(series: string, year: string, value: number): string {
  return `${series}-${year}-${String(value).padStart(8, '0')}`;
}
