import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';

/** The longest value of a setting, as JSON text: columns and filters of a list take hundreds of characters. */
export const longestSetting = 20_000;

/**
 * One setting of one user: columns and filters of a list, the theme, the width of a pane. It follows him to every desk; the last
 * writing of a key is the one that holds.
 */
export const userSettingSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  userId: z.string(),
  key: z.string().regex(/^[\w.-]{1,100}$/),
  value: z.json(),
  /** When the user wrote it, by the centre's clock. */
  writtenAt: z.string(),
});
export type UserSetting = z.infer<typeof userSettingSchema>;

/** The id of a user's setting: both ends know it without looking. */
export function userSettingId(userId: string, key: string): string {
  return `setting:${userId}:${key}`;
}

/** The command that writes a setting: the program's own housekeeping, neither counted as work to be sent nor shown as refused. */
export const settingCommandName = 'userSetting.write';

export const userSetting = defineDocument<UserSetting>({
  type: 'userSetting',
  title: 'Настройка пользователя',
  schema: userSettingSchema,
  presentation: ({ key }) => `Настройка ${key}`,
  columns: { key: { kind: 'code', value: ({ key }) => key } },
  indexes: {},
  searchPlaces: () => [],
  scope: ({ userId }) => [`user:${userId}`],
});
