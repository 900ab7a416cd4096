import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serverAuthority, serverCertificate, startDovecot, type Dovecot } from '../helpers/dovecot.ts';
import { startExim, type Exim } from '../helpers/exim.ts';
import { anIncomingEmail } from '../helpers/builders.ts';
import { oauthClient, startTokenEndpoint, type TokenEndpoint } from '../helpers/token-endpoint.ts';
import { eventually, startMailCentre, type MailCentre } from './mailbox-road.ts';

let exim: Exim;
let plain: Exim;
let endpoint: TokenEndpoint;
let dovecot: Dovecot;
let mail: MailCentre;

beforeAll(async () => {
  exim = await startExim();
  plain = await startExim({ tls: false });
  endpoint = await startTokenEndpoint({ user: 'office' });
  dovecot = await startDovecot({ users: ['office'], introspectionUrl: endpoint.introspectionUrl, relayPort: plain.port });
  mail = await startMailCentre({ relayUrl: `smtp://127.0.0.1:${exim.port}`, relayCa: serverCertificate });
});
afterAll(async () => {
  await mail.close();
  await dovecot.close();
  await endpoint.close();
  await plain.close();
  await exim.close();
});
afterEach(async () => {
  for (const mood of ['later', 'busy', 'needTls', 'needLogin'] as const) await exim.is(mood, false);
});

const to = (...names: readonly string[]) => names.map((name) => ({ name: '', address: `${name}@branch.ru` }));
const becomes = (id: string, state: string) => eventually(async () => (await mail.sent(id)).state === state, async () => mail.sent(id));
/** Who has the letter, as the server delivered it; a double would stand here twice. */
const holders = async (id: string, server = exim) => (await server.delivered()).filter(({ messageId }) => messageId === `${id}@moesk.ru`).map((copy) => copy.to).toSorted();
const delivered = (id: string, count: number, server = exim) => eventually(async () => (await holders(id, server)).length >= count, () => holders(id, server));

describe('the common relay', () => {
  test('1.5.1 busy first (4xx after the letter), then it takes it: once', async () => {
    await exim.is('busy', true);
    await mail.send({ id: 'busy', to: to('first') });
    await eventually(async () => (await mail.sent('busy')).serverAnswer.startsWith('451 4.3.2 Busy'), () => mail.sent('busy'));
    expect((await mail.sent('busy')).state).toBe('queued');
    await exim.is('busy', false);
    await becomes('busy', 'sent');
    await delivered('busy', 1);
    expect(await holders('busy')).toEqual(['first@branch.ru']);
  });

  test('1.5.1 one of two is put off (4xx): the other has the letter at once, and never twice', async () => {
    await exim.is('later', true);
    await mail.send({ id: 'put-off', to: to('first', 'later') });
    await delivered('put-off', 1);
    await eventually(async () => (await mail.sent('put-off')).serverAnswer === 'Пока не принято для later@branch.ru: 451 4.7.1 Greylisted, try again later', () => mail.sent('put-off'));
    await eventually(async () => (await mail.sent('put-off')).attempts >= 3, () => mail.sent('put-off'));
    expect(await holders('put-off')).toEqual(['first@branch.ru']);
    await exim.is('later', false);
    await becomes('put-off', 'sent');
    await delivered('put-off', 2);
    expect(await holders('put-off')).toEqual(['first@branch.ru', 'later@branch.ru']);
  });

  test('1.5.1 one of two is refused (5xx): final for him alone, and a person is told', async () => {
    await mail.send({ id: 'refused', to: to('first', 'nobody') });
    await becomes('refused', 'undelivered');
    await delivered('refused', 1);
    expect(await holders('refused')).toEqual(['first@branch.ru']);
    expect((await mail.sent('refused')).serverAnswer).toBe('Сервер не принял адреса: nobody@branch.ru');
    await mail.send({ id: 'refused-for-all', to: to('nobody') });
    await becomes('refused-for-all', 'failed');
  });

  test('1.5.1 all three at once: taken, put off, refused; nobody gets it twice', async () => {
    await exim.is('later', true);
    await mail.send({ id: 'three', to: to('first', 'later', 'nobody') });
    await eventually(async () => (await mail.sent('three')).attempts >= 2, () => mail.sent('three'));
    await exim.is('later', false);
    await becomes('three', 'undelivered');
    await delivered('three', 2);
    expect(await holders('three')).toEqual(['first@branch.ru', 'later@branch.ru']);
    expect((await mail.centre().pool.query('SELECT 1 FROM mail_recipient')).rowCount).toBe(0);
  });

  test('1.5.1 the server demands STARTTLS: the letter goes over TLS', async () => {
    await exim.is('needTls', true);
    await mail.send({ id: 'over-tls', to: to('first') });
    await becomes('over-tls', 'sent');
    await delivered('over-tls', 1);
    expect((await exim.delivered()).find(({ messageId }) => messageId === 'over-tls@moesk.ru')?.raw).toMatch(/with (local-)?esmtps/);
  });

  test('1.5.1 it is down while 200 letters come, and back: each leaves once', async () => {
    await exim.stop();
    await mail.send(...Array.from({ length: 200 }, (_, n) => ({ id: `outage-${n}`, to: to('first') })));
    await eventually(async () => (await mail.system('mail'))?.works === false, () => mail.system('mail'));
    expect((await mail.system('mail'))?.detail).toBe(`Нет связи с сервером исходящей почты: 127.0.0.1:${exim.port} не принимает соединений: проверьте порт и работает ли сервер.`);
    await exim.start();
    const sentOf = async () => Number((await mail.centre().pool.query<{ n: string }>(`SELECT count(*) AS n FROM document WHERE type = 'outgoingEmail' AND id LIKE 'outage-%' AND body->>'state' = 'sent'`)).rows[0]?.n);
    await eventually(async () => (await sentOf()) === 200, sentOf, 300_000);
    const arrived = async () => (await exim.delivered()).flatMap(({ messageId }) => (messageId.startsWith('outage-') ? [messageId] : []));
    await eventually(async () => (await arrived()).length >= 200, async () => (await arrived()).length);
    expect((await arrived()).toSorted()).toEqual(Array.from({ length: 200 }, (_, n) => `outage-${n}@moesk.ru`).toSorted());
    expect(await mail.system('mail')).toMatchObject({ works: true, detail: '' });
  }, 420_000);
});

describe('limits and demands of the relay', () => {
  test('1.5.1 so many letters a minute and no more; the next wait in the queue, over a restart too', async () => {
    await mail.restart({ relayPerMinute: 2 });
    await mail.send(...['one', 'two', 'three-of-limit'].map((id) => ({ id, to: to('first') })));
    const states = async () => Promise.all(['one', 'two', 'three-of-limit'].map(async (id) => (await mail.sent(id)).state));
    await eventually(async () => (await states()).filter((state) => state === 'sent').length === 2, states);
    await mail.restart({ relayPerMinute: 2 });
    const waiting = async () => (await mail.centre().pool.query<{ wait: number; error: string }>(`SELECT extract(epoch FROM not_before - now()) AS wait, last_error AS error FROM effect WHERE state = 'waits'`)).rows;
    await eventually(async () => (await waiting()).length === 1, waiting);
    expect((await waiting())[0]).toMatchObject({ error: 'Ждёт очереди: у сервера исходящей почты есть предел' });
    expect(Number((await waiting())[0]?.wait)).toBeGreaterThan(5);
    expect((await states()).toSorted()).toEqual(['queued', 'sent', 'sent']);
    await mail.restart({ relayPerMinute: 0 });
    await mail.centre().pool.query(`UPDATE effect SET not_before = now() WHERE state = 'waits'`);
    mail.centre().tools.wakeEffects();
    await eventually(async () => (await states()).every((state) => state === 'sent'), states);
  });

  test('1.5.1 TLS is demanded and the server offers none: nothing is sent, the reason is told', async () => {
    await mail.restart({ relayUrl: `smtp://127.0.0.1:${plain.port}`, relayTls: 'required' });
    await mail.send({ id: 'not-in-the-open', to: to('first') });
    await eventually(async () => (await mail.system('mail'))?.works === false, () => mail.system('mail'));
    expect((await mail.system('mail'))?.detail).toMatch(/STARTTLS|защищённое соединение не установлено/);
    expect((await mail.sent('not-in-the-open')).state).toBe('queued');
    expect(await holders('not-in-the-open', plain)).toEqual([]);
    await mail.restart({ relayUrl: `smtp://127.0.0.1:${plain.port}` });
    mail.centre().tools.retryEffects('mail');
    await becomes('not-in-the-open', 'sent');
  });

  test('1.5.1 a certificate of nobody known, a wrong password: the letter waits', async () => {
    await mail.restart({ relayCa: null });
    await mail.send({ id: 'unknown-certificate', to: to('first') });
    await eventually(async () => /сертификат выдан неизвестным центром/.test((await mail.system('mail'))?.detail ?? ''), () => mail.system('mail'));
    await exim.is('needLogin', true);
    await mail.restart({ relayUrl: `smtp://okno:wrong@127.0.0.1:${exim.port}` });
    mail.centre().tools.retryEffects('mail');
    await eventually(async () => /сервер не принял имя или пароль/.test((await mail.system('mail'))?.detail ?? ''), () => mail.system('mail'));
    expect((await mail.sent('unknown-certificate')).state).toBe('queued');
    await mail.restart({ relayUrl: `smtp://okno:pw-okno@127.0.0.1:${exim.port}` });
    mail.centre().tools.retryEffects('mail');
    await becomes('unknown-certificate', 'sent');
    await delivered('unknown-certificate', 1);
    expect(await holders('unknown-certificate')).toEqual(['first@branch.ru']);
  });
});

describe('the mailbox’s own server', () => {
  test('1.5.1 an answer leaves from the mailbox that was written to, by its server, logged in by OAuth2; the check says so', async () => {
    await mail.restart();
    const mailbox = await mail.add(
      { id: 'box', address: 'office@moesk.ru', login: 'office', auth: 'oauth2', tokenUrl: endpoint.tokenUrl, clientId: oauthClient.id, receives: false, sending: 'own', smtpHost: '127.0.0.1', smtpPort: dovecot.submissionPort, smtpSecurity: 'starttls', authority: serverAuthority() },
      { clientSecret: oauthClient.secret, refreshToken: endpoint.refreshToken() },
    );
    await mail.centre().seed('incomingEmail', anIncomingEmail({ mailboxId: 'box' }));
    await mail.send({ id: 'answer', kind: 'reply', incomingEmailId: 'em-1', to: to('first') });
    await becomes('answer', 'sent');
    await delivered('answer', 1, plain);
    const [copy] = (await plain.delivered()).filter(({ messageId }) => messageId === 'answer@moesk.ru');
    expect(copy).toMatchObject({ from: 'office@moesk.ru', to: 'first@branch.ru' });
    expect(copy?.raw).toMatch(/^From: office@moesk\.ru$/m);
    expect(await mail.system('mailbox:box:out')).toMatchObject({ works: true });
    // The access token that is held ends: the next one is fetched.
    endpoint.revokeAll();
    await mail.send({ id: 'next-answer', kind: 'reply', incomingEmailId: 'em-1', to: to('first') });
    await becomes('next-answer', 'sent');
    // By a password, a wrong one first.
    await mail.change(mailbox, { auth: 'password' });
    await mail.setSecrets('box', { password: 'wrong' });
    await mail.send({ id: 'by-password', kind: 'reply', incomingEmailId: 'em-1', to: to('first') });
    await eventually(async () => /сервер не принял имя или пароль/.test((await mail.system('mailbox:box:out'))?.detail ?? ''), () => mail.system('mailbox:box:out'));
    await mail.setSecrets('box', { password: 'pw-office' });
    await becomes('by-password', 'sent');
    await delivered('by-password', 1, plain);
    expect(await holders('by-password', plain)).toEqual(['first@branch.ru']);
  });
});
