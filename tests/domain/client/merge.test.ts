import { describe, expect, it } from 'vitest';
import type { FieldEdit } from '../../../shared/base/field-edits.ts';
import type { Client } from '../../../shared/domain/client/model.ts';
import { clientById } from '../../../shared/domain/incoming-email/rules.ts';
import { driveSync, type Read } from '../../../shared/base/rule-book.ts';
import { systemAuthor } from '../../../shared/base/scope.ts';
import { aClient, anAddressLink, anApplication } from '../../helpers/builders.ts';
import { operator, senior, World } from '../../helpers/domain-world.ts';

const phone = (id: string, typed: string, e164: string | null, main = true) => ({ id, kind: 'Мобильный', typed, e164, comment: '', main });
const email = (id: string, address: string, main = true) => ({ id, address, comment: '', main });

/** A card and a double of it: the same phone in another spelling, an e-mail, an address and an ИНН of its own, another branch. */
function world(): World {
  const made = new World();
  made.put('client', aClient());
  made.put('client', aClient({
    id: 'double', middleName: '', name: 'Соколова Марина', fullName: 'Соколова Марина', inn: '500100732259', branchIds: ['branch-south', 'branch-north'],
    phones: [phone('p1', '8 (916) 204-18-55', '+79162041855'), phone('p2', '+7 495 123-45-67', '+74951234567', false)], emails: [email('e1', 'marina@pochta-mo.ru')],
    addresses: [{ id: 'a1', kind: 'Адрес объекта', text: '141000, московская обл., г. о. Мытищи,  д. Беляниново, ул. Центральная, д. 14', comment: '', main: true }],
  }));
  return made;
}
const card = (from: World, id = 'client-1'): Client => from.store.the('client', id);
const input = (edits: readonly FieldEdit[] = [], ...more: readonly string[]) => ({ id: 'client-1', discarded: [{ id: 'double', edits }, ...more.map((id) => ({ id, edits: [] }))] });
const inn: FieldEdit = { path: 'inn', before: '', after: '500100732259' };
const named = (from: World, id: string): string | undefined => driveSync(clientById(id), (read: Read) => (read.kind === 'get' ? (from.store.get('client', read.id) ?? null) : null))?.id;

describe('«Объединить» (2.6.6.9)', () => {
  it('each field as chosen; phones, e-mails and addresses of both without doubles; whoever saw either card sees the kept one', () => {
    const made = world();
    made.do('client.merge', input([inn]), senior);
    const kept = card(made);
    expect(kept).toMatchObject({ inn: '500100732259', middleName: 'Игоревна', branchIds: ['branch-north', 'branch-south'], aliasOf: null });
    expect(kept.phones.map(({ typed, main }) => [typed, main])).toEqual([['+7 916 204-18-55', true], ['+7 495 123-45-67', false]]);
    expect(kept.emails.map(({ address, main }) => [address, main])).toEqual([['m.sokolova@pochta-mo.ru', true], ['marina@pochta-mo.ru', false]]);
    expect(new Set(kept.emails.map(({ id }) => id)).size).toBe(2);
    expect(kept.addresses).toHaveLength(1);
    expect(card(made, 'double')).toMatchObject({ aliasOf: 'client-1', inn: '500100732259', middleName: '', merged: { into: 'client-1', by: 'user-senior', at: made.now } });
  });

  it('whoever names the discarded card later means the kept one: a letter, a link of its address, АС ФЭУ', () => {
    const made = world();
    made.put('addressLink', anAddressLink({ address: 'later@pochta-mo.ru', clientId: 'double' }));
    made.do('client.merge', input(), senior);
    made.do('application.receive', { application: anApplication({ clientId: 'double' }) }, systemAuthor);
    expect(made.store.the('application', 'application-1').clientId).toBe('client-1');
    expect(made.receive({ from: { name: '', address: 'later@pochta-mo.ru' } }).clientId).toBe('client-1');
    expect(made.receive({ id: 'em-2', from: { name: '', address: 'marina@pochta-mo.ru' } }).clientId).toBe('client-1');
    made.do('incomingEmail.take', { id: 'em-2' });
    made.do('incomingEmail.chooseClient', { id: 'em-2', clientId: 'double', link: 'this' });
    expect(made.email('em-2').clientId).toBe('client-1');
  });

  it('undone: both cards are as before, links of the discarded one are its own again', () => {
    const made = world();
    const [kept, double] = [card(made), card(made, 'double')];
    made.put('addressLink', anAddressLink({ address: 'later@pochta-mo.ru', clientId: 'double' }));
    made.do('client.merge', input([inn]), senior);
    made.do('client.unmerge', input([inn]), senior);
    expect([card(made), card(made, 'double')]).toEqual([kept, double]);
    expect(made.receive({ from: { name: '', address: 'later@pochta-mo.ru' } }).clientId).toBe('double');
  });

  it('undone: what was done on the kept card in between stays', () => {
    const made = world();
    made.do('client.merge', input([inn]), senior);
    const row = card(made).emails.find(({ address }) => address === 'marina@pochta-mo.ru');
    made.do('client.save', { id: 'double', edits: [{ path: `emails.${row?.id ?? ''}.comment`, before: '', after: 'рабочий' }, { path: 'birthDate', before: '1974-03-14', after: '1974-03-15' }, { path: 'inn', before: '500100732259', after: '' }] });
    made.do('client.save', { id: 'client-1', edits: [{ path: 'phones.p9', before: null, after: phone('p9', '+7 903 111-22-33', null, false) }] });
    made.do('client.unmerge', input(), senior);
    expect(card(made)).toMatchObject({ inn: '', birthDate: '1974-03-15', branchIds: ['branch-north'] });
    expect(card(made).phones.map(({ typed }) => typed)).toEqual(['+7 916 204-18-55', '+7 903 111-22-33']);
    expect(card(made).emails.map(({ address, comment }) => [address, comment])).toEqual([['m.sokolova@pochta-mo.ru', ''], ['marina@pochta-mo.ru', 'рабочий']]);
    expect(card(made, 'double')).toMatchObject({ birthDate: '1974-03-14', inn: '500100732259', aliasOf: null });
  });

  it('several cards at once, each may come back alone', () => {
    const made = world();
    made.put('client', aClient({ id: 'third', phones: [phone('p1', '+7 903 000-00-01', '+79030000001')] }));
    made.do('client.merge', input([], 'third'), senior);
    expect(card(made).phones.map(({ typed }) => typed)).toEqual(['+7 916 204-18-55', '+7 495 123-45-67', '+7 903 000-00-01']);
    made.do('client.unmerge', { id: 'client-1', discarded: [{ id: 'double' }] }, senior);
    expect(card(made).phones.map(({ typed }) => typed)).toEqual(['+7 916 204-18-55', '+7 903 000-00-01']);
    expect([named(made, 'double'), named(made, 'third')]).toEqual(['double', 'client-1']);
  });

  it('a card merged into one that was merged later is followed to the end; the later merge is undone first', () => {
    const made = world();
    made.put('client', aClient({ id: 'third' }));
    made.do('client.merge', input(), senior);
    made.do('client.merge', { id: 'third', discarded: [{ id: 'client-1', edits: [] }] }, senior);
    expect(named(made, 'double')).toBe('third');
    expect(made.outcome('client.unmerge', input(), senior)).toBe('cardMerged');
    made.do('client.unmerge', { id: 'third', discarded: [{ id: 'client-1' }] }, senior);
    made.do('client.unmerge', input(), senior);
    expect(['double', 'client-1', 'third'].map((id) => named(made, id))).toEqual(['double', 'client-1', 'third']);
  });

  it('of two merges of the same cards the other way round only the first holds', () => {
    const made = world();
    made.do('client.merge', input(), senior);
    expect(made.outcome('client.merge', { id: 'double', discarded: [{ id: 'client-1', edits: [] }] }, senior)).toBe('cardMerged');
    expect(made.outcome('client.merge', input(), senior)).toBe('cardMerged');
  });

  it.each([
    ['a field changed by another meanwhile', input([{ path: 'inn', before: '7707083893', after: '500100732259' }]), 'fieldConflict'],
    ['a field that is not chosen', input([{ path: 'phones', before: [], after: [] }]), 'invalidInput'],
    ['a field of the program', input([{ path: 'aliasOf', before: null, after: 'client-2' }]), 'invalidInput'],
    ['a wrong check digit', input([{ path: 'inn', before: '', after: '500100732258' }]), 'checkDigits'],
    ['a card with itself', { id: 'double', discarded: [{ id: 'double', edits: [] }] }, 'invalidInput'],
    ['one card twice', input([], 'double'), 'invalidInput'],
    ['a card that is not here', input([], 'unknown'), 'notFound'],
  ] as const)('is refused: %s', (_case, given, code) => {
    const made = world();
    expect(made.outcome('client.merge', given, senior)).toBe(code);
    expect(card(made, 'double').aliasOf).toBeNull();
  });

  it('«Отменить объединение» of what is not merged here is refused', () => {
    expect(world().outcome('client.unmerge', input(), senior)).toBe('notMerged');
  });

  it('only a supervisor merges', () => {
    expect(['client.merge', 'client.unmerge'].map((name) => world().outcome(name, input(), operator))).toEqual(['notAllowed', 'notAllowed']);
  });
});
