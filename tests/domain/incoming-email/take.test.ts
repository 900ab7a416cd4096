import { describe, expect, it } from 'vitest';
import { aClient, aUser } from '../../helpers/builders.ts';
import { belova, kotov, operator, senior, start, World } from '../../helpers/domain-world.ts';

const id = 'em-1';

describe('1.4.1 «Принять в работу»', () => {
  it('1.4.1 the letter and its task become the user’s', () => {
    const world = new World();
    world.receive();
    world.do('incomingEmail.take', { id });
    expect(world.email()).toMatchObject({ state: 'inWork', holderId: 'user-belova', takenAt: start });
    expect(world.tasks()).toMatchObject([{ state: 'inWork', holderId: 'user-belova', takenAt: start }]);
  });

  it('1.4.1 the second of two users gets name and time, also after the first has ended it', () => {
    const world = new World();
    world.receive();
    world.do('incomingEmail.take', { id });
    const taken = { ok: false, refusal: { code: 'alreadyTaken', details: { name: 'Белова\u00a0И.\u00a0С.', at: '24.11.2026 09:14' } } };
    expect(world.later(1000).run('incomingEmail.take', { id }, kotov)).toEqual(taken);
    world.do('incomingEmail.finish', { id, reason: 'Благодарность', comment: '' });
    expect(world.run('incomingEmail.take', { id }, kotov)).toEqual(taken);
  });

  it('1.4.1 pressed twice by the same user it changes nothing', () => {
    const world = new World();
    world.receive();
    world.do('incomingEmail.take', { id });
    expect(world.later(1000).do('incomingEmail.take', { id }).changes).toEqual([]);
  });

  it.each([
    ['an operator may not', operator, 'notAllowed'],
    ['a supervisor may', senior, 'accepted'],
  ])('1.4.1 %s', (_, by, outcome) => {
    const world = new World();
    world.receive();
    expect(world.outcome('incomingEmail.take', { id }, by)).toBe(outcome);
  });

  it('1.4.1 «Вернуть в очередь»: nobody holds it, the number stays', () => {
    const world = new World();
    world.put('client', aClient());
    const { number } = world.numbered();
    expect(world.outcome('incomingEmail.returnToQueue', { id }, kotov)).toBe('notInWork');
    world.do('incomingEmail.returnToQueue', { id });
    expect(world.email()).toMatchObject({ state: 'numbered', number, holderId: null, takenAt: null });
    expect(world.tasks()).toMatchObject([{ state: 'open', holderId: null }]);
    world.do('incomingEmail.take', { id }, kotov);
    expect(world.email()).toMatchObject({ state: 'numbered', number, holderId: 'user-kotov' });
  });

  it('1.4.1 «Переназначить» is a supervisor’s, to one who works on letters', () => {
    const world = new World();
    world.receive();
    world.put('user', aUser({ id: 'user-away', login: 'away', active: false }));
    expect(world.outcome('incomingEmail.reassign', { id, userId: 'user-kotov' }, belova)).toBe('notAllowed');
    expect(world.outcome('incomingEmail.reassign', { id, userId: 'user-away' }, senior)).toBe('invalidInput');
    world.do('incomingEmail.take', { id });
    world.do('incomingEmail.reassign', { id, userId: 'user-kotov' }, senior);
    expect(world.email()).toMatchObject({ state: 'inWork', holderId: 'user-kotov' });
    expect(world.tasks()).toMatchObject([{ holderId: 'user-kotov', state: 'inWork' }]);
  });
});

describe('2.6.1 the letter must be in work by the user', () => {
  const inputs = {
    'incomingEmail.save': { id, edits: [] },
    'incomingEmail.chooseClient': { id, clientId: 'client-1', link: 'this' },
    'incomingEmail.assignNumber': { id },
    'incomingEmail.finish': { id, reason: 'Ошибка', comment: '' },
    'incomingEmail.returnToQueue': { id },
    'outgoingEmail.save': { id: 'o', kind: 'forward', incomingEmailId: id, to: [], cc: [], subject: '', text: '', attachments: [] },
    'outgoingEmail.send': { id: 'o', kind: 'reply', incomingEmailId: id, to: [{ name: '', address: 'a@b.ru' }], cc: [], subject: '', text: '', attachments: [] },
  };
  it.each(Object.entries(inputs))('2.6.1 %s', (name, input) => {
    const world = new World();
    world.receive();
    expect(world.outcome(name, input)).toBe('notInWork');
    world.do('incomingEmail.take', { id });
    expect(world.outcome(name, input, kotov)).toBe('notInWork');
    world.do('incomingEmail.finish', { id, reason: 'Благодарность', comment: '' });
    expect(world.outcome(name, input)).toBe('wrongState');
  });
});

describe('3.6 «Без ответа»', () => {
  it('3.6.1 a reason is required; it and the comment are recorded on the event', () => {
    const world = new World();
    world.receive();
    world.do('incomingEmail.take', { id });
    expect(world.outcome('incomingEmail.finish', { id, reason: ' ', comment: '' })).toBe('required');
    world.do('incomingEmail.finish', { id, reason: 'Благодарность', comment: 'Передано в отдел' });
    expect(world.email().state).toBe('done');
    expect(world.tasks()).toMatchObject([{ state: 'done', endedAt: start }]);
    expect(world.event()).toMatchObject({ outcome: 'noAnswer', outcomeDetails: 'Благодарность', comment: 'Передано в отдел', finishedAt: start, finishedBy: 'user-belova' });
    world.do('contactEvent.comment', { id: world.email().eventId, comment: 'Позвонили' });
    expect(world.event()).toMatchObject({ outcome: 'noAnswer', comment: 'Позвонили' });
  });
});
