import { z } from 'zod';
import { refusal } from '../../base/errors.ts';
import { applyFieldEdits, fieldEditSchema } from '../../base/field-edits.ts';
import { accept, defineCommand, refuse, type Asking, type Refused } from '../../base/rule-book.ts';
import { find, get, getAll, getMarked, put } from '../reads.ts';
import { userSchema, type User } from './model.ts';

/** What is wrong with a user's card; null if it can be written. */
function* problemOf(user: User): Asking<Refused | null> {
  const missing = [...(user.login === '' ? ['Имя входа'] : []), ...(user.lastName === '' ? ['Фамилия'] : []), ...(user.roles.length === 0 ? ['Роли'] : [])];
  if (missing.length > 0) return refuse(refusal('required', { fields: missing }));
  if (!/^[\p{L}\p{N}._@-]{1,100}$/u.test(user.login)) return refuse(refusal('invalidInput', { field: 'Имя входа: буквы, цифры, точка, дефис' }));
  if ((yield* find('user', 'byLogin', user.login.toLowerCase())).some(({ id }) => id !== user.id)) return refuse(refusal('duplicateKey', { key: user.login }));
  if ((yield* getAll('branch', user.branchIds)).length < new Set(user.branchIds).size) return refuse(refusal('invalidInput', { field: 'Филиалы' }));
  if (user.employeeId !== null && (yield* get('employee', user.employeeId)) === null) return refuse(refusal('invalidInput', { field: 'Сотрудник' }));
  return null;
}

const trimmed = (user: User): User => ({ ...user, login: user.login.trim(), lastName: user.lastName.trim(), firstName: user.firstName.trim(), middleName: user.middleName.trim(), roles: [...new Set(user.roles)], branchIds: [...new Set(user.branchIds)] });

/** The user `system` is the centre itself: nobody may become it. */
const reservedId = 'system';

export const create = defineCommand({
  name: 'user.create',
  title: 'Создать пользователя',
  version: 1,
  roles: ['administrator'],
  input: z.object({ user: userSchema.omit({ deleted: true }) }),
  undo: null,
  *decide({ user: form }) {
    const user = trimmed(form);
    if (user.id === '' || user.id === reservedId || (yield* getMarked('user', user.id)) !== null) return refuse(refusal('duplicateKey', { key: user.login }));
    return (yield* problemOf(user)) ?? accept([put('user', user)]);
  },
});

/** Writes the changed fields of a user. Nobody takes the administrator's role or the right to log in from himself. */
export const save = defineCommand({
  name: 'user.save',
  title: 'Записать',
  version: 1,
  roles: ['administrator'],
  input: z.object({ id: z.string().min(1), edits: z.array(fieldEditSchema).max(100) }),
  undo: null,
  *decide({ id, edits }, context) {
    const before = yield* get('user', id);
    if (before === null) return refuse(refusal('notFound'));
    const foreign = edits.find(({ path }) => path === 'id' || path === 'deleted' || !Object.hasOwn(userSchema.shape, path));
    if (foreign !== undefined) return refuse(refusal('invalidInput', { field: foreign.path }));
    const { merged, conflicts } = applyFieldEdits(before, edits);
    if (conflicts.length > 0) return refuse(refusal('fieldConflict', { conflicts: conflicts.map((conflict) => ({ ...conflict })) }));
    const parsed = userSchema.safeParse(merged);
    if (!parsed.success) return refuse(refusal('invalidInput', { field: parsed.error.issues[0]?.path.join('.') ?? '' }));
    const user = trimmed(parsed.data);
    if (id === context.author.userId && (!user.active || !user.roles.includes('administrator'))) return refuse(refusal('notAllowed', { action: 'лишить администратора самого себя' }));
    return (yield* problemOf(user)) ?? accept([put('user', user)]);
  },
});
