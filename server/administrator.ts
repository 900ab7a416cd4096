import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { commandByName } from '../shared/domain/commands.ts';
import { describeRefusal } from '../shared/base/errors.ts';
import type { User } from '../shared/domain/user/model.ts';
import { setPassword } from './auth/login.ts';
import { oneTimePassword } from './auth/passwords.ts';
import { systemClock } from './clock.ts';
import { gatherer } from './commands/gather.ts';
import { systemRunner } from './commands/system-runner.ts';
import type { CentreConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { pgStore } from './db/pg-store.ts';
import { userByLogin } from './db/queries/user-secret.ts';
import { ensureSettings } from './db/settings.ts';

/**
 * Makes the administrator of that login, or gives an existing one a new one-time password; works beside a running centre.
 * The password is returned once and is stored nowhere.
 */
export async function makeAdministrator(config: CentreConfig, login: string, log: Logger): Promise<{ readonly login: string; readonly password: string }> {
  const database = await openDatabase(config, log, { join: true });
  try {
    const { pool } = database;
    await ensureSettings(pool);
    const known = await userByLogin(pool, login);
    if (known !== null && (!known.user.active || !known.user.roles.includes('administrator'))) throw new Error(`Пользователь «${login}» уже есть, но он не администратор. Выберите другое имя.`);
    const userId = known?.user.id ?? (await createUser(pgStore(pool), { login, lastName: login, roles: ['administrator'], branchIds: [] }, log));
    const password = oneTimePassword();
    await setPassword(pool, userId, password, true, { byUserId: 'system', deskId: null });
    return { login, password };
  } finally {
    await database.close();
  }
}

/** Creates a user past any login, as the centre itself; gives his id. Throws the refusal's text (a login that is taken, a branch that is not there). */
export async function createUser(store: ReturnType<typeof pgStore>, given: Pick<User, 'login' | 'lastName' | 'roles' | 'branchIds'>, log: Logger): Promise<string> {
  const execution = {
    store, clock: systemClock, missingFiles: () => Promise.resolve([]), onApplied: () => undefined,
    onFault: (_origin: unknown, error: unknown) => log.error({ err: error }, 'user not created'),
  };
  const runSystem = systemRunner({ store, clock: systemClock, execute: gatherer(execution, 1), commandByName, newCommandId: randomUUID });
  const user: User = { id: randomUUID(), firstName: '', middleName: '', employeeId: null, active: true, ...given };
  const outcome = await runSystem('user.create', { user });
  if (!outcome.ok) throw new Error(describeRefusal(outcome.refusal).text);
  return user.id;
}
