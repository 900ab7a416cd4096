import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';

/** «Производственный календарь» of one year: in what it differs from Saturdays and Sundays off. Days are YYYY-MM-DD. */
export const workCalendarSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  year: z.number().int().min(2000).max(2100),
  /** Holidays and days off carried over, those that fall on Monday to Friday. */
  daysOff: z.array(z.string()),
  /** Saturdays and Sundays that are worked. */
  workDays: z.array(z.string()),
  /** False until the government's order on days carried over in that year has been taken in. */
  confirmed: z.boolean(),
});
export type WorkCalendar = z.infer<typeof workCalendarSchema>;

export const workCalendar = defineDocument<WorkCalendar>({
  type: 'workCalendar',
  title: 'Производственный календарь',
  schema: workCalendarSchema,
  presentation: ({ year }) => `Производственный календарь на ${String(year)} год`,
  columns: { year: { kind: 'number', value: ({ year }) => year }, confirmed: { kind: 'flag', value: ({ confirmed }) => confirmed } },
  indexes: { byYear: ({ year }) => [String(year)] },
  searchPlaces: ({ year }) => [{ place: 'Год', kind: 'number', text: String(year) }],
  scope: () => ['all'],
});
