import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { EffectHandler, EffectResult, RunningEffect } from '../../../server/jobs/effects.ts';
import { registrationDueNow } from '../../../server/jobs/effect-queries.ts';
import { pauseAfter } from '../../../server/jobs/effect-runner.ts';
import { aFilter, startTestCentre, type TestCentre } from '../running-centre.ts';

let centre: TestCentre;
const runs: RunningEffect[] = [];
const recovered: RunningEffect[] = [];
let answer: (effect: RunningEffect) => EffectResult | Promise<EffectResult> = () => ({ result: 'done', detail: '' });

const handler: EffectHandler = {
  kind: 'testEffect',
  system: 'test',
  run: async (effect) => {
    runs.push(effect);
    return answer(effect);
  },
  recover: async (effect) => {
    recovered.push(effect);
    return { result: 'done', detail: 'спросили: уже сделано' };
  },
};

beforeAll(async () => {
  centre = await startTestCentre({}, { adapters: [{ name: 'test', start: null, effectHandlers: [handler] }] });
});
beforeEach(() => {
  runs.length = 0;
  recovered.length = 0;
  answer = () => ({ result: 'done', detail: '' });
});
afterAll(() => centre.remove());

let n = 0;
async function make(...effects: readonly Record<string, unknown>[]): Promise<void> {
  const id = `effect-filter-${n++}`;
  const outcome = await centre.runSystem('test.put', { type: 'mailFilter', document: aFilter(id), effects: effects.map((effect) => ({ kind: 'testEffect', payload: { documentId: 'doc' }, ...effect })) });
  expect(outcome.ok).toBe(true);
}

async function stateOf(id: string): Promise<{ state: string; attempts: number; detail: string }> {
  const { rows } = await centre.pool.query<{ state: string; attempts: number; detail: string }>('SELECT state, attempts, last_error AS detail FROM effect WHERE id = $1', [id]);
  if (rows[0] === undefined) throw new Error(`no effect ${id}`);
  return rows[0];
}

const until = (id: string, state: string): Promise<void> => vi.waitFor(async () => expect(await stateOf(id)).toMatchObject({ state }), { timeout: 20_000, interval: 20 });

test('runs after the commit, once, and is done', async () => {
  await make({ id: 'plain' });
  await until('plain', 'done');
  expect(runs).toMatchObject([{ id: 'plain', kind: 'testEffect', payload: { documentId: 'doc' }, attempts: 1 }]);
});

test('that certainly did not happen is repeated after growing pauses', async () => {
  answer = ({ attempts }) => (attempts < 3 ? { result: 'retry', detail: 'не отвечает' } : { result: 'done', detail: '' });
  await make({ id: 'retried' });
  await until('retried', 'done');
  expect(await stateOf('retried')).toMatchObject({ attempts: 3 });
  expect([1, 2, 3, 4, 5, 6, 7, 100].map((attempts) => pauseAfter(attempts, 5000) / 1000)).toEqual([5, 15, 60, 300, 900, 3600, 3600, 3600]);
});

test('of a system that is back is repeated at once, however long its pause had grown; one that waits by its nature is not', async () => {
  let isBack = false;
  answer = () => (isBack ? { result: 'done', detail: '' } : { result: 'retry', detail: 'не отвечает', retryAfterMs: 3_600_000 });
  await make({ id: 'long-pause' }, { id: 'undoable', notBefore: '2099-01-01T00:00:00.000Z' });
  await vi.waitFor(async () => expect(await stateOf('long-pause')).toMatchObject({ state: 'waits', attempts: 1 }), { timeout: 20_000, interval: 20 });
  isBack = true;
  centre.tools.retryEffects('another');
  centre.tools.retryEffects('test');
  await until('long-pause', 'done');
  expect(await stateOf('undoable')).toMatchObject({ state: 'waits', attempts: 0 });
});

test('of an appeal that a person does not want to wait for is due at once, even if it was given up', async () => {
  const now = new Date().toISOString();
  await make({ id: 'registration', kind: 'registerAppeal', payload: { appealId: 'appeal-hurried' }, notBefore: '2099-01-01T00:00:00.000Z' });
  const standing = async () => (await centre.pool.query<{ state: string; due: boolean }>(`SELECT state, not_before <= $1 AS due FROM effect WHERE id = 'registration'`, [now])).rows[0];
  expect(await registrationDueNow(centre.pool, 'appeal-unknown', now)).toBe(false);
  expect(await standing()).toEqual({ state: 'waits', due: false });
  expect(await registrationDueNow(centre.pool, 'appeal-hurried', now)).toBe(true);
  expect(await standing()).toEqual({ state: 'waits', due: true });
  await centre.pool.query(`UPDATE effect SET state = 'failed' WHERE id = 'registration'`);
  expect(await registrationDueNow(centre.pool, 'appeal-hurried', now)).toBe(true);
  expect(await standing()).toEqual({ state: 'waits', due: true });
  await centre.pool.query(`UPDATE effect SET state = 'done' WHERE id = 'registration'`);
  expect(await registrationDueNow(centre.pool, 'appeal-hurried', now)).toBe(false);
});

test('that cannot happen, or may have happened, waits for a person and is not repeated', async () => {
  answer = ({ id }) => ({ result: id === 'failing' ? 'failed' : 'unknown', detail: 'ответ сервера' });
  await make({ id: 'failing' }, { id: 'doubtful' });
  await until('failing', 'failed');
  await until('doubtful', 'unknown');
  centre.tools.wakeEffects();
  await make({ id: 'later' });
  await until('later', 'unknown');
  expect(runs.filter(({ id }) => id !== 'later')).toHaveLength(2);
  expect(await stateOf('failing')).toMatchObject({ detail: 'ответ сервера' });
});

test('whose handler breaks is unknown: nobody can say whether it happened', async () => {
  answer = () => {
    throw new Error('a bug');
  };
  await make({ id: 'broken' });
  await until('broken', 'unknown');
  expect(await stateOf('broken')).toEqual({ state: 'unknown', attempts: 1, detail: 'Внутренняя ошибка при выполнении' });
});

test('waits until what it depends on is done', async () => {
  const order: string[] = [];
  answer = ({ id, attempts }) => {
    order.push(id);
    return id === 'first' && attempts < 2 ? { result: 'retry', detail: '' } : { result: 'done', detail: '' };
  };
  await make({ id: 'second', dependsOn: ['first'] }, { id: 'first' });
  await until('second', 'done');
  expect(order).toEqual(['first', 'first', 'second']);
});

test('called off before its time never runs, nor does what depends on it', async () => {
  const notBefore = new Date(Date.now() + 60_000).toISOString();
  await make({ id: 'undone', notBefore }, { id: 'after-undone', dependsOn: ['undone'] });
  const outcome = await centre.runSystem('test.put', { type: 'mailFilter', document: aFilter('undo'), cancels: ['undone'] });
  expect(outcome.ok).toBe(true);
  centre.tools.wakeEffects();
  await until('undone', 'cancelled');
  await until('after-undone', 'cancelled');
  expect(runs).toEqual([]);
});

test('called off too late stays as it ended', async () => {
  await make({ id: 'too-late' });
  await until('too-late', 'done');
  await centre.runSystem('test.put', { type: 'mailFilter', document: aFilter('undo-2'), cancels: ['too-late'] });
  expect(await stateOf('too-late')).toMatchObject({ state: 'done' });
});

test('not due yet runs at its time', async () => {
  const notBefore = new Date(Date.now() + 400).toISOString();
  await make({ id: 'timed', notBefore });
  centre.tools.wakeEffects();
  await until('timed', 'done');
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(notBefore));
});

test('I9 whose process died while it ran is asked after, not run again', async () => {
  await make({ id: 'orphan', notBefore: '2099-01-01T00:00:00.000Z' });
  // As a process that was killed leaves it: running, and nobody holds the runner's lock.
  await centre.pool.query(`UPDATE effect SET state = 'runs', attempts = 1, runner = '77' WHERE id = 'orphan'`);
  centre.tools.wakeEffects();
  await until('orphan', 'done');
  expect(runs).toEqual([]);
  expect(recovered).toMatchObject([{ id: 'orphan' }]);
});

test('I9 is carried out by one of two centres over the same base', async () => {
  const { host, port, user, database, password } = centre.pool.options;
  const url = `postgres://${user}:${String(password)}@localhost/${database}?host=${encodeURIComponent(String(host))}&port=${port}`;
  const second = await startTestCentre({ databaseUrl: url }, { adapters: [{ name: 'test', start: null, effectHandlers: [handler] }] });
  try {
    answer = async () => {
      await new Promise((resolve) => void setTimeout(resolve, 20));
      return { result: 'done', detail: '' };
    };
    await make(...Array.from({ length: 20 }, (_, at) => ({ id: `shared-${at}` })));
    second.tools.wakeEffects();
    await until('shared-19', 'done');
    await vi.waitFor(() => expect(runs).toHaveLength(20), { timeout: 10_000 });
    expect(new Set(runs.map(({ id }) => id)).size).toBe(20);
    expect(recovered).toEqual([]);
  } finally {
    await second.close();
  }
});
