import { describe, expect, it } from 'vitest';
import { aMailFilter } from '../../helpers/builders.ts';
import { kotov, senior, World } from '../../helpers/domain-world.ts';

const id = 'em-1';

function received(): World {
  const world = new World();
  world.receive();
  return world;
}
const replies = (world: World) => world.store.all('outgoingEmail').filter(({ kind }) => kind === 'autoReplySpam');
const filters = (world: World) => world.store.all('mailFilter').filter(({ deleted }) => deleted !== true);

describe('1.4.2 «Спам»', () => {
  it('1.4.2 lists the sender, ends the task, and replies after 60 s', () => {
    const world = received();
    const { effects } = world.do('incomingEmail.markSpam', { id });
    expect(world.email().state).toBe('spam');
    expect(world.tasks()).toMatchObject([{ state: 'done' }]);
    expect(world.event()).toMatchObject({ outcome: 'spam', finishedBy: 'user-belova' });
    expect(filters(world)).toMatchObject([{ address: 'm.sokolova@pochta-mo.ru', incomingEmailId: id, addedBy: 'user-belova' }]);
    const [reply] = replies(world);
    expect(reply).toMatchObject({ state: 'queued', to: [{ address: 'm.sokolova@pochta-mo.ru' }], subject: 'Ваше письмо «Сроки по договору ТП»', text: 'Письмо от 24.11.2026 принято за спам.', inReplyTo: 'em-1@pochta-mo.ru' });
    expect(effects).toEqual([{ id: reply?.effectId, kind: 'sendEmail', payload: { outgoingEmailId: reply?.id }, notBefore: '2026-11-24T06:15:00.000Z' }]);
    expect(world.receive({ id: 'em-2' }).state).toBe('unwanted');
  });

  it('1.4.2 the reply goes once per address for ever', () => {
    const world = received();
    world.receive({ id: 'em-2' });
    world.do('incomingEmail.markSpam', { id });
    world.later(86_400_000 * 400).do('incomingEmail.markSpam', { id: 'em-2' });
    expect(replies(world)).toHaveLength(1);
    expect(filters(world)).toHaveLength(1);
    expect(world.email('em-2').suppressedReplies).toMatchObject([{ kind: 'autoReplySpam', reason: 'На этот адрес такой автоответ уже отправляли' }]);
  });

  it('1.4.2 a forged sender that is our own mailbox is never listed', () => {
    const world = new World();
    world.receive({ from: { name: 'Клиентский ящик', address: 'Client@moesk.ru' } });
    world.do('incomingEmail.markSpam', { id });
    expect(world.email().state).toBe('spam');
    expect(filters(world)).toEqual([]);
  });

  it('1.4.2 a letter in another’s work is not marked', () => {
    const world = received();
    world.do('incomingEmail.take', { id });
    expect(world.outcome('incomingEmail.markSpam', { id }, kotov)).toBe('alreadyTaken');
    expect(world.outcome('incomingEmail.markSpam', { id })).toBe('accepted');
    expect(world.outcome('incomingEmail.markSpam', { id })).toBe('wrongState');
  });

  it('1.4.2 a sender that could not be read is never listed', () => {
    const world = new World();
    world.receive({ from: { name: '', address: '' }, returnPath: '' });
    world.do('incomingEmail.markSpam', { id });
    expect(filters(world)).toEqual([]);
    expect(replies(world)).toEqual([]);
  });
});

describe('1.4.2 taking «Спам» back', () => {
  it('1.4.2 whoever pressed, within 60 s: the filter goes, the letter is in the queue, the reply is called off', () => {
    const world = received();
    const { effects } = world.do('incomingEmail.markSpam', { id });
    const undone = world.later(60_000).do('incomingEmail.unmarkSpam', { id });
    expect(undone.cancels).toEqual(effects.map((effect) => effect.id));
    expect(world.store.effects.size).toBe(0);
    expect(world.email()).toMatchObject({ state: 'new', holderId: null });
    expect(world.tasks()).toMatchObject([{ state: 'open', holderId: null, endedAt: null }]);
    expect(world.event()).toMatchObject({ outcome: null, finishedAt: null });
    expect(filters(world)).toEqual([]);
    expect(replies(world)).toMatchObject([{ state: 'cancelled' }]);
    // The reply never left: marked again, it goes.
    world.do('incomingEmail.markSpam', { id });
    expect(replies(world).filter(({ state }) => state === 'queued')).toHaveLength(1);
  });

  it.each([
    ['another within 60 s', kotov, 30_000, 'undoExpired'],
    ['whoever pressed, later', undefined, 60_001, 'undoExpired'],
    ['a supervisor, later', senior, 86_400_000, 'accepted'],
  ] as const)('1.4.2 %s', (_, by, after, outcome) => {
    const world = received();
    world.do('incomingEmail.markSpam', { id });
    expect(world.later(after).outcome('incomingEmail.unmarkSpam', { id }, by)).toBe(outcome);
  });

  it('1.4.2 a reply that has left stays sent', () => {
    const world = received();
    world.do('incomingEmail.markSpam', { id });
    const [reply] = replies(world);
    world.put('outgoingEmail', { ...reply!, state: 'sent' });
    expect(world.later(90_000).do('incomingEmail.unmarkSpam', { id }, senior).cancels).toEqual([]);
    expect(replies(world)).toMatchObject([{ state: 'sent' }]);
  });

  it('1.4.2 a supervisor brings an unwanted letter to the queue; the address stays listed', () => {
    const world = new World();
    world.put('mailFilter', aMailFilter({ address: 'm.sokolova@pochta-mo.ru' }));
    world.receive();
    expect(world.outcome('incomingEmail.restore', { id })).toBe('notAllowed');
    world.later(86_400_000).do('incomingEmail.restore', { id }, senior);
    expect(world.email().state).toBe('new');
    expect(world.tasks()).toMatchObject([{ state: 'open', dueAt: '2026-11-25T09:14:00.000Z' }]);
    expect(filters(world)).toHaveLength(1);
  });
});

describe('1.4.2 «Фильтры электронных писем»', () => {
  it('1.4.2 an address is added, taken off, and brought back', () => {
    const world = new World();
    world.do('mailFilter.add', { id: 'f1', address: ' Sale@Kabel.biz ', reason: 'Реклама' });
    expect(world.outcome('mailFilter.add', { id: 'f2', address: 'sale@kabel.biz', reason: '' })).toBe('duplicateKey');
    world.do('mailFilter.remove', { id: 'f1' });
    expect(filters(world)).toEqual([]);
    world.do('mailFilter.restore', { id: 'f1' });
    expect(filters(world)).toMatchObject([{ address: 'sale@kabel.biz' }]);
  });

  it.each([['', 'required'], ['нет', 'invalidInput'], ['client@moesk.ru', 'invalidInput']])('1.4.2 «%s» is refused: %s', (address, code) => {
    expect(new World().outcome('mailFilter.add', { id: 'f', address, reason: '' })).toBe(code);
  });
});
