import { z } from 'zod';

/** One contract for every list: filter, sort by a column of the document type, window of rows. */
export const listFilterSchema = z.object({
  column: z.string(),
  op: z.enum(['eq', 'ne', 'in', 'lt', 'gt', 'contains', 'empty', 'notEmpty']),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]).optional(),
});
export type ListFilter = z.infer<typeof listFilterSchema>;

export const listQuerySchema = z.object({
  type: z.string(),
  /** All must hold. */
  where: z.array(listFilterSchema).max(20),
  /** At least one group must hold, all of a group: for «mine or my role's». Empty = no condition. */
  anyOf: z.array(z.array(listFilterSchema)).max(10),
  search: z.string().max(200),
  sort: z.array(z.object({ column: z.string(), descending: z.boolean() })).max(4),
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(0).max(1000),
});
export type ListQuery = z.infer<typeof listQuerySchema>;

/** `refs`: presentations of the documents that the row points at, by id. `pending`: changed here, not yet confirmed. */
export const listRowSchema = z.object({ document: z.record(z.string(), z.json()), refs: z.record(z.string(), z.string()), pending: z.boolean() });
export type ListRow = z.infer<typeof listRowSchema>;
export const listPageSchema = z.object({ rows: z.array(listRowSchema), total: z.number().int() });
export type ListPage = z.infer<typeof listPageSchema>;
