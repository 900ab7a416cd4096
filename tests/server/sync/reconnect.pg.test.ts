import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Envelope } from '../../../shared/protocol/sync.ts';
import { CentreClient } from '../../../main/sync/centre-client.ts';
import { DeskEngine, type DeskStore, type EngineState } from '../../../main/sync/desk-engine.ts';
import { signGrant } from '../../../server/commands/grant.ts';
import { Signer } from '../../../server/commands/signed-token.ts';
import { createSession } from '../../../server/db/queries/session.ts';
import { ensureSettings } from '../../../server/db/settings.ts';
import { sessionUserOf } from '../../../server/auth/login.ts';
import type { User } from '../../../shared/domain/user/model.ts';
import { aFilter, startTestCentre, type TestCentre } from '../running-centre.ts';

const desks = 500;
let centre: TestCentre;
let user: User;

beforeAll(async () => {
  centre = await startTestCentre();
  user = await centre.addUser({ login: 'one' });
  for (let n = 0; n < 100; n += 1) await centre.seed('mailFilter', aFilter(`known-${n}`));
});
afterAll(() => centre.remove());

interface Desk {
  readonly engine: DeskEngine;
  readonly state: () => EngineState | undefined;
  readonly waiting: () => number;
  readonly rows: () => number;
}

/** Answers that the desks got, by status; those of 500 and more that do not say when to come again. */
const statuses = new Map<number, number>();
const rude: string[] = [];
const counting: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  if (response.status >= 500 && response.headers.get('retry-after') === null) rude.push(`${response.status} ${response.url}`);
  return response;
};

/** The product's exchange over an empty base in memory, with one command that waits. */
async function openDesk(n: number, signer: Signer): Promise<Desk> {
  const deskId = `desk-${n}`;
  const [token, incarnation, at] = [`token-of-the-desk-number-${n}`, randomUUID(), new Date().toISOString()];
  await createSession(centre.pool, token, { sessionId: randomUUID(), user, deskId });
  const { grant } = signGrant(signer, sessionUserOf(user), { deskId, issuedAt: at, days: 1 });
  let queue: readonly Envelope[] = [{ commandId: randomUUID(), seq: 1, name: 'test.put', version: 1, input: { type: 'mailFilter', document: aFilter(`of-${n}`) } as Envelope['input'], numbers: [], happenedAt: at, recordedAtDesk: at, grant }];
  let [epoch, cursor, rows] = [null as string | null, null as string | null, 0];
  let state: EngineState | undefined;
  const store: DeskStore = {
    deskId, incarnation,
    get epoch() {
      return epoch;
    },
    get position() {
      return { epoch: cursor === null ? null : epoch, cursor };
    },
    queued: () => queue,
    settle: (answers) => {
      queue = queue.filter(({ commandId }) => !answers.some((answer) => answer.commandId === commandId && answer.outcome === 'applied'));
      return new Set();
    },
    applyPage: (_asked, page) => {
      cursor = page.cursor;
      rows += page.rows.length;
      return { kind: 'applied', types: new Set() };
    },
    noteEpoch: (next) => {
      epoch = next;
      return false;
    },
    startRefetch: () => undefined, newIncarnation: () => new Set(), highestNumbers: () => ({}), numbersLeft: () => 0, addLease: () => undefined,
    accessEntries: () => [], accessEntriesSent: () => undefined, filesToUpload: () => [], fileContent: () => Promise.reject(new Error('no files')), fileUploaded: () => undefined,
  };
  const engine = new DeskEngine({
    store, transport: new CentreClient({ server: centre.url, token: () => token, fetch: counting }), clock: { now: Date.now }, random: Math.random, series: [],
    timers: {
      after: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
    },
    events: {
      changed: () => undefined, clockOffset: () => undefined, unauthorized: () => undefined,
      state: (next) => {
        state = next;
      },
      failed: (error) => rude.push(String(error)),
    },
  });
  return { engine, state: () => state, waiting: () => queue.length, rows: () => rows };
}

it('F19 five hundred desks that come at once are all served within two minutes; who is sent away is told when to come again', async () => {
  const signer = new Signer((await ensureSettings(centre.pool)).signingKey);
  const all: Desk[] = [];
  for (let n = 0; n < desks; n += 1) all.push(await openDesk(n, signer));
  // However slowly they come, more of them wait than the centre lets in: no command is looked up until one was sent away.
  const busy = new Client(centre.pool.options);
  await busy.connect();
  await busy.query('BEGIN');
  await busy.query('LOCK TABLE command IN ACCESS EXCLUSIVE MODE');
  for (const { engine } of all) void engine.wake();
  await expect.poll(() => statuses.get(503) ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);
  await busy.end();
  await expect.poll(() => all.filter(({ state, waiting }) => state()?.state === 'onLine' && waiting() === 0).length, { timeout: 120_000, interval: 200 }).toBe(desks);
  expect(rude).toEqual([]);
  expect([...statuses.keys()].toSorted((a, b) => a - b)).toEqual([200, 503]);
  expect(Math.min(...all.map(({ rows }) => rows()))).toBeGreaterThanOrEqual(100);
  const { rows: written } = await centre.pool.query(`SELECT 1 FROM document WHERE type = 'mailFilter' AND id LIKE 'of-%'`);
  expect(written).toHaveLength(desks);
  await Promise.all(all.map(({ engine }) => engine.stop()));
});
