import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMs } from '../../../shared/base/instant.ts';
import type { Client } from '../../../shared/domain/client/model.ts';
import { signGrant } from '../../../server/commands/grant.ts';
import { Signer } from '../../../server/commands/signed-token.ts';
import { ensureSettings } from '../../../server/db/settings.ts';
import { aFilter, startTestCentre, type TestCentre } from '../running-centre.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
  await centre.addUser({ login: 'one' });
  await centre.addUser({ login: 'two' });
});
afterAll(() => centre.remove());

const filter = (id: string): { type: string; document: unknown } => ({ type: 'mailFilter', document: aFilter(id) });

async function versionOf(id: string): Promise<number> {
  const { rows } = await centre.pool.query<{ version: number }>(`SELECT version FROM document WHERE type = 'mailFilter' AND id = $1`, [id]);
  return rows[0]?.version ?? 0;
}

describe('a pushed command', () => {
  test('I2 is applied once however often it is sent, and each time gets the stored answer', async () => {
    const desk = await centre.login('one', 'desk-dup1');
    const command = desk.envelope('test.put', filter('dup'));
    expect(await desk.outcomes(command)).toEqual(['applied']);
    expect(await desk.outcomes(command)).toEqual(['duplicate applied']);
    expect(await Promise.all([desk.outcomes(command), desk.outcomes(command)])).toEqual([['duplicate applied'], ['duplicate applied']]);
    expect(await versionOf('dup')).toBe(1);
  });

  test('F22 whose answer was lost is answered from the store when it is sent again, a refusal too', async () => {
    const desk = await centre.login('one', 'desk-f22');
    const [good, bad] = [desk.envelope('test.put', filter('f22')), desk.envelope('test.put', { type: 'mailFilter' })];
    expect(await desk.outcomes(good, bad)).toEqual(['applied', 'invalidInput']);
    expect(await desk.outcomes(good, bad, desk.envelope('test.put', filter('f22')))).toEqual(['duplicate applied', 'duplicate invalidInput', 'applied']);
    expect(await versionOf('f22')).toBe(2);
  });

  test('I1 told as refused is kept as refused, nothing of it carried out, whoever sends it afterwards', async () => {
    const desk = await centre.login('one', 'desk-told');
    const command = desk.envelope('test.put', filter('told'));
    expect(await desk.outcomes({ ...command, refused: { code: 'alreadyTaken', details: { name: 'Котов П. А.', at: '' } } })).toEqual(['alreadyTaken']);
    expect(await desk.outcomes(command)).toEqual(['duplicate alreadyTaken']);
    expect(await versionOf('told')).toBe(0);
  });

  test('F16 sent twice at the same moment by two requests is applied once', async () => {
    const desk = await centre.login('one', 'desk-f16');
    const other = await centre.login('one', 'desk-f16');
    other.incarnation = desk.incarnation;
    const commands = Array.from({ length: 20 }, (_, n) => desk.envelope('test.put', filter(`f16-${n}`)));
    const answers = await Promise.all(commands.map((command) => Promise.all([desk.outcomes(command), other.outcomes(command)])));
    for (const pair of answers) expect(pair.flat().toSorted()).toEqual(['applied', 'duplicate applied']);
  });

  test('F7 of a cloned profile (same seq, other commandId) makes the desk take a new incarnation; the same commandIds then go through', async () => {
    const desk = await centre.login('one', 'desk-f07');
    const clone = await centre.login('one', 'desk-f07');
    clone.incarnation = desk.incarnation;
    const common = desk.envelope('test.put', filter('f7-common'));
    const first = desk.envelope('test.put', filter('f7-desk'));
    expect(await desk.outcomes(common, first)).toEqual(['applied', 'applied']);
    clone.seq = 1;
    const own = clone.envelope('test.put', filter('f7-clone'));
    expect(await clone.outcomes(common, own)).toEqual(['clonedProfile']);
    expect(await versionOf('f7-clone')).toBe(0);

    clone.incarnation = '0191e7a4-0000-7000-8000-000000000007';
    expect(await clone.outcomes({ ...common, seq: 1 }, { ...own, seq: 2 })).toEqual(['duplicate applied', 'applied']);
    const page = await clone.pull();
    expect(page).toMatchObject({ kind: 'page', asked: { incarnation: clone.incarnation, epoch: null, cursor: null }, lastSeq: 2, lastCommandId: own.commandId });
    // Under the common incarnation the seq belongs to the other one's command: a copy that pulls first sees it there.
    expect(await desk.pull()).toMatchObject({ lastSeq: 2, lastCommandId: first.commandId });
  });

  test('F27 that always throws is refused as an internal error; the ones behind it go on', async () => {
    const desk = await centre.login('one', 'desk-f27');
    const answers = await desk.outcomes(desk.envelope('test.put', filter('f27-a')), desk.envelope('test.fault', {}), desk.envelope('test.put', filter('f27-b')));
    expect(answers).toEqual(['applied', 'internal', 'applied']);
    expect(await desk.pull()).toMatchObject({ lastSeq: 3 });
  });

  test('F27 whose data the base cannot hold is refused alone', async () => {
    const desk = await centre.login('one', 'desk-f27b');
    const tooBig = { type: 'rule', document: { id: 'x', ruleId: 'r', name: 'n', clause: '', value: 1, unit: 'days', calendar: 'workingDays', warnAt: 0.5, validFrom: '', confirmed: false }, effects: [{ id: 'e-bad', kind: 'k', notBefore: 'no time at all' }] };
    expect(await desk.outcomes(desk.envelope('test.put', filter('f27-c')), desk.envelope('test.put', tooBig), desk.envelope('test.put', filter('f27-d')))).toEqual(['applied', 'internal', 'applied']);
  });

  test('with characters that jsonb does not take is stored without them', async () => {
    const desk = await centre.login('one', 'desk-nul');
    expect(await desk.outcomes(desk.envelope('test.put', { type: 'mailFilter', document: { ...aFilter('nul'), reason: 'a\0b\ud800c\\u0000' } }))).toEqual(['applied']);
    const [stored] = await centre.tools.read([{ kind: 'get', type: 'mailFilter', id: 'nul' }]);
    expect(stored).toMatchObject({ reason: 'ab\ufffdc\\u0000' });
  });

  test('unknown or of another version is refused and keeps its place in the queue', async () => {
    const desk = await centre.login('one', 'desk-unknown');
    expect(await desk.outcomes(desk.envelope('nothing.atAll', {}), desk.envelope('test.put', filter('v'), { version: 2 }), desk.envelope('test.put', filter('v')))).toEqual(['badEnvelope', 'programTooOld', 'applied']);
  });

  test('sees what the one before it in the batch has written', async () => {
    const desk = await centre.login('one', 'desk-chain');
    const numbers = await desk.lease(2);
    const first = desk.envelope('test.number', { id: 'chain' }, { numbers: numbers.slice(0, 1) });
    const second = desk.envelope('test.number', { id: 'chain' }, { numbers: numbers.slice(1) });
    expect(await desk.outcomes(first, second)).toEqual(['applied', 'applied']);
    expect(await versionOf('chain')).toBe(2);
    const { rows } = await centre.pool.query(`SELECT version FROM document_version WHERE type = 'mailFilter' AND id = 'chain' ORDER BY version`);
    expect(rows).toEqual([{ version: 1 }, { version: 2 }]);
  });

  test('200 of them drain in one request', async () => {
    const desk = await centre.login('one', 'desk-drain');
    const commands = Array.from({ length: 200 }, (_, n) => desk.envelope('test.put', filter(`drain-${n}`)));
    expect(new Set(await desk.outcomes(...commands))).toEqual(new Set(['applied']));
    expect(await desk.pull()).toMatchObject({ lastSeq: 200 });
  });
});

describe('2.6 two people at one letter', () => {
  test('when both take it at once exactly one gets it and the other is told', async () => {
    const [one, two] = [await centre.login('one', 'desk-race1'), await centre.login('two', 'desk-race2')];
    const users = Array.from({ length: 15 }, (_, n) => `race-${n}`);
    await centre.addUser({ login: 'boss', roles: ['administrator'] });
    const bosses = [await centre.login('boss', 'desk-boss1'), await centre.login('boss', 'desk-boss2')] as const;
    for (const login of users) {
      const create = (n: number): object => ({ user: { id: `${login}-${n}`, login, lastName: 'Гонкин', firstName: '', middleName: '', employeeId: null, roles: ['operator'], branchIds: [], active: true } });
      const answers = await Promise.all(bosses.map((boss, n) => boss.outcomes(boss.envelope('user.create', create(n)))));
      expect(answers.flat().toSorted()).toEqual(['applied', 'duplicateKey']);
    }
    expect(await Promise.all([one.outcomes(one.envelope('test.put', filter('race'))), two.outcomes(two.envelope('test.put', filter('race')))])).toEqual([['applied'], ['applied']]);
    expect(await versionOf('race')).toBe(2);
  });
});

describe('2.8.1 a number', () => {
  test('of the desk’s own lease is given once and never again', async () => {
    const desk = await centre.login('one', 'desk-num1');
    const [first, second] = await desk.lease(2);
    if (first === undefined || second === undefined) throw new Error('no lease');
    expect(await desk.outcomes(desk.envelope('test.number', { id: 'n1' }, { numbers: [first] }))).toEqual(['applied']);
    expect(await desk.outcomes(desk.envelope('test.number', { id: 'n2' }, { numbers: [first] }))).toEqual(['numberVoid']);
    expect(await desk.outcomes(desk.envelope('test.number', { id: 'n2' }, { numbers: [second] }), desk.envelope('test.number', { id: 'n3' }, { numbers: [second] }))).toEqual(['applied', 'numberVoid']);
  });

  test('of another desk’s lease, out of its range, of another year, or invented is void', async () => {
    const [desk, other] = [await centre.login('one', 'desk-num2'), await centre.login('two', 'desk-num3')];
    const [mine] = await desk.lease(1);
    const [foreign] = await other.lease(1);
    if (mine === undefined || foreign === undefined) throw new Error('no lease');
    const voids = [foreign, { ...mine, value: mine.value + 1 }, { ...mine, leaseId: 'invented' }];
    for (const number of voids) expect(await desk.outcomes(desk.envelope('test.number', { id: 'n4' }, { numbers: [number] }))).toEqual(['numberVoid']);
    expect(await desk.outcomes(desk.envelope('test.number', { id: 'n4' }, { numbers: [{ ...mine, year: '25' }] }))).toEqual(['noNumbers']);
    expect(await desk.outcomes(desk.envelope('test.number', { id: 'n4' }))).toEqual(['noNumbers']);
  });

  test('is leased in blocks that never overlap, and above what a desk has seen', async () => {
    const desk = await centre.login('one', 'desk-num4');
    const blocks = await Promise.all(Array.from({ length: 8 }, () => desk.lease(25)));
    expect(new Set(blocks.flat().map(({ value }) => value)).size).toBe(200);
    const [above] = await desk.lease(1, 5000);
    expect(above?.value).toBe(5001);
    await desk.pull(1, { 'КП-26': 7000, 'nonsense': 9, 'КП-99999': 1 });
    const [next] = await desk.lease(1);
    expect(next?.value).toBe(7001);
  });

  test('taken by the centre itself comes from the same counter', async () => {
    const before = (await (await centre.login('one', 'desk-num5')).lease(1))[0]?.value ?? 0;
    expect(await centre.runSystem('test.number', { id: 'by-system' })).toMatchObject({ ok: true });
    const [stored] = await centre.tools.read([{ kind: 'get', type: 'mailFilter', id: 'by-system' }]);
    expect(stored).toMatchObject({ reason: `КП-26-${String(before + 1).padStart(8, '0')}` });
  });
});

describe('the author of a command', () => {
  test('F31 who was dismissed meanwhile is refused, though his grant is good', async () => {
    const user = await centre.addUser({ login: 'leaver' });
    const [desk, colleague] = [await centre.login('leaver', 'desk-shift'), await centre.login('one', 'desk-shift')];
    colleague.incarnation = desk.incarnation;
    const command = desk.envelope('test.put', filter('leaver'));
    await centre.seed('user', { ...user, active: false });
    expect(await colleague.outcomes(command)).toEqual(['notAllowed']);
    expect(await versionOf('leaver')).toBe(0);
  });

  test('is the one of the grant, at a shift desk too, and not the one who is logged in', async () => {
    const [one, two] = [await centre.login('one', 'desk-both'), await centre.login('two', 'desk-both')];
    two.incarnation = one.incarnation;
    expect(await two.outcomes(one.envelope('test.put', filter('by-one')))).toEqual(['applied']);
    const { rows } = await centre.pool.query(`SELECT c.author_id FROM command c JOIN document_version v USING (command_id) WHERE v.id = 'by-one'`);
    expect(rows).toEqual([{ author_id: 'user-one' }]);
  });

  test('with a forged grant, one of another desk, or one that had run out is refused', async () => {
    const [desk, elsewhere] = [await centre.login('one', 'desk-forge'), await centre.login('one', 'desk-else')];
    const [body, mac] = desk.grant.split('.');
    const forged = `${Buffer.from(Buffer.from(body ?? '', 'base64url').toString().replace('user-one', 'user-two')).toString('base64url')}.${mac}`;
    expect(await desk.outcomes(desk.envelope('test.put', filter('x'), { grant: forged }))).toEqual(['badEnvelope']);
    expect(await desk.outcomes(desk.envelope('test.put', filter('x'), { grant: elsewhere.grant }))).toEqual(['deskRejected']);
    const { signingKey } = await ensureSettings(centre.pool);
    const weeksAgo = addMs(new Date().toISOString(), -30 * 86_400_000);
    const old = signGrant(new Signer(signingKey), { userId: 'user-one', login: 'one', name: 'one', roles: ['mailSupervisor'], branchIds: [] }, { deskId: 'desk-forge', issuedAt: weeksAgo, days: 14 }).grant;
    const [inTime, tooLate] = [addMs(weeksAgo, 86_400_000), addMs(weeksAgo, 15 * 86_400_000)];
    expect(await desk.outcomes(desk.envelope('test.put', filter('x'), { grant: old, happenedAt: tooLate }), desk.envelope('test.put', filter('x'), { grant: old, happenedAt: inTime }))).toEqual(['offlineLoginExpired', 'applied']);
  });

  test('F9 with a clock a year ahead never writes what happened after it was recorded; with one a day back it is applied as it says', async () => {
    const desk = await centre.login('one', 'desk-f09');
    expect(await desk.outcomes(desk.envelope('test.put', filter('f9'), { happenedAt: addMs(new Date().toISOString(), 365 * 86_400_000) }))).toEqual(['applied']);
    const { rows } = await centre.pool.query(`SELECT happened_at <= recorded_at AS "inOrder" FROM command c JOIN document_version v USING (command_id) WHERE v.id = 'f9'`);
    expect(rows).toEqual([{ inOrder: true }]);
    const back = addMs(new Date().toISOString(), -86_400_000);
    expect(await desk.outcomes(desk.envelope('test.put', filter('f9-back'), { happenedAt: back }))).toEqual(['applied']);
    const { rows: late } = await centre.pool.query<{ at: Date }>(`SELECT happened_at AS at FROM command c JOIN document_version v USING (command_id) WHERE v.id = 'f9-back'`);
    expect(late[0]?.at.toISOString()).toBe(back);
  });

  test('F34 that a full disk keeps from being written is not refused: the desk keeps it, and it is applied once when there is room', async () => {
    const desk = await centre.login('one', 'desk-f34');
    const command = desk.envelope('test.put', filter('f34'));
    // What PostgreSQL says when its disk is full, said at the same place.
    await centre.pool.query(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
    await centre.pool.query('CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON document FOR EACH ROW EXECUTE FUNCTION no_room()');
    await expect(desk.push(command)).rejects.toThrow(/^push: 503/);
    expect(await versionOf('f34')).toBe(0);
    await centre.pool.query('DROP TRIGGER no_room ON document');
    await centre.pool.query('DROP FUNCTION no_room()');
    expect([await desk.outcomes(command), await desk.outcomes(command)]).toEqual([['applied'], ['duplicate applied']]);
  });

  test('may not run a command of other roles, nor learn from it what exists', async () => {
    const desk = await centre.login('one', 'desk-role');
    expect(await desk.outcomes(desk.envelope('user.save', { id: 'user-two', edits: [] }), desk.envelope('user.save', { id: 'nobody', edits: [] }), desk.envelope('incomingEmail.receive', {}))).toEqual(['notAllowed', 'notAllowed', 'notAllowed']);
  });

  test('may not change a document outside his scope', async () => {
    const client = { kind: 'person' as const, lastName: 'Ф', firstName: '', middleName: '', name: 'Ф', fullName: 'Ф', phones: [], emails: [], addresses: [], contactPersons: [], inn: '', kpp: '', okpo: '', ogrn: '', gender: '' as const, birthDate: '', intermediaryId: null, managerId: null, contractId: null, businessRegionId: null, registeredAt: '', aliasOf: null } satisfies Omit<Client, 'id' | 'branchIds'>;
    await centre.seed('client', { ...client, id: 'far', branchIds: ['branch-b'] });
    await centre.addUser({ login: 'branchA', branchIds: ['branch-a'] });
    const desk = await centre.login('branchA', 'desk-scope');
    expect(await desk.outcomes(desk.envelope('test.put', { type: 'client', document: { ...client, id: 'far', branchIds: ['branch-a'] } }))).toEqual(['notAllowed']);
    expect(await desk.outcomes(desk.envelope('test.put', { type: 'client', document: { ...client, id: 'near', branchIds: ['branch-a'] } }))).toEqual(['applied']);
  });

  test('names only files that the centre has', async () => {
    const desk = await centre.login('one', 'desk-file');
    const outgoing = { id: 'out-file', kind: 'new', state: 'draft', messageId: 'm', inReplyTo: null, references: [], to: [], cc: [], subject: '', text: '', attachments: [{ id: 'a', fileId: 'f'.repeat(64), name: 'x', size: 1, mediaType: 'text/plain', contentId: null, inline: false }], incomingEmailId: null, classification: null, conversationId: null, clientId: null, appealId: null, eventId: null, authorId: 'user-one', createdAt: '', queuedAt: null, sentAt: null, effectId: null, attempts: 0, serverAnswer: '', rawFileId: null };
    expect(await desk.outcomes(desk.envelope('test.put', { type: 'outgoingEmail', document: outgoing }))).toEqual(['fileMissing']);
  });
});

test('commands of many desks that come at once share transactions; a clone or a fault among them touches nobody else', async () => {
  const desks = await Promise.all(Array.from({ length: 12 }, (_, n) => centre.login('one', `desk-many-${n}`)));
  const transactions = async (): Promise<number> => Number((await centre.pool.query<{ n: string }>('SELECT count(DISTINCT xid) AS n FROM command')).rows[0]?.n);
  const cloned = desks[3];
  if (cloned === undefined) throw new Error('no desk');
  await cloned.outcomes(cloned.envelope('test.put', filter('many-before')));
  cloned.seq = 0;
  const before = await transactions();
  const answers = await Promise.all(
    desks.map((desk, n) => desk.outcomes(desk.envelope(n === 5 ? 'test.fault' : 'test.put', n === 5 ? {} : filter(`many-${n}`)), desk.envelope('test.put', filter('many-shared')))),
  );
  expect(answers).toEqual(desks.map((_, n) => (n === 3 ? ['clonedProfile'] : n === 5 ? ['internal', 'applied'] : ['applied', 'applied'])));
  expect(await versionOf('many-3')).toBe(0);
  expect(await versionOf('many-shared')).toBe(11);
  expect((await transactions()) - before).toBeLessThan(12);
});

test('a command of the centre itself runs once per commandId', async () => {
  const commandId = '0191e7a4-0000-7000-8000-0000000000aa';
  expect(await centre.runSystem('test.put', filter('sys'), { commandId })).toEqual({ ok: true, commandId, duplicate: false });
  expect(await centre.runSystem('test.put', filter('sys'), { commandId })).toEqual({ ok: true, commandId, duplicate: true });
  expect(await versionOf('sys')).toBe(1);
});
