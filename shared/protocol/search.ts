import { z } from 'zod';

/** Kinds of documents that the single window searches, in the order of the answer. */
export const searchTypes = ['client', 'application', 'appeal', 'incomingEmail', 'outgoingEmail', 'task'] as const;
export type SearchType = (typeof searchTypes)[number];

/** Rows of one group. */
export const rowsOfGroup = 8;

export const searchTextSchema = z.object({ text: z.string().max(200) });

export const searchRowSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Second line: phone, address, subject. */
  detail: z.string(),
  /** ISO time; null for a client. */
  at: z.string().nullable(),
  /** In Russian, empty if there is none. */
  state: z.string(),
  /** Why it was found: the place as the screen calls it, its text, and what to mark in it (UTF-16 offsets). */
  matched: z.object({ place: z.string(), text: z.string(), ranges: z.array(z.tuple([z.number().int(), z.number().int()])) }),
  /** «похоже»: found with a slip of the keyboard, after the exact ones. */
  similar: z.boolean(),
});
export type SearchRow = z.infer<typeof searchRowSchema>;

export const searchGroupSchema = z.object({
  type: z.enum(searchTypes),
  rows: z.array(searchRowSchema).max(rowsOfGroup),
  /** There are more than these rows. */
  more: z.boolean(),
});
export type SearchGroup = z.infer<typeof searchGroupSchema>;

export const searchAnswerSchema = z.object({
  /** What was read instead of what was typed: «иванов» for «bdfyjd»; null = as typed. */
  understood: z.string().nullable(),
  /** Groups that are not empty, in the order of `searchTypes`. */
  groups: z.array(searchGroupSchema),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

export const recentClientSchema = z.object({ id: z.string(), title: z.string(), detail: z.string() });
export type RecentClient = z.infer<typeof recentClientSchema>;
