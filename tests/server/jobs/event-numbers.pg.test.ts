import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { moscowYear2 } from '../../../shared/base/instant.ts';
import { startEventNumbers } from '../../../server/jobs/event-numbers.ts';
import { openLog } from '../../../server/log.ts';
import { aContactEvent, aMailSettings } from '../../helpers/builders.ts';
import { startTestCentre, type TestCentre } from '../running-centre.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await startTestCentre();
  await centre.addUser({ login: 'one' });
});
afterAll(async () => centre.remove());

const numberOf = async (id: string): Promise<string | null> => {
  const { rows } = await centre.pool.query<{ number: string | null }>(`SELECT body ->> 'number' AS number FROM document WHERE type = 'contactEvent' AND id = $1`, [id]);
  return rows[0]?.number ?? null;
};
const start = () => startEventNumbers({ pool: centre.pool, runSystemAll: centre.tools.runSystemAll, log: openLog('silent'), everySeconds: 3600 });

test('where there are no numbers now nothing is held up, and the next look finds some', async () => {
  const year = moscowYear2(new Date().toISOString());
  // As after a restore: what may have been given lies above all that may be given now.
  await centre.pool.query(`INSERT INTO number_counter (series, year, value) VALUES ('СБ', $1, 99999999)`, [year]);
  await centre.seed('contactEvent', aContactEvent({ id: 'event-waits', number: null }));
  const job = start();
  expect(await job.look()).toBe(1);
  expect(await numberOf('event-waits')).toBeNull();
  await centre.pool.query(`UPDATE number_counter SET value = 41 WHERE series = 'СБ'`);
  await job.look();
  expect(await numberOf('event-waits')).toBe(`СБ-${year}-00000042`);
  await job.stop();
});

test('events without a number get one each, those that have one keep it, and none is looked for by reading the others', async () => {
  const ids = Array.from({ length: 130 }, (_, n) => `event-${n}`);
  await centre.seed('contactEvent', ...ids.map((id) => aContactEvent({ id, number: null })), aContactEvent({ id: 'event-old', number: 'СБ-26-00700000' }));
  const job = start();
  await vi.waitFor(async () => expect(await Promise.all(ids.map(numberOf))).not.toContain(null), { timeout: 20_000 });
  await job.stop();
  const given = await Promise.all(ids.map(numberOf));
  expect(new Set(given).size).toBe(ids.length);
  for (const number of given) expect(number).toMatch(/^СБ-\d\d-\d{8}$/);
  expect(await numberOf('event-old')).toBe('СБ-26-00700000');
  const { rows } = await centre.pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN SELECT id FROM document WHERE type = 'contactEvent' AND body ->> 'number' IS NULL ORDER BY document.id LIMIT 100`);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('document_unnumbered_event');
});

test('a letter whose event has a number that the desk may not use leaves all the same: the event waits for another', async () => {
  await centre.seed('mailSettings', aMailSettings());
  const desk = await centre.login('one');
  const year = moscowYear2(new Date().toISOString());
  const number = { series: 'СБ', year, value: 77, leaseId: 'invented' };
  const letter = { id: 'out-1', kind: 'new', incomingEmailId: null, to: [{ name: '', address: 'res@branch.ru' }], cc: [], subject: 'Тема', text: 'Текст', attachments: [] };
  expect(await desk.outcomes(desk.envelope('outgoingEmail.send', letter, { numbers: [number] }))).toEqual(['applied']);
  const { rows } = await centre.pool.query<{ body: { number: string | null; documentId: string } }>(`SELECT body FROM document WHERE type = 'contactEvent' AND body ->> 'documentId' = 'out-1'`);
  expect(rows).toMatchObject([{ body: { number: null } }]);
});
