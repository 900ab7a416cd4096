import { describe, expect, it } from 'vitest';
import { systemAuthor } from '../../shared/base/scope.ts';
import { aClient, aMailSettings, anApplication, anAutoReply, aRule, aSubtopic, aTopic, aUser } from '../helpers/builders.ts';
import { administrator, belova, World } from '../helpers/domain-world.ts';

const newUser = (given: object = {}) => ({ user: aUser({ id: 'user-new', login: 'new', employeeId: null, ...given }) });

describe('2.8.1 users', () => {
  it.each([
    [{}, 'accepted'],
    [{ login: 'BELOVA' }, 'duplicateKey'],
    [{ id: 'user-belova' }, 'duplicateKey'],
    [{ id: 'system' }, 'duplicateKey'],
    [{ login: '' }, 'required'],
    [{ roles: [] }, 'required'],
    [{ login: 'с пробелом' }, 'invalidInput'],
    [{ branchIds: ['none'] }, 'invalidInput'],
    [{ employeeId: 'none' }, 'invalidInput'],
  ])('2.8.1 user.create %j: %s', (given, outcome) => expect(new World().outcome('user.create', newUser(given), administrator)).toBe(outcome));

  it('2.8.1 only an administrator writes users; nobody takes his own rights away', () => {
    const world = new World();
    const save = (id: string, path: string, before: unknown, after: unknown) => ({ id, edits: [{ path, before, after }] });
    expect(world.outcome('user.create', newUser(), belova)).toBe('notAllowed');
    world.do('user.save', save('user-belova', 'active', true, false), administrator);
    expect(world.store.the('user', 'user-belova').active).toBe(false);
    expect(world.outcome('user.save', save('user-admin', 'active', true, false), administrator)).toBe('notAllowed');
    expect(world.outcome('user.save', save('user-admin', 'roles', ['administrator'], ['operator']), administrator)).toBe('notAllowed');
    expect(world.outcome('user.save', save('user-belova', 'id', 'user-belova', 'x'), administrator)).toBe('invalidInput');
  });
});

describe('2.7.4 catalogues', () => {
  const editor = { ...belova, roles: ['dictionaryEditor'] as const };
  it.each([
    ['topic', aTopic({ id: 'topic-2', name: 'Учёт' }), 'accepted'],
    ['topic', aTopic({ name: ' ' }), 'required'],
    ['subtopic', aSubtopic({ id: 's2', topicId: 'none' }), 'invalidInput'],
    ['subtopic', { id: 's3' }, 'invalidInput'],
    ['rule', aRule({ id: 'rule-2' }), 'notAllowed'],
    ['client', aClient(), 'invalidInput'],
    ['autoReply', anAutoReply({ text: 'Письмо {тема}, № {номер}, {дата}' }), 'accepted'],
    ['autoReply', anAutoReply({ text: ' ' }), 'required'],
    ['autoReply', anAutoReply({ subject: '' }), 'required'],
    ['autoReply', anAutoReply({ text: 'Письмо {нмер}' }), 'invalidInput'],
    ['autoReply', anAutoReply({ subject: 'Письмо {}' }), 'invalidInput'],
    ['autoReply', anAutoReply({ kind: 'spam', text: 'Письмо {номер}' }), 'invalidInput'],
  ])('2.7.4 dictionary.write %s: %j', (type, document, outcome) => expect(new World().outcome('dictionary.write', { type, document }, editor)).toBe(outcome));

  it('1.4.1 a term changes only by a new version; its confirmation may change', () => {
    const world = new World();
    const write = (document: object) => world.outcome('dictionary.write', { type: 'rule', document }, administrator);
    expect(write(aRule({ value: 4 }))).toBe('invalidInput');
    expect(write(aRule({ confirmed: true }))).toBe('accepted');
    expect(write(aRule({ id: 'rule-T-MAIL-2', value: 4, validFrom: '2027-01-01T00:00:00.000Z' }))).toBe('accepted');
    expect(write(aRule({ id: 'rule-bad', validFrom: 'завтра' }))).toBe('invalidInput');
  });

  it('1.4.1 the centre writes its mailboxes; the same again changes nothing', () => {
    const world = new World();
    const document = aMailSettings({ clientsMailbox: 'kc@set.ru' });
    world.do('dictionary.write', { type: 'mailSettings', document }, systemAuthor);
    expect(world.store.the('mailSettings', 'mailSettings').clientsMailbox).toBe('kc@set.ru');
    expect(world.do('dictionary.write', { type: 'mailSettings', document }, systemAuthor).changes).toEqual([]);
    expect(world.outcome('dictionary.write', { type: 'mailSettings', document: { ...document, requestsMailbox: 'нет' } }, administrator)).toBe('invalidInput');
  });
});

describe('2.6.7 applications of АС ФЭУ', () => {
  const receive = (world: World, application: object, withdrawn = false) => world.do('application.receive', { application, withdrawn }, systemAuthor);

  it('2.6.7 received again it changes nothing; withdrawn it is marked deleted', () => {
    const world = new World();
    receive(world, anApplication());
    expect(receive(world, anApplication()).changes).toEqual([]);
    receive(world, anApplication(), true);
    expect(world.store.the('application', 'application-1').deleted).toBe(true);
  });

  it('2.6.7 one of a merged card is of the card that it became; a client unknown here stays as it was named', () => {
    const world = new World();
    world.put('client', aClient({ id: 'c-old', aliasOf: 'c-now' }));
    world.put('client', aClient({ id: 'c-now' }));
    receive(world, anApplication({ clientId: 'c-old' }));
    expect(world.store.the('application', 'application-1').clientId).toBe('c-now');
    receive(world, anApplication({ clientId: 'c-unknown' }));
    expect(world.store.the('application', 'application-1').clientId).toBe('c-unknown');
  });

  it.each([
    [{ applicantInn: '500100732259' }, 'c-inn'],
    [{ applicantEmail: 'M@x.ru' }, 'c-mail'],
    [{ applicantPhone: '8 (903) 771-40-92' }, 'c-phone'],
    [{ applicantPhone: '' }, null],
  ])('2.6.7 %j is tied to the only client that has it', (given, clientId) => {
    const world = new World();
    const none = { phones: [], emails: [] };
    world.put('client', aClient({ ...none, id: 'c-inn', inn: '500100732259' }));
    world.put('client', aClient({ ...none, id: 'c-mail', emails: [{ id: 'e', address: 'm@x.ru', comment: '', main: true }] }));
    world.put('client', aClient({ ...none, id: 'c-phone', phones: [{ id: 'p', kind: '', typed: '903 771 40 92', e164: '+79037714092', comment: '', main: true }] }));
    receive(world, anApplication({ clientId: null, applicantPhone: '', ...given }));
    expect(world.store.the('application', 'application-1').clientId).toBe(clientId);
  });
});
