import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../../shared/base/json.ts';
import { clientDocumentsSchema, readDocumentSchema } from '../../../shared/protocol/http.ts';
import { clientDocumentsPath, documentPath } from '../../../shared/protocol/paths.ts';
import { aClient, anApplication, anIncomingEmail, anOutgoingEmail, aRule } from '../../helpers/builders.ts';
import { startTestCentre, type TestCentre, type TestDesk } from '../running-centre.ts';

let centre: TestCentre;
let north: TestDesk;
let south: TestDesk;

beforeAll(async () => {
  centre = await startTestCentre();
  await centre.addUser({ login: 'north', roles: ['executor'], branchIds: ['north'] });
  await centre.addUser({ login: 'south', roles: ['supervisor'], branchIds: ['south'] });
  await centre.seed('client', aClient({ branchIds: ['south'] }), aClient({ id: 'merged', aliasOf: 'client-1', branchIds: ['south'] }), aClient({ id: 'long-ago', aliasOf: 'merged', branchIds: ['south'] }));
  await centre.seed('client', aClient({ id: 'gone', deleted: true, branchIds: ['south'] }), aClient({ id: 'ring-1', aliasOf: 'ring-2', branchIds: ['south'] }), aClient({ id: 'ring-2', aliasOf: 'ring-1', branchIds: ['south'] }));
  await centre.seed('application', anApplication({ branchId: 'south', clientId: 'long-ago' }), anApplication({ id: 'other', branchId: 'south', clientId: 'other' }), anApplication({ id: 'of-north', branchId: 'north', clientId: 'client-1' }));
  await centre.seed('incomingEmail', anIncomingEmail({ clientId: 'client-1' }));
  await centre.seed('outgoingEmail', anOutgoingEmail({ clientId: 'merged' }));
  await centre.seed('rule', aRule());
  north = await centre.login('north');
  south = await centre.login('south');
}, 120_000);

afterAll(() => centre.remove());

async function get({ token }: Pick<TestDesk, 'token'>, path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${centre.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: await response.json() };
}

const refused = (code: string) => ({ status: 404, body: { refusal: { code } } });

describe('reading at the centre what a desk does not hold', () => {
  it('gives a document to who may see it, a merged client as the one it became', async () => {
    expect(readDocumentSchema.parse((await get(south, documentPath('client', 'client-1'))).body).document).toMatchObject({ id: 'client-1', name: 'Соколова Марина Игоревна' });
    for (const id of ['merged', 'long-ago']) expect(readDocumentSchema.parse((await get(south, documentPath('client', id))).body).document).toMatchObject({ id: 'client-1' });
    expect((await get(south, documentPath('incomingEmail', 'em-1'))).status).toBe(200);
    expect((await get(south, documentPath('client', 'ring-1'))).status).toBe(200);
  });

  it('tells nobody else that there is one; nor does it give what is deleted, unknown, or no matter of a client', async () => {
    for (const [type, id] of [['client', 'client-1'], ['incomingEmail', 'em-1'], ['application', 'application-1']] as const) expect(await get(north, documentPath(type, id))).toMatchObject(refused('notFound'));
    for (const [type, id] of [['client', 'gone'], ['client', 'unknown'], ['rule', aRule().id], ['user', 'user-south'], ['nonsense', "' OR true"]] as const) expect(await get(south, documentPath(type, id))).toMatchObject(refused('notFound'));
    expect((await get({ token: 'a'.repeat(40) }, documentPath('client', 'client-1'))).status).toBe(401);
  });

  it('gives what belongs to a client and the cards merged into his, as far as the reader may see it', async () => {
    const { documents, more } = clientDocumentsSchema.parse((await get(south, clientDocumentsPath('merged'))).body);
    expect(documents.map(({ type, document }) => `${type} ${textOf(document['id'] ?? null)}`).toSorted()).toEqual(['application application-1', 'incomingEmail em-1', `outgoingEmail ${anOutgoingEmail().id}`]);
    expect(more).toBe(false);
    expect(await get(north, clientDocumentsPath('client-1'))).toMatchObject(refused('notFound'));
    expect(await get(south, clientDocumentsPath('unknown'))).toMatchObject(refused('notFound'));
  });
});
