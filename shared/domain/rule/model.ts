import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';

export const ruleUnitSchema = z.enum(['minutes', 'hours', 'days', 'count', 'percent']);
export const ruleCalendarSchema = z.enum(['roundTheClock', 'lineHours', 'workingDays', 'calendarDays']);
export const ruleCalendarTitles: Readonly<Record<z.infer<typeof ruleCalendarSchema>, string>> = {
  roundTheClock: '24×7',
  lineHours: 'рабочие часы КЦ',
  workingDays: 'рабочие дни',
  calendarDays: 'календарные дни',
};

/** One version of an entry of «Регламент»: documents keep the id of the version they were made under. */
export const ruleSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  /** T-MAIL, T-WRITTEN … */
  ruleId: z.string(),
  name: z.string(),
  clause: z.string(),
  value: z.number().nonnegative(),
  unit: ruleUnitSchema,
  calendar: ruleCalendarSchema,
  /** Share of the term after which it is amber: 0.75. */
  warnAt: z.number().min(0).max(1),
  validFrom: z.string(),
  confirmed: z.boolean(),
});
export type Rule = z.infer<typeof ruleSchema>;

export const rule = defineDocument<Rule>({
  type: 'rule',
  title: 'Регламент',
  schema: ruleSchema,
  presentation: ({ ruleId, name }) => `${ruleId} ${name}`,
  columns: {
    ruleId: { kind: 'text', value: ({ ruleId }) => ruleId },
    name: { kind: 'text', value: ({ name }) => name },
    validFrom: { kind: 'time', value: ({ validFrom }) => validFrom },
  },
  indexes: { byRuleId: ({ ruleId }) => [ruleId] },
  searchPlaces: ({ ruleId, name, clause }) => [ruleId, name, clause].map((text) => ({ place: 'Правило', kind: 'text', text }) as const),
  scope: () => ['all'],
});
