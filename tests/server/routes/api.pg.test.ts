import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueToken, listTokens, revokeToken } from '../../../server/tokens.ts';
import { openLog } from '../../../server/log.ts';
import type { TokenFlag } from '../../../server/config.ts';
import { documentNames } from '../../../shared/domain/documents.ts';
import { historyPath, paths } from '../../../shared/protocol/paths.ts';
import { firstBrokenAccessLine } from '../../../server/db/queries/access-log.ts';
import { ApiClient, apiDescription, type ApiAnswer, type ApiDescription } from '../../helpers/api-client.ts';
import { aBranch, aClient, anIncomingEmail, examples } from '../../helpers/builders.ts';
import { startTestCentre, type TestCentre } from '../running-centre.ts';

let centre: TestCentre;
let description: ApiDescription;
const log = openLog('silent');

beforeAll(async () => {
  centre = await startTestCentre();
  for (const id of ['north', 'south']) await centre.seed('branch', aBranch({ id, name: id }));
  await centre.addUser({ login: 'belova', lastName: 'Белова', firstName: 'Ирина', middleName: 'Сергеевна', roles: ['operator', 'mailSupervisor'], branchIds: ['north', 'south'] });
  description = await apiDescription(centre.url);
}, 120_000);

afterAll(() => centre.remove());

/** A new token as the administrator's command prints it. */
async function token(flags: Partial<Record<TokenFlag, string>>, name = `t-${randomUUID().slice(0, 8)}`): Promise<string> {
  const said = await issueToken(centre.config, name, flags, log);
  return /^okno_[\w-]{43}$/m.exec(said)?.[0] ?? `no token in: ${said}`;
}

async function program(flags: Partial<Record<TokenFlag, string>>, name?: string): Promise<ApiClient> {
  return new ApiClient(centre.url, await token({ ...(flags.as === undefined && flags.roles === undefined ? { as: 'belova' } : {}), ...flags }, name), description);
}

const ids = ({ body }: ApiAnswer): unknown[] => (body['rows'] as { id: string }[]).map(({ id }) => id);
const codeOf = ({ status, body }: ApiAnswer): string => `${String(status)} ${String((body['refusal'] as { code?: string } | undefined)?.code)}`;

describe('tokens', () => {
  it('are shown once, kept hashed, listed, and revoked at once', async () => {
    const secret = await token({ as: 'belova', scope: 'read:client' }, 'portal');
    const api = new ApiClient(centre.url, secret, description);
    expect((await api.get(`${paths.documents}/client`)).status).toBe(200);
    const { rows } = await centre.pool.query('SELECT t::text AS row FROM api_token t');
    expect(JSON.stringify(rows)).not.toContain(secret.slice(5));
    const listed = await listTokens(centre.config, log);
    expect(listed).toMatch(/portal · действует до .* · от имени belova · read:client · филиалы пользователя · использован/);
    expect(listed).not.toContain(secret.slice(5));
    expect(await revokeToken(centre.config, 'portal', log)).toContain('отозван');
    const refused = await api.get(`${paths.documents}/client`);
    expect(codeOf(refused)).toBe('401 tokenInvalid');
    expect(refused.body).toMatchObject({ text: 'Токен не действует: он отозван', number: 'ОК-308' });
    expect(await listTokens(centre.config, log)).toMatch(/portal · отозван/);
    await expect(revokeToken(centre.config, 'portal', log)).rejects.toThrow('Действующего токена «portal» нет');
  });

  it('are refused in words: expired, unknown, absent, of a dismissed user', async () => {
    const expired = await program({ scope: 'read:client' }, 'old');
    await centre.pool.query(`UPDATE api_token SET expires_at = '2026-01-02T00:00:00Z' WHERE name = 'old'`);
    expect((await expired.get(`${paths.documents}/client`)).body).toMatchObject({ text: 'Токен не действует: его срок истёк 02.01.2026 03:00', refusal: { code: 'tokenInvalid' } });
    const unknown = new ApiClient(centre.url, `okno_${'a'.repeat(43)}`, description);
    expect((await unknown.get(paths.documents)).body).toMatchObject({ text: 'Токен не действует: такого токена нет' });
    expect(codeOf(await new ApiClient(centre.url, '', description).get(paths.documents))).toBe('401 tokenInvalid');
    const user = await centre.addUser({ login: 'leaver' });
    const left = await program({ as: 'leaver', scope: 'read:*' });
    expect((await left.get(paths.documents)).status).toBe(200);
    await centre.seed('user', { ...user, active: false });
    expect((await left.get(paths.documents)).body).toMatchObject({ text: expect.stringContaining('отключён') });
  });

  it('open nothing that is for desks, nor do sessions open what is for programs', async () => {
    const api = await program({ scope: 'read:*,run:*' });
    for (const at of [`/api/v1/effects?documentId=x`]) expect(codeOf(await api.get(at))).toBe('403 notAllowed');
    for (const at of [paths.push, paths.pull, paths.accessLines, paths.sentMail, paths.setPassword]) expect(codeOf(await api.post(at, {}))).toBe('403 notAllowed');
    const desk = await centre.login('belova');
    expect(codeOf(await new ApiClient(centre.url, desk.token, description).get(`${paths.documents}/client`))).toBe('401 tokenInvalid');
  });

  it('are not issued for what does not exist', async () => {
    const refused = (flags: Partial<Record<TokenFlag, string>>, name = 'x'): Promise<string> => issueToken(centre.config, name, flags, log).then(() => 'issued', (error: Error) => error.message);
    expect(await refused({ as: 'belova' })).toContain('Область токена пуста');
    expect(await refused({ as: 'belova', scope: 'read:klient' })).toContain('Нет вида документов «klient»');
    expect(await refused({ as: 'belova', scope: 'run:client.burn' })).toContain('Нет команды «client.burn»');
    expect(await refused({ as: 'belova', scope: 'run:incomingEmail.receive' })).toContain('только сам центр');
    expect(await refused({ as: 'belova', scope: 'client' })).toContain('Не понимаю часть области «client»');
    expect(await refused({ scope: 'read:client' })).toContain('от чьего имени');
    expect(await refused({ as: 'nobody', scope: 'read:client' })).toContain('Нет действующего пользователя «nobody»');
    expect(await refused({ as: 'belova', branches: 'west', scope: 'read:client' })).toContain('Филиал «west»');
    expect(await refused({ roles: 'boss', scope: 'read:client' })).toContain('Нет роли «boss»');
    expect(await refused({ roles: 'operator', branches: 'west', scope: 'read:client' })).toContain('Филиалы');
    expect(await refused({ as: 'belova', scope: 'read:client', days: '0' })).toContain('--days');
    expect(await refused({ as: 'belova', scope: 'read:client' }, 'a b')).toContain('Имя токена');
    await token({ as: 'belova', scope: 'read:client' }, 'twice');
    expect(await refused({ as: 'belova', scope: 'read:client' }, 'twice')).toContain('уже выдан');
  });
});

describe('documents', () => {
  it('of every kind are listed and fetched', async () => {
    await centre.addUser({ login: 'everybody', roles: ['operator', 'mailSupervisor', 'supervisor', 'frontDesk', 'executor', 'checker', 'dictionaryEditor', 'auditor', 'administrator'], branchIds: ['branch-north', 'north'] });
    const api = await program({ as: 'everybody', scope: 'read:*' });
    expect((await api.get(paths.documents)).body).toHaveLength(documentNames.length);
    for (const type of documentNames) {
      if (type === 'userSetting') continue; // only its own user sees it
      await centre.seed(type, { ...examples[type](), id: `every-${type}`, ...(type === 'user' ? { login: 'another' } : {}) } as never); // each with its own builder's document
      const list = await api.get(`${paths.documents}/${type}?limit=500`);
      expect(`${type} ${JSON.stringify(ids(list))}`).toContain(`"every-${type}"`);
      expect((await api.get(`${paths.documents}/${type}/every-${type}`)).body).toMatchObject({ id: `every-${type}`, version: 1, document: { id: `every-${type}` } });
    }
  });

  it('come page by page, each once, filtered by columns and found by indexes', async () => {
    const api = await program({ scope: 'read:client' });
    for (let n = 0; n < 7; n++) {
      const inn = n % 2 === 0 ? '7707083893' : '';
      await centre.seed('client', aClient({ id: `page-${n}`, name: n === 3 ? 'Ёлкин Пётр' : `Страницын ${n}`, inn, branchIds: ['north'], registeredAt: `2025-03-0${n + 1}T06:00:00.000Z`, kind: n > 4 ? 'organization' : 'person' }));
    }
    await centre.seed('client', aClient({ id: 'page-gone', name: 'Страницын 9', branchIds: ['north'], registeredAt: '2025-03-02T00:00:00.000Z', deleted: true }));
    const list = async (query: string): Promise<unknown[]> => ids(await api.get(`${paths.documents}/client?filter.registeredAt.from=2025-03-01&filter.registeredAt.to=2025-04-01&${query}`));
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await api.get(`${paths.documents}/client?limit=3&filter.registeredAt.from=2025-03-01&filter.registeredAt.to=2025-04-01${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...ids(page));
      cursor = page.body['cursor'] as string | null; // as described
    }
    expect(seen).toEqual(['page-0', 'page-1', 'page-2', 'page-3', 'page-4', 'page-5', 'page-6']);
    expect(await list('filter.inn=7707083893')).toEqual(['page-0', 'page-2', 'page-4', 'page-6']);
    expect(await list(`filter.name=${encodeURIComponent('елкин ПЕТР')}`)).toEqual(['page-3']);
    expect(await list(`filter.name.begins=${encodeURIComponent('страницын')}&filter.kind=organization`)).toEqual(['page-5', 'page-6']);
    expect(await list('deleted=yes')).toContain('page-gone');
    expect(await list('index=byInn&key=7707083893')).toEqual(['page-0', 'page-2', 'page-4', 'page-6']);
    for (const [query, field] of [['filter.salary=1', 'filter.salary'], ['limit=501', 'limit'], ['index=byInn', 'index и key'], ['cursor=%21', 'cursor'], ['index=byShoe&key=1', 'index'], ['filter.registeredAt.from=yesterday', 'filter.registeredAt.from']] as const) {
      const refused = await api.get(`${paths.documents}/client?${query}`);
      expect(codeOf(refused)).toBe('400 invalidInput');
      expect(refused.body['text']).toContain(field);
    }
  });

  it('of another branch do not exist for a token: neither listed, fetched, searched, changed, nor told of', async () => {
    await centre.seed('client', aClient({ id: 'of-north', branchIds: ['north'], name: 'Северов Семён' }), aClient({ id: 'of-south', branchIds: ['south'], name: 'Южин Юрий', inn: '500100732259' }));
    const north = await program({ scope: 'read:*,run:*', branches: 'north' });
    const own = await program({ roles: 'operator', branches: 'north', scope: 'read:*,run:*' });
    for (const api of [north, own]) {
      const listed = ids(await api.get(`${paths.documents}/client?limit=500`));
      expect(listed).toContain('of-north');
      expect(listed).not.toContain('of-south');
      expect(ids(await api.get(`${paths.documents}/client?index=byInn&key=500100732259`))).toEqual([]);
      expect(codeOf(await api.get(`${paths.documents}/client/of-south`))).toBe('404 notFound');
      expect(codeOf(await api.get(historyPath('client', 'of-south')))).toBe('404 notFound');
      const feed = await api.get(`${paths.changes}?limit=500`);
      expect(ids(feed)).not.toContain('of-south');
      expect((await api.post(paths.search, { text: 'южин' })).body).toMatchObject({ groups: [] });
      // The refusal must not tell the value either.
      const save = await api.post(paths.commands, { commandId: randomUUID(), name: 'client.save', input: { id: 'of-south', edits: [{ path: 'inn', before: 'guess', after: '1' }] } });
      expect(codeOf(save)).toBe('409 notAllowed');
      expect(JSON.stringify(save.body)).not.toContain('500100732259');
    }
    const both = await program({ scope: 'read:client' });
    expect(ids(await both.get(`${paths.documents}/client?limit=500`))).toEqual(expect.arrayContaining(['of-north', 'of-south']));
  });

  it('are read only in the kinds of the scope', async () => {
    const api = await program({ scope: 'read:client' });
    await centre.seed('incomingEmail', anIncomingEmail({ id: 'unread' }));
    const refused = await api.get(`${paths.documents}/incomingEmail`);
    expect(codeOf(refused)).toBe('403 tokenScope');
    expect(refused.body).toMatchObject({ text: 'Этому токену не разрешено: читать «Входящее электронное письмо»', advice: expect.stringContaining('read:incomingEmail') });
    expect(codeOf(await api.get(`${paths.documents}/incomingEmail/unread`))).toBe('403 tokenScope');
    expect(codeOf(await api.get(historyPath('incomingEmail', 'unread')))).toBe('403 tokenScope');
    expect(codeOf(await api.get(`${paths.changes}?types=client,incomingEmail`))).toBe('403 tokenScope');
    expect((await api.get(`${paths.changes}?limit=500`)).body['rows']).not.toContainEqual(expect.objectContaining({ type: 'incomingEmail' }));
    expect((await api.get(paths.documents)).body).toMatchObject([{ type: 'client', title: 'Клиент' }]);
  });
});

describe('commands', () => {
  const create = (id: string): object => {
    const { registeredAt: _registeredAt, aliasOf: _aliasOf, merged: _merged, deleted: _deleted, ...form } = aClient({ id, branchIds: ['north'] });
    return { client: form, link: null };
  };

  it('are run as the user of the token, seen as such in the history, and only once', async () => {
    const api = await program({ scope: 'read:client,run:client.create,run:client.save' }, 'Портал');
    const command = { commandId: randomUUID(), name: 'client.create', input: create('by-api') };
    expect((await api.post(paths.commands, command)).body).toEqual({ commandId: command.commandId, outcome: 'applied', duplicate: false });
    expect((await api.post(paths.commands, command)).body).toEqual({ commandId: command.commandId, outcome: 'applied', duplicate: true });
    expect((await api.get(`${paths.documents}/client/by-api`)).body).toMatchObject({ version: 1 });
    expect((await api.get(historyPath('client', 'by-api'))).body).toMatchObject([{ authorName: 'Белова\u00a0И.\u00a0С.', deskName: 'Программа «Портал»', commandTitle: expect.any(String) }]);
    const refused = { commandId: randomUUID(), name: 'client.create', input: create('by-api') };
    const rejected = { status: 409, body: { outcome: 'rejected', refusal: { code: 'duplicateKey' }, number: 'ОК-217' } };
    expect(await api.post(paths.commands, refused)).toMatchObject({ ...rejected, body: { ...rejected.body, duplicate: false } });
    expect(await api.post(paths.commands, refused)).toMatchObject({ ...rejected, body: { ...rejected.body, duplicate: true } });
    const foreign = await api.post(paths.commands, { ...command, name: 'client.save', input: { id: 'by-api', edits: [] } });
    expect(codeOf(foreign)).toBe('400 invalidInput');
    expect(foreign.body['text']).toContain('commandId');
  });

  it('of which many come at once with one id are one', async () => {
    const api = await program({ scope: 'run:client.create' });
    const command = { commandId: randomUUID(), name: 'client.create', input: create('at-once') };
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.post(paths.commands, command)));
    expect(answers.filter(({ body }) => body['duplicate'] === false)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('take a number of the one series of numbers', async () => {
    await centre.seed('mailFilter', examples.mailFilter());
    const api = await program({ scope: 'run:*' });
    const { status } = await api.post(paths.commands, { commandId: randomUUID(), name: 'test.number', input: { id: examples.mailFilter().id } });
    expect(status).toBe(200);
    const { rows } = await centre.pool.query('SELECT count(*)::int AS given FROM number_log');
    expect(rows).toEqual([{ given: 1 }]);
  });

  it('are refused by scope, by role, for a file that is not there, and for what is no command', async () => {
    const run = async (flags: Partial<Record<TokenFlag, string>>, name: string, input: unknown = {}): Promise<string> => codeOf(await (await program(flags)).post(paths.commands, { commandId: randomUUID(), name, input }));
    expect(await run({ scope: 'read:*' }, 'client.create')).toBe('403 tokenScope');
    expect(await run({ scope: 'run:client.save' }, 'client.create')).toBe('403 tokenScope');
    expect(await run({ roles: 'auditor', scope: 'run:*' }, 'client.create')).toBe('403 notAllowed');
    expect(await run({ scope: 'run:*' }, 'incomingEmail.receive')).toBe('403 notAllowed');
    expect(await run({ scope: 'run:*' }, 'user.save')).toBe('403 notAllowed');
    expect(await run({ scope: 'run:*' }, 'client.burn')).toBe('400 invalidInput');
    expect(await run({ scope: 'run:*' }, 'client.create', { client: 'x' })).toBe('409 invalidInput');
    const letter = anIncomingEmail({ id: 'with-file', rawFileId: 'd'.repeat(64) });
    expect(await run({ scope: 'run:*' }, 'test.put', { type: 'incomingEmail', document: letter })).toBe('409 fileMissing');
    const api = await program({ scope: 'run:*' });
    expect(codeOf(await api.post(paths.commands, { commandId: '1', name: 'client.create', input: {} }))).toBe('400 invalidInput');
    expect(codeOf(await api.post(paths.commands, { commandId: randomUUID(), name: 'client.create', input: {}, as: 'admin' }))).toBe('400 invalidInput');
    const may = (await api.get(paths.commands)).body as unknown as { name: string; input: object }[];
    expect(may.map(({ name }) => name)).toContain('client.create');
    expect(may.map(({ name }) => name)).not.toContain('user.save');
    expect(may.every(({ input }) => JSON.stringify(input).includes('"object"'))).toBe(true);
  });
});

describe('the feed of changes', () => {
  it('gives each change once from where the cursor stands, what left the scope too', async () => {
    const api = await program({ scope: 'read:client', branches: 'south' });
    const all = async (from: string): Promise<{ rows: unknown[]; cursor: string }> => {
      const rows: unknown[] = [];
      for (let cursor = from; ; ) {
        const { body } = await api.get(`${paths.changes}?limit=2&cursor=${cursor}`.replace('&cursor=$', '').replace(/&cursor=$/, ''));
        rows.push(...(body['rows'] as unknown[]));
        cursor = String(body['cursor']);
        if (body['more'] !== true) return { rows, cursor };
      }
    };
    const first = await all('');
    expect((await all(first.cursor)).rows).toEqual([]);
    await centre.seed('client', aClient({ id: 'feed-1', branchIds: ['south'] }), aClient({ id: 'feed-2', branchIds: ['south'] }), aClient({ id: 'feed-3', branchIds: ['north'] }));
    const second = await all(first.cursor);
    expect(second.rows).toMatchObject([{ type: 'client', id: 'feed-1', version: 1, document: { id: 'feed-1' } }, { id: 'feed-2' }]);
    await centre.seed('client', aClient({ id: 'feed-1', branchIds: ['north'] }), aClient({ id: 'feed-2', branchIds: ['south'], deleted: true }));
    expect((await all(second.cursor)).rows).toMatchObject([{ id: 'feed-1', version: 2, document: null }, { id: 'feed-2', document: { deleted: true } }]);
  });

  it('waits for a change, and no longer than it was told to', async () => {
    const api = await program({ scope: 'read:branch' });
    const { cursor } = (await api.get(`${paths.changes}?limit=500`)).body;
    const waiting = api.get(`${paths.changes}?wait=30&cursor=${String(cursor)}`);
    await centre.seed('client', aClient({ id: 'not-for-it', branchIds: ['north'] }));
    await centre.seed('branch', aBranch({ id: 'awaited' }));
    expect(ids(await waiting)).toEqual(['awaited']);
    const next = (await api.get(`${paths.changes}?cursor=${String(cursor)}`)).body['cursor'];
    expect(ids(await api.get(`${paths.changes}?wait=1&cursor=${String(next)}`))).toEqual([]);
    const gone = new AbortController();
    const left = api.get(`${paths.changes}?wait=30&cursor=${String(next)}`, gone.signal);
    gone.abort();
    await expect(left).rejects.toThrow();
  });

  it('says when to begin anew: other rights, another kind, a restored base', async () => {
    const [api, other] = [await program({ scope: 'read:branch,read:client' }), await program({ scope: 'read:branch,read:client', branches: 'north' })];
    const { cursor } = (await api.get(paths.changes)).body;
    expect(codeOf(await other.get(`${paths.changes}?cursor=${String(cursor)}`))).toBe('410 mustRefetch');
    expect(codeOf(await api.get(`${paths.changes}?types=branch&cursor=${String(cursor)}`))).toBe('410 mustRefetch');
    expect(codeOf(await api.get(`${paths.changes}?cursor=${String(cursor)}x`))).toBe('400 invalidInput');
    await centre.store.newEpoch(await centre.store.epoch(), new Date().toISOString());
    expect(codeOf(await api.get(`${paths.changes}?cursor=${String(cursor)}`))).toBe('410 mustRefetch');
  });
});

describe('reading by programs', () => {
  const lines = async (): Promise<Readonly<Record<string, string>>[]> => (await centre.pool.query<{ entry: Record<string, string> }>('SELECT entry FROM access_log ORDER BY n')).rows.map(({ entry }) => entry);
  beforeEach(() => centre.pool.query('DELETE FROM access_log'));

  it('I7 is written in the access log: opened cards, lists, searches, changes, files', async () => {
    await centre.seed('client', aClient({ id: 'seen-1', branchIds: ['north'], name: 'Виденов Виктор', inn: '7736050003' }), aClient({ id: 'seen-2', branchIds: ['north'], inn: '7736050003' }));
    const api = await program({ scope: 'read:*' });
    await api.get(`${paths.documents}/client/seen-1`);
    await api.get(`${paths.documents}/client/absent`);
    await api.get(`${paths.documents}/client?index=byInn&key=7736050003`);
    await api.get(`${paths.documents}/branch`);
    expect(await lines()).toMatchObject([
      { action: 'open', documentType: 'client', documentId: 'seen-1', userId: 'user-belova' },
      { action: 'export', documentType: 'client', documentId: '', details: 'Список: «Клиент», документов 2, от seen-1 до seen-2' },
    ]);
    expect(await firstBrokenAccessLine(centre.pool)).toBe(null);
    const auditor = await centre.addUser({ login: 'auditor', roles: ['auditor'] });
    const desk = await centre.login(auditor.login);
    const shown = await fetch(centre.url + paths.accessLines, { method: 'POST', headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' }, body: JSON.stringify({ search: 'программа', where: {}, sort: { column: 'recordedAt', descending: false }, offset: 0, limit: 10 }) });
    expect(await shown.json()).toMatchObject({ total: 2, rows: [{ deskName: expect.stringMatching(/^Программа «t-/), documentTitle: 'Виденов Виктор' }, {}] });
  });

  it('ends at the limit of the hour with 429, Retry-After, and one line of mass reading, also for many questions at once', async () => {
    for (let n = 0; n < 12; n++) await centre.seed('client', aClient({ id: `mass-${String(n).padStart(2, '0')}`, branchIds: ['north'] }));
    const api = await program({ scope: 'read:client', 'rows-per-hour': '10' });
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.get(`${paths.documents}/client?limit=4`)));
    const given = answers.filter(({ status }) => status === 200).reduce((sum, answer) => sum + ids(answer).length, 0);
    expect(given).toBe(10);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ text: 'Исчерпан предел токена: 10 документов за час', number: 'ОК-310' });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(3600);
    expect(codeOf(await api.get(`${paths.documents}/client/mass-00`))).toBe('429 readingLimit');
    expect(codeOf(await api.get(paths.changes))).toBe('429 readingLimit');
    expect((await lines()).filter(({ details }) => details?.startsWith('Массовое чтение остановлено'))).toHaveLength(1);
    // Another hour: the day's limit still counts what was read.
    await centre.pool.query(`UPDATE api_reading SET hour = hour - interval '1 hour' WHERE given = 10`);
    expect((await api.get(`${paths.documents}/client/mass-00`)).status).toBe(200);
    await centre.pool.query('UPDATE api_token SET rows_per_day = 11 WHERE rows_per_hour = 10');
    expect((await api.get(`${paths.documents}/client/mass-00`)).body).toMatchObject({ text: 'Исчерпан предел токена: 11 документов за сутки' });
  });

  it('is slowed by requests per minute', async () => {
    const api = await program({ scope: 'read:branch', 'requests-per-minute': '5' });
    const answers = [];
    for (let n = 0; n < 7; n++) answers.push(await api.get(paths.documents));
    expect(answers.map(({ status }) => status).filter((status) => status === 429).length).toBeGreaterThanOrEqual(1);
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });
});
