import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentTypes } from '../../../shared/domain/documents.ts';
import type { CentreListQuery } from '../../../shared/protocol/centre-list.ts';
import { effectsPath, filePath, historyPath, paths } from '../../../shared/protocol/paths.ts';
import { firstBrokenAccessLine } from '../../../server/db/queries/access-log.ts';
import { aFilter, post, startTestCentre, type TestCentre, type TestDesk } from '../running-centre.ts';

let centre: TestCentre;
let desk: TestDesk;
let stranger: TestDesk;

beforeAll(async () => {
  centre = await startTestCentre({ fileLimit: 100_000 });
  await centre.addUser({ login: 'one' });
  await centre.addUser({ login: 'other', roles: ['executor'] });
  await centre.addUser({ login: 'admin', roles: ['administrator'] });
  await centre.addUser({ login: 'auditor', roles: ['auditor'] });
  desk = await centre.login('one');
  stranger = await centre.login('other');
});
afterAll(() => centre.remove());

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const put = (bytes: Uint8Array, sha = shaOf(bytes), by = desk): Promise<Response> =>
  fetch(centre.url + filePath(sha), { method: 'PUT', headers: { authorization: `Bearer ${by.token}`, 'content-type': 'application/octet-stream' }, body: Buffer.from(bytes) });
const get = (sha: string, by = desk, headers: Readonly<Record<string, string>> = {}): Promise<Response> => fetch(centre.url + filePath(sha), { headers: { authorization: `Bearer ${by.token}`, ...headers } });

/** A list that the centre keeps, the newest first. */
const wholeList: CentreListQuery = { search: '', where: {}, sort: { column: 'at', descending: true }, offset: 0, limit: 100 };

test('a file is stored under the hash of its bytes and comes back the same, whole or in parts', async () => {
  const bytes = randomBytes(70_000);
  expect(await (await put(bytes)).json()).toEqual({ size: 70_000 });
  expect((await put(bytes)).status).toBe(200);
  expect(Buffer.from(await (await get(shaOf(bytes))).arrayBuffer()).equals(bytes)).toBe(true);
  const part = await get(shaOf(bytes), desk, { range: 'bytes=1000-1999' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1000-1999/70000']);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1000, 2000))).toBe(true);
  expect((await get(shaOf(bytes), desk, { range: 'bytes=-5' })).headers.get('content-range')).toBe('bytes 69995-69999/70000');
  expect((await get(shaOf(bytes), desk, { range: 'bytes=70000-' })).status).toBe(416);
});

test('bytes of another hash, and files over the limit, are refused and leave nothing', async () => {
  const wrong = 'a'.repeat(64);
  expect((await put(Buffer.from('x'), wrong)).status).toBe(400);
  expect(await centre.files.has(wrong)).toBe(false);
  expect(await centre.files.has(shaOf(Buffer.from('x')))).toBe(false);
  const big = randomBytes(100_001);
  expect((await put(big)).status).toBeGreaterThanOrEqual(400);
  expect(await centre.files.has(shaOf(big))).toBe(false);
});

test('a file is given to those who see a document that names it, and to who put it there', async () => {
  const bytes = Buffer.from('secret of a letter');
  const sha = shaOf(bytes);
  await centre.files.put(bytes);
  expect((await get(sha)).status).toBe(404);
  const email = documentTypes.outgoingEmail.schema.parse({ id: 'out', kind: 'new', state: 'draft', messageId: 'm', inReplyTo: null, references: [], to: [], cc: [], subject: '', text: '', attachments: [{ id: 'a', fileId: sha, name: 'x', size: 1, mediaType: 'text/plain', contentId: null, inline: false }], incomingEmailId: null, classification: null, conversationId: null, clientId: null, appealId: null, eventId: null, authorId: 'u', createdAt: '', queuedAt: null, sentAt: null, effectId: null, attempts: 0, serverAnswer: '', rawFileId: null });
  await centre.seed('outgoingEmail', email);
  expect((await get(sha)).status).toBe(200);
  expect((await get(sha, stranger)).status).toBe(404);
  const own = Buffer.from('my upload');
  await put(own, shaOf(own), stranger);
  expect((await get(shaOf(own), stranger)).status).toBe(200);
  expect((await get(shaOf(own))).status).toBe(404);
});

test('history shows each version with its author, desk and the fields changed, to those in scope only', async () => {
  await desk.outcomes(desk.envelope('test.put', { type: 'mailFilter', document: aFilter('told') }), desk.envelope('test.put', { type: 'mailFilter', document: { ...aFilter('told'), reason: 'Спам' } }));
  const { body } = await desk.get(historyPath('mailFilter', 'told'));
  expect(body).toMatchObject([
    { version: 2, authorName: 'one', deskName: 'desk-of-one', commandName: 'test.put', changes: [{ path: 'reason', before: 'Реклама', after: 'Спам' }] },
    { version: 1, commandName: 'test.put' },
  ]);
  expect(await stranger.get(historyPath('outgoingEmail', 'out'))).toMatchObject({ status: 404, code: 'notFound' });
  expect(await stranger.get(effectsPath('out'))).toMatchObject({ status: 404 });
  expect(await desk.get(effectsPath('out'))).toMatchObject({ status: 200, body: [] });
});

test('the store of outgoing mail is searched without regard to case and ё, by those who may', async () => {
  for (const [n, subject] of ['Счёт за июнь', 'Ответ 100%'].entries()) {
    await centre.tools.sentMail.record({ id: `m${n}`, at: `2026-11-2${n}T00:00:00.000Z`, from: 'client@moesk.ru', to: ['a@b.ru', 'ПЁТР@b.ru'], subject, size: 10, rawFileId: 'c'.repeat(64) });
  }
  const admin = await centre.login('admin');
  const list = async (query: Partial<CentreListQuery>, token = admin.token): Promise<{ status: number; body: unknown }> => post(centre.url, paths.sentMail, { ...wholeList, ...query }, token);
  expect((await list({ search: 'СЧЕТ' })).body).toMatchObject({ total: 1, rows: [{ subject: 'Счёт за июнь', to: ['a@b.ru', 'ПЁТР@b.ru'] }] });
  expect((await list({ search: '%' })).body).toMatchObject({ total: 1 });
  expect((await list({ offset: 1, limit: 1 })).body).toMatchObject({ rows: [{ id: 'm0' }], total: 2 });
  expect((await list({ sort: { column: 'subject', descending: false } })).body).toMatchObject({ rows: [{ id: 'm1' }, { id: 'm0' }] });
  expect(await list({ sort: { column: 'id; DROP TABLE sent_mail', descending: false } })).toMatchObject({ status: 400, body: { refusal: { code: 'invalidInput' } } });
  expect(await list({ where: { nobody: 'x' } })).toMatchObject({ status: 400, body: { refusal: { code: 'invalidInput' } } });
  expect(await list({}, stranger.token)).toMatchObject({ status: 403, body: { refusal: { code: 'notAllowed' } } });
});

test('I7 lines of the access log are kept once each, chained; a changed line shows', async () => {
  const entry = (n: number, previousHash: string): object => ({ id: `0191e7a4-0000-7000-8000-00000000000${n}`, at: '2026-11-24T06:14:00.000Z', userId: 'user-one', action: 'open', documentType: 'client', documentId: 'c', details: '', previousHash, hash: `h${n}` });
  const send = (...entries: readonly object[]): Promise<{ status: number; body: unknown }> => post(centre.url, paths.accessLog, { deskId: desk.deskId, entries }, desk.token);
  expect((await send(entry(1, ''), entry(2, 'h1'))).status).toBe(200);
  expect((await send(entry(2, 'h1'), entry(3, 'h2'), entry(4, 'not h3'))).status).toBe(200);
  const { rows } = await centre.pool.query('SELECT id, chain_holds FROM access_log ORDER BY n');
  expect(rows.map(({ chain_holds: holds }: { chain_holds: boolean }) => holds)).toEqual([true, true, true, false]);
  expect(await firstBrokenAccessLine(centre.pool)).toBe(null);
  const auditor = await centre.login('auditor');
  const list = async (query: Partial<CentreListQuery>, token = auditor.token): Promise<{ status: number; body: unknown }> => post(centre.url, paths.accessLines, { ...wholeList, ...query }, token);
  expect((await list({ where: { documentType: 'client', documentId: 'c' }, limit: 1 })).body).toMatchObject({
    total: 4,
    rows: [{ action: 'open', userId: 'user-one', userName: 'one', documentId: 'c', documentTitle: '', deskId: desk.deskId, deskName: 'desk-of-one', chainHolds: false }],
  });
  expect((await list({ where: { documentId: 'other' } })).body).toEqual({ total: 0, rows: [] });
  expect((await list({ where: { chainHolds: 'false' } })).body).toMatchObject({ total: 1 });
  expect((await list({ where: { since: '2026-11-24T06:14:00.001Z' } })).body).toMatchObject({ total: 0 });
  expect((await list({ search: 'DESK-of' })).body).toMatchObject({ total: 4 });
  for (const column of ['userName', 'action', 'details', 'deskName', 'recordedAt']) expect((await list({ sort: { column, descending: true } })).body).toMatchObject({ total: 4 });
  expect(await list({}, stranger.token)).toMatchObject({ status: 403, body: { refusal: { code: 'notAllowed' } } });
  await centre.pool.query(`UPDATE access_log SET entry = jsonb_set(entry, '{documentId}', '"other"') WHERE chain_holds AND entry->>'hash' = 'h2'`);
  expect(await firstBrokenAccessLine(centre.pool)).not.toBe(null);
});

test('5xx answers say nothing of the inside, and carry the number to read out', async () => {
  const response = await fetch(`${centre.url}${paths.pull}`, { method: 'POST', headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' }, body: '{"protocol":' });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ number: 'ОК-100' });
});
