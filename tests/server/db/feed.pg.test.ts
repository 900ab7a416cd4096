import { afterAll, beforeAll, expect, test } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { numberCeiling, numberFloor } from '../../../server/commands/number-ceiling.ts';
import { documentTypes } from '../../../shared/domain/documents.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { aFilter, startTestCentre, type TestCentre, type TestDesk } from '../running-centre.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
  await centre.addUser({ login: 'one' });
});
afterAll(() => centre.remove());

const filter = (id: string): { type: string; document: unknown } => ({ type: 'mailFilter', document: aFilter(id) });

/** A connection beside the centre's own, to hold a transaction open. */
async function outside(): Promise<Client> {
  const client = new Client(centre.pool.options);
  await client.connect();
  return client;
}

test('F24 what a slow transaction writes below the cursor of others is not lost', async () => {
  const desk = await centre.login('one', 'desk-slow');
  await desk.pullAll();
  const slow = await outside();
  try {
    await slow.query('BEGIN');
    await slow.query(
      `INSERT INTO document (type, id, version, body, scope, xid, seq) VALUES ('mailFilter', 'slow', 1, $1, '{all}', pg_current_xact_id(), nextval('feed_seq'))`,
      [JSON.stringify(aFilter('slow'))],
    );
    // Committed later in number, earlier in time.
    expect(await desk.outcomes(desk.envelope('test.put', filter('fast')))).toEqual(['applied']);
    const during = await desk.pull();
    expect(during).toMatchObject({ kind: 'page', rows: [], lastSeq: 0 });
    await slow.query('COMMIT');
  } finally {
    await slow.end();
  }
  expect([...(await desk.pullAll()).keys()]).toEqual(['mailFilter/slow', 'mailFilter/fast']);
  expect(await desk.pull()).toMatchObject({ rows: [], lastSeq: 1 });
});

test('F24 a desk is hinted again when what it could not be given yet may be there', async () => {
  const desk = await centre.login('one', 'desk-again');
  await desk.pullAll();
  const slow = await outside();
  await slow.query('BEGIN');
  await slow.query('SELECT pg_current_xact_id()');
  await desk.outcomes(desk.envelope('test.put', filter('held-up')));
  const stream = await fetch(centre.url + paths.hints, { headers: { authorization: `Bearer ${desk.token}` } });
  const reader = stream.body?.getReader();
  await reader?.read();
  await pause(100);
  await desk.pull();
  const again = reader?.read();
  await slow.query('ROLLBACK');
  await slow.end();
  expect(new TextDecoder().decode((await again)?.value)).toContain('feed');
  await reader?.cancel();
  expect([...(await desk.pullAll()).keys()]).toContain('mailFilter/held-up');
});

test('I6 a command is not covered while its document, changed again since, cannot be given yet', async () => {
  const [desk, other] = [await centre.login('one', 'desk-hidden'), await centre.login('one', 'desk-other')];
  await desk.pullAll();
  await desk.outcomes(desk.envelope('test.put', filter('hidden')));
  const slow = await outside();
  await slow.query('BEGIN');
  await slow.query('SELECT pg_current_xact_id()');
  expect(await other.outcomes(other.envelope('test.put', filter('hidden')))).toEqual(['applied']);
  expect(await desk.pull()).toMatchObject({ kind: 'page', rows: [], lastSeq: 0 });
  await slow.query('ROLLBACK');
  await slow.end();
  expect(await desk.pull()).toMatchObject({ rows: [{ id: 'hidden', version: 2 }], lastSeq: 1 });
});

test('I6 a command sent again under another incarnation is not covered either while its document cannot be given', async () => {
  const [desk, other] = [await centre.login('one', 'desk-hidden2'), await centre.login('one', 'desk-other2')];
  const command = desk.envelope('test.put', filter('hidden-again'));
  await desk.outcomes(command);
  desk.incarnation = '0191e7a4-0000-7000-8000-000000000042';
  expect(await desk.outcomes(command)).toEqual(['duplicate applied']);
  await desk.pullAll();
  const slow = await outside();
  await slow.query('BEGIN');
  await slow.query('SELECT pg_current_xact_id()');
  expect(await other.outcomes(other.envelope('test.put', filter('hidden-again')))).toEqual(['applied']);
  expect(await desk.pull()).toMatchObject({ rows: [], lastSeq: 0, lastCommandId: null });
  await slow.query('ROLLBACK');
  await slow.end();
  expect(await desk.pull()).toMatchObject({ lastSeq: 1, lastCommandId: command.commandId });
});

test('pages follow each other without a gap or a repetition, and lastSeq never runs ahead of them', async () => {
  const desk = await centre.login('one', 'desk-pages');
  await desk.outcomes(...Array.from({ length: 30 }, (_, n) => desk.envelope('test.put', filter(`page-${n}`))));
  const seen: string[] = [];
  for (;;) {
    const page = await desk.pull(7);
    if (page.kind !== 'page') throw new Error(page.kind);
    seen.push(...page.rows.map(({ id }) => id));
    if (page.more) expect(page.lastSeq).toBe(0);
    else {
      expect(page.lastSeq).toBe(30);
      break;
    }
  }
  const { rows } = await centre.pool.query<{ id: string }>(`SELECT id FROM document WHERE scope && ARRAY['all', 'user:user-one', 'role:mailSupervisor'] ORDER BY xid, seq`);
  expect(seen).toEqual(rows.map(({ id }) => id));
});

test('F31 a document that leaves the scope goes as a tombstone, one that enters comes whole', async () => {
  await centre.addUser({ login: 'north', branchIds: ['branch-north'] });
  await centre.addUser({ login: 'south', branchIds: ['branch-south'] });
  const client = documentTypes.client.schema.parse({ id: 'moved', kind: 'person', lastName: 'Ф', firstName: '', middleName: '', name: 'Ф', fullName: 'Ф', phones: [], emails: [], addresses: [], contactPersons: [], inn: '', kpp: '', okpo: '', ogrn: '', gender: '', birthDate: '', intermediaryId: null, managerId: null, contractId: null, businessRegionId: null, branchIds: ['branch-north'], registeredAt: '', aliasOf: null });
  await centre.seed('client', client);
  const [north, south] = [await centre.login('north'), await centre.login('south')];
  expect((await north.pullAll()).get('client/moved')).toEqual(client);
  expect((await south.pullAll()).has('client/moved')).toBe(false);
  await centre.seed('client', { ...client, branchIds: ['branch-south'] });
  expect((await north.pullAll()).get('client/moved')).toBe(null);
  expect((await south.pullAll()).get('client/moved')).toEqual({ ...client, branchIds: ['branch-south'] });
});

test('a document marked deleted is sent as it is', async () => {
  const desk = await centre.login('one', 'desk-deleted');
  await centre.seed('mailFilter', aFilter('gone'));
  await desk.pullAll();
  await centre.seed('mailFilter', { ...aFilter('gone'), deleted: true });
  expect((await desk.pullAll()).get('mailFilter/gone')).toMatchObject({ deleted: true });
  expect(await centre.tools.read([{ kind: 'get', type: 'mailFilter', id: 'gone' }, { kind: 'find', type: 'mailFilter', index: 'byAddress', key: 'gone@example.org' }])).toEqual([null, []]);
});

/** True if the desk has to fetch anew after the change, and then gets everything. */
async function refetches(desk: TestDesk, change: () => Promise<void> | void): Promise<boolean> {
  await desk.pullAll();
  await change();
  const { kind } = await desk.pull();
  desk.cursor = null;
  return kind === 'mustRefetch' && (await desk.pullAll()).size > 0;
}

test('a cursor made for other rights, another epoch, or by somebody else makes the desk fetch anew', async () => {
  const user = await centre.addUser({ login: 'promoted' });
  // Other rights end the session; the desk that logs in again has its old cursor still.
  const former = await centre.login('promoted');
  await former.pullAll();
  await centre.seed('user', { ...user, roles: ['supervisor'] });
  await expect(former.pull()).rejects.toThrow('sessionEnded');
  const promoted = await centre.login('promoted');
  expect(await refetches(promoted, () => void (promoted.cursor = former.cursor))).toBe(true);
  const desk = await centre.login('one', 'desk-cursor');
  expect(await refetches(desk, () => void (desk.cursor = `${desk.cursor}x`))).toBe(true);
  expect(await refetches(desk, () => void (desk.epoch = 'another'))).toBe(true);
  expect(await refetches(desk, async () => void (await centre.store.newEpoch(await centre.store.epoch(), new Date().toISOString())))).toBe(true);
});

test('F23 a base put back in time is noticed by a desk that is ahead of it, and the desk sends again', async () => {
  const desk = await centre.login('one', 'desk-f23');
  const command = desk.envelope('test.put', filter('lost-by-restore'));
  await desk.outcomes(command);
  await desk.pullAll();
  // The backup lacks the newest transactions: here they are taken out again.
  await centre.pool.query(`DELETE FROM command WHERE command_id = $1`, [command.commandId]);
  await centre.pool.query(`DELETE FROM document_version WHERE command_id = $1`, [command.commandId]);
  await centre.pool.query(`DELETE FROM document WHERE id = 'lost-by-restore'`);
  await centre.pool.query(`DELETE FROM document_index WHERE id = 'lost-by-restore'`);
  const epoch = await centre.store.epoch();
  const page = await centre.store.feed({ after: { xid: 2n ** 40n, seq: 1n }, scopeKeys: ['all'], limit: 10, incarnation: desk.incarnation, seen: [] });
  expect(page.ahead).toBe(true);
  await centre.store.newEpoch(epoch, new Date().toISOString());
  expect(await desk.pull()).toMatchObject({ kind: 'mustRefetch' });
  expect(await desk.outcomes(command)).toEqual(['otherEpoch']);
  desk.pushEpoch = null;
  expect(await desk.outcomes(command)).toEqual(['applied']);
  // For a minute there are no numbers: those given before may reach up to now.
  expect(await desk.lease(1)).toEqual([]);
});

test('F23 I3 a backup restored twice gives no number twice: numbers go on from a floor that rises with the clock', async () => {
  const desk = await centre.login('one', 'desk-twice');
  const restore = async (at: string): Promise<void> => {
    // The same backup each time: its counter, whatever was given since.
    await centre.pool.query(`UPDATE number_counter SET value = 100 WHERE series = 'КП' AND year = '26'`);
    await centre.store.newEpoch(await centre.store.epoch(), at);
  };
  const blockAt = async (at: string): Promise<{ readonly from: number; readonly to: number } | null> =>
    centre.store.lease({ deskId: desk.deskId, incarnation: desk.incarnation, series: 'КП', year: '26', count: 500, highest: 0, at, leaseId: (from, to) => `twice-${from}-${to}`, bounds: { floor: (restoredAt) => numberFloor('26', restoredAt), ceiling: numberCeiling('26', at) } });
  await restore('2026-11-24T06:00:00.000Z');
  const first = await blockAt('2026-11-24T06:05:00.000Z');
  expect(await blockAt('2026-11-24T06:05:00.000Z')).toMatchObject({ from: (first?.to ?? 0) + 1, to: numberCeiling('26', '2026-11-24T06:05:00.000Z') });
  expect(await blockAt('2026-11-24T06:05:00.000Z')).toBeNull();
  await restore('2026-11-24T06:06:00.000Z');
  expect(await blockAt('2026-11-24T06:06:30.000Z')).toBeNull();
  const second = await blockAt('2026-11-24T06:10:00.000Z');
  expect(second?.from).toBeGreaterThan(numberCeiling('26', '2026-11-24T06:06:00.000Z'));
  await restore(new Date().toISOString());
});

test('an epoch changes once, however many notice the restore', async () => {
  const epoch = await centre.store.epoch();
  const at = new Date().toISOString();
  const next = await Promise.all([centre.store.newEpoch(epoch, at), centre.store.newEpoch(epoch, at), centre.store.newEpoch(epoch, at)]);
  expect(new Set(next).size).toBe(1);
});
