import { z } from 'zod';
import { mostSelected } from '../base/selection.ts';

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

/** The same question for ids alone: a selection is longer than a window. */
export const idsQuerySchema = listQuerySchema.extend({ limit: z.number().int().min(0).max(mostSelected) });

/** `refs`: presentations of the documents that the row points at, by id. `pending`: changed here, not yet confirmed. */
export const listRowSchema = z.object({ document: z.record(z.string(), z.json()), refs: z.record(z.string(), z.string()), pending: z.boolean() });
export type ListRow = z.infer<typeof listRowSchema>;
export const listPageSchema = z.object({ rows: z.array(listRowSchema), total: z.number().int() });
export type ListPage = z.infer<typeof listPageSchema>;

/** Values of one column among the documents that a query finds, the most frequent first, each with a row that has it. */
export const listValuesSchema = z.object({
  values: z.array(z.object({ value: z.string().nullable(), count: z.number().int(), row: listRowSchema })),
  /** There are more values than these. */
  more: z.boolean(),
});
export type ListValues = z.infer<typeof listValuesSchema>;

/** A cell of an exported list, see shared/base/cell-value.ts. */
export const cellValueSchema = z.union([z.string(), z.number(), z.object({ at: z.string(), shown: z.enum(['date', 'moment']) }), z.null()]);

/** What becomes a file, or goes to paper (`print`, no file is written then): its columns with widths in px, and the questions whose rows it holds, in order, one for each group. */
export const listExportSchema = z.object({
  format: z.enum(['xlsx', 'csv', 'print']),
  /** Name of the list: of the file, of the sheet, of the line in the access log. */
  title: z.string().min(1).max(200),
  columns: z.array(z.object({ title: z.string(), width: z.number() })).min(1).max(100),
  /** Empty for a list that is not of this desk's base: its rows are only written. */
  groups: z.array(z.object({ title: z.string().nullable(), query: listQuerySchema })).max(200),
  /** What narrowed the list, in words, for the access log. */
  narrowed: z.string().max(1000),
});
export type ListExport = z.infer<typeof listExportSchema>;

/** A list on paper: every row as it is read, the groups in order. */
export const listPrintSchema = z.object({
  title: z.string().min(1).max(200),
  /** What narrowed it, how many rows, when. */
  notes: z.array(z.string().max(1000)).max(40),
  columns: z.array(z.object({ title: z.string(), width: z.number(), align: z.enum(['left', 'right']) })).min(1).max(100),
  groups: z.array(z.object({ title: z.string().nullable(), rows: z.array(z.array(z.string())).max(10_000) })).max(200),
});
export type ListPrint = z.infer<typeof listPrintSchema>;
