import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { adaptersOf } from '../../server/adapters.ts';
import { centreConfigSchema } from '../../server/config.ts';
import { openLog } from '../../server/log.ts';
import { issueToken } from '../../server/tokens.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { aBranch, aClient } from '../helpers/builders.ts';
import { sendLetter } from '../helpers/send-letter.ts';
import { aFilter, post, startTestCentre, type TestCentre, type TestDesk } from './running-centre.ts';

const metricsToken = 'a-secret-of-prometheus';
const lines: string[] = [];
const log = openLog('trace', { write: (line) => void lines.push(line) });
let centre: TestCentre;
let desk: TestDesk;

beforeAll(async () => {
  const settings = { metricsToken, slowQueryMs: 100, logLevel: 'trace' as const };
  centre = await startTestCentre(settings, { log, adapters: adaptersOf(centreConfigSchema.parse(settings)) });
  await centre.seed('branch', aBranch({ id: 'north' }));
  await centre.addUser({ login: 'belova', roles: ['operator', 'mailSupervisor'], branchIds: ['north'] });
  desk = await centre.login('belova');
}, 120_000);
afterAll(() => centre.remove());

async function metrics(authorization = `Bearer ${metricsToken}`): Promise<{ status: number; text: string }> {
  const response = await fetch(centre.url + paths.metrics, { headers: { authorization } });
  return { status: response.status, text: await response.text() };
}

/** The value of the first series whose line begins so. */
const valueOf = (text: string, series: string): number => Number(text.split('\n').find((line) => line.startsWith(series))?.split(' ').at(-1));

test('the metrics are closed to whoever lacks their secret, and absent where none is configured', async () => {
  expect((await metrics('')).status).toBe(401);
  expect((await metrics('Bearer a-secret-of-somebody!!')).status).toBe(401);
  expect((await metrics(`Bearer ${desk.token}`)).status).toBe(401);
  const other = await startTestCentre();
  expect((await fetch(other.url + paths.metrics)).status).toBe(404);
  await other.remove();
});

test('the metrics tell of commands, refusals, desks, effects, mail, the pool and the process', async () => {
  const stream = new AbortController();
  const hints = await fetch(centre.url + paths.hints, { headers: { authorization: `Bearer ${desk.token}` }, signal: stream.signal });
  await desk.outcomes(desk.envelope('test.put', { type: 'mailFilter', document: aFilter('f1') }), desk.envelope('incomingEmail.take', { id: 'absent' }), desk.envelope('test.fault', {}), desk.envelope('made.up', {}));
  const { text } = await metrics();
  expect(valueOf(text, 'okno_commands_total{name="incomingEmail.take",outcome="rejected",code="notFound"}')).toBe(1);
  expect(text).not.toContain('made.up');
  expect(valueOf(text, 'okno_command_faults_total')).toBe(1);
  expect(valueOf(text, 'okno_desks_connected')).toBe(1);
  expect(valueOf(text, 'okno_database_up')).toBe(1);
  expect(valueOf(text, 'okno_sessions')).toBeGreaterThan(0);
  expect(valueOf(text, 'okno_mail_intake_waiting')).toBe(0);
  expect(valueOf(text, 'okno_pg_pool_connections{state="all"}')).toBeGreaterThan(0);
  expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  expect(valueOf(text, 'okno_http_request_duration_seconds_count{method="POST",route="/api/v1/sync/push",status="200"}')).toBeGreaterThan(0);
  stream.abort();
  await hints.text().catch(() => undefined); // the stream was left
  await vi.waitFor(async () => expect(valueOf((await metrics()).text, 'okno_desks_connected')).toBe(0), { timeout: 20_000 });
});

test('the dashboard and the alerts name only metrics that exist', async () => {
  const { text } = await metrics();
  const kinds = new Map([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', kind = '']) => [name, kind]));
  const known = new Set(['up', ...[...kinds].flatMap(([name, kind]) => (kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]))]);
  const folder = path.join(import.meta.dirname, '../../docs/watching');
  const dashboard = JSON.parse(readFileSync(path.join(folder, 'grafana-dashboard.json'), 'utf8')) as { panels: { title: string; targets: { expr: string }[] }[] };
  const rules = readFileSync(path.join(folder, 'prometheus-rules.yml'), 'utf8');
  const expressions = [...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)), ...[...rules.matchAll(/^ +expr: (.+)$/gm)].map(([, expr = '']) => expr)];
  expect(expressions.length).toBeGreaterThan(30);
  const named = expressions.flatMap((expr) => expr.replaceAll(/\{[^}]*\}/g, '').match(/\b(?:okno|process|nodejs)_\w+|\bup\b/g) ?? [`nothing in: ${expr}`]);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
  // Each metric of ours is shown or watched.
  expect([...known].filter((name) => name.startsWith('okno_') && !/_(?:sum|count)$/.test(name) && !named.includes(name))).toEqual([]);
});

test('a slow query is logged by its text, without its values', async () => {
  await centre.pool.query('SELECT pg_sleep($1), $2::text AS who', [0.15, 'Соколова']);
  const line = lines.find((one) => one.includes('slow query') && one.includes('pg_sleep'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ query: 'SELECT pg_sleep($1), $2::text AS who', ms: expect.any(Number) });
  await new Promise<void>((resolve, reject) => centre.pool.query('SELECT pg_sleep(0.15) AS told', (error: Error | undefined) => (error === undefined || error === null ? resolve() : reject(error))));
  await expect(centre.pool.query('SELECT 1 / length(pg_sleep(0.15)::text)')).rejects.toThrow('division');
  expect(lines.filter((one) => one.includes('slow query') && one.includes('pg_sleep'))).toHaveLength(3);
  expect(valueOf((await metrics()).text, 'okno_slow_queries_total')).toBeGreaterThanOrEqual(3);
});

test('I8 no log line holds a name, a phone, an address or a text, on the good road and on the bad ones', async () => {
  const secrets = ['Соколова', 'Марина', 'sokolova', '204-18-55', '9162041855', 'Беляниново', 'Тайное содержание', '7707083893', 'correct horse', 'belova'];
  const from = lines.length;
  await sendLetter({ port: centre.smtpPort ?? 0, from: 'Марина Соколова <m.sokolova@pochta-mo.ru>', to: centre.config.mailboxClients, subject: 'Тайное содержание, тел. 8 916 204-18-55', text: 'Тайное содержание: д. Беляниново, ИНН 7707083893' });
  await vi.waitUntil(async () => ((await centre.pool.query(`SELECT 1 FROM document WHERE type = 'incomingEmail'`)).rowCount ?? 0) > 0, { timeout: 30_000, interval: 100 });
  await expect(sendLetter({ port: centre.smtpPort ?? 0, from: 'm.sokolova@pochta-mo.ru', to: 'nobody@sokolova.ru', text: 'x' })).rejects.toThrow();
  const { rows } = await centre.pool.query<{ id: string }>(`SELECT id FROM document WHERE type = 'incomingEmail'`);
  const { registeredAt: _registeredAt, aliasOf: _aliasOf, merged: _merged, deleted: _deleted, ...form } = aClient({ branchIds: ['north'], inn: '7707083893' });
  const sent = await desk.outcomes(desk.envelope('incomingEmail.take', { id: rows[0]?.id }), desk.envelope('client.create', { client: form, link: null }), desk.envelope('client.create', { client: form, link: null }), desk.envelope('client.create', { client: { ...form, lastName: 7 } }));
  expect(sent[0]).toBe('applied');
  await post(centre.url, paths.session, { protocol: 1, login: 'belova', password: 'correct horse?', deskId: 'desk-of-nobody', deskName: 'Соколова' });
  await post(centre.url, paths.search, { text: 'соколова 204-18-55' }, desk.token);
  await post(centre.url, paths.search, { text: 7, phone: '204-18-55' }, desk.token);
  await fetch(`${centre.url}/nowhere/sokolova?name=Соколова`);
  const token = /^okno_.*$/m.exec(await issueToken(centre.config, 'watched', { as: 'belova', scope: 'read:*,run:*' }, log))?.[0] ?? '';
  for (const at of [`${paths.documents}/client?filter.name=Соколова`, `${paths.documents}/client?filter.none=Соколова`, `${paths.documents}/client/client-1`]) await fetch(centre.url + at, { headers: { authorization: `Bearer ${token}` } });
  await post(centre.url, paths.commands, { commandId: randomUUID(), name: 'client.create', input: { client: form, link: null } }, token);
  await centre.pool.query(`INSERT INTO desk (desk_id, name, enrolled_at, enrolled_by) VALUES ('desk-of-belova', 'Соколова', now(), 'x')`).catch((error: unknown) => log.error({ err: error }, 'a constraint'));
  expect(lines.length).toBeGreaterThan(from + 5);
  for (const secret of [...secrets, token]) expect(lines.slice(from).filter((line) => line.toLowerCase().includes(secret.toLowerCase())), secret).toEqual([]);
});

test('health: alive, ready, and a page for people with nothing of the inside', async () => {
  expect((await fetch(centre.url + paths.live)).status).toBe(200);
  expect((await fetch(centre.url + paths.health)).status).toBe(200);
  const page = await fetch(centre.url + paths.status);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const html = await page.text();
  expect(html).toContain('<h1>Центр работает</h1>');
  expect(html).toMatch(/База данных<\/th><td class="yes">работает/);
  expect(html).not.toMatch(/127\.0\.0\.1|belova/);
});
