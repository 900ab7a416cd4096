import { generateKeyPairSync, privateDecrypt, constants } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Desk } from '../../../main/desk/desk.ts';
import { deskHandlers } from '../../../main/desk/call-handlers.ts';
import type { Keyring } from '../../../main/desk/desk-keys.ts';
import type { LoginRequest, LoginResponse } from '../../../shared/protocol/http.ts';
import { listQuerySchema } from '../../../shared/protocol/list.ts';
import { parseEmail } from '../../../shared/mail/parse-email.ts';
import { belova } from '../../helpers/domain-world.ts';
import { newDataKey } from '../../../main/db/data-key.ts';
import { aBranch, aClient, anIncomingEmail } from '../../helpers/builders.ts';
import { newFolder, removeFolders } from '../desk-kit.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const escrowPublicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const noKeyring: Keyring = { seal: () => Promise.resolve(null), open: () => Promise.resolve(null) };
const start = Date.parse('2026-11-24T06:14:00.000Z');
const day = 86_400_000;

/** Answers of the centre to logins; every other question gets no answer. */
class LoginCentre {
  passwords: Record<string, string> = { belova: 'belova-2026', kotov: 'kotov-2026' };
  online = true;
  certificateInvalid = false;
  tooMany = false;
  requests: LoginRequest[] = [];
  /** What each may see; whoever is not named works on letters in the north. */
  people: Record<string, Pick<LoginResponse['user'], 'roles' | 'branchIds'>> = {};
  now = start;

  readonly fetch: typeof fetch = async (input, init) => {
    if (this.certificateInvalid) throw new TypeError('fetch failed', { cause: Object.assign(new Error('self-signed certificate in certificate chain'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }) });
    if (!this.online) throw new TypeError('fetch failed');
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (pathname === '/api/v1/welcome') return new Response(JSON.stringify({ protocol: 1, oldestProtocol: 1, version: '1.0.0', demoUsers: [] }));
    if (pathname !== '/api/v1/session' || init?.method !== 'POST') throw new TypeError('fetch failed');
    const request = JSON.parse(init.body as string) as LoginRequest; // made by the client under test
    this.requests.push(request);
    if (this.tooMany) return new Response(JSON.stringify({ refusal: { code: 'tooManyRequests', details: {} }, text: '', advice: '', number: '', requestId: '' }), { status: 429 });
    if (this.passwords[request.login] !== request.password) {
      const problem = { refusal: { code: 'badCredentials', details: {} }, text: '', advice: '', number: '', requestId: '' };
      return new Response(JSON.stringify(problem), { status: 401 });
    }
    const dataKey = request.keyEscrow === undefined ? null : privateDecrypt({ key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, Buffer.from(request.keyEscrow, 'base64')).toString('base64');
    const response: LoginResponse = {
      token: 'token', grant: JSON.stringify(belova), grantExpiresAt: new Date(this.now + 14 * day).toISOString(), epoch: 'epoch-1', serverTime: new Date(this.now).toISOString(), escrowPublicKey, dataKey,
      user: { userId: `user-${request.login}`, login: request.login, name: 'Белова И. С.', roles: ['mailSupervisor'], branchIds: ['branch-north'], ...this.people[request.login] },
    };
    return new Response(JSON.stringify(response));
  };
}

const opened: Desk[] = [];
function openTestDesk(folder: string, centre: LoginCentre, keyring: Keyring = noKeyring): Desk {
  const desk = new Desk({
    parseLetter: parseEmail,
    folder, server: 'http://127.0.0.1:9', keyring, nativeBinding: undefined, fetch: centre.fetch, now: () => centre.now, random: () => 0.5,
    timers: { after: () => () => undefined }, emit: () => undefined, log: () => undefined,
  });
  opened.push(desk);
  return desk;
}

const login = (desk: Desk, name = 'belova', password = `${name}-2026`) => desk.session.login({ login: name, password, deskName: 'Место 4' });

afterEach(async () => {
  for (const desk of opened.splice(0)) await desk.close();
  removeFolders();
});

/** A new program on the same profile. */
async function restart(desk: Desk, folder: string, centre: LoginCentre, keyring?: Keyring): Promise<Desk> {
  await desk.close();
  return openTestDesk(folder, centre, keyring);
}

describe('logging in at a desk', () => {
  it('F21 behind a certificate that nobody trusts: whoever was here enters as without a link, a new one is told of the certificate', async () => {
    const centre = new LoginCentre();
    const folder = newFolder();
    const desk = openTestDesk(folder, centre);
    await login(desk);
    centre.certificateInvalid = true;
    const again = await restart(desk, folder, centre);
    expect(await login(again)).toMatchObject({ state: 'loggedIn', offline: true });
    await expect(login(again, 'belova', 'не тот')).rejects.toMatchObject({ code: 'badCredentials' });
    await expect(login(again, 'kotov')).rejects.toMatchObject({ code: 'certificateInvalid' });
    await expect(again.session.login({ login: 'belova', password: 'belova-2026', deskName: '', newPassword: 'новый-2026' })).rejects.toMatchObject({ code: 'certificateInvalid' });
  });

  it('off line opens with the password of the last login on line, for 14 days', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    const first = openTestDesk(folder, centre);
    expect(await login(first)).toMatchObject({ state: 'loggedIn', offline: false, deskName: 'Место 4' });
    centre.online = false;
    centre.now += 13 * day;
    const second = await restart(first, folder, centre);
    expect(second.session.state).toMatchObject({ state: 'loggedOut', knownLogins: ['belova'], lastLogin: 'belova' });
    await expect(login(second, 'belova', 'не тот')).rejects.toMatchObject({ code: 'badCredentials' });
    await expect(login(second, 'kotov')).rejects.toMatchObject({ code: 'offlineLoginUnknown' });
    expect(await login(second, ' BELOVA ', 'belova-2026')).toMatchObject({ state: 'loggedIn', offline: true });
    centre.now += 2 * day;
    await expect(login(await restart(second, folder, centre))).rejects.toMatchObject({ code: 'offlineLoginExpired' });
  });

  it('knows before a login whether the centre is there', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    const first = openTestDesk(folder, centre);
    expect(first.connection().state).toBe('connecting');
    await first.start();
    await vi.waitFor(() => expect(first.connection().state).toBe('onLine'));
    centre.online = false;
    const second = await restart(first, folder, centre);
    await second.start();
    await vi.waitFor(() => expect(second.connection().state).toBe('offLine'));
  });

  it('says to wait when the centre does, and does not take it for a time without a network', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    const first = openTestDesk(folder, centre);
    await login(first);
    centre.tooMany = true;
    const second = await restart(first, folder, centre);
    await expect(login(second)).rejects.toMatchObject({ code: 'tooManyRequests' });
    expect(second.session.state.state).toBe('loggedOut');
  });

  it('F6 gives the data back to a new password and to a user new to the desk, through the escrow copy', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    const first = openTestDesk(folder, centre);
    await login(first);
    await deskHandlers(first)['draft.save']({ key: 'k', title: 'Черновик', value: 'набрано' });
    centre.passwords['belova'] = 'новый-пароль-2026';
    const second = await restart(first, folder, centre);
    await login(second, 'belova', 'новый-пароль-2026');
    expect(await deskHandlers(second)['draft.all']({})).toMatchObject([{ key: 'k', value: 'набрано' }]);
    const third = await restart(second, folder, centre);
    await login(third, 'kotov');
    expect(third.base.outbox.users.allDrafts()).toMatchObject([{ userId: 'user-belova' }]);
    expect(centre.requests.at(-1)?.keyEscrow).toBeDefined();
    centre.online = false;
    const fourth = await restart(third, folder, centre);
    expect(await login(fourth, 'belova', 'новый-пароль-2026')).toMatchObject({ offline: true });
  });

  it('never erases files that no key opens: they are set aside', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    const first = openTestDesk(folder, centre);
    await login(first);
    await first.close();
    const file = path.join(folder, 'desk.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), escrow: null, wraps: [] }));
    const second = openTestDesk(folder, centre);
    expect(await login(second)).toMatchObject({ state: 'loggedIn' });
    expect(existsSync(path.join(folder, 'outbox.db'))).toBe(true);
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(folder).filter((name) => name.startsWith('outbox-') && name.endsWith('.unreadable'))).toHaveLength(1);
  });

  it('resumes an open session where the keyring holds the key, and not after a logout', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    const keyring: Keyring = {
      seal: (key) => Promise.resolve(`sealed:${Buffer.from(key).toString('base64')}`),
      open: (sealed) => Promise.resolve(sealed.startsWith('sealed:') ? Buffer.from(sealed.slice(7), 'base64') : null),
    };
    const first = openTestDesk(folder, centre, keyring);
    await login(first);
    const second = await restart(first, folder, centre, keyring);
    await second.session.resume();
    expect(second.session.state).toMatchObject({ state: 'loggedIn', offline: true });
    await second.session.logout();
    const third = await restart(second, folder, centre, keyring);
    await third.session.resume();
    expect(third.session.state.state).toBe('loggedOut');
  });

  it('answers no call that shows data while nobody is logged in', async () => {
    const desk = openTestDesk(newFolder(), new LoginCentre());
    const handlers = deskHandlers(desk);
    expect(() => handlers['document.get']({ type: 'client', id: 'client-1' })).toThrow(/sessionEnded/);
    expect(() => handlers['command.run']({ name: 'incomingEmail.take', input: { id: 'em-1' } })).toThrow(/sessionEnded/);
    await login(desk);
    expect(await handlers['document.get']({ type: 'client', id: 'client-1' })).toBeNull();
    await desk.session.logout();
    expect(() => handlers['draft.all']({})).toThrow(/sessionEnded/);
  });
});

describe('a locked window', () => {
  const keyring: Keyring = {
    seal: (key) => Promise.resolve(Buffer.from(key).toString('base64')),
    open: (sealed) => Promise.resolve(Buffer.from(sealed, 'base64')),
  };

  it('opens with the password, on line and off line, and stays locked over a restart', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    const first = openTestDesk(folder, centre, keyring);
    expect(first.session.lock()).toMatchObject({ state: 'loggedOut' });
    await login(first);
    expect(first.session.lock()).toMatchObject({ state: 'loggedIn', locked: true });
    await expect(first.session.unlock('не тот')).rejects.toMatchObject({ code: 'badCredentials' });
    expect(first.session.state).toMatchObject({ locked: true });
    expect(await first.session.unlock('belova-2026')).toMatchObject({ state: 'loggedIn', locked: false });
    first.session.lock();
    centre.online = false;
    const second = await restart(first, folder, centre, keyring);
    await second.session.resume();
    expect(second.session.state).toMatchObject({ state: 'loggedIn', locked: true });
    await expect(second.session.unlock('не тот')).rejects.toMatchObject({ code: 'badCredentials' });
    expect(await second.session.unlock('belova-2026')).toMatchObject({ locked: false });
    const third = await restart(second, folder, centre, keyring);
    await third.session.resume();
    expect(third.session.state).toMatchObject({ state: 'loggedIn', locked: false });
  });

  it('takes a password that was changed elsewhere, through the centre', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    const desk = openTestDesk(folder, centre);
    await login(desk);
    desk.session.lock();
    centre.passwords['belova'] = 'новый-пароль-2026';
    expect(await desk.session.unlock('новый-пароль-2026')).toMatchObject({ locked: false });
  });

  it('another user logs in after a logout, and finds it open', async () => {
    const desk = openTestDesk(newFolder(), new LoginCentre());
    await login(desk);
    desk.session.lock();
    await desk.session.logout();
    expect(await login(desk, 'kotov')).toMatchObject({ state: 'loggedIn', locked: false });
  });
});

describe('after a logout', () => {
  it('the files are closed and the data key is not in memory', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    const desk = openTestDesk(folder, centre);
    const key = newDataKey();
    desk.keys.newKey = () => key;
    await login(desk);
    const { vault } = desk.files;
    const fileId = await vault.write(Buffer.from('содержимое'));
    expect(key.every((byte) => byte === 0)).toBe(false);
    await desk.session.logout();
    expect(key.every((byte) => byte === 0)).toBe(true);
    expect(() => desk.files).toThrow(/sessionEnded/);
    await expect(vault.read(fileId)).rejects.toMatchObject({ code: 'sessionEnded' });
    expect(existsSync(path.join(folder, 'cache.db-wal'))).toBe(false); // the last connection took it along
    expect(desk.connection()).toMatchObject({ waiting: 0, dataAt: null });
    centre.online = false;
    await login(desk);
    expect((await desk.files.vault.read(fileId)).toString()).toBe('содержимое');
  });

  it('a login that fails leaves nothing open', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    const desk = openTestDesk(folder, centre);
    await login(desk);
    await desk.session.logout();
    centre.online = false;
    centre.now += 15 * day;
    await expect(login(desk)).rejects.toMatchObject({ code: 'offlineLoginExpired' });
    expect(() => desk.files).toThrow(/sessionEnded/);
  });

  it('another user sees off line only what he may see; what waits to be sent is kept', async () => {
    const [folder, centre] = [newFolder(), new LoginCentre()];
    centre.people['kotov'] = { roles: ['checker'], branchIds: ['branch-east'] };
    const desk = openTestDesk(folder, centre);
    await login(desk, 'kotov');
    await desk.session.logout();
    await login(desk);
    const { cache } = desk.base;
    cache.transaction(() => {
      cache.receive('client', 'client-north', 1, 0, aClient({ id: 'client-north', branchIds: ['branch-north'] }));
      cache.receive('client', 'client-east', 1, 0, aClient({ id: 'client-east', branchIds: ['branch-east', 'branch-north'] }));
      cache.receive('incomingEmail', 'em-1', 1, 0, anIncomingEmail());
      cache.receive('branch', 'branch-north', 1, 0, aBranch({ id: 'branch-north' }));
      cache.setMeta('epoch', 'epoch-1');
      cache.setMeta('cursor', 'cursor-1');
    });
    const handlers = deskHandlers(desk);
    const draft = { id: 'out-1', kind: 'new', incomingEmailId: null, to: [], cc: [], subject: 'Только для своих', text: '', attachments: [] };
    expect(await handlers['command.run']({ name: 'outgoingEmail.save', input: draft })).toMatchObject({ ok: true });
    await desk.session.logout();
    centre.online = false;

    await login(desk, 'kotov');
    const seen = async (type: string, id: string) => (await handlers['document.get']({ type, id })) !== null;
    expect([await seen('client', 'client-north'), await seen('incomingEmail', 'em-1'), await seen('outgoingEmail', 'out-1')]).toEqual([false, false, false]);
    expect([await seen('client', 'client-east'), await seen('branch', 'branch-north')]).toEqual([true, true]);
    const lists = ['outgoingEmail', 'incomingEmail', 'client'].map((type) => listQuerySchema.parse({ type, where: [], anyOf: [], search: '', sort: [], offset: 0, limit: 50 }));
    expect(await handlers['document.totals'](lists)).toEqual([0, 0, 1]);
    expect(desk.base.position).toEqual({ epoch: null, cursor: null });
    expect(desk.connection().waiting).toBe(1);
    await desk.session.logout();

    await login(desk);
    expect([await seen('outgoingEmail', 'out-1'), await seen('client', 'client-north')]).toEqual([true, false]);
  });
});
