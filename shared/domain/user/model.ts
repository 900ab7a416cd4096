import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';
import { roleSchema } from '../../base/roles.ts';

export const personNameSchema = z.object({ lastName: z.string(), firstName: z.string(), middleName: z.string() });

/** «Фамилия И. О.», with no-break spaces so that it never breaks at the end of a line. */
export function shortName({ lastName, firstName, middleName }: z.infer<typeof personNameSchema>): string {
  const initials = [firstName, middleName].filter((part) => part !== '').map((part) => `${part.charAt(0)}.`);
  return [lastName, ...initials].join('\u00a0');
}

/** A user of the program. The password lives at the centre only, never in a document. */
export const userSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  login: z.string(),
  ...personNameSchema.shape,
  employeeId: z.string().nullable(),
  roles: z.array(roleSchema),
  branchIds: z.array(z.string()),
  /** A dismissed user cannot log in; his sessions end. */
  active: z.boolean(),
});
export type User = z.infer<typeof userSchema>;

export const user = defineDocument<User>({
  type: 'user',
  title: 'Пользователь',
  schema: userSchema,
  presentation: shortName,
  columns: {
    login: { kind: 'text', value: ({ login }) => login },
    lastName: { kind: 'text', value: (document) => shortName(document) },
    active: { kind: 'flag', value: ({ active }) => active },
  },
  indexes: { byLogin: ({ login }) => [login.toLowerCase()] },
  searchPlaces: ({ login, lastName, firstName, middleName }) => [
    { place: 'ФИО', kind: 'name', text: `${lastName} ${firstName} ${middleName}` },
    { place: 'Имя для входа', kind: 'text', text: login },
  ],
  scope: () => ['all'],
});
