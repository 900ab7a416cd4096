import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { paths } from '../../../shared/protocol/paths.ts';
import { searchAnswerSchema, type SearchAnswer } from '../../../shared/protocol/search.ts';
import { aClient, anApplication, anIncomingEmail } from '../../helpers/builders.ts';
import { startTestCentre, type TestCentre, type TestDesk } from '../running-centre.ts';

let centre: TestCentre;
let north: TestDesk;
let supervisor: TestDesk;

beforeAll(async () => {
  centre = await startTestCentre();
  await centre.addUser({ login: 'north', roles: ['operator'], branchIds: ['north'] });
  await centre.addUser({ login: 'supervisor', roles: ['supervisor'], branchIds: ['north', 'south'] });
  await centre.seed('client', aClient({ branchIds: ['south'] }), aClient({ id: 'old-card', name: 'Соколова М.', aliasOf: 'client-1', branchIds: ['south'], phones: [{ id: 'p', kind: '', typed: '8 903 111-22-33', e164: '+79031112233', comment: '', main: true }] }));
  await centre.seed('application', anApplication({ branchId: 'south' }));
  await centre.seed('incomingEmail', anIncomingEmail({ number: 'КП-26-00001842', state: 'numbered' }));
  north = await centre.login('north');
  supervisor = await centre.login('supervisor');
  await vi.waitUntil(async () => (await ids(supervisor, 'КП-26-00001842')).includes('em-1'), { timeout: 15_000, interval: 100 });
}, 120_000);

afterAll(() => centre.remove());

function request({ token }: Pick<TestDesk, 'token'>, text: string): Promise<Response> {
  return fetch(`${centre.url}${paths.search}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ text }) });
}

async function search(desk: TestDesk, text: string): Promise<SearchAnswer> {
  const response = await request(desk, text);
  expect(response.status).toBe(200);
  return searchAnswerSchema.parse(await response.json());
}

async function ids(desk: TestDesk, text: string): Promise<readonly string[]> {
  return (await search(desk, text)).groups.flatMap(({ rows }) => rows.map(({ id }) => id));
}

describe('the search at the centre', () => {
  it('finds by words, digits, addresses of mail and in the other layout', async () => {
    expect(await ids(supervisor, 'соколова мари')).toEqual(['client-1', 'application-1', 'em-1']);
    expect(await ids(supervisor, '8 (916) 204-18-55')).toEqual(['client-1']);
    expect(await ids(supervisor, '204-18-55')).toEqual(['client-1']);
    expect(await ids(supervisor, 'm.sokolova@')).toContain('client-1');
    expect(await search(supervisor, 'cjrjkjdf')).toMatchObject({ understood: 'соколова' });
    expect(await ids(supervisor, '418233/102')).toEqual(['application-1']);
  });

  it('gives only what the user may see', async () => {
    expect(await ids(north, 'соколова игоревна')).toEqual([]);
    expect(await ids(north, '9162041855')).toEqual([]);
    expect(await ids(north, '1842')).toEqual(['em-1']);
  });

  it('shows a merged card as the one it became', async () => {
    const [group] = (await search(supervisor, '89031112233')).groups;
    expect(group?.rows).toMatchObject([{ id: 'client-1', title: 'Соколова Марина Игоревна', matched: { place: 'Телефон', text: '8 903 111-22-33' } }]);
  });

  it('never fails, whatever is typed', async () => {
    for (const text of ["'", '\\', "a' | b:*", '!', '&|()<->', ':*', '"', 'ё', '\u0000', '\ud800', '@', "'@'\\", '12', '   ', '%00', "о'брайен @ \\'"]) expect((await request(supervisor, text)).status).toBe(200);
  });

  it('follows a changed document', async () => {
    await centre.seed('client', aClient({ branchIds: ['south'], lastName: 'Тихомирова', name: 'Тихомирова Марина Игоревна', fullName: 'Тихомирова Марина Игоревна' }));
    await vi.waitFor(async () => expect(await ids(supervisor, 'тихомирова')).toEqual(['client-1']), { timeout: 15_000, interval: 100 });
  });

  it('asks for a login, and for patience after very many searches', async () => {
    expect((await request({ token: 'a'.repeat(40) }, 'соколова')).status).toBe(401);
    const desk = await centre.login('north', 'another-desk');
    const statuses = [];
    for (let n = 0; n <= 120; n += 1) statuses.push((await request(desk, '')).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses[0]).toBe(200);
  });
});
