import { describe, expect, it } from 'vitest';
import { aClient, anAddressLink, anApplication } from '../../helpers/builders.ts';
import { World } from '../../helpers/domain-world.ts';

function taken(): World {
  const world = new World();
  world.put('client', aClient());
  world.receive();
  world.do('incomingEmail.take', { id: 'em-1' });
  return world;
}
const codeOf = (decision: ReturnType<World['fill']>) => (decision.ok ? 'accepted' : decision.refusal.code);

describe('2.6.2, 2.6.3 «Классификация»', () => {
  it.each([
    ['notConsumer', 'faxogram', 'accepted'],
    ['notConsumer', 'protocol', 'accepted'],
    ['notConsumer', 'faxogramProtocol', 'accepted'],
    ['notConsumer', 'official', 'accepted'],
    ['notConsumer', 'reconciliation', 'accepted'],
    ['notConsumer', 'text', 'invalidInput'],
    ['notConsumer', 'subscriptionCheck', 'invalidInput'],
    ['consumer', 'text', 'accepted'],
    ['consumer', 'official', 'accepted'],
    ['consumer', 'reconciliation', 'accepted'],
    ['consumer', 'subscriptionCheck', 'accepted'],
    ['consumer', 'faxogram', 'invalidInput'],
    ['consumer', 'protocol', 'invalidInput'],
    [null, 'text', 'required'],
  ] as const)('2.6.2 %s, %s: %s', (fromWhom, classification, outcome) => {
    expect(codeOf(taken().fill({ fromWhom, classification }))).toBe(outcome);
  });

  it('2.6.4.1 «Не от потребителя» clears «Контакт» of the letter and its event; «От потребителя» fills it again', () => {
    const world = taken();
    expect(world.email().clientId).toBe('client-1');
    world.fill({ fromWhom: 'notConsumer', classification: 'protocol' });
    expect(world.email()).toMatchObject({ clientId: null, classification: 'protocol' });
    expect(world.event().clientId).toBeNull();
    world.fill({ fromWhom: 'consumer' });
    expect(world.email()).toMatchObject({ clientId: 'client-1', classification: null });
  });

  it('2.6.4.1 a class that exists for both stays when «От кого» changes', () => {
    const world = taken();
    world.fill({ fromWhom: 'notConsumer', classification: 'reconciliation' });
    world.fill({ fromWhom: 'consumer' });
    expect(world.email().classification).toBe('reconciliation');
  });

  it('2.8.1.2 with a number only the classes that have one remain', () => {
    const world = new World();
    world.put('client', aClient());
    world.numbered();
    expect(codeOf(world.fill({ classification: 'reconciliation' }))).toBe('invalidInput');
    expect(codeOf(world.fill({ fromWhom: 'notConsumer' }))).toBe('invalidInput');
    expect(codeOf(world.fill({ classification: 'official' }))).toBe('accepted');
  });
});

describe('2.7.4.1, 2.8.1.1 «Группа категорий»', () => {
  it('2.8.1.1 «Тематика» fills from the subtopic', () => {
    const world = taken();
    world.fill({ kindId: 'kind-101', categoryId: 'category-2', subtopicId: 'subtopic-108' });
    expect(world.email()).toMatchObject({ kindId: 'kind-101', categoryId: 'category-2', subtopicId: 'subtopic-108', topicId: 'topic-1' });
    world.fill({ subtopicId: null });
    expect(world.email()).toMatchObject({ categoryId: 'category-2', topicId: null });
  });

  it('2.8.1.1 «Категория» fills from the subtopic if it is empty; another category’s subtopic is refused', () => {
    const world = taken();
    world.fill({ subtopicId: 'subtopic-108' });
    expect(world.email().categoryId).toBe('category-2');
    expect(codeOf(world.fill({ categoryId: 'category-1' }))).toBe('classifierMismatch');
  });

  it.each([{ kindId: 'none' }, { categoryId: 'none' }, { subtopicId: 'none' }, { applicationIds: ['none'] }])('2.8.1.1 %j does not exist', (fields) => {
    expect(codeOf(taken().fill(fields))).toBe('invalidInput');
  });
});

describe('2.7 «Сохранить»', () => {
  it('2.7.1.2 writes the fields of the form, the applications on the event too', () => {
    const world = taken();
    world.put('application', anApplication());
    world.fill({ fromWhom: 'notConsumer', classification: 'faxogram', signatory: 'Иванов И. И.', meetingTime: '25.11 в 10:00', applicationIds: ['application-1'] });
    expect(world.email()).toMatchObject({ signatory: 'Иванов И. И.', meetingTime: '25.11 в 10:00' });
    expect(world.event().applicationIds).toEqual(['application-1']);
  });

  it.each(['state', 'number', 'holderId', 'topicId', 'subject', 'appealId', 'deleted', 'suppressedReplies'])('2.7 «%s» is not a field of the form', (path) => {
    const world = taken();
    expect(world.outcome('incomingEmail.save', { id: 'em-1', edits: [{ path, before: null, after: 'x' }] })).toBe('invalidInput');
  });

  it('2.6.4 «Контакт» can be cleared here and only chosen in the window «Клиенты»', () => {
    const world = taken();
    expect(codeOf(world.fill({ clientId: 'client-2' }))).toBe('invalidInput');
    expect(codeOf(world.fill({ clientId: null }))).toBe('accepted');
    expect(world.email().clientId).toBeNull();
  });

  it('2.7 a field that another wrote meanwhile is asked about', () => {
    const world = taken();
    world.fill({ signatory: 'Иванов' });
    const decision = world.run('incomingEmail.save', { id: 'em-1', edits: [{ path: 'signatory', before: '', after: 'Петров' }] });
    expect(decision).toEqual({ ok: false, refusal: { code: 'fieldConflict', details: { conflicts: [{ path: 'signatory', before: '', theirs: 'Иванов', mine: 'Петров' }] } } });
  });

  it('2.7 a value of a wrong shape is refused', () => {
    expect(taken().outcome('incomingEmail.save', { id: 'em-1', edits: [{ path: 'signatory', before: '', after: 5 }] })).toBe('invalidInput');
  });
});

describe('2.6.4 choosing the client', () => {
  /** Three letters of one address: an earlier one, an earlier one not of a consumer, and the one in work. */
  function three(): World {
    const world = new World();
    world.put('client', aClient());
    world.put('client', aClient({ id: 'client-2' }));
    world.receive({ id: 'em-a' });
    world.receive({ id: 'em-b' });
    world.put('incomingEmail', { ...world.email('em-b'), fromWhom: 'notConsumer' });
    world.receive();
    world.do('incomingEmail.take', { id: 'em-1' });
    return world;
  }
  const clients = (world: World) => ['em-a', 'em-b', 'em-1'].map((id) => world.email(id).clientId);

  it('2.6.4.4 «Да»: the address is tied, and every earlier letter of it; letters not of consumers stay without', () => {
    const world = three();
    world.do('incomingEmail.chooseClient', { id: 'em-1', clientId: 'client-2', link: 'all' });
    expect(clients(world)).toEqual(['client-2', null, 'client-2']);
    expect(world.event('em-a').clientId).toBe('client-2');
    expect(world.store.all('addressLink')).toMatchObject([{ address: 'm.sokolova@pochta-mo.ru', clientId: 'client-2', linkedBy: 'user-belova' }]);
    expect(world.receive({ id: 'em-later' }).clientId).toBe('client-2');
  });

  it('2.6.4.4 «Нет»: this letter only', () => {
    const world = three();
    world.do('incomingEmail.chooseClient', { id: 'em-1', clientId: 'client-2', link: 'this' });
    expect(clients(world)).toEqual([null, null, 'client-2']);
    expect(world.store.all('addressLink')).toEqual([]);
    expect(world.event().clientId).toBe('client-2');
  });

  it('2.6.6.8 «Да» of a new client: this letter and later ones, not the earlier', () => {
    const world = three();
    world.do('incomingEmail.chooseClient', { id: 'em-1', clientId: 'client-1', link: 'later' });
    expect(clients(world)).toEqual([null, null, 'client-1']);
    expect(world.receive({ id: 'em-later' }).clientId).toBe('client-1');
  });

  it('2.6.4.4 an address has one link: chosen anew it is turned', () => {
    const world = three();
    world.put('addressLink', anAddressLink());
    world.do('incomingEmail.chooseClient', { id: 'em-1', clientId: 'client-2', link: 'later' });
    expect(world.store.all('addressLink')).toMatchObject([{ id: 'link-1', clientId: 'client-2' }]);
  });

  it('2.6.4.1 not for a letter that is not from a consumer', () => {
    const world = three();
    world.fill({ fromWhom: 'notConsumer' });
    expect(world.outcome('incomingEmail.chooseClient', { id: 'em-1', clientId: 'client-1', link: 'this' })).toBe('notConsumer');
  });

  it('2.6.4.3 a merged card stands for the one it became', () => {
    const world = three();
    world.put('client', aClient({ id: 'client-old', aliasOf: 'client-2' }));
    world.do('incomingEmail.chooseClient', { id: 'em-1', clientId: 'client-old', link: 'this' });
    expect(world.email().clientId).toBe('client-2');
    expect(world.outcome('incomingEmail.chooseClient', { id: 'em-1', clientId: 'none', link: 'this' })).toBe('notFound');
  });
});
