import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TransportError } from '../../../main/sync/transport.ts';
import type { Envelope } from '../../../shared/protocol/sync.ts';
import { aTask, aUser, anIncomingEmail, aClient } from '../../helpers/builders.ts';
import { belova, kotov } from '../../helpers/domain-world.ts';
import { removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

let centre: MemoryCentre;
let desk: TestDesk;

beforeEach(async () => {
  centre = new MemoryCentre();
  centre.put('user', aUser({ employeeId: null }));
  centre.put('incomingEmail', anIncomingEmail());
  centre.put('task', aTask({ documentId: 'em-1', state: 'open', holderId: null }));
  desk = new TestDesk(centre);
  await desk.sync();
});

afterEach(async () => {
  await desk.close();
  removeFolders();
});

const stateOf = (id = 'em-1') => desk.seen('incomingEmail', id)?.['state'];
const waiting = () => desk.files.base.outbox.commands.waiting();

describe('exchange of a desk', () => {
  it('fills the base and says that it is on line', () => {
    expect(desk.failures).toEqual([]);
    expect(desk.state?.state).toBe('onLine');
    expect(stateOf()).toBe('new');
    expect(desk.files.base.filling).toBe(false);
  });

  it('I6 an own change is seen at once and never disappears until the centre has it, with every answer lost once', async () => {
    expect(desk.run('incomingEmail.take', { id: 'em-1' }).outcome).toBe('accepted');
    expect(stateOf()).toBe('inWork');
    let lost = 0;
    centre.answerLost = () => (lost += 1) <= 3;
    for (let round = 0; round < 5; round += 1) {
      await desk.sync();
      expect(stateOf()).toBe('inWork');
    }
    expect(waiting()).toBe(0);
    expect(centre.store.the('incomingEmail', 'em-1').state).toBe('inWork');
    expect(desk.files.base.cache.get('incomingEmail', 'em-1')?.pending).toBe(false);
  });

  it('I2 a command whose answer was lost is carried out once', async () => {
    centre.answerLost = () => true;
    const { commandId } = desk.run('incomingEmail.take', { id: 'em-1' });
    await desk.sync();
    await desk.sync();
    centre.answerLost = null;
    await desk.sync();
    expect(centre.answerTo(commandId)?.outcome).toBe('applied');
    expect(centre.pushes.filter(({ commands }) => commands.some((command) => command.commandId === commandId)).length).toBeGreaterThan(0);
    expect(waiting()).toBe(0);
  });

  it('F28 1.4.1 the second of two who took a letter off line finds his command in «Разобрать», his input kept, after a restart too', async () => {
    const other = new TestDesk(centre);
    await other.sync();
    centre.put('user', aUser({ id: 'user-kotov', login: 'kotov', employeeId: null }));
    desk.run('incomingEmail.take', { id: 'em-1' });
    const { commandId } = other.run('incomingEmail.take', { id: 'em-1' }, kotov);
    await desk.sync();
    await other.sync();
    await other.kill();
    const [rejected] = other.files.base.outbox.commands.rejected((name) => name);
    expect(rejected).toMatchObject({ commandId, name: 'incomingEmail.take', input: { id: 'em-1' }, documentId: 'em-1', settled: null, refusal: { code: 'alreadyTaken' } });
    expect(other.seen('incomingEmail', 'em-1')?.['holderId']).toBe('user-belova');
    await other.close();
  });

  it('F27 a refused command does not block those after it', async () => {
    centre.put('incomingEmail', anIncomingEmail({ id: 'em-2', eventId: 'event-2' }));
    centre.put('task', aTask({ id: 'task-2', documentId: 'em-2', state: 'open', holderId: null }));
    await desk.sync();
    desk.run('incomingEmail.take', { id: 'em-1' });
    desk.run('incomingEmail.take', { id: 'em-2' });
    centre.put('incomingEmail', anIncomingEmail({ state: 'inWork', holderId: 'user-kotov', takenAt: centre.now }));
    await desk.sync();
    expect(stateOf('em-2')).toBe('inWork');
    expect(desk.files.base.outbox.commands.openRejected()).toBe(1);
    expect(waiting()).toBe(0);
  });

  it('a page of the stream is applied without a question when it answers the next one; any other makes the desk ask', async () => {
    centre.put('incomingEmail', anIncomingEmail({ id: 'em-2', eventId: 'event-2' }));
    const page = await centre.nextPage(desk);
    const pulls = centre.pulls;
    desk.engine.receive(page);
    expect(stateOf('em-2')).toBe('new');
    desk.engine.receive(page); // doubled: the desk stands elsewhere by now
    await desk.sync();
    expect(centre.pulls).toBeGreaterThan(pulls);
    const before = centre.pulls;
    centre.put('incomingEmail', anIncomingEmail({ id: 'em-3', eventId: 'event-3' }));
    desk.engine.receive({ ...(await centre.nextPage(desk)), epoch: 'of a centre restored since' });
    expect(stateOf('em-3')).toBeUndefined();
    await desk.engine.send();
    expect(stateOf('em-3')).toBe('new');
    expect(centre.pulls).toBeGreaterThan(before);
    expect(desk.failures).toEqual([]);
  });

  it('I6 where the stream brings pages a command is sent alone, and its own page takes its change over', async () => {
    centre.put('incomingEmail', anIncomingEmail({ id: 'em-2', eventId: 'event-2' }));
    desk.engine.receive(await centre.nextPage(desk));
    const pulls = centre.pulls;
    desk.run('incomingEmail.take', { id: 'em-1' });
    await desk.engine.send();
    expect(waiting()).toBe(0);
    expect(centre.pulls).toBe(pulls);
    expect(desk.files.base.cache.get('incomingEmail', 'em-1')?.pending).toBe(true);
    desk.engine.receive(await centre.nextPage(desk));
    expect(stateOf()).toBe('inWork');
    expect(desk.files.base.cache.get('incomingEmail', 'em-1')?.pending).toBe(false);
    expect(centre.pulls).toBe(pulls);
    desk.engine.connectionDoubted(); // who knows what comes by it now
    await desk.engine.send();
    expect(centre.pulls).toBeGreaterThan(pulls);
  });

  it('F1 a kill between the commit of the outbox and the overlay loses nothing', async () => {
    desk.files.base.cache.overlay = () => {
      throw new Error('killed');
    };
    expect(desk.run('incomingEmail.take', { id: 'em-1' }).outcome).toBe('accepted');
    expect(() => stateOf()).toThrow('killed');
    await desk.kill();
    expect(stateOf()).toBe('inWork');
    expect(waiting()).toBe(1);
  });

  it('F3 an accepted command whose change could not be laid over the base is laid by the next reading that can', async () => {
    const { cache } = desk.files.base;
    const overlay = cache.overlay.bind(cache);
    cache.overlay = () => {
      throw new Error('disk full');
    };
    desk.run('incomingEmail.take', { id: 'em-1' });
    await nextTurn();
    expect(() => stateOf()).toThrow('disk full');
    cache.overlay = overlay;
    expect(stateOf()).toBe('inWork');
  });

  it('F7 a cloned profile takes a new incarnation and sends the same commands under their ids', async () => {
    const before = desk.files.base.incarnation;
    const { commandId } = desk.run('incomingEmail.take', { id: 'em-1' });
    await centre.push({ protocol: 1, deskId: 'desk-one-id', incarnation: before, epoch: 'epoch-1', commands: [{ commandId: '0191c8a0-0000-7000-8000-000000000001', seq: 1, name: 'incomingEmail.take', version: 1, input: { id: 'em-404' }, numbers: [], happenedAt: centre.now, recordedAtDesk: centre.now, grant: JSON.stringify(kotov) }] });
    await desk.sync();
    expect(desk.files.base.incarnation).not.toBe(before);
    expect(centre.answerTo(commandId)?.outcome).toBe('applied');
    expect(stateOf()).toBe('inWork');
    expect(waiting()).toBe(0);
  });

  it('F7 I6 what a copy of the profile sent does not count as sent by this desk: its own change stays on the screen', () => {
    const { base } = desk.files;
    const { incarnation } = base;
    desk.run('incomingEmail.take', { id: 'em-1' });
    const asked = { incarnation, ...base.position };
    const page = { kind: 'page' as const, asked, epoch: 'epoch-1', rows: [], cursor: '99', more: false, lastSeq: 1, lastCommandId: '0191c8a0-0000-7000-8000-000000000001', serverTime: centre.now, external: [] };
    expect(base.applyPage(asked, page, () => null, false).kind).toBe('cloned');
    expect(base.applyPage(asked, { ...page, lastSeq: 7 }, () => null, false).kind).toBe('cloned');
    expect(stateOf()).toBe('inWork');
    base.newIncarnation();
    expect(base.incarnation).not.toBe(incarnation);
    expect(stateOf()).toBe('inWork');
    expect(base.queued(10).map(({ seq }) => seq)).toEqual([1]);
  });

  it('F16 a page that came in the place of another is not applied', async () => {
    const late = await centre.pull({ protocol: 1, deskId: 'desk-one-id', incarnation: desk.files.base.incarnation, epoch: null, cursor: null, limit: 1, highestNumbers: {} });
    centre.put('client', aClient());
    const pull = centre.pull.bind(centre);
    centre.pull = () => Promise.resolve(late);
    const { cursor } = desk.files.base.position;
    await desk.sync();
    expect(desk.files.base.position.cursor).toBe(cursor);
    expect(desk.state?.state).toBe('offLine');
    centre.pull = pull;
    await desk.sync();
    expect(desk.seen('client', 'client-1')).not.toBeNull();
    expect(desk.failures).toEqual([]);
  });

  it('F23 after a restore of the centre from a backup what it lost is sent again, in order, under the same ids', async () => {
    const backup = centre.backup();
    const take = desk.run('incomingEmail.take', { id: 'em-1' });
    await desk.sync();
    const save = desk.run('incomingEmail.save', { id: 'em-1', edits: [{ path: 'fromWhom', before: null, after: 'consumer' }] });
    await desk.sync();
    centre.restore(backup);
    expect(centre.store.the('incomingEmail', 'em-1').state).toBe('new');
    await desk.engine.connectionRenewed();
    expect([centre.answerTo(take.commandId)?.outcome, centre.answerTo(save.commandId)?.outcome]).toEqual(['applied', 'applied']);
    expect(centre.store.the('incomingEmail', 'em-1')).toMatchObject({ state: 'inWork', fromWhom: 'consumer' });
    expect(stateOf()).toBe('inWork');
    expect(waiting()).toBe(0);
  });

  it('F7 F23 I1 a restored centre is told what was refused, so that no copy of the profile gets it through; what one got through before counts here too', async () => {
    const backup = centre.backup();
    const { commandId } = desk.run('incomingEmail.take', { id: 'em-1' });
    centre.put('incomingEmail', anIncomingEmail({ state: 'inWork', holderId: 'user-kotov', takenAt: centre.now }));
    await desk.sync();
    expect(centre.answerTo(commandId)?.outcome).toBe('rejected');
    centre.restore(backup);
    const again = centre.backup();
    await desk.engine.connectionRenewed();
    expect(centre.answerTo(commandId)).toMatchObject({ outcome: 'rejected', refusal: { code: 'alreadyTaken' } });
    expect(centre.store.the('incomingEmail', 'em-1').state).toBe('new');
    expect([desk.files.base.outbox.commands.openRejected(), desk.files.base.queued(10).length]).toEqual([1, 0]);

    centre.restore(again);
    const twin: Envelope = { commandId, seq: 1, name: 'incomingEmail.take', version: 1, input: { id: 'em-1' }, numbers: [], happenedAt: centre.now, recordedAtDesk: centre.now, grant: JSON.stringify(belova) };
    await centre.push({ protocol: 1, deskId: 'desk-one-id', incarnation: 'twin', epoch: centre.epoch, commands: [twin] });
    await desk.engine.connectionRenewed();
    expect(centre.answerTo(commandId)?.outcome).toBe('applied');
    expect(stateOf()).toBe('inWork');
    expect(desk.files.base.outbox.commands.openRejected()).toBe(0);
  });

  it('F23 a desk keeps its blocks of numbers over a restore of the centre, and leaves them to the other machine when its profile was cloned', () => {
    const { base } = desk.files;
    const next = () => base.outbox.leases.peek(base.incarnation, 'КП', '26', [])?.value ?? null;
    const value = next();
    expect(value).not.toBeNull();
    expect(base.noteEpoch('epoch-2')).toBe(true);
    expect(next()).toBe(value);
    base.newIncarnation();
    expect(next()).toBeNull();
  });

  it('F7 a block of which the centre refused a number as used is not used any more', () => {
    const { outbox, incarnation } = desk.files.base;
    const [number] = [outbox.leases.peek(incarnation, 'КП', '26', [])];
    if (number === null || number === undefined) throw new Error('no numbers');
    const commandId = '0191c8a0-0000-7000-8000-000000000009';
    outbox.addCommand({ commandId, seq: outbox.nextSeq, name: 'incomingEmail.assignNumber', version: 1, input: { id: 'em-1' }, numbers: [number], happenedAt: centre.now, recordedAt: centre.now, grant: '', author: { userId: 'u', name: 'u', roles: [], branchIds: [] }, documentType: null, documentId: null, documentTitle: '' }, () => undefined);
    outbox.settle([{ commandId, outcome: 'rejected', duplicate: false, refusal: { code: 'numberVoid', details: {} } }], centre.now);
    expect(outbox.leases.left(incarnation, 'КП', '26')).toBe(0);
  });

  it('F23 I1 what was sent to the centre before its restore is not carried out after it: the desk hears of it and sends all again', async () => {
    const backup = centre.backup();
    const take = desk.run('incomingEmail.take', { id: 'em-1' });
    await desk.sync();
    const [early] = centre.pushes.filter(({ commands }) => commands.length > 0);
    centre.restore(backup);
    expect((early === undefined ? null : await centre.push(early))?.kind).toBe('otherEpoch');
    expect(centre.answerTo(take.commandId)).toBeUndefined();
    const before = desk.files.base.incarnation;
    desk.run('incomingEmail.save', { id: 'em-1', edits: [{ path: 'fromWhom', before: null, after: 'consumer' }] });
    await desk.sync(); // it has not greeted the restored centre
    expect(desk.files.base.incarnation).not.toBe(before);
    expect(centre.store.the('incomingEmail', 'em-1')).toMatchObject({ state: 'inWork', fromWhom: 'consumer' });
    expect(waiting()).toBe(0);
  });

  it.each([
    ['a day back', -86_400_000],
    ['a year ahead', 365 * 86_400_000],
    ['an hour ahead, as after a wrong change to summer time', 3_600_000],
  ])('F9 a clock %s is found at the first exchange, and what is done goes through', async (_name, wrong) => {
    desk.now = Date.parse(centre.now) + wrong;
    await desk.sync();
    expect(desk.clockOffset).toBe(-wrong);
    expect(desk.run('incomingEmail.take', { id: 'em-1' }).outcome).toBe('accepted');
    await desk.sync();
    expect(centre.store.the('incomingEmail', 'em-1').state).toBe('inWork');
    expect(desk.failures).toEqual([]);
  });

  it('F25 mustRefetch replaces the base, removes what is gone, keeps waiting commands on the screen', async () => {
    centre.put('client', aClient());
    await desk.sync();
    centre.requestLost = () => true;
    desk.run('incomingEmail.take', { id: 'em-1' });
    await desk.sync();
    centre.requestLost = null;
    centre.mustRefetchOnce = true;
    centre.withdraw('client', 'client-1');
    await desk.sync();
    expect(desk.seen('client', 'client-1')).toBeNull();
    expect(stateOf()).toBe('inWork');
    expect(desk.failures).toEqual([]);
  });

  it('F26 a page of another position, epoch or incarnation is ignored', () => {
    const { base } = desk.files;
    const page = { kind: 'page' as const, asked: { incarnation: base.incarnation, ...base.position }, epoch: 'epoch-1', rows: [{ type: 'incomingEmail', id: 'em-1', version: 99, document: null }], cursor: '99', more: false, lastSeq: 0, lastCommandId: null, serverTime: centre.now, external: [] };
    const parse = () => null;
    const { incarnation } = base;
    const { epoch, cursor } = base.position;
    expect(base.applyPage({ incarnation, epoch, cursor: '0' }, page, parse, false).kind).toBe('ignored');
    expect(base.applyPage({ incarnation, epoch, cursor }, { ...page, epoch: 'epoch-0' }, parse, false).kind).toBe('ignored');
    expect(base.applyPage({ incarnation: 'other', epoch, cursor }, page, parse, false).kind).toBe('ignored');
    expect(stateOf()).toBe('new');
  });

  it('F33 a pull that removes over a fifth of the cache stops and asks', async () => {
    for (let n = 0; n < 100; n += 1) centre.put('client', aClient({ id: `client-${n}` }));
    await desk.sync();
    for (let n = 0; n < 40; n += 1) centre.withdraw('client', `client-${n}`);
    await desk.sync();
    expect(desk.state?.problem).toMatchObject({ code: 'massDelete', details: { count: 40 } });
    expect(desk.seen('client', 'client-1')).not.toBeNull();
    await desk.engine.allowDeletion();
    expect(desk.state?.problem).toBeNull();
    expect(desk.seen('client', 'client-1')).toBeNull();
    expect(desk.seen('client', 'client-41')).not.toBeNull();
  });

  it('F16 a batch too large for the way is halved until it passes', async () => {
    const push = centre.push.bind(centre);
    centre.push = (request) => (request.commands.length > 3 ? Promise.reject(new TransportError('tooLarge')) : push(request));
    for (let n = 0; n < 10; n += 1) {
      centre.put('incomingEmail', anIncomingEmail({ id: `em-b${n}`, eventId: `event-b${n}` }));
      centre.put('task', aTask({ id: `task-b${n}`, documentId: `em-b${n}`, state: 'open', holderId: null }));
    }
    await desk.sync();
    for (let n = 0; n < 10; n += 1) expect(desk.run('incomingEmail.take', { id: `em-b${n}` }).outcome).toBe('accepted');
    await desk.sync();
    expect(waiting()).toBe(0);
  });

  it('F16 no answer at all is retried after growing pauses', async () => {
    centre.requestLost = () => true;
    const pauses: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      await desk.sync();
      pauses.push(Date.parse(desk.state?.nextAttemptAt ?? '') - desk.now);
    }
    expect(desk.state?.state).toBe('offLine');
    expect(pauses).toEqual([750, 1500, 3000, 6000]);
  });

  it('F17 a doubted connection is not shown as on line until the centre has answered', async () => {
    expect(desk.state?.state).toBe('onLine');
    const asksIn = (): number => Math.min(...desk.timers.map(({ at }) => at)) - desk.now;
    desk.engine.connectionDoubted();
    expect([desk.state?.state, asksIn()]).toEqual(['connecting', 1_000]); // half of two seconds: every desk after a moment of its own
    await desk.sync();
    expect(desk.state?.state).toBe('onLine');
    centre.requestLost = () => true;
    desk.engine.connectionDoubted();
    await desk.sync();
    expect(desk.state?.state).toBe('offLine');
  });

  it('2.8.1 numbers off line come from the block, across 31.12 → 01.01, each once', async () => {
    desk.now = Date.parse('2026-12-31T20:00:00.000Z');
    centre.now = new Date(desk.now).toISOString();
    await desk.sync();
    const { leases } = desk.files.base.outbox;
    const taken = [];
    for (const year of ['26', '27', '26']) {
      const number = leases.peek(desk.files.base.incarnation, 'КП', year, []);
      expect(number?.year).toBe(year);
      if (number !== null) {
        leases.take([number]);
        taken.push(`${number.year}-${number.value}`);
      }
    }
    expect(new Set(taken).size).toBe(3);
  });

  it('I7 lines of the access log reach the centre, chained', async () => {
    centre.requestLost = () => true;
    const entry = (id: string) => ({ id, at: centre.now, userId: 'user-belova', action: 'open' as const, documentType: 'client', documentId: 'client-1', details: '' });
    desk.files.base.outbox.access.add(entry('0191c8a0-0000-4000-8000-000000000001'));
    desk.files.base.outbox.access.add(entry('0191c8a0-0000-4000-8000-000000000002'));
    await desk.kill();
    centre.requestLost = null;
    await desk.sync();
    expect(centre.access).toHaveLength(2);
    expect(centre.access[1]?.previousHash).toBe(centre.access[0]?.hash);
    expect(desk.files.base.outbox.access.unsent(10)).toEqual([]);
  });

  it('F23 I7 after a restore of the centre lines that it had go again, for a month', async () => {
    const backup = centre.backup();
    const { access } = desk.files.base.outbox;
    const entry = (n: number) => ({ id: `0191c8a0-0000-4000-8000-00000000001${n}`, at: centre.now, userId: 'user-belova', action: 'open' as const, documentType: 'client', documentId: 'client-1', details: '' });
    access.add(entry(1));
    await desk.sync();
    desk.now += 20 * 86_400_000;
    access.add(entry(2));
    await desk.sync();
    expect(centre.access).toHaveLength(2);
    centre.access.splice(0);
    centre.restore(backup);
    await desk.engine.connectionRenewed();
    expect(centre.access.map(({ id }) => id)).toEqual([entry(1).id, entry(2).id]);
    desk.now += 31 * 86_400_000;
    access.add(entry(3));
    await desk.sync();
    centre.access.splice(0);
    centre.restore(centre.backup());
    await desk.engine.connectionRenewed();
    expect(centre.access.map(({ id }) => id)).toEqual([entry(3).id]);
  });
});
