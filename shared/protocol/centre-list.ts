import { z } from 'zod';

/** A page of a list that only the centre keeps. It is asked for by POST: what a person looks for stands in no URL. */
export const centreListSchema = z.object({
  search: z.string().max(200),
  /** Values of filters by their names; each list has its own, an unknown one is an error. */
  where: z.record(z.string().max(40), z.string().max(300)),
  sort: z.object({ column: z.string().max(40), descending: z.boolean() }),
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
});
export type CentreListQuery = z.infer<typeof centreListSchema>;

export interface CentrePage<T> {
  readonly rows: T[];
  /** Of all that fits, whatever the page. */
  readonly total: number;
}

export function centrePageSchema<T extends z.ZodType>(row: T): z.ZodObject<{ rows: z.ZodArray<T>; total: z.ZodNumber }> {
  return z.object({ rows: z.array(row), total: z.number().int() });
}
