import { z } from 'zod';
import { refusalSchema } from './sync.ts';

/** Documents on one page at most, and by default. */
export const longestPage = 500;
export const usualPage = 100;
/** Seconds that a question for changes may wait for one. */
export const longestWait = 30;

const limit = z.coerce.number().int().min(1).max(longestPage).default(usualPage);

/** Kinds of documents that the token may read. */
export const kindSchema = z.object({
  type: z.string(),
  title: z.string(),
  /** Columns by which a list is filtered. */
  columns: z.array(z.object({ name: z.string(), kind: z.enum(['text', 'time', 'code', 'number', 'flag', 'ref']), refType: z.string().nullable() })),
  /** Indexes under whose keys documents are found at once. */
  indexes: z.array(z.string()),
});

/** What every list takes, whatever its kind; filters of the columns come besides. */
export const documentListShape = {
  cursor: z.string().max(600).optional(),
  limit,
  key: z.string().max(1000).optional(),
  deleted: z.enum(['yes', 'no']).default('no'),
} as const;

export const changesQuerySchema = z.strictObject({
  cursor: z.string().max(1000).optional(),
  limit,
  /** Kinds, by commas; without it all that the token may read. */
  types: z.string().max(1000).optional(),
  wait: z.coerce.number().int().min(0).max(longestWait).default(0),
});

export const changesAnswerSchema = z.object({
  /** `document` null: it left what this token may see. */
  rows: z.array(z.object({ type: z.string(), id: z.string(), version: z.number().int(), document: z.record(z.string(), z.json()).nullable() })),
  cursor: z.string(),
  more: z.boolean(),
});

/** A command that the token may run; `input` is a JSON schema. */
export const commandInfoSchema = z.object({ name: z.string(), title: z.string(), version: z.number().int(), input: z.record(z.string(), z.json()) });

export const commandRequestSchema = z.strictObject({
  /** The command's identity for ever: repeated, it changes nothing and answers as the first time. */
  commandId: z.uuid(),
  name: z.string().max(100),
  input: z.json(),
});

export const commandAppliedSchema = z.object({ commandId: z.string(), outcome: z.literal('applied'), duplicate: z.boolean() });
export const commandRejectedSchema = z.object({ commandId: z.string(), outcome: z.literal('rejected'), duplicate: z.boolean(), refusal: refusalSchema, text: z.string(), advice: z.string(), number: z.string() });
