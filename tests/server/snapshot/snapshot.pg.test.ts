import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../../main/db/open-database.ts';
import { Desk } from '../../../main/desk/desk.ts';
import { searchHere } from '../../../main/desk/search.ts';
import { profileOfBranches } from '../../../server/snapshot/profile.ts';
import { readSnapshot, snapshotFile, snapshotFolder, type Snapshot } from '../../../server/snapshot/snapshot-files.ts';
import type { Client } from '../../../shared/domain/client/model.ts';
import { documentNames } from '../../../shared/domain/documents.ts';
import { snapshotPartPath } from '../../../shared/protocol/paths.ts';
import { parseEmail } from '../../../shared/mail/parse-email.ts';
import { writeCompany } from '../../../tools/data/write-company.ts';
import { aClient } from '../../helpers/builders.ts';
import { startTestCentre, type TestCentre } from '../running-centre.ts';

const clients = 400;
const data = mkdtempSync(path.join(os.tmpdir(), 'okno-snapshot-test-'));
const folders: string[] = [data];
let centre: TestCentre;
/** Paths asked for since the last `asked.length = 0`. */
const asked: string[] = [];
/** Lets so many parts through, then the line is cut. */
let partsLeft = Infinity;
const north = profileOfBranches(['branch-north']);

const isPart = (at: string): boolean => /\/snapshot\/[0-9a-f-]{36}\/\d+$/.test(at);

beforeAll(async () => {
  await writeCompany({ data, clients, seed: 1, say: () => undefined });
  centre = await startTestCentre({ data, snapshotLeast: 1 });
  await centre.makeSnapshots();
}, 120_000);
afterAll(async () => {
  await centre.remove();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function openDesk(folder = mkdtempSync(path.join(os.tmpdir(), 'okno-snapshot-desk-'))): { readonly desk: Desk; readonly folder: string; readonly lines: string[] } {
  if (!folders.includes(folder)) folders.push(folder);
  const lines: string[] = [];
  const desk = new Desk({
    parseLetter: parseEmail,
    folder, server: centre.url, nativeBinding: undefined, now: Date.now, random: () => 0, emit: () => undefined, log: (text) => lines.push(text),
    fetch: (input, init) => {
      const at = new URL(String(input instanceof Request ? input.url : input)).pathname;
      asked.push(at);
      if (isPart(at) && partsLeft-- <= 0) return Promise.reject(new TypeError('fetch failed'));
      return fetch(input, init);
    },
    keyring: { seal: () => Promise.resolve(null), open: () => Promise.resolve(null) },
    timers: {
      after: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
    },
  });
  return { desk, folder, lines };
}

async function logIn(desk: Desk, login: string): Promise<void> {
  await desk.session.login({ login, password: `${login}-2026`, deskName: 'Рабочее место' });
}

async function filled(desk: Desk): Promise<void> {
  await expect.poll(() => [desk.connection().state, desk.connection().filling], { timeout: 60_000 }).toEqual(['onLine', false]);
}

/** Ids of what a desk holds, by type. */
function held(desk: Desk): Readonly<Record<string, readonly string[]>> {
  const { database } = desk.base.cache;
  return Object.fromEntries(documentNames.map((type) => [type, database.prepare<[], string>(`SELECT id FROM document_${type} ORDER BY id`).pluck().all()]));
}

async function visibleTo(keys: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const { rows } = await centre.pool.query<{ type: string; id: string }>('SELECT type, id FROM document WHERE scope && $1 ORDER BY id COLLATE "C"', [keys]);
  return Object.fromEntries(documentNames.map((type) => [type, rows.filter((row) => row.type === type).map(({ id }) => id)]));
}

function snapshotOf(keys: readonly string[]): Snapshot {
  const snapshot = readSnapshot(snapshotFolder(data, keys));
  if (snapshot === null) throw new Error('no snapshot');
  return snapshot;
}

const fileOf = (keys: readonly string[]): string => snapshotFile(snapshotFolder(data, keys), snapshotOf(keys).id);


async function keysOf(login: string): Promise<readonly string[]> {
  const { rows } = await centre.pool.query<{ roles: string[]; branches: string[] }>(`SELECT body->'roles' AS roles, body->'branchIds' AS branches FROM document WHERE type = 'user' AND id = $1`, [`user-${login}`]);
  return ['all', `user:user-${login}`, ...(rows[0]?.roles ?? []).map((role) => `role:${role}`), ...(rows[0]?.branches ?? []).map((id) => `branch:${id}`)];
}

it('a new desk fills itself by the ready base: clients and applications come in the file, all else by pages, and then all is there', async () => {
  asked.length = 0;
  const { desk, lines } = openDesk();
  await logIn(desk, 'martynyuk');
  await filled(desk);
  expect(asked.filter(isPart).length).toBe(snapshotOf((await keysOf('martynyuk')).filter((key) => key === 'all' || key.startsWith('branch:')).toSorted()).parts.length);
  expect(lines).toContain('The ready base is laid');
  expect(held(desk)).toEqual(await visibleTo(await keysOf('martynyuk')));
  expect(desk.connection().snapshotPercent).toBeNull();
  await desk.close();
});

it('what was found by rows is found by the ready base, letters and tasks that came beside it included', async () => {
  const [ready, byRows] = [openDesk(), openDesk()];
  await logIn(ready.desk, 'martynyuk');
  await filled(ready.desk);
  const file = fileOf((await keysOf('martynyuk')).filter((key) => key === 'all' || key.startsWith('branch:')).toSorted());
  const kept = readFileSync(file);
  writeFileSync(file, Buffer.alloc(kept.length));
  await logIn(byRows.desk, 'martynyuk');
  await filled(byRows.desk);
  writeFileSync(file, kept);
  expect(byRows.desk.connection().snapshotFailed).toBe(true);
  const ids = (desk: Desk, text: string) => searchHere(desk.base.cache, text).groups.map(({ type, rows }) => [type, rows.map(({ id }) => id).toSorted()]);
  const some = held(byRows.desk)['client']?.slice(0, 40) ?? [];
  for (const id of some) {
    const client = byRows.desk.base.cache.get('client', id)?.document as Client; // the table of clients holds clients
    for (const text of [client.name, client.phones[0]?.typed ?? '', client.emails[0]?.address ?? '', client.name.slice(2, 7)]) {
      const [a, b] = [ids(ready.desk, text), ids(byRows.desk, text)];
      expect(a.map(([type, rows]) => [type, rows?.length]), text).toEqual(b.map(([type, rows]) => [type, rows?.length]));
    }
  }
  expect(ready.desk.base.cache.database.prepare(`SELECT count(*) FROM find_key`).pluck().get()).toBe(byRows.desk.base.cache.database.prepare(`SELECT count(*) FROM find_key`).pluck().get());
  expect(ready.desk.base.cache.database.pragma('integrity_check', { simple: true })).toBe('ok');
  await Promise.all([ready.desk.close(), byRows.desk.close()]);
});

it('a damaged file is thrown away: the fill goes by rows, with a word about it, and all is there', async () => {
  const file = fileOf(north);
  const kept = readFileSync(file);
  const spoilt = Buffer.from(kept);
  spoilt.fill(0, spoilt.length - 2_000, spoilt.length - 1_000);
  writeFileSync(file, spoilt);
  const { desk, lines } = openDesk();
  await logIn(desk, 'safina');
  await filled(desk);
  writeFileSync(file, kept);
  expect(lines).toContain('The ready base cannot be used, the desk fills itself by pages');
  expect(desk.connection()).toMatchObject({ snapshotFailed: true, snapshotPercent: null });
  expect(held(desk)).toEqual(await visibleTo(await keysOf('safina')));
  await desk.close();
});

it('a download that was broken off goes on where it was, in a program started anew too, and work is done meanwhile', async () => {
  const parts = snapshotOf(north).parts.length;
  expect(parts).toBeGreaterThan(2);
  asked.length = 0;
  partsLeft = 2;
  const first = openDesk();
  await logIn(first.desk, 'zaytseva');
  await expect.poll(() => first.desk.connection().snapshotPercent).toBe(Math.floor(200 / parts));
  await expect.poll(() => held(first.desk)['branch']?.length).toBeGreaterThan(0); // what is small is here and can be worked with
  expect(held(first.desk)['client']).toEqual([]);
  const { registeredAt: _registeredAt, aliasOf: _aliasOf, ...client } = aClient({ id: 'made-meanwhile', lastName: 'Новосёлова', branchIds: ['branch-north'] });
  expect(first.desk.run('client.create', { client, link: null })).toMatchObject({ ok: true });
  await expect.poll(() => first.desk.connection().waiting).toBe(0);
  await first.desk.close();
  partsLeft = Infinity;
  const again = openDesk(first.folder);
  await logIn(again.desk, 'zaytseva');
  await filled(again.desk);
  const fetched = new Set(asked.filter(isPart));
  expect(fetched.size).toBe(parts);
  expect(asked.filter(isPart).length).toBeLessThanOrEqual(parts + 3); // those on their way when the line broke
  expect(held(again.desk)).toEqual(await visibleTo(await keysOf('zaytseva')));
  expect(held(again.desk)['client']).toContain('made-meanwhile');
  await again.desk.close();
});

it('bytes that a crash left behind are looked at again before they are used', async () => {
  partsLeft = 2;
  const first = openDesk();
  await logIn(first.desk, 'zaytseva');
  await expect.poll(() => first.desk.connection().snapshotPercent).toBe(Math.floor(200 / snapshotOf(north).parts.length)); // both parts are here
  const offer = first.desk.base.snapshot;
  await first.desk.close();
  const file = path.join(first.folder, `snapshot-${offer?.id ?? ''}.part`);
  const torn = readFileSync(file);
  writeFileSync(file, torn.fill(0, 1_100_000, 1_200_000)); // zeros in the second part
  partsLeft = Infinity;
  asked.length = 0;
  const again = openDesk(first.folder);
  await logIn(again.desk, 'zaytseva');
  await filled(again.desk);
  expect(asked.filter(isPart).length).toBe((offer?.parts.length ?? 0) - 1);
  expect(held(again.desk)).toEqual(await visibleTo(await keysOf('zaytseva')));
  await again.desk.close();
});

it('the file of a branch holds nothing of another one, and nobody is given another branch’s file', async () => {
  const snapshot = snapshotOf(north);
  const copy = path.join(mkdtempSync(path.join(os.tmpdir(), 'okno-snapshot-look-')), 'copy.db');
  folders.push(path.dirname(copy));
  writeFileSync(copy, readFileSync(fileOf(north)));
  const database = openDatabase({ file: copy, key: Buffer.from(snapshot.key, 'hex'), synchronous: 'NORMAL' });
  const visible = await visibleTo(north);
  for (const type of ['client', 'application']) expect(database.prepare<[], string>(`SELECT id FROM document_${type} ORDER BY id`).pluck().all()).toEqual(visible[type]?.filter((id) => id !== 'made-meanwhile'));
  const { rows } = await centre.pool.query<{ phone: string }>(`SELECT right(body->'phones'->0->>'e164', 10) AS phone FROM document WHERE type = 'client' AND NOT scope && $1 AND body->'phones'->0->>'e164' IS NOT NULL`, [north]);
  expect(rows.length).toBeGreaterThan(0);
  const known = database.prepare<[string], number>('SELECT count(*) FROM search_key_client WHERE key = ?').pluck();
  for (const { phone } of rows) expect(known.get(`>${phone}`), phone).toBe(0);
  database.close();
  const { token } = await centre.login('zaytseva', 'desk-of-north', { password: 'zaytseva-2026' });
  const everywhere = snapshotOf((await keysOf('martynyuk')).filter((key) => key === 'all' || key.startsWith('branch:')).toSorted());
  const answer = (id: string) => fetch(centre.url + snapshotPartPath(id, 0), { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);
  expect(await answer(everywhere.id)).toBe(404);
  expect(await answer(snapshot.id)).toBe(200);
  expect(await fetch(centre.url + snapshotPartPath(snapshot.id, 0)).then(({ status }) => status)).toBe(401);
});

it('when a client leaves the branch the file that holds him is given to nobody, and the next one does not hold him', async () => {
  const before = snapshotOf(north);
  const [left] = (await visibleTo(north))['client'] ?? [];
  const { rows } = await centre.pool.query<{ body: Client }>(`SELECT body FROM document WHERE type = 'client' AND id = $1`, [left]);
  const client = rows[0]?.body;
  if (client === undefined) throw new Error('no client');
  await centre.seed('client', { ...client, branchIds: ['branch-south'] });
  asked.length = 0;
  const { desk } = openDesk();
  await logIn(desk, 'zaytseva');
  await filled(desk);
  expect(asked.filter(isPart)).toEqual([]);
  expect(held(desk)['client']).not.toContain(left);
  await desk.close();
  rmSync(path.join(snapshotFolder(data, north), 'snapshot.json'));
  await centre.makeSnapshots();
  expect(snapshotOf(north).id).not.toBe(before.id);
  const { desk: next } = openDesk();
  asked.length = 0;
  await logIn(next, 'zaytseva');
  await filled(next);
  expect(asked.filter(isPart).length).toBeGreaterThan(0);
  expect(held(next)['client']).not.toContain(left);
  await next.close();
});

it('another epoch of the centre makes the file useless: it is thrown away in the middle, and all comes anew', async () => {
  partsLeft = 1;
  const { desk } = openDesk();
  await logIn(desk, 'zaytseva');
  await expect.poll(() => desk.connection().snapshotPercent).toBeGreaterThan(0);
  await centre.store.newEpoch(await centre.store.epoch(), new Date().toISOString());
  partsLeft = Infinity;
  asked.length = 0;
  desk.sync();
  await filled(desk);
  expect(asked.filter(isPart).length).toBeLessThanOrEqual(2); // of the former file those that were on their way
  expect(held(desk)).toEqual(await visibleTo(await keysOf('zaytseva')));
  await desk.close();
});

it('a centre that makes no ready bases fills desks by rows', async () => {
  rmSync(path.join(data, 'snapshots'), { recursive: true });
  asked.length = 0;
  const { desk } = openDesk();
  await logIn(desk, 'zaytseva');
  await filled(desk);
  expect(asked.filter(isPart)).toEqual([]);
  expect(desk.connection()).toMatchObject({ snapshotFailed: false, snapshotPercent: null });
  expect(held(desk)).toEqual(await visibleTo(await keysOf('zaytseva')));
  await desk.close();
});
