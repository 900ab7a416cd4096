import { roleTitles, type Role } from '../../shared/base/roles.ts';
import type { User } from '../../shared/domain/user/model.ts';
import { branches } from './company.ts';
import { namedEmployees } from './employees.ts';

/** A user of the demo with the password that the login screen shows. */
export interface DemoUser {
  readonly user: User;
  readonly password: string;
}

const everywhere = branches.map(({ id }) => id);
const rows: readonly (readonly [login: string, roles: readonly Role[], branchIds: readonly string[]])[] = [
  ['belova', ['mailSupervisor'], everywhere],
  ['kuznetsov', ['mailSupervisor'], everywhere],
  ['orlova', ['mailSupervisor', 'operator'], everywhere],
  ['fomina', ['supervisor'], everywhere],
  ['martynyuk', ['operator'], everywhere],
  ['goncharova', ['operator'], everywhere],
  ['zaytseva', ['frontDesk'], ['branch-north']],
  ['safina', ['executor'], ['branch-north']],
  ['zhukov', ['executor'], ['branch-north']],
  ['nikiforova', ['checker'], everywhere],
  ['trofimov', ['dictionaryEditor'], everywhere],
  ['kovalchuk', ['auditor'], everywhere],
  ['chernyshev', ['administrator'], everywhere],
];

function demoUser([login, roles, branchIds]: (typeof rows)[number]): DemoUser {
  const employee = namedEmployees.find(({ id }) => id === `employee-${login}`);
  if (!employee) throw new Error(`Нет сотрудника для пользователя ${login}`);
  const { lastName, firstName, middleName } = employee;
  return { user: { id: `user-${login}`, login, lastName, firstName, middleName, employeeId: employee.id, roles: [...roles], branchIds: [...branchIds], active: true }, password: `${login}-2026` };
}

export const demoUsers: readonly DemoUser[] = rows.map(demoUser);

/** The rows of the list at the login screen. */
export function loginScreenRows(users: readonly DemoUser[]): readonly { readonly login: string; readonly password: string; readonly name: string; readonly roles: string }[] {
  return users.map(({ user, password }) => ({ login: user.login, password, name: `${user.lastName} ${user.firstName} ${user.middleName}`, roles: user.roles.map((role) => roleTitles[role]).join(', ') }));
}
