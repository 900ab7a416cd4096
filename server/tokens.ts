import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { moscowText } from '../shared/base/instant.ts';
import { roles, roleSchema, type Role } from '../shared/base/roles.ts';
import type { User } from '../shared/domain/user/model.ts';
import { createUser } from './administrator.ts';
import { newProgramToken } from './auth/program.ts';
import { parseTokenScope, tokenScopeText } from './auth/token-scope.ts';
import type { CentreConfig, TokenFlag } from './config.ts';
import { openDatabase } from './db/database.ts';
import { pgStore } from './db/pg-store.ts';
import { listApiTokens, revokeApiToken, saveApiToken } from './db/queries/api-token.ts';
import { writeSecurityEvent } from './db/queries/security-log.ts';
import { userByLogin } from './db/queries/user-secret.ts';
import { ensureSettings } from './db/settings.ts';

type Flags = Readonly<Partial<Record<TokenFlag, string>>>;

const usual = { days: 90, 'requests-per-minute': 300, 'rows-per-hour': 10_000, 'rows-per-day': 50_000 } as const;

/** A whole number from 1 on; an error in words for anything else. */
function count(flags: Flags, name: keyof typeof usual): number {
  const value = Number(flags[name] ?? usual[name]);
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000_000) throw new Error(`--${name}: нужно целое число от 1, а дано «${flags[name] ?? ''}».`);
  return value;
}

function list(text: string | undefined): readonly string[] | null {
  return text === undefined ? null : text.split(',').map((part) => part.trim()).filter((part) => part !== '');
}

function parseRoles(text: string): readonly Role[] {
  return (list(text) ?? []).map((name) => {
    const role = roleSchema.safeParse(name);
    if (!role.success) throw new Error(`Нет роли «${name}». Есть: ${roles.join(', ')}.`);
    return role.data;
  });
}

/** Works beside a running centre, on its database. */
async function withDatabase<T>(config: CentreConfig, log: Logger, work: (pool: Pool) => Promise<T>): Promise<T> {
  const database = await openDatabase(config, log, { join: true });
  try {
    await ensureSettings(database.pool);
    return await work(database.pool);
  } finally {
    await database.close();
  }
}

/** The user that the token acts as: an existing one (`--as`), or one of its own (`--roles`, `--branches`) that has no password. */
async function actingUser(pool: Pool, name: string, flags: Flags, log: Logger): Promise<Pick<User, 'id' | 'login'>> {
  if ((flags.as === undefined) === (flags.roles === undefined)) throw new Error('Назовите, от чьего имени действует токен: --as ИМЯ_ВХОДА (существующий пользователь) или --roles РОЛЬ,… (токен получит своего пользователя).');
  if (flags.as !== undefined) {
    const found = await userByLogin(pool, flags.as);
    if (found === null || !found.user.active) throw new Error(`Нет действующего пользователя «${flags.as}».`);
    const foreign = list(flags.branches)?.find((id) => !found.user.branchIds.includes(id));
    if (foreign !== undefined) throw new Error(`Филиал «${foreign}» пользователю «${flags.as}» не доступен: у него ${found.user.branchIds.join(', ') || 'нет филиалов'}.`);
    return found.user;
  }
  const login = `api.${name}`;
  if ((await userByLogin(pool, login)) !== null) throw new Error(`Пользователь «${login}» уже есть. Выдайте токен от его имени: --as ${login}.`);
  const given = { login, lastName: name, roles: [...parseRoles(flags.roles ?? '')], branchIds: [...(list(flags.branches) ?? [])] };
  return { id: await createUser(pgStore(pool), given, log), login };
}

/** Issues a token; the answer is the only place where it is ever shown. */
export async function issueToken(config: CentreConfig, name: string, flags: Flags, log: Logger): Promise<string> {
  if (!/^[\p{L}\p{N}._-]{1,60}$/u.test(name)) throw new Error('Имя токена: буквы, цифры, точка, дефис, не длиннее 60 знаков.');
  const scope = parseTokenScope(flags.scope ?? '');
  const limits = { requestsPerMinute: count(flags, 'requests-per-minute'), rowsPerHour: count(flags, 'rows-per-hour'), rowsPerDay: count(flags, 'rows-per-day') };
  const expiresAt = new Date(Date.now() + count(flags, 'days') * 86_400_000);
  return withDatabase(config, log, async (pool) => {
    if ((await listApiTokens(pool)).some((token) => token.name === name && token.revokedAt === null)) throw new Error(`Токен «${name}» уже выдан. Отзовите его (token-revoke ${name}) или выберите другое имя.`);
    const user = await actingUser(pool, name, flags, log);
    const [token, tokenId] = [newProgramToken(), randomUUID()];
    const saved = await saveApiToken(pool, token, { tokenId, name, userId: user.id, scope, branchIds: list(flags.branches), expiresAt, ...limits });
    if (!saved) throw new Error(`Токен «${name}» только что выдал кто-то другой.`);
    await writeSecurityEvent(pool, { kind: 'tokenIssued', userId: user.id, deskId: null, details: { tokenId, name, scope: tokenScopeText(scope) } });
    return `Токен «${name}», от имени «${user.login}», до ${moscowText(expiresAt.toISOString())}:\n${token}\nОн показан один раз и нигде не хранится.`;
  });
}

/** One line for each token ever issued, the newest first. */
export async function listTokens(config: CentreConfig, log: Logger): Promise<string> {
  const tokens = await withDatabase(config, log, listApiTokens);
  const lines = tokens.map(({ name, userName, scope, branchIds, expiresAt, revokedAt, lastUsedAt }) => {
    const state = revokedAt !== null ? `отозван ${moscowText(revokedAt.toISOString())}` : expiresAt.getTime() <= Date.now() ? `истёк ${moscowText(expiresAt.toISOString())}` : `действует до ${moscowText(expiresAt.toISOString())}`;
    return [name, state, `от имени ${userName}`, tokenScopeText(scope), branchIds === null ? 'филиалы пользователя' : `филиалы ${branchIds.join(',')}`, lastUsedAt === null ? 'не использовался' : `использован ${moscowText(lastUsedAt.toISOString())}`].join(' · ');
  });
  return lines.length === 0 ? 'Токенов нет.' : lines.join('\n');
}

/** Ends a token at once. Its user stays: the history names him. */
export async function revokeToken(config: CentreConfig, name: string, log: Logger): Promise<string> {
  return withDatabase(config, log, async (pool) => {
    const token = await revokeApiToken(pool, name);
    if (token === null) throw new Error(`Действующего токена «${name}» нет. Список: npm run server -- tokens.`);
    await writeSecurityEvent(pool, { kind: 'tokenRevoked', userId: token.userId, deskId: null, details: { tokenId: token.tokenId, name } });
    return `Токен «${name}» отозван.`;
  });
}
