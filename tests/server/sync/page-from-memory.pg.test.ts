import { createParser } from 'eventsource-parser';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { documentTypes, type DocumentMap } from '../../../shared/domain/documents.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { hintSchema, type Page } from '../../../shared/protocol/sync.ts';
import { aFilter, startTestCentre, type TestCentre, type TestDesk } from '../running-centre.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
  await centre.addUser({ login: 'writer' });
  await centre.addUser({ login: 'north', branchIds: ['branch-north'] });
});
afterAll(() => centre.remove());
afterEach(() => vi.restoreAllMocks());

const putFilter = (id: string, reason = 'Реклама'): { type: string; document: unknown } => ({ type: 'mailFilter', document: { ...aFilter(id), reason } });
const aClient = (branch: string, name = 'Ф'): DocumentMap['client'] =>
  documentTypes.client.schema.parse({ id: 'moved', kind: 'person', lastName: name, firstName: '', middleName: '', name, fullName: name, phones: [], emails: [], addresses: [], contactPersons: [], inn: '', kpp: '', okpo: '', ogrn: '', gender: '', birthDate: '', intermediaryId: null, managerId: null, contractId: null, businessRegionId: null, branchIds: [branch], registeredAt: '', aliasOf: null });

/** A desk that listens: what its stream said, pages and words, oldest first. It stands where its last page brought it. */
async function listening(login: string, deskId: string): Promise<{ readonly desk: TestDesk; readonly said: (Page | 'feed')[]; readonly close: () => void }> {
  const desk = await centre.login(login, deskId);
  const abort = new AbortController();
  const said: (Page | 'feed')[] = [];
  const stream = await fetch(`${centre.url}${paths.hints}?pages=yes`, { headers: { authorization: `Bearer ${desk.token}` }, signal: abort.signal });
  const parser = createParser({
    onEvent: ({ data }) => {
      const hint = hintSchema.parse(JSON.parse(data));
      if (hint.kind === 'feed') said.push('feed');
      if (hint.kind !== 'page') return;
      said.push(hint.page);
      desk.cursor = hint.page.cursor;
    },
  });
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of stream.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }));
  };
  read().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  await vi.waitFor(() => expect(said).toEqual(['feed']));
  await desk.pullAll();
  said.length = 0;
  return { desk, said, close: () => abort.abort() };
}

test('a page out of memory is the page that the base would give, and the base is not asked', async () => {
  const writer = await centre.login('writer', 'desk-writes');
  const reader = await listening('writer', 'desk-reads');
  const twin = await centre.login('writer', 'desk-asks');
  await twin.pullAll();
  const asked = vi.spyOn(centre.store, 'feed');
  // NUL and half a pair are what the base does not keep.
  await writer.outcomes(writer.envelope('test.put', putFilter('memory-1')), writer.envelope('test.put', putFilter('memory-2', 'до\u0000 и \ud83d после')), writer.envelope('test.put', putFilter('memory-1', 'иначе')));
  await writer.outcomes(writer.envelope('test.put', putFilter('memory-2', 'в третий раз')));
  await vi.waitFor(() => expect(reader.said).toHaveLength(2));
  expect(asked).not.toHaveBeenCalled();
  const pages = reader.said.filter((said) => said !== 'feed');
  const given = new Map(pages.flatMap(({ rows }) => rows.map(({ id, version, document }) => [id, { version, document }])));
  const page = await twin.pull();
  if (page.kind !== 'page') throw new Error(page.kind);
  expect(new Map(page.rows.map(({ id, version, document }) => [id, { version, document }]))).toEqual(given);
  expect(pages.at(-1)?.cursor).toBe(page.cursor);
  expect(await reader.desk.pull()).toMatchObject({ rows: [] });
  reader.close();
});

test('out of memory too a document that leaves the scope goes as a tombstone, and of one that was never in it nothing is said', async () => {
  const writer = await centre.login('writer', 'desk-writes-2');
  const north = await listening('north', 'desk-north');
  const asked = vi.spyOn(centre.store, 'feed');
  for (const client of [aClient('branch-north'), aClient('branch-south'), aClient('branch-south', 'Х'), aClient('branch-east')]) await centre.seed('client', client);
  await centre.seed('client', { ...aClient('branch-south'), id: 'never-his' });
  await writer.outcomes(writer.envelope('test.put', putFilter('after-all')));
  await vi.waitFor(() => expect(north.said.at(-1)).toMatchObject({ rows: [{ id: 'after-all' }] }));
  expect(asked).not.toHaveBeenCalled();
  // Whom it was once for learns of each change elsewhere only that it is not his.
  expect(north.said).toMatchObject([
    { rows: [{ id: 'moved', document: { branchIds: ['branch-north'] } }] }, { rows: [{ id: 'moved', document: null }] }, { rows: [{ id: 'moved', document: null }] }, { rows: [{ id: 'moved', document: null }] }, { rows: [{ id: 'after-all' }] },
  ]);
  expect(await north.desk.pull()).toMatchObject({ kind: 'page', rows: [] });
  north.close();
});

test('F24 while something older is under way a page is read from the base, and nothing is passed over', async () => {
  const writer = await centre.login('writer', 'desk-writes-3');
  const reader = await listening('writer', 'desk-reads-3');
  const slow = new Client(centre.pool.options);
  await slow.connect();
  await slow.query('BEGIN');
  await slow.query(`INSERT INTO document (type, id, version, body, scope, xid, seq) VALUES ('mailFilter', 'older', 1, $1, '{all}', pg_current_xact_id(), nextval('feed_seq'))`, [JSON.stringify(aFilter('older'))]);
  const asked = vi.spyOn(centre.store, 'feed');
  await writer.outcomes(writer.envelope('test.put', putFilter('newer')));
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  await slow.query('COMMIT');
  await slow.end();
  await vi.waitFor(() => expect(reader.said.flatMap((said) => (said === 'feed' ? [] : said.rows.map(({ id }) => id)))).toEqual(['older', 'newer']));
  reader.close();
});

test('what another process wrote, what one wrote himself, and whoever changes a user: the base is asked', async () => {
  const writer = await centre.login('writer', 'desk-writes-4');
  const reader = await listening('writer', 'desk-reads-4');
  const asked = vi.spyOn(centre.store, 'feed');
  await reader.desk.outcomes(reader.desk.envelope('test.put', putFilter('own')));
  await vi.waitFor(() => expect(reader.said).toMatchObject([{ lastSeq: 1, rows: [{ id: 'own' }] }]));
  expect(asked).toHaveBeenCalled();
  asked.mockClear();
  await centre.pool.query(`INSERT INTO document (type, id, version, body, scope, xid, seq) VALUES ('mailFilter', 'elsewhere', 1, $1, '{all}', pg_current_xact_id(), nextval('feed_seq'))`, [JSON.stringify(aFilter('elsewhere'))]);
  await writer.outcomes(writer.envelope('test.put', putFilter('after-elsewhere')));
  await vi.waitFor(() => expect(reader.said.at(-1)).toMatchObject({ lastSeq: 1, rows: [{ id: 'elsewhere' }, { id: 'after-elsewhere' }] }));
  expect(asked).toHaveBeenCalled();
  asked.mockClear();
  await centre.addUser({ login: 'newcomer' });
  await vi.waitFor(() => expect(reader.said.at(-1)).toMatchObject({ rows: [{ type: 'user', id: 'user-newcomer' }] }));
  expect(asked).toHaveBeenCalled();
  reader.close();
});
