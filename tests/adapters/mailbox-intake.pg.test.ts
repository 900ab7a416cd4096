import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ImapFlow } from 'imapflow';
import { intakeJournal } from '../../server/adapters/mail/intake-journal.ts';
import type { FolderPosition } from '../../server/adapters/mail/mailbox/folder-position.ts';
import { takeLetters } from '../../server/adapters/mail/mailbox/take-letters.ts';
import type { Mailbox } from '../../shared/domain/mailbox/model.ts';
import { mailboxCheckSchema } from '../../shared/protocol/http.ts';
import { mailboxSecretNamesPath, paths } from '../../shared/protocol/paths.ts';
import { aMailbox } from '../helpers/builders.ts';
import { serverAuthority, startDovecot, type Dovecot } from '../helpers/dovecot.ts';
import { sendLetter } from '../helpers/send-letter.ts';
import { post } from '../server/running-centre.ts';
import { memoryJournal, type MemoryJournal } from './mail/memory-journal.ts';
import { oauthClient, startTokenEndpoint, type TokenEndpoint } from '../helpers/token-endpoint.ts';
import { eventually, letterBytes, startMailCentre, type MailCentre } from './mailbox-road.ts';

let endpoint: TokenEndpoint;
let dovecot: Dovecot;
let mail: MailCentre;
let users = 0;
let user: string;

/** Every test has users of its own: what one leaves in its mailbox is not another's. */
const names = Array.from({ length: 40 }, (_, n) => `user${n}`);
const nextUser = (): string => names[users++] ?? 'none';

beforeAll(async () => {
  endpoint = await startTokenEndpoint({ user: 'user0' });
  dovecot = await startDovecot({ users: names, introspectionUrl: endpoint.introspectionUrl });
  nextUser(); // user0 is the OAuth2 endpoint's
  mail = await startMailCentre({ fileLimit: 1024 * 1024 });
});
afterAll(async () => {
  await mail.close();
  await dovecot.close();
  await endpoint.close();
});
let id: string;
let own: Mailbox[] = [];

beforeEach(() => {
  user = nextUser();
  id = `box-of-${user}`;
  own = [];
});
afterEach(async () => {
  for (const mailbox of own) await mail.change(mailbox, { active: false });
});

const password = () => ({ password: `pw-${user}` });
const add = async (given: Partial<Mailbox> = {}, secrets: Readonly<Record<string, string>> | undefined = password()): Promise<Mailbox> => {
  const mailbox = await mail.add({ id, address: `${id}@moesk.ru`, login: user, imapPort: dovecot.imapPort, ...given }, secrets);
  own.push(mailbox);
  return mailbox;
};
const state = () => mail.system(`mailbox:${id}`);
const works = () => eventually(async () => (await state())?.works === true, state);
/** Letters of this test's users: each test writes of its own user in the subject. */
const named = (subject: string): string => `${subject} for ${user}`;
const mine = async () => (await mail.letters()).filter(({ subject }) => subject.endsWith(` for ${user}`));
const subjects = async () => (await mine()).map(({ subject }) => subject.slice(0, -` for ${user}`.length)).toSorted();
const letter = (subject: string, more: Parameters<typeof letterBytes>[1] = {}) => letterBytes(named(subject), more);
/** Their subjects, once there are so many. */
const arrived = async (count: number): Promise<readonly string[]> => {
  await eventually(async () => (await subjects()).length >= count, async () => [await subjects(), await state()]);
  return subjects();
};
const says = async (words: RegExp) => eventually(async () => words.test((await state())?.detail ?? ''), state);
/** All that was accepted is written. */
const allWritten = async (entries: number) =>
  eventually(async () => (await mail.centre().pool.query('SELECT 1 FROM mail_intake WHERE mailbox_id = $1 AND done_at IS NOT NULL', [id])).rowCount === entries);
const smtp = (to: string, subject: string) => sendLetter({ port: mail.centre().smtpPort ?? 0, from: 'm.sokolova@pochta-mo.ru', to, raw: letter(subject) });

describe('a letter of the mailbox', () => {
  test('1.4.1 that comes while the centre listens is a task within seconds, and is then marked read', async () => {
    await add();
    await works();
    const began = Date.now();
    await dovecot.deliver(user, letter('New one', { returnPath: 'bounces@pochta-mo.ru' }), { at: new Date('2026-11-24T06:15:00Z') });
    expect(await arrived(1)).toEqual(['New one']);
    expect(Date.now() - began).toBeLessThan(10_000);
    const [email] = await mine();
    expect(email).toMatchObject({ mailbox: 'clients', mailboxId: id, receivedAt: '2026-11-24T06:15:00.000Z', returnPath: 'bounces@pochta-mo.ru', from: { address: 'm.sokolova@pochta-mo.ru' }, state: 'new' });
    expect((await mail.centre().pool.query("SELECT 1 FROM document WHERE type = 'task' AND body->>'documentId' = $1", [email?.id])).rowCount).toBe(1);
    await eventually(async () => (await dovecot.letters(user)).every(({ seen }) => seen));
  });

  test('1.4.1 that a person has read already in the mailbox is taken all the same; one older than the day given is not', async () => {
    await dovecot.deliver(user, letter('Read by hand'), { flags: ['\\Seen'], at: new Date('2026-11-20T10:00:00Z') });
    await dovecot.deliver(user, letter('Of last year'), { at: new Date('2025-05-05T10:00:00Z') });
    await add({ takeFrom: '2026-11-01' });
    expect(await arrived(1)).toEqual(['Read by hand']);
    await dovecot.deliver(user, letter('Latest'));
    expect(await arrived(2)).toEqual(['Latest', 'Read by hand']);
  });

  test('1.4.1 «Брать письма с» means the day in Moscow, whatever the zone of the server', async () => {
    await dovecot.deliver(user, letter('At half past eleven the evening before'), { at: new Date('2026-11-23T20:30:00Z') });
    await dovecot.deliver(user, letter('At half past midnight'), { at: new Date('2026-11-23T21:30:00Z') });
    await add({ takeFrom: '2026-11-24' });
    expect(await arrived(1)).toEqual(['At half past midnight']);
    await dovecot.deliver(user, letter('Now'));
    expect(await arrived(2)).toEqual(['At half past midnight', 'Now']);
  });

  test('F35: the same letter over SMTP and over IMAP is one letter, in either order', async () => {
    await add();
    await works();
    await smtp(`${id}@moesk.ru`, 'SMTP first');
    expect(await arrived(1)).toEqual(['SMTP first']);
    await dovecot.deliver(user, `Received: from mx by dovecot; Tue, 24 Nov 2026 09:20:00 +0300\r\n${letter('SMTP first', { returnPath: 'm.sokolova@pochta-mo.ru' })}`);
    await dovecot.deliver(user, letter('IMAP first'));
    expect(await arrived(2)).toEqual(['IMAP first', 'SMTP first']);
    await smtp(`${id}@moesk.ru`, 'IMAP first');
    await allWritten(4);
    expect(await arrived(2)).toEqual(['IMAP first', 'SMTP first']);
  });

  test('two mailboxes, two folders: each letter goes to the journal of its mailbox', async () => {
    const first = user;
    const second = nextUser();
    await dovecot.deliver(first, letter('In the inbox'));
    await dovecot.deliver(first, letter('In a folder'), { folder: 'Обращения' });
    await dovecot.deliver(first, letter('Not watched'), { folder: 'Личное' });
    await dovecot.deliver(second, letter('An answer'));
    await add({ folders: ['INBOX', 'Обращения'] });
    await add({ id: 'second', address: 'second@moesk.ru', purpose: 'requests', login: second }, { password: `pw-${second}` });
    expect(await arrived(3)).toEqual(['An answer', 'In a folder', 'In the inbox']);
    expect((await mine()).map(({ subject, mailbox, mailboxId }) => [subject, mailbox, mailboxId]).toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([[named('An answer'), 'requests', 'second'], [named('In a folder'), 'clients', id], [named('In the inbox'), 'clients', id]]);
    await dovecot.deliver(first, letter('Later in a folder'), { folder: 'Обращения' });
    await smtp('second@moesk.ru', 'By SMTP');
    expect(await arrived(5)).toEqual(['An answer', 'By SMTP', 'In a folder', 'In the inbox', 'Later in a folder']);
    expect((await mine()).find(({ subject }) => subject === named('By SMTP'))).toMatchObject({ mailbox: 'requests', mailboxId: 'second' });
  });

  test.each([
    ['move', 0, 1],
    ['delete', 0, 0],
    ['leave', 1, 0],
  ] as const)('what is done with it after taking: %s', async (afterTaking, inInbox, inArchive) => {
    await dovecot.deliver(user, letter('Old'), { folder: 'Архив' });
    await dovecot.remove(user, 1, 'Архив');
    await dovecot.deliver(user, letter('To be taken'));
    await add({ afterTaking, moveTo: 'Архив' });
    expect(await arrived(1)).toEqual(['To be taken']);
    await eventually(async () => (await dovecot.letters(user)).length === inInbox && (await dovecot.letters(user, 'Архив')).length === inArchive, () => dovecot.letters(user));
    expect((await dovecot.letters(user)).every(({ seen }) => !seen)).toBe(true);
  });

  test('the folder to move to is missing: the letter is a task, the status line names the folder, and it moves when the folder is there', async () => {
    await add({ afterTaking: 'move', moveTo: 'Нет такой' });
    await dovecot.deliver(user, letter('Stuck'));
    expect(await arrived(1)).toEqual(['Stuck']);
    await says(/Письма взяты, но сервер не дал переместить их в папку «Нет такой»/);
    await dovecot.deliver(user, letter('Make the folder'), { folder: 'Нет такой' });
    await dovecot.deliver(user, letter('Next'));
    await works();
    expect(await arrived(2)).toEqual(['Next', 'Stuck']);
    expect(await dovecot.letters(user)).toEqual([]);
    expect((await dovecot.letters(user, 'Нет такой')).map(({ subject }) => subject).toSorted()).toEqual([named('Make the folder'), named('Next'), named('Stuck')]);
  });

  test('one that is too large is a task that says where it lies, and stays in the mailbox untouched', async () => {
    await add({ afterTaking: 'delete' });
    await dovecot.deliver(user, letter('Too large', { body: `${'x'.repeat(998)}\r\n`.repeat(3000) }));
    await dovecot.deliver(user, letter('After it'));
    expect(await arrived(2)).toEqual(['After it', 'Too large']);
    const large = (await mine()).find(({ subject }) => subject === named('Too large'));
    expect(large).toMatchObject({ from: { address: 'm.sokolova@pochta-mo.ru' }, messageId: `Too-large-for-${user}@pochta-mo.ru` });
    expect(large?.text).toContain('Это письмо не загружено: оно больше 2.4 МБ. Размер: 2.9 МБ.');
    expect(large?.text).toContain(`Письмо цело и лежит в почтовом ящике ${id}@moesk.ru, папка «INBOX», номер 1.`);
    await eventually(async () => (await dovecot.letters(user)).length === 1);
    expect(await dovecot.letters(user)).toMatchObject([{ subject: named('Too large'), seen: false }]);
  });

  test('bytes that are no letter at all are a task too', async () => {
    await add();
    await dovecot.deliver(user, Buffer.from([0xff, 0xfe, 0x01, 0x0d, 0x0a, 0x80]));
    await dovecot.deliver(user, '\r\n');
    await allWritten(2);
    expect((await mail.letters()).filter(({ mailboxId }) => mailboxId === id)).toHaveLength(2);
  });
});

describe('the centre dies between taking a letter and marking it', () => {
  const power = new Error('The power went');

  async function takeUntil(breaks: 'beforeJournal' | 'beforePosition' | 'beforeMark', journal: MemoryJournal, positions: Map<string, FolderPosition>): Promise<unknown> {
    const files = mail.centre().files;
    const client = new ImapFlow({ host: '127.0.0.1', port: dovecot.imapPort, secure: false, doSTARTTLS: false, auth: { user, pass: `pw-${user}` }, logger: false, disableAutoIdle: true });
    await client.connect();
    let alive = true;
    try {
      await client.mailboxOpen('INBOX');
      return await takeLetters(client, {
        mailbox: aMailbox({ id, afterTaking: 'seen' }), folder: 'INBOX', deaths: new Map(), onTaken: () => undefined, isStopped: () => false,
        tools: { files, clock: { now: () => new Date().toISOString() }, config: mail.centre().config },
        journal: { add: (entries) => (breaks === 'beforeJournal' ? Promise.reject(power) : journal.add(entries)) },
        positions: {
          read: async () => positions.get('INBOX') ?? null,
          write: async (_id, _folder, position) => {
            if (!alive || breaks === 'beforePosition') throw power;
            positions.set('INBOX', position);
            if (breaks !== 'beforeMark') return;
            alive = false;
            throw power;
          },
        },
      });
    } catch (error) {
      return error;
    } finally {
      client.close();
    }
  }

  test.each(['beforeJournal', 'beforePosition', 'beforeMark'] as const)('%s: after the next start the letter is there once, and marked', async (breaks) => {
    const journal = memoryJournal();
    const positions = new Map<string, FolderPosition>();
    await dovecot.deliver(user, letter('Once'));
    expect(await takeUntil(breaks, journal, positions)).toBe(power);
    expect(await dovecot.letters(user)).toMatchObject([{ seen: false }]);
    await add();
    await eventually(async () => (await dovecot.letters(user)).every(({ seen }) => seen));
    expect(await arrived(1)).toEqual(['Once']);
    // What was in the journal before the end is taken in as well: by its content it is the same letter.
    for (const { mailbox, mailboxId, rawFileId, returnPath, receivedAt } of journal.entries) await intakeJournal(mail.centre().pool).add([{ mailbox, mailboxId, rawFileId, returnPath, receivedAt }]);
    await allWritten(1 + journal.entries.length);
    expect(await arrived(1)).toEqual(['Once']);
  });
});

describe('the connection', () => {
  test('is cut and comes back: nothing is lost, nothing comes twice, and the state is told', async () => {
    await add();
    await dovecot.deliver(user, letter('Before'));
    expect(await arrived(1)).toEqual(['Before']);
    await works();
    await dovecot.stop();
    await says(/не принимает соединений|связь оборвалась/);
    await dovecot.start();
    await dovecot.deliver(user, letter('After'));
    expect(await arrived(2)).toEqual(['After', 'Before']);
    await works();
    await dovecot.restart();
    await dovecot.deliver(user, letter('After the second'));
    expect(await arrived(3)).toEqual(['After', 'After the second', 'Before']);
  });

  test('the server forgets its UIDs (another UIDVALIDITY): nothing twice, nothing lost', async () => {
    await add({ afterTaking: 'leave' });
    for (const n of [1, 2, 3]) await dovecot.deliver(user, letter(`Letter ${n}`));
    expect(await arrived(3)).toEqual(['Letter 1', 'Letter 2', 'Letter 3']);
    const before = await dovecot.uidValidity(user);
    await dovecot.stop();
    await dovecot.forgetUids(user);
    await dovecot.start();
    expect(await dovecot.uidValidity(user)).not.toBe(before);
    await dovecot.deliver(user, letter('Letter 4'));
    await allWritten(7);
    expect(await arrived(4)).toEqual(['Letter 1', 'Letter 2', 'Letter 3', 'Letter 4']);
  });

  test('what comes while the centre is off is taken at its start, once', async () => {
    await add();
    await dovecot.deliver(user, letter('Before'));
    expect(await arrived(1)).toEqual(['Before']);
    await mail.restart();
    await dovecot.deliver(user, letter('While it starts'));
    expect(await arrived(2)).toEqual(['Before', 'While it starts']);
  });
});

describe('what is wrong is told in words', () => {
  test('no password yet, then a wrong one, then the right one', async () => {
    await mail.add({ id, address: `${id}@moesk.ru`, login: user, imapPort: dovecot.imapPort });
    await dovecot.deliver(user, letter('Waiting'));
    await says(/^Не задан пароль ящика\.$/);
    await mail.setSecrets(id, { password: 'not this' });
    await says(/сервер не принял имя или пароль/);
    await mail.setSecrets(id, password());
    expect(await arrived(1)).toEqual(['Waiting']);
    await works();
  });

  test.each([
    ['tls', () => dovecot.imapsPort],
    ['starttls', () => dovecot.imapPort],
  ] as const)('a certificate of nobody known is refused over %s, until its authority is given', async (imapSecurity, port) => {
    await dovecot.deliver(user, letter('Behind TLS'));
    const mailbox = await add({ imapSecurity, imapPort: port() });
    await says(/сертификат выдан неизвестным центром, соединение не установлено/);
    expect(await mine()).toEqual([]);
    await mail.change(mailbox, { authority: serverAuthority() });
    expect(await arrived(1)).toEqual(['Behind TLS']);
    await works();
  });

  test('a folder that is not there, with those that are; a server that is not there', async () => {
    await dovecot.deliver(user, letter('x'), { folder: 'Обращения' });
    const mailbox = await add({ folders: ['Обращение'] });
    await says(/^Папка «Обращение» не найдена\. Есть: .*Обращения/);
    await mail.change(mailbox, { imapHost: 'no-such-host.invalid' });
    await says(/^Сервер/);
    expect(await state()).toMatchObject({ works: false, detail: 'Сервер «no-such-host.invalid» не найден: проверьте имя.' });
  });

  test('a mailbox that is switched off is not watched and not shown', async () => {
    const mailbox = await add();
    await works();
    await mail.change(mailbox, { active: false });
    await eventually(async () => (await state()) === null);
    await dovecot.deliver(user, letter('While it is off'));
    await mail.change({ ...mailbox, active: false }, { active: true });
    expect(await arrived(1)).toEqual(['While it is off']);
  });
});

describe('checking a mailbox by hand', () => {
  const check = async (given: Partial<Mailbox>) => mailboxCheckSchema.parse((await post(mail.centre().url, paths.mailboxCheck, { mailbox: aMailbox({ id, address: `${id}@moesk.ru`, imapHost: '127.0.0.1', imapPort: dovecot.imapPort, imapSecurity: 'none', login: user, ...given }) }, mail.admin().token)).body);

  test('tries what the form says with the stored secrets, and says in words what is wrong', async () => {
    await add({ active: false });
    expect(await check({})).toEqual({ imap: { ok: true, text: 'Вход выполнен, папки найдены: INBOX.' }, smtp: null });
    expect((await check({ folders: ['Нет'] })).imap?.text).toBe('Папка «Нет» не найдена. Есть: INBOX.');
    expect((await check({ afterTaking: 'move', moveTo: 'Архив' })).imap?.text).toMatch(/^Папка «Архив» не найдена/);
    expect((await check({ login: 'nobody' })).imap?.text).toMatch(/сервер не принял имя или пароль/);
    expect((await check({ imapHost: 'no-such-host.invalid' })).imap?.text).toBe('Сервер «no-such-host.invalid» не найден: проверьте имя.');
    expect((await check({ imapPort: 1 })).imap?.text).toBe('127.0.0.1:1 не принимает соединений: проверьте порт и работает ли сервер.');
    expect((await check({ imapSecurity: 'tls' })).imap?.text).toMatch(/говорит не по TLS: проверьте порт и защиту/);
    expect((await check({ imapSecurity: 'tls', imapPort: dovecot.imapsPort })).imap?.text).toMatch(/сертификат выдан неизвестным центром/);
    expect((await check({ imapSecurity: 'tls', imapPort: dovecot.imapsPort, authority: serverAuthority() })).imap?.ok).toBe(true);
  });

  test('is the administrator’s alone, and so are the secrets; nobody gets them back', async () => {
    await add();
    await mail.centre().addUser({ login: `clerk-of-${user}`, roles: ['mailSupervisor'] });
    const clerk = await mail.centre().login(`clerk-of-${user}`);
    const asClerk = async (at: string, body: unknown) => (await post(mail.centre().url, at, body, clerk.token)).status;
    expect(await asClerk(paths.mailboxCheck, { mailbox: aMailbox({ id }) })).toBe(403);
    expect(await asClerk(paths.mailboxSecrets, { mailboxId: id, secrets: { password: 'x' } })).toBe(403);
    expect((await clerk.get(mailboxSecretNamesPath(id))).status).toBe(403);
    expect(await mail.setSecrets('no-such-mailbox', { password: 'x' })).toBe(404);
    expect(await mail.admin().get(mailboxSecretNamesPath(id))).toMatchObject({ status: 200, body: { names: ['password'] } });
    await mail.setSecrets(id, { password: '', clientSecret: 'other' });
    expect(await mail.admin().get(mailboxSecretNamesPath(id))).toMatchObject({ body: { names: ['clientSecret'] } });
    const everything = JSON.stringify([...(await mail.admin().pullAll())]);
    expect(everything).toContain(`${id}@moesk.ru`);
    expect(everything).not.toContain(`pw-${user}`);
    expect([...(await clerk.pullAll()).keys()].filter((key) => key.startsWith('mailbox/'))).toEqual([]);
  });
});

describe('OAuth2', () => {
  const oauth = (refreshToken: string) => add({ login: 'user0', auth: 'oauth2', tokenUrl: endpoint.tokenUrl, clientId: oauthClient.id }, { clientSecret: oauthClient.secret, refreshToken });

  test('Dovecot takes the access token (XOAUTH2); a changed refresh token is kept, a token that ends is fetched anew', async () => {
    await oauth(endpoint.refreshToken());
    await dovecot.deliver('user0', letter('By token'));
    expect(await arrived(1)).toEqual(['By token']);
    const given = endpoint.given();
    endpoint.revokeAll();
    await dovecot.restart();
    await dovecot.deliver('user0', letter('By the next token'));
    expect(await arrived(2)).toEqual(['By the next token', 'By token']);
    expect(endpoint.given()).toBe(given + 1);
    await mail.restart();
    await dovecot.deliver('user0', letter('By the kept refresh token'));
    expect(await arrived(3)).toEqual(['By the kept refresh token', 'By the next token', 'By token']);
  });

  test('an endpoint that refuses is named, without a word of the secrets', async () => {
    await oauth('stolen-refresh-token');
    await says(/^Выдача токенов отказала \(invalid_grant: Refresh token is not valid\): проверьте Client ID, секрет клиента и refresh token$/);
    const { rows } = await mail.centre().pool.query("SELECT encode(sealed, 'escape') AS text FROM mailbox_secret");
    const said = JSON.stringify([await state(), rows, ...(await mail.admin().pullAll())]);
    expect(said).not.toContain('stolen-refresh-token');
    expect(said).not.toContain(oauthClient.secret);
    expect(await mail.setSecrets(id, { refreshToken: endpoint.refreshToken() })).toBe(200);
    await works();
  });
});
