import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../../../shared/domain/client/model.ts';
import { parseEmail } from '../../../shared/mail/parse-email.ts';
import { Desk } from '../../../main/desk/desk.ts';
import { aBranch, aClient } from '../../helpers/builders.ts';
import { password, startTestCentre, type TestCentre } from '../../server/running-centre.ts';
import { newFolder, removeFolders } from '../desk-kit.ts';

const dayMs = 86_400_000;
const commands = 10_000;
/** One in so many is about a card that another desk changes meanwhile: some in each batch that is sent. */
const contestedEvery = 50;
const contested = commands / contestedEvery;
const login = { login: 'belova', password, deskName: 'Рабочее место' };

let now = Date.parse('2026-11-24T06:14:00.000Z');
let isCut = false;
let centre: TestCentre;
const folder = newFolder();
/** The last patronymic written off line, by the id of the desk's own card. */
const written = new Map<string, string>();

beforeAll(async () => {
  centre = await startTestCentre({}, { clock: { now: () => new Date(now).toISOString() } });
  await centre.seed('branch', aBranch());
  for (const user of ['belova', 'kuznetsov']) await centre.addUser({ login: user, branchIds: ['branch-north'] });
  for (let n = 0; n < contested; n += 1) await centre.seed('client', aClient({ id: `card-${n}` }));
});
afterAll(async () => {
  await centre.remove();
  removeFolders();
});

/** The program on the one profile, with the clock that the test moves and a wire that it cuts. */
function openDesk(): Desk {
  return new Desk({
    folder, server: centre.url, nativeBinding: undefined, now: () => now, random: Math.random, emit: () => undefined, log: () => undefined,
    parseLetter: parseEmail,
    fetch: (input, init) => (isCut ? Promise.reject(new TypeError('fetch failed')) : fetch(input, init)),
    keyring: { seal: () => Promise.resolve(null), open: () => Promise.resolve(null) },
    timers: {
      after: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
    },
  });
}

const patronymic = (before: string, after: string) => ({ path: 'middleName', before, after });

/** The n-th command of the two weeks: a new card, its patronymic three times, now and then one of the cards that others have as well. */
function work(desk: Desk, n: number): ReturnType<Desk['run']> {
  if (n % contestedEvery === 7) return desk.run('client.save', { id: `card-${Math.floor(n / contestedEvery)}`, edits: [patronymic('Игоревна', 'Олеговна')] });
  const id = `own-${n - (n % 4)}`;
  const before = written.get(id);
  written.set(id, before === undefined ? 'Игоревна' : `Игоревна-${n}`);
  if (before !== undefined) return desk.run('client.save', { id, edits: [patronymic(before, `Игоревна-${n}`)] });
  const { registeredAt: _registeredAt, aliasOf: _aliasOf, ...client } = aClient({ id, lastName: `Соколова-${n}` });
  return desk.run('client.create', { client, link: null });
}

function shown(desk: Desk, id: string): string {
  return (desk.base.cache.get('client', id)?.document as Client | undefined)?.middleName ?? ''; // the table of clients holds clients
}

it('F13 ten thousand commands of 14 days off line are all sent after a login, verdicts are right, and the desk answers meanwhile', async () => {
  const before = openDesk();
  await before.session.login(login);
  await expect.poll(() => [before.connection().state, before.connection().filling]).toEqual(['onLine', false]);
  isCut = true;
  for (let n = 0; n < commands; n += 1) {
    now += (14 * dayMs - 60_000) / commands;
    expect(work(before, n)).toMatchObject({ ok: true });
    await nextTurn();
  }
  expect(before.connection().waiting).toBe(commands);
  await before.close();

  // Meanwhile the centre forgot the session and gave the cards to another; here the time without the centre is over.
  now += dayMs;
  await centre.pool.query(`UPDATE session SET last_seen_at = now() - interval '15 days'`);
  const other = await centre.login('kuznetsov', 'desk-of-another');
  for (let from = 0; from < contested; from += 100) {
    const edits = Array.from({ length: 100 }, (_, n) => other.envelope('client.save', { id: `card-${from + n}`, edits: [patronymic('Игоревна', 'Павловна')] }));
    expect(new Set(await other.outcomes(...edits))).toEqual(new Set(['applied']));
  }
  const desk = openDesk();
  await expect(desk.session.login(login)).rejects.toMatchObject({ code: 'offlineLoginExpired' });

  isCut = false;
  const memoryBefore = process.memoryUsage().rss;
  await desk.session.login(login);
  const began = performance.now();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let [memory, done] = [0, 0];
  while (desk.connection().waiting > 0 || desk.connection().state !== 'onLine') {
    memory = Math.max(memory, process.memoryUsage().rss - memoryBefore);
    done += 1;
    expect(desk.run('client.save', { id: 'own-0', edits: [patronymic(shown(desk, 'own-0'), `Игоревна-${commands + done}`)] })).toMatchObject({ ok: true });
    written.set('own-0', `Игоревна-${commands + done}`);
    await pause(100);
    expect(performance.now() - began).toBeLessThan(60_000);
  }
  delay.disable();
  expect(delay.max / 1e6).toBeLessThan(1_000); // with the centre in the same process
  expect(memory).toBeLessThan(500e6);
  expect(done).toBeGreaterThan(10);

  await expect.poll(() => [shown(desk, 'card-0'), desk.connection().waiting]).toEqual(['Павловна', 0]);
  const refused = desk.base.outbox.commands.rejected((name) => name);
  expect(refused.map(({ refusal: { code }, documentId }) => `${code} ${documentId ?? ''}`).toSorted()).toEqual(Array.from({ length: contested }, (_, n) => `fieldConflict card-${n}`).toSorted());
  const { rows } = await centre.pool.query<{ id: string; name: string }>(`SELECT id, body->>'middleName' AS name FROM document WHERE type = 'client'`);
  const atCentre = new Map(rows.map(({ id, name }) => [id, name]));
  for (let n = 0; n < contested; n += 1) written.set(`card-${n}`, 'Павловна');
  expect(atCentre).toEqual(written);
  expect(new Map([...written.keys()].map((id) => [id, shown(desk, id)]))).toEqual(written);
  expect(desk.base.outbox.leases.left(desk.base.incarnation, 'КП', '27')).toBeGreaterThan(25); // of December, which began meanwhile
  await desk.close();
});
