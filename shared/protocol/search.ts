import { z } from 'zod';

/** Longest text that is searched for; a longer one is cut by the screen. */
export const longestSearch = 200;

/** What a search finds, in the order in which groups are shown. */
export const searchTypeSchema = z.enum(['client', 'application', 'appeal', 'incomingEmail', 'outgoingEmail', 'task']);
export type SearchType = z.infer<typeof searchTypeSchema>;
export const searchTypeTitles: Readonly<Record<SearchType, string>> = {
  client: 'Клиенты',
  application: 'Заявки',
  appeal: 'Обращения',
  incomingEmail: 'Входящие письма',
  outgoingEmail: 'Исходящие письма',
  task: 'Задачи',
};

/** One of the «Строки поиска»: the field that matched, by its Russian name, its text, and what of it matched as [start, end) in UTF-16 units. */
export const searchMatchSchema = z.object({ place: z.string(), text: z.string(), ranges: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()])) });
export type SearchMatch = z.infer<typeof searchMatchSchema>;

export const searchRowSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** The second line: phone, address, subject. */
  detail: z.string(),
  /** ISO, null where the row has no time. */
  at: z.string().nullable(),
  /** In Russian; empty where there is none. */
  state: z.string(),
  matched: z.array(searchMatchSchema),
  /** «похоже»: found past a typing slip, after the exact ones. */
  similar: z.boolean(),
});
export type SearchRow = z.infer<typeof searchRowSchema>;

/** At most eight rows; `more` says that the list of the type holds others. */
export const searchGroupSchema = z.object({ type: searchTypeSchema, rows: z.array(searchRowSchema), more: z.boolean() });
export type SearchGroup = z.infer<typeof searchGroupSchema>;

/** `understood`: what was read instead of what was typed (another keyboard layout, transliteration); null = as typed. Empty groups are left out. */
export const searchAnswerSchema = z.object({ understood: z.string().nullable(), groups: z.array(searchGroupSchema) });
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

/** A client that was opened lately or is pinned by this user. */
export const recentClientSchema = z.object({ id: z.string(), title: z.string(), detail: z.string() });
export type RecentClient = z.infer<typeof recentClientSchema>;
export const recentClientsSchema = z.object({ pinned: z.array(recentClientSchema), recent: z.array(recentClientSchema) });
export type RecentClients = z.infer<typeof recentClientsSchema>;
