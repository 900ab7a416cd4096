import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pino } from 'pino';
import { backUp } from '../../../server/backup/back-up.ts';
import { manifestName } from '../../../server/backup/manifest.ts';
import { restore } from '../../../server/backup/restore.ts';
import { filePath } from '../../../shared/protocol/paths.ts';
import { aFilter, startTestCentre, TestDesk, type TestCentre } from '../running-centre.ts';

const log = pino({ level: 'silent' });
let home: string;
let centre: TestCentre;
let place: string;

beforeEach(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), 'okno-backup-test-'));
  place = path.join(home, 'backups');
  centre = await startTestCentre();
  await centre.addUser({ login: 'one' });
});
afterEach(async () => {
  await centre.remove();
  rmSync(home, { recursive: true, force: true });
});

/** The centre that comes up on the restored data. */
async function restored(from = place): Promise<TestCentre> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'okno-restored-test-'));
  const config = { ...centre.config, data };
  await restore(config, from, log);
  return startTestCentre({ data });
}

/** The same desk, at the centre that was restored. */
function at(other: TestCentre, desk: TestDesk): TestDesk {
  const { deskId, token, grant, incarnation, seq, cursor, epoch, pushEpoch } = desk;
  return Object.assign(new TestDesk(other.url, deskId, token, grant), { incarnation, seq, cursor, epoch, pushEpoch });
}

test('F23 a centre restored from a backup of its working hours gets from the desks what came after it, each command and each number once', async () => {
  const desk = await centre.login('one', 'desk-works');
  const numbers = await desk.lease(40);
  expect(numbers).toHaveLength(40);
  const issue = (n: number): ReturnType<TestDesk['envelope']> => desk.envelope('test.number', { id: `numbered-${n}` }, { numbers: numbers.slice(n, n + 1) });
  const sent = Array.from({ length: 40 }, (_, n) => issue(n));
  await desk.outcomes(...sent.slice(0, 10));
  // It is made while the desk goes on.
  let working = true;
  const meanwhile = (async (): Promise<number> => {
    let n = 10;
    for (; working && n < 30; n++) await desk.outcomes(...sent.slice(n, n + 1));
    return n;
  })();
  const { manifest } = await backUp(centre.config, place, log);
  working = false;
  const saved = await meanwhile;
  expect(manifest.tables.find(({ name }) => name === 'document')?.rows).toBeGreaterThan(10);
  expect(await desk.outcomes(...sent.slice(saved))).toEqual(sent.slice(saved).map(() => 'applied'));
  await desk.pullAll();

  const second = await restored();
  try {
    const again = at(second, desk);
    expect(await again.pull()).toMatchObject({ kind: 'mustRefetch' });
    again.cursor = null;
    again.epoch = null;
    await again.pullAll();
    expect(await again.outcomes(...sent)).toEqual(['otherEpoch']);
    again.pushEpoch = null;
    const outcomes = await again.outcomes(...sent);
    expect(outcomes.slice(0, 10)).toEqual(sent.slice(0, 10).map(() => 'duplicate applied'));
    expect(outcomes.slice(saved)).toEqual(sent.slice(saved).map(() => 'applied'));
    expect(new Set(outcomes)).toEqual(new Set(['applied', 'duplicate applied']));
    const { rows } = await second.pool.query<{ commands: number; numbers: number; different: number }>(
      `SELECT (SELECT count(*)::int FROM command WHERE name = 'test.number') AS commands, count(*)::int AS numbers, count(DISTINCT value)::int AS different FROM number_log WHERE series = 'КП'`,
    );
    expect(rows).toEqual([{ commands: 40, numbers: 40, different: 40 }]);
    // What was leased after the backup is not known here: nothing is leased until the clock has passed it.
    expect(await again.lease(1)).toEqual([]);
    const seen = [...(await again.pullAll()).keys()].filter((key) => key.startsWith('mailFilter/numbered-'));
    expect(new Set(seen).size).toBeGreaterThanOrEqual(40 - saved);
  } finally {
    await second.remove();
  }
});

test('stored files and keys come back; a second backup at the same place copies only new files; the newest is restored', async () => {
  const desk = await centre.login('one', 'desk-files');
  const upload = async (text: string): Promise<string> => {
    const sha = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');
    const response = await fetch(centre.url + filePath(sha), { method: 'PUT', headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/octet-stream' }, body: text });
    expect(response.status).toBe(200);
    return sha;
  };
  const first = await upload('первый файл');
  expect(await backUp(centre.config, place, log, new Date('2026-11-24T06:00:00.000Z'))).toMatchObject({ copied: 1, manifest: { files: { count: 1, missing: [] } } });
  const other = await upload('второй файл');
  expect(await backUp(centre.config, place, log, new Date('2026-11-24T07:00:00.000Z'))).toMatchObject({ copied: 1, manifest: { files: { count: 2, missing: [] } } });
  expect(readdirSync(place).sort()).toEqual(['2026-11-24T06-00-00', '2026-11-24T07-00-00', 'files']);

  const second = await restored();
  try {
    for (const [sha, text] of [[first, 'первый файл'], [other, 'второй файл']] as const) expect((await second.files.get(sha))?.toString()).toBe(text);
    const key = (of: TestCentre): string => readFileSync(path.join(of.config.data, 'keys', 'escrow.pem'), 'utf8');
    expect(key(second)).toBe(key(centre));
    // Signed by the same key: a desk's session and grants hold.
    expect(await at(second, desk).pull()).toMatchObject({ kind: 'page' });
  } finally {
    await second.remove();
  }
});

test('a file that the base names and the store has lost is named, and the rest is saved', async () => {
  await centre.pool.query(`INSERT INTO file (sha, size, uploaded_by, desk_id, uploaded_at) VALUES ($1, 1, 'u', 'd', now())`, ['ab'.repeat(32)]);
  expect((await backUp(centre.config, place, log)).manifest.files).toEqual({ count: 1, missing: ['ab'.repeat(32)] });
});

test('what is no whole backup, is damaged, is of a newer program, or would go over data is refused in words, and nothing is changed', async () => {
  await centre.seed('mailFilter', aFilter('kept'));
  const { folder, manifest } = await backUp(centre.config, place, log);
  const empty = { ...centre.config, data: path.join(home, 'empty') };
  const refused = (from: string, config = empty): Promise<string> => restore(config, from, log).then(() => 'restored', (error: unknown) => String(error));
  expect(await refused(path.join(home, 'nowhere'))).toContain('Укажите папку резервной копии');
  expect(await refused(home)).toContain('нет резервных копий');
  const manifestFile = path.join(folder, manifestName);
  writeFileSync(manifestFile, JSON.stringify({ ...manifest, migration: { number: 999, name: '0999-later' } }));
  expect(await refused(place)).toContain('более новой программой');
  writeFileSync(manifestFile, '{');
  expect(await refused(place)).toContain('испорчен');
  writeFileSync(manifestFile, JSON.stringify(manifest));
  const table = path.join(folder, 'database', 'document.copy.gz');
  const bytes = readFileSync(table);
  appendFileSync(table, 'x');
  expect(await refused(place)).toContain('испорчен: копию восстановить нельзя');
  writeFileSync(table, bytes);
  expect(readdirSync(home)).toEqual(['backups']);
  // A database that holds something already: of the company's, so that it can be reached while the centre runs.
  const { host, port, user, password, database } = centre.pool.options;
  const databaseUrl = `postgresql://${user}:${String(password)}@${host === undefined || host.startsWith('/') ? 'localhost' : host}:${port}/${database}${host?.startsWith('/') === true ? `?host=${encodeURIComponent(host)}` : ''}`;
  expect(await refused(place, { ...empty, databaseUrl })).toContain('уже есть данные');
  expect(await centre.tools.read([{ kind: 'get', type: 'mailFilter', id: 'kept' }])).toMatchObject([{ id: 'kept' }]);
});

test('a backup that was broken off is none: the newest whole one is restored', async () => {
  await centre.seed('mailFilter', aFilter('first'));
  await backUp(centre.config, place, log, new Date('2026-11-24T06:00:00.000Z'));
  const lost = new Date('2026-11-24T07:00:00.000Z');
  await centre.pool.query('DROP TABLE file'); // so that it ends in the middle
  await expect(backUp(centre.config, place, log, lost)).rejects.toThrow();
  expect(readdirSync(place).sort()).toEqual(['2026-11-24T06-00-00', '2026-11-24T07-00-00.half']);
  const second = await restored();
  expect(await second.tools.read([{ kind: 'get', type: 'mailFilter', id: 'first' }])).toMatchObject([{ id: 'first' }]);
  await second.remove();
});
