import { describe, expect, it } from 'vitest';
import type { FieldEdit } from '../../../shared/base/field-edits.ts';
import { phoneE164 } from '../../../shared/domain/client/phone-rules.ts';
import type { Client } from '../../../shared/domain/client/model.ts';
import { clientCandidates, clientDoubles } from '../../../shared/domain/client/candidate-rules.ts';
import { aBusinessRegion, aClient, aContract, anAddressLink, anApplication, anEmployee } from '../../helpers/builders.ts';
import { kotov, World } from '../../helpers/domain-world.ts';

function formOf(given: Partial<Client> = {}) {
  const { registeredAt: _registeredAt, aliasOf: _aliasOf, ...form } = aClient(given);
  return form;
}
const create = (given: Partial<Client> = {}, link: unknown = null) => ({ client: formOf(given), link });
const client = (world: World): Client => world.store.the('client', 'client-1');
const edit = (path: string, before: FieldEdit['before'], after: FieldEdit['after']) => ({ id: 'client-1', edits: [{ path, before, after }] });

describe('2.6.6.7 what a card names exists', () => {
  it.each<[Partial<Client>, string]>([
    [{ managerId: 'nobody' }, 'Основной менеджер: такой записи нет'],
    [{ contractId: 'none' }, 'Основной договор: такой записи нет'],
    [{ contractId: 'contract-foreign' }, 'Основной договор: это договор другого клиента'],
    [{ businessRegionId: 'none' }, 'Бизнес-регион: такой записи нет'],
    [{ intermediaryId: 'none' }, 'Посредник: такой записи нет'],
    [{ intermediaryId: 'client-1' }, 'Посредник: клиент не может быть посредником самому себе'],
    [{ branchIds: ['branch-north', 'none'] }, 'Филиалы: такой записи нет'],
  ])('%j is refused, on creating and on writing', (given, field) => {
    const world = new World();
    world.put('contract', aContract({ id: 'contract-foreign', clientId: 'client-2' }));
    expect(world.run('client.create', create(given))).toMatchObject({ ok: false, refusal: { code: 'invalidInput', details: { field } } });
    world.do('client.create', create());
    const edits = Object.entries(given).map(([path, after]) => ({ path, before: client(world)[path as keyof Client] ?? null, after })); // names of its fields
    expect(world.run('client.save', { id: 'client-1', edits })).toMatchObject({ ok: false, refusal: { code: 'invalidInput', details: { field } } });
  });

  it('its own entries are taken, also a contract that came with a merged card; one marked for deletion later stays chosen', () => {
    const world = new World();
    world.put('client', aClient({ id: 'client-2' }));
    world.put('client', aClient({ id: 'client-old', aliasOf: 'client-1' }));
    world.put('businessRegion', aBusinessRegion());
    world.put('contract', aContract({ id: 'contract-1', clientId: 'client-1' }));
    world.put('contract', aContract({ id: 'contract-2', clientId: 'client-old' }));
    world.do('client.create', create({ managerId: anEmployee().id, contractId: 'contract-1', businessRegionId: aBusinessRegion().id, intermediaryId: 'client-2' }));
    world.do('client.save', edit('contractId', 'contract-1', 'contract-2'));
    world.put('businessRegion', aBusinessRegion({ deleted: true }));
    world.do('client.save', edit('inn', '', '500100732259'));
    expect(client(world)).toMatchObject({ contractId: 'contract-2', businessRegionId: aBusinessRegion().id, inn: '500100732259' });
  });
});

describe('2.6.6 «Создать клиента»', () => {
  it('2.6.6.4 of a person «Наименование» and «Полное наименование» fill from ФИО; the date of registration by itself', () => {
    const world = new World();
    world.do('client.create', create({ name: 'что угодно', fullName: '', lastName: ' Соколова ' }));
    expect(client(world)).toMatchObject({ name: 'Соколова Марина Игоревна', fullName: 'Соколова Марина Игоревна', lastName: 'Соколова', registeredAt: world.now, aliasOf: null });
  });

  it.each([
    ['', 'АО «Сеть»'],
    ['Акционерное общество «Сеть»', 'Акционерное общество «Сеть»'],
  ])('2.6.6.5 of an organization «Полное наименование» fills from «Наименование» (%j)', (fullName, expected) => {
    const world = new World();
    world.do('client.create', create({ kind: 'organization', name: 'АО «Сеть»', fullName }));
    expect(client(world).fullName).toBe(expected);
  });

  it('2.6.6.4 of a sole trader both begin with it', () => {
    const world = new World();
    world.do('client.create', create({ kind: 'soleTrader' }));
    expect(client(world)).toMatchObject({ name: 'ИП Соколова Марина Игоревна', fullName: 'Индивидуальный предприниматель Соколова Марина Игоревна' });
  });

  it('2.6.6.6 any number of phones, in E.164 beside the text as typed; one main row; empty rows go', () => {
    const world = new World();
    const phone = (id: string, typed: string) => ({ id, kind: '', typed, e164: null, comment: '', main: false });
    world.do('client.create', create({ phones: [phone('1', ' 8 (495) 586-11-40 '), phone('2', 'доб. 12'), phone('3', ' ')], emails: [] }));
    expect(client(world).phones).toEqual([
      { ...phone('1', '8 (495) 586-11-40'), e164: '+74955861140', main: true },
      phone('2', 'доб. 12'),
    ]);
  });

  it.each<[Partial<Client>, string, object]>([
    [{ lastName: '', firstName: '', middleName: '' }, 'required', { fields: ['ФИО'] }],
    [{ kind: 'organization', name: ' ' }, 'required', { fields: ['Наименование'] }],
    [{ inn: '500100732258' }, 'checkDigits', { rule: 'Последняя цифра ИНН не сходится с контрольной', field: 'inn' }],
    [{ kind: 'organization', name: 'А', ogrn: '1057746555812' }, 'checkDigits', { rule: 'Последняя цифра ОГРН не сходится с контрольной', field: 'ogrn' }],
    [{ kind: 'organization', name: 'А', kpp: '1' }, 'checkDigits', { field: 'kpp' }],
    [{ emails: [{ id: 'e', address: 'нет', comment: '', main: true }] }, 'invalidInput', { field: 'E-mail: нет' }],
    [{ birthDate: '14.03.1974' }, 'invalidInput', { field: 'Дата рождения' }],
  ])('2.6.6.7 %j: %s', (given, code, details) => {
    expect(new World().run('client.create', create(given))).toMatchObject({ ok: false, refusal: { code, details } });
  });

  it.each([
    ['this', null],
    ['later', 'client-1'],
  ] as const)('2.6.6.8 tied to its letter (%s)', (link, later) => {
    const world = new World();
    world.receive({ id: 'em-0' });
    world.receive();
    world.do('incomingEmail.take', { id: 'em-1' });
    world.do('client.create', create({ emails: [] }, { incomingEmailId: 'em-1', link }));
    expect(['em-0', 'em-1'].map((id) => world.email(id).clientId)).toEqual([null, 'client-1']);
    expect(world.event().clientId).toBe('client-1');
    expect(world.receive({ id: 'em-2' }).clientId).toBe(later);
    expect(world.outcome('client.create', create())).toBe('duplicateKey');
  });

  it('2.6.6.8 «Нет»: the card holds the address, yet the later letters stay without until «Да» is answered', () => {
    const world = new World();
    world.receive();
    world.do('incomingEmail.take', { id: 'em-1' });
    world.do('client.create', create({}, { incomingEmailId: 'em-1', link: 'this' }));
    expect(world.store.all('addressLink')).toMatchObject([{ address: 'm.sokolova@pochta-mo.ru', clientId: null }]);
    const later = world.receive({ id: 'em-2' });
    expect(later.clientId).toBe(null);
    expect(world.store.ask(clientCandidates(later)).map(({ client: { id }, matched }) => [id, matched])).toEqual([['client-1', ['email']]]);
    world.do('incomingEmail.take', { id: 'em-2' });
    world.fill({ fromWhom: 'consumer', classification: 'text' }, 'em-2');
    expect(world.email('em-2').clientId).toBe(null);
    world.do('incomingEmail.chooseClient', { id: 'em-2', clientId: 'client-1', link: 'all' });
    expect(world.receive({ id: 'em-3' }).clientId).toBe('client-1');
    expect(world.store.all('addressLink')).toHaveLength(1);
  });

  it('2.6.6 not for a letter in another’s work or not from a consumer', () => {
    const world = new World();
    world.receive();
    world.do('incomingEmail.take', { id: 'em-1' });
    const input = create({}, { incomingEmailId: 'em-1', link: 'this' });
    expect(world.outcome('client.create', input, kotov)).toBe('notInWork');
    world.fill({ fromWhom: 'notConsumer' });
    expect(world.outcome('client.create', input)).toBe('notConsumer');
    expect(world.store.get('client', 'client-1')).toBeUndefined();
  });
});

describe('2.6.7 «Записать» of a card', () => {
  function written(given: Partial<Client> = {}): World {
    const world = new World();
    world.do('client.create', create(given));
    return world;
  }

  it('2.6.7.2 an address is added to the card', () => {
    const world = written();
    world.do('client.save', edit('emails.e2', null, { id: 'e2', address: 'new@x.ru', comment: '', main: false }));
    expect(client(world).emails.map(({ address }) => address)).toEqual(['m.sokolova@pochta-mo.ru', 'new@x.ru']);
  });

  it('2.6.6 others’ changes of other fields stay, the same field asks', () => {
    const world = written();
    world.do('client.save', edit('lastName', 'Соколова', 'Орлова'));
    world.do('client.save', edit('birthDate', '1974-03-14', '1975-03-14'), kotov);
    expect(client(world)).toMatchObject({ name: 'Орлова Марина Игоревна', birthDate: '1975-03-14' });
    expect(world.run('client.save', edit('lastName', 'Соколова', 'Сорокина'))).toEqual({
      ok: false,
      refusal: { code: 'fieldConflict', details: { conflicts: [{ path: 'lastName', before: 'Соколова', theirs: 'Орлова', mine: 'Сорокина' }] } },
    });
  });

  it('2.6.6.5 a full name that followed goes on following; a typed one stays', () => {
    const world = written({ kind: 'organization', name: 'АО', fullName: '' });
    world.do('client.save', edit('name', 'АО', 'ПАО'));
    expect(client(world).fullName).toBe('ПАО');
    world.do('client.save', edit('fullName', 'ПАО', 'Публичное общество'));
    world.do('client.save', edit('name', 'ПАО', 'ЗАО'));
    expect(client(world)).toMatchObject({ name: 'ЗАО', fullName: 'Публичное общество' });
  });

  it.each([
    ['phones.p1.typed', '+7 916 204-18-55', '8 916 204 18 56', 'accepted'],
    ['registeredAt', '', 'x', 'invalidInput'],
    ['aliasOf', null, 'client-2', 'invalidInput'],
    ['deleted', null, true, 'invalidInput'],
    ['unknown', null, 1, 'invalidInput'],
    ['gender', 'female', 'other', 'invalidInput'],
    ['inn', '', '123', 'checkDigits'],
  ] as const)('2.6.6 %s: %j → %j: %s', (path, before, after, outcome) => {
    expect(written().outcome('client.save', edit(path, before, after))).toBe(outcome);
  });
});

describe('2.6.6.6 phones', () => {
  it.each(['8 (495) 586-11-40', '+7 495 586 11 40', '495 5861140', '84955861140', 'тел. 7 (495) 586-11-40'])('2.6.6.6 %s', (typed) => expect(phoneE164(typed)).toBe('+74955861140'));
  it.each(['', '112', '+7 495', 'звонить вечером'])('2.6.6.6 %j is kept as typed only', (typed) => expect(phoneE164(typed)).toBeNull());
  it('2.6.6.6 a foreign number', () => expect(phoneE164('+375 29 123-45-67')).toBe('+375291234567'));
});

describe('2.6.4.3 «Строки поиска»', () => {
  it('2.6.4.3 candidates by address, ФИО, phone, ИНН, application number, those with more matches first', () => {
    const world = new World();
    world.put('client', aClient({ id: 'c-all', phones: [{ id: 'p', kind: '', typed: '8 916 204 18 55', e164: '+79162041855', comment: '', main: true }] }));
    world.put('client', aClient({ id: 'c-name', emails: [], phones: [] }));
    world.put('client', aClient({ id: 'c-trader', kind: 'soleTrader', name: 'ИП Соколова Марина Игоревна', emails: [], phones: [], inn: '500100732259' }));
    world.put('client', aClient({ id: 'c-app', name: 'Иванов', emails: [], phones: [] }));
    world.put('client', aClient({ id: 'c-old', emails: [], phones: [], name: '', aliasOf: 'c-link' }));
    world.put('client', aClient({ id: 'c-link', name: 'Петров', emails: [], phones: [] }));
    world.put('application', anApplication({ clientId: 'c-app' }));
    world.put('addressLink', anAddressLink({ clientId: 'c-old' }));
    const email = world.receive({ from: { name: 'Соколова М.', address: 'm.sokolova@pochta-mo.ru' }, text: 'Прошу ответить по заявке И-26-00-418233/102.\nИНН 500100732259\n\nС уважением,\nСоколова Марина Игоревна\n8 (916) 204-18-55' });
    const found = world.store.ask(clientCandidates(email)).map(({ client: { id }, matched }) => [id, matched]);
    expect(found).toEqual([
      ['c-all', ['email', 'name', 'phone']],
      ['c-trader', ['name', 'inn']],
      ['c-app', ['applicationNumber']],
      ['c-link', ['addressLink']],
      ['c-name', ['name']],
    ]);
  });

  it('2.6.6.9 doubles of a new card, itself left out', () => {
    const world = new World();
    world.put('client', aClient({ id: 'c-same', phones: [] }));
    world.put('client', aClient({ id: 'c-name', emails: [], phones: [], birthDate: '' }));
    world.put('client', aClient({ id: 'c-phone', emails: [], name: 'Иное' }));
    world.put('client', aClient());
    const found = world.store.ask(clientDoubles(aClient())).map(({ client: { id }, matched }) => [id, matched]);
    expect(found).toEqual([['c-same', ['email', 'name', 'birthDate']], ['c-name', ['name']], ['c-phone', ['phone']]]);
  });
});
