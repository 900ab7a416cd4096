import { describe, expect, it } from 'vitest';
import { isTokenUrl } from '../../shared/domain/mailbox/rules.ts';
import { aMailbox } from '../helpers/builders.ts';
import { administrator, belova, World } from '../helpers/domain-world.ts';

const create = (given: object = {}) => ({ mailbox: aMailbox(given) });
const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

describe('1.4.1 mailboxes', () => {
  it.each([
    [{}, 'accepted'],
    [{ address: '' }, 'required'],
    [{ address: 'не адрес' }, 'invalidInput'],
    [{ login: ' ' }, 'required'],
    [{ imapHost: '' }, 'required'],
    [{ imapHost: 'mail ru' }, 'invalidInput'],
    [{ folders: [' '] }, 'required'],
    [{ receives: false, imapHost: '', folders: [], login: '' }, 'accepted'],
    [{ sending: 'own' }, 'required'],
    [{ sending: 'own', smtpHost: 'smtp.moesk.ru' }, 'accepted'],
    [{ afterTaking: 'move' }, 'required'],
    [{ afterTaking: 'move', moveTo: 'inbox' }, 'invalidInput'],
    [{ afterTaking: 'move', moveTo: 'Принятые' }, 'accepted'],
    [{ auth: 'oauth2' }, 'required'],
    [{ auth: 'oauth2', clientId: 'okno', tokenUrl: 'http://login.example.ru/token' }, 'invalidInput'],
    [{ auth: 'oauth2', clientId: 'okno', tokenUrl: 'https://login.example.ru/token' }, 'accepted'],
    [{ authority: 'не сертификат' }, 'invalidInput'],
    [{ authority: pem }, 'accepted'],
    [{ takeFrom: '2026-02-30' }, 'invalidInput'],
    [{ takeFrom: '2026-11-24' }, 'accepted'],
    [{ imapPort: 0 }, 'invalidInput'],
    [{ perDay: -1 }, 'invalidInput'],
  ])('1.4.1 mailbox.create %j: %s', (given, outcome) => expect(new World().outcome('mailbox.create', { mailbox: { ...aMailbox(), ...given } }, administrator)).toBe(outcome));

  it('1.4.1 only an administrator writes mailboxes; one address is one mailbox', () => {
    const world = new World();
    expect(world.outcome('mailbox.create', create(), belova)).toBe('notAllowed');
    world.do('mailbox.create', create(), administrator);
    expect(world.outcome('mailbox.create', create({ id: 'mailbox-2', address: 'OFFICE@moesk.ru' }), administrator)).toBe('duplicateKey');
    expect(world.outcome('mailbox.create', create({ address: 'other@moesk.ru' }), administrator)).toBe('duplicateKey');
    expect(world.outcome('mailbox.save', { id: 'mailbox-1', edits: [{ path: 'active', before: true, after: false }] }, belova)).toBe('notAllowed');
  });

  it('1.4.1 blanks go, a folder named twice is one', () => {
    const world = new World();
    world.do('mailbox.create', create({ folders: ['INBOX', ' Обращения ', 'INBOX', ''], imapHost: ' imap.moesk.ru ' }), administrator);
    expect(world.store.the('mailbox', 'mailbox-1')).toMatchObject({ folders: ['INBOX', 'Обращения'], imapHost: 'imap.moesk.ru' });
  });

  it('1.4.1 its address counts among our own, and follows a change', () => {
    const world = new World();
    const others = () => world.store.the('mailSettings', 'mailSettings').otherMailboxes;
    world.do('mailbox.create', create(), administrator);
    expect(others()).toEqual(['office@moesk.ru']);
    world.do('mailbox.save', { id: 'mailbox-1', edits: [{ path: 'address', before: 'office@moesk.ru', after: 'priem@moesk.ru' }] }, administrator);
    expect(others()).toEqual(['priem@moesk.ru']);
    world.do('mailbox.create', create({ id: 'mailbox-2', address: 'client@moesk.ru' }), administrator);
    expect(others()).toEqual(['priem@moesk.ru']);
  });

  it('1.4.1 a field that another has changed meanwhile asks; ids and marks are nobody’s to write', () => {
    const world = new World();
    world.do('mailbox.create', create(), administrator);
    const save = (path: string, before: unknown, after: unknown) => world.outcome('mailbox.save', { id: 'mailbox-1', edits: [{ path, before, after }] }, administrator);
    expect(save('imapHost', 'else.moesk.ru', 'new.moesk.ru')).toBe('fieldConflict');
    expect(save('id', 'mailbox-1', 'x')).toBe('invalidInput');
    expect(save('imapPort', 993, '143')).toBe('invalidInput');
    expect(save('imapPort', 993, 143)).toBe('accepted');
  });

  it.each([
    ['https://login.example.ru/token', true],
    ['http://127.0.0.1:8080/token', true],
    ['http://localhost/token', true],
    ['http://localhost.example.ru/token', false],
    ['http://127.0.0.1@example.ru/token', false],
    ['https://user@example.ru/token', false],
    ['ftp://example.ru', false],
    ['', false],
  ])('1.4.1 a token may be asked at %s: %s', (url, allowed) => expect(isTokenUrl(url)).toBe(allowed));
});
