import { describe, expect, it } from 'vitest';
import { systemAuthor } from '../../../shared/base/scope.ts';
import { receivedEmailSchema } from '../../../shared/domain/incoming-email/received-model.ts';
import { aClient, aMailFilter, anAddressLink, anOutgoingEmail, aRule } from '../../helpers/builders.ts';
import { World } from '../../helpers/domain-world.ts';

describe('1.4.1 incomingEmail.receive', () => {
  it('1.4.1 makes the letter, its event and a task due by T-MAIL', () => {
    const world = new World();
    const email = world.receive();
    expect(email).toMatchObject({ state: 'new', holderId: null, conversationId: 'em-1', continuationOf: null, number: null });
    expect(world.event()).toMatchObject({ channel: 'incomingEmail', documentId: 'em-1', subject: 'Сроки по договору ТП', outcome: null });
    expect(world.tasks()).toMatchObject([{ kind: 'incomingEmail', roles: ['mailSupervisor'], state: 'open', dueAt: '2026-11-24T09:14:00.000Z', ruleId: 'rule-T-MAIL-1', offeredTo: null, fromName: 'Соколова Марина' }]);
  });

  it('1.4.1 each event has a number of its own, СБ-YY-ХХХХХХХХ; without one at hand the letter is received all the same, and the event is numbered afterwards, once', () => {
    const world = new World();
    world.receive();
    world.store.numbersLeft = 0;
    world.receive({ id: 'em-2' });
    expect([world.event().number, world.event('em-2').number]).toEqual(['СБ-26-00000001', null]);
    const { eventId } = world.email('em-2');
    expect(world.do('contactEvent.assignNumber', { id: eventId }, systemAuthor).changes).toEqual([]);
    world.store.numbersLeft = 5;
    for (let times = 0; times < 2; times++) world.do('contactEvent.assignNumber', { id: eventId }, systemAuthor);
    expect(world.event('em-2').number).toBe('СБ-26-00000002');
    expect(world.tasks('em-2')).toHaveLength(1);
    expect([world.outcome('contactEvent.assignNumber', { id: 'none' }, systemAuthor), world.outcome('contactEvent.assignNumber', { id: eventId })]).toEqual(['notFound', 'notAllowed']);
  });

  it('1.4.1 takes the version of «Регламент» in force when the letter came', () => {
    const world = new World();
    world.put('rule', aRule({ id: 'rule-T-MAIL-2', value: 1, validFrom: '2026-11-01T00:00:00.000Z' }));
    world.put('rule', aRule({ id: 'rule-T-MAIL-3', value: 2, validFrom: '2027-01-01T00:00:00.000Z' }));
    world.receive();
    expect(world.tasks()[0]).toMatchObject({ dueAt: '2026-11-24T07:14:00.000Z', ruleId: 'rule-T-MAIL-2' });
  });

  it('1.4.1 without a rule the task has no term', () => {
    const world = new World();
    world.put('rule', { ...aRule(), deleted: true });
    world.receive();
    expect(world.tasks()[0]).toMatchObject({ dueAt: null, ruleId: null });
  });

  it('1.4.1 the same letter again changes nothing, whatever has become of it', () => {
    const world = new World();
    const email = world.receive();
    world.do('incomingEmail.take', { id: 'em-1' });
    const before = world.store.snapshot();
    const again = world.run('incomingEmail.receive', { email: receivedEmailSchema.parse({ ...email, subject: 'Другая тема' }) }, systemAuthor);
    expect(again).toEqual({ ok: true, changes: [], effects: [], cancels: [] });
    expect(world.store.snapshot()).toEqual(before);
  });

  it('1.4.1 a letter to the mailbox of requests gets a task as well', () => {
    const world = new World();
    world.receive({ mailbox: 'requests' });
    expect(world.tasks()).toHaveLength(1);
  });

  it('1.4.2 a black-listed sender: «Нежелательная почта», event, no task', () => {
    const world = new World();
    world.put('mailFilter', aMailFilter({ address: 'M.Sokolova@pochta-mo.ru' }));
    expect(world.receive().state).toBe('unwanted');
    expect(world.event().documentId).toBe('em-1');
    expect(world.tasks()).toEqual([]);
  });

  it('1.4.2 an address taken off the list is let in', () => {
    const world = new World();
    world.put('mailFilter', aMailFilter({ address: 'm.sokolova@pochta-mo.ru', deleted: true }));
    expect(world.receive().state).toBe('new');
  });

  it('1.4.1 a letter whose sender could not be read becomes a task, and is tied to nobody', () => {
    const world = new World();
    world.put('client', aClient({ emails: [] }));
    world.put('mailFilter', aMailFilter({ address: '' }));
    expect(world.receive({ from: { name: '', address: '' }, returnPath: '' })).toMatchObject({ state: 'new', clientId: null });
    expect(world.tasks()).toHaveLength(1);
  });
});

describe('2.6.4 the client fills by itself', () => {
  it('2.6.4.2 from exactly one card with the e-mail', () => {
    const world = new World();
    world.put('client', aClient());
    expect(world.receive({ from: { name: '', address: 'M.SOKOLOVA@pochta-mo.ru' } }).clientId).toBe('client-1');
    expect(world.event().clientId).toBe('client-1');
  });

  it('2.6.4.3 not from several cards', () => {
    const world = new World();
    world.put('client', aClient());
    world.put('client', aClient({ id: 'client-2' }));
    expect(world.receive().clientId).toBeNull();
  });

  it('2.6.4.5 from the tied address, however many cards have it; a merged card is followed', () => {
    const world = new World();
    world.put('client', aClient({ aliasOf: 'client-2' }));
    world.put('client', aClient({ id: 'client-2' }));
    world.put('client', aClient({ id: 'client-3' }));
    world.put('addressLink', anAddressLink());
    expect(world.receive().clientId).toBe('client-2');
  });
});

describe('1.4.1 machines’ letters', () => {
  const sent = () => anOutgoingEmail({ state: 'sent', messageId: 'ours@moesk.ru', conversationId: 'em-0' });

  it('1.5.1 a bounce marks our letter «Не доставлено» with its own task, and needs no work itself', () => {
    const world = new World();
    world.put('outgoingEmail', sent());
    const bounce = { from: { name: '', address: 'mailer-daemon@pochta-mo.ru' }, automation: 'bounce', returnPath: null } as const;
    expect(world.receive(bounce, [{ originalMessageId: 'ours@moesk.ru', recipient: 'm.sokolova@pochta-mo.ru', reason: '550 no such user' }])).toMatchObject({ state: 'done' });
    expect(world.tasks()).toEqual([]);
    expect(world.store.the('outgoingEmail', 'out-1')).toMatchObject({ state: 'undelivered', serverAnswer: 'm.sokolova@pochta-mo.ru: 550 no such user' });
    expect(world.tasks('out-1')).toMatchObject([{ kind: 'undelivered', state: 'open', offeredTo: 'user-belova', documentType: 'outgoingEmail' }]);
    expect(world.event()).toMatchObject({ outcome: 'noAnswer', finishedBy: 'system' });
    world.receive({ ...bounce, id: 'em-2' }, [{ originalMessageId: 'ours@moesk.ru', recipient: '', reason: 'once more' }]);
    expect(world.tasks('out-1')).toHaveLength(1);
  });

  it('1.4.1 a bounce of nothing of ours is a letter like any other', () => {
    const world = new World();
    expect(world.receive({ automation: 'bounce', returnPath: null }, [{ originalMessageId: 'foreign@x.ru', recipient: '', reason: '' }]).state).toBe('new');
    expect(world.tasks()).toHaveLength(1);
  });

  it.each(['autoReply', 'automatic'] as const)('1.4.1 an automatic answer (%s) to a letter of ours makes no task', (automation) => {
    const world = new World();
    world.put('outgoingEmail', sent());
    expect(world.receive({ automation, inReplyTo: 'ours@moesk.ru' })).toMatchObject({ automation: 'autoReply', state: 'done' });
    expect(world.tasks()).toEqual([]);
  });

  it.each([['autoReply', 'automatic'], ['automatic', 'automatic'], ['bulk', 'bulk']] as const)('1.4.1 other machine mail (%s) is a letter like any other', (automation, kept) => {
    const world = new World();
    expect(world.receive({ automation })).toMatchObject({ automation: kept, state: 'new' });
    expect(world.tasks()).toHaveLength(1);
  });
});
