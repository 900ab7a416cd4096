import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TransportError } from '../../../main/sync/transport.ts';
import { aClient, aTask, aUser, anIncomingEmail } from '../../helpers/builders.ts';
import { removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

let centre: MemoryCentre;
let desk: TestDesk;

function putEmail(id: string): void {
  centre.put('incomingEmail', anIncomingEmail({ id, eventId: `event-of-${id}`, from: { name: 'Соколова Марина', address: `${id}@pochta-mo.ru` } }));
  centre.put('task', aTask({ id: `task-of-${id}`, documentId: id, state: 'open', holderId: null }));
}

beforeEach(() => {
  centre = new MemoryCentre();
  centre.put('user', aUser({ employeeId: null }));
  desk = new TestDesk(centre);
});

afterEach(async () => {
  await desk.close();
  removeFolders();
});

const waiting = () => desk.files.base.outbox.commands.waiting();

/** The machine wakes: its clock has jumped, and every timer that came due meanwhile goes off at once. */
function wakeAfter(ms: number): void {
  desk.now += ms;
  centre.now = new Date(desk.now).toISOString();
  const due = desk.timers.splice(0).filter(({ at }) => at <= desk.now);
  for (const { call } of due) call();
}

describe('sleep and wake', () => {
  it('F12 I2 asleep while the centre carried a push out, awake without its answer and without a session: done once, nothing lost, on line again after the login', async () => {
    putEmail('em-1');
    await desk.sync();
    const push = centre.push.bind(centre);
    let wakeUp: () => void = () => undefined;
    const committed = new Promise<void>((resolve) => {
      centre.push = async (request) => {
        if (request.commands.length === 0) return push(request);
        await push(request);
        resolve();
        await new Promise<void>((awake) => {
          wakeUp = awake;
        });
        throw new TransportError('network'); // the connection died in the sleep
      };
    });
    const { commandId } = desk.run('incomingEmail.take', { id: 'em-1' });
    const round = desk.sync();
    await committed;
    expect(centre.answerTo(commandId)?.outcome).toBe('applied');
    let sessionEnded = true;
    centre.push = (request) => (sessionEnded ? Promise.reject(new TransportError('unauthorized')) : push(request));
    wakeAfter(13 * 3_600_000);
    wakeUp();
    await round;
    expect(desk.state?.state).toBe('offLine');
    wakeAfter(60_000);
    await desk.sync();
    expect(desk.state).toMatchObject({ state: 'offLine', problem: { code: 'sessionEnded' } });
    expect([waiting(), desk.seen('incomingEmail', 'em-1')?.['state']]).toEqual([1, 'inWork']);
    sessionEnded = false; // logged in again
    await desk.sync();
    expect([waiting(), desk.state?.state, desk.seen('incomingEmail', 'em-1')?.['state']]).toEqual([0, 'onLine', 'inWork']);
    const sent = centre.pushes.filter(({ commands }) => commands.some((command) => command.commandId === commandId));
    expect(sent).toHaveLength(2);
    expect(centre.answerTo(commandId)).toEqual({ commandId, outcome: 'applied', duplicate: false }); // the second time it was only told what came of the first
    expect(desk.failures).toEqual([]);
  });
});

describe('a card merged meanwhile', () => {
  it('F30 a client chosen and edited off line, whose card was merged meanwhile, is the card that it became; what contradicts that card is kept in «Разобрать»', async () => {
    putEmail('em-1');
    centre.put('client', aClient({ id: 'client-double' }));
    centre.put('client', aClient({ id: 'client-kept', birthDate: '1974-03-14', inn: '' }));
    await desk.sync();
    centre.requestLost = () => true;
    desk.run('incomingEmail.take', { id: 'em-1' });
    desk.run('incomingEmail.save', { id: 'em-1', edits: [{ path: 'fromWhom', before: null, after: 'consumer' }] });
    expect(desk.run('incomingEmail.chooseClient', { id: 'em-1', clientId: 'client-double', link: 'later' }).outcome).toBe('accepted');
    expect(desk.run('client.save', { id: 'client-double', edits: [{ path: 'middleName', before: 'Игоревна', after: 'Олеговна' }] }).outcome).toBe('accepted');
    const conflicting = desk.run('client.save', { id: 'client-double', edits: [{ path: 'birthDate', before: '1974-03-14', after: '1975-04-15' }] });
    expect(conflicting.outcome).toBe('accepted');

    centre.put('client', aClient({ id: 'client-kept', birthDate: '1980-01-01' }));
    centre.put('client', aClient({ id: 'client-double', aliasOf: 'client-kept' }));
    centre.requestLost = null;
    await desk.sync();
    expect(waiting()).toBe(0);
    expect(centre.store.the('incomingEmail', 'em-1').clientId).toBe('client-kept');
    expect(centre.store.all('addressLink')).toMatchObject([{ address: 'em-1@pochta-mo.ru', clientId: 'client-kept' }]);
    expect(centre.store.the('client', 'client-kept')).toMatchObject({ middleName: 'Олеговна', birthDate: '1980-01-01', aliasOf: null });
    expect(centre.store.the('client', 'client-double')).toMatchObject({ middleName: 'Игоревна', aliasOf: 'client-kept' });
    const kept = desk.files.base.outbox.commands.rejected((name) => name);
    expect(kept).toMatchObject([{ commandId: conflicting.commandId, refusal: { code: 'fieldConflict' }, input: { id: 'client-double', edits: [{ after: '1975-04-15' }] } }]);
    expect(desk.seen('incomingEmail', 'em-1')?.['clientId']).toBe('client-kept');
    expect(desk.seen('client', 'client-kept')?.['birthDate']).toBe('1980-01-01');
    expect(desk.failures).toEqual([]);
  });
});
