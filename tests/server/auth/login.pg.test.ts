import { constants, publicEncrypt } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loginResponseSchema } from '../../../shared/protocol/http.ts';
import { effectsPath, historyPath, paths } from '../../../shared/protocol/paths.ts';
import { aFilter, password, post, startTestCentre, type TestCentre, type TestDesk } from '../running-centre.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre({ enrolCode: 'sesame' });
  await centre.addUser({ login: 'one' });
  await centre.addUser({ login: 'admin', roles: ['administrator'] });
});
afterAll(() => centre.remove());

const request = { protocol: 1, login: 'one', password, deskId: 'desk-login', deskName: 'Стол', enrolCode: 'sesame' };
const codeOf = ({ status, body }: { status: number; body: unknown }): unknown => [status, (body as { refusal?: { code: string } }).refusal?.code]; // a problem

const login = (name: string, deskId: string): Promise<TestDesk> => centre.login(name, deskId, { enrolCode: 'sesame' });
const hintsOf = async (desk: TestDesk): Promise<ReadableStreamDefaultReader<Uint8Array> | undefined> => {
  const response = await fetch(centre.url + paths.hints, { headers: { authorization: `Bearer ${desk.token}` } });
  const reader = response.body?.getReader();
  await reader?.read();
  return reader;
};

test('a wrong name, a wrong password and a dismissed user get the same answer', async () => {
  const user = await centre.addUser({ login: 'dismissed' });
  await centre.seed('user', { ...user, active: false });
  for (const wrong of [{ login: 'nobody' }, { password: 'wrong' }, { login: 'dismissed' }]) {
    expect(codeOf(await post(centre.url, paths.session, { ...request, ...wrong }))).toEqual([401, 'badCredentials']);
  }
});

test('a new desk needs the code, a known one does not', async () => {
  expect(codeOf(await post(centre.url, paths.session, { ...request, deskId: 'desk-new-one', enrolCode: 'wrong' }))).toEqual([403, 'deskRejected']);
  expect((await post(centre.url, paths.session, { ...request, deskId: 'desk-new-one' })).status).toBe(200);
  expect((await post(centre.url, paths.session, { ...request, deskId: 'desk-new-one', enrolCode: 'wrong' })).status).toBe(200);
});

test('a one-time password demands a new one and is then gone', async () => {
  await centre.addUser({ login: 'fresh' });
  const admin = await login('admin', 'desk-admin');
  expect((await post(centre.url, paths.setPassword, { userId: 'user-fresh', password: 'one-time-1', oneTime: true }, admin.token)).status).toBe(200);
  const first = { ...request, login: 'fresh', password: 'one-time-1' };
  expect(codeOf(await post(centre.url, paths.session, first))).toEqual([409, 'required']);
  expect((await post(centre.url, paths.session, { ...first, newPassword: 'my own password' })).status).toBe(200);
  expect(codeOf(await post(centre.url, paths.session, first))).toEqual([401, 'badCredentials']);
  expect((await post(centre.url, paths.session, { ...first, password: 'my own password' })).status).toBe(200);
});

test('only an administrator sets passwords; it ends the sessions of that user', async () => {
  await centre.addUser({ login: 'victim' });
  const [admin, victim] = [await login('admin', 'desk-admin'), await login('victim', 'desk-victim')];
  expect(codeOf(await post(centre.url, paths.setPassword, { userId: 'user-admin', password: 'taken over', oneTime: false }, victim.token))).toEqual([403, 'notAllowed']);
  await post(centre.url, paths.setPassword, { userId: 'user-victim', password: 'changed password', oneTime: false }, admin.token);
  expect(await victim.get(historyPath('user', 'x'))).toMatchObject({ status: 401, code: 'sessionEnded' });
});

test('the desk’s key wrapped for the centre comes back opened', async () => {
  const { escrowPublicKey } = loginResponseSchema.parse((await post(centre.url, paths.session, request)).body);
  const dataKey = Buffer.from('0123456789abcdef0123456789abcdef');
  const keyEscrow = publicEncrypt({ key: escrowPublicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, dataKey).toString('base64');
  expect((await post(centre.url, paths.session, { ...request, keyEscrow })).body).toMatchObject({ dataKey: dataKey.toString('base64') });
  expect(codeOf(await post(centre.url, paths.session, { ...request, keyEscrow: 'AAAA' }))).toEqual([400, 'invalidInput']);
});

test('everything but welcome, login and health needs a session', async () => {
  const desk = await login('one', 'desk-logout');
  for (const at of [effectsPath('out'), historyPath('user', 'user-one'), paths.hints]) {
    expect((await fetch(centre.url + at)).status).toBe(401);
  }
  for (const at of [paths.sentMail, paths.accessLines, paths.search, paths.push, paths.pull]) {
    expect((await post(centre.url, at, {})).status).toBe(401);
  }
  for (const at of [paths.welcome, paths.health]) expect((await fetch(centre.url + at)).status).toBe(200);
  expect(await desk.get(historyPath('user', 'user-one'))).toMatchObject({ status: 200 });
  await fetch(centre.url + paths.session, { method: 'DELETE', headers: { authorization: `Bearer ${desk.token}` } });
  expect(await desk.get(historyPath('user', 'user-one'))).toMatchObject({ status: 401, code: 'sessionEnded' });
});

test('a session that idled ends; work keeps it, polling does not', async () => {
  const desk = await login('one', 'desk-idle1');
  const idleFor = (minutes: number): Promise<unknown> => centre.pool.query(`UPDATE session SET last_seen_at = now() - $1 * interval '1 minute' WHERE desk_id = 'desk-idle1'`, [minutes]);
  await idleFor(700);
  await desk.pull();
  await idleFor(700);
  await desk.outcomes(desk.envelope('test.put', { type: 'mailFilter', document: aFilter('idle') }));
  const { rows } = await centre.pool.query(`SELECT last_seen_at > now() - interval '1 minute' AS fresh FROM session WHERE desk_id = 'desk-idle1'`);
  expect(rows).toEqual([{ fresh: true }]);
  await idleFor(721);
  expect(await desk.get(historyPath('user', 'user-one'))).toMatchObject({ status: 401 });
});

test('dismissal ends the sessions at once, the open stream too', async () => {
  const user = await centre.addUser({ login: 'leaving' });
  const desk = await login('leaving', 'desk-leaving');
  const reader = await hintsOf(desk);
  await centre.seed('user', { ...user, active: false });
  let said = '';
  await vi.waitFor(async () => {
    said += new TextDecoder().decode((await reader?.read())?.value);
    expect(said).toContain('sessionEnded');
  });
  expect(await desk.get(historyPath('user', 'user-one'))).toMatchObject({ status: 401 });
});

test('other roles or branches end the sessions begun with the former ones; another name does not', async () => {
  const user = await centre.addUser({ login: 'promoted' });
  const desk = await login('promoted', 'desk-promoted');
  await centre.seed('user', { ...user, firstName: 'Иная' });
  expect(await desk.get(historyPath('user', 'user-one'))).toMatchObject({ status: 200 });
  await centre.seed('user', { ...user, roles: ['auditor'] });
  await vi.waitFor(async () => expect(await desk.get(historyPath('user', 'user-one'))).toMatchObject({ status: 401, code: 'sessionEnded' }));
  expect(await (await login('promoted', 'desk-promoted')).get(historyPath('user', 'user-one'))).toMatchObject({ status: 200 });
});

test('a session speaks for its own desk only', async () => {
  const desk = await login('one', 'desk-own-1');
  const body = { protocol: 1, deskId: 'desk-login', incarnation: desk.incarnation, epoch: null, cursor: null, limit: 1, highestNumbers: {} };
  expect(codeOf(await post(centre.url, paths.pull, body, desk.token))).toEqual([403, 'deskRejected']);
});

test('tokens and passwords are nowhere in the base', async () => {
  const desk = await login('one', 'desk-secret');
  const { rows } = await centre.pool.query(`SELECT (SELECT string_agg(s::text, '') FROM session s) || (SELECT string_agg(u::text, '') FROM user_secret u) || (SELECT string_agg(l::text, '') FROM security_log l) AS everything`);
  expect(rows[0]).not.toMatchObject({ everything: expect.stringContaining(desk.token) });
  expect(rows[0]).not.toMatchObject({ everything: expect.stringContaining(password) });
});
