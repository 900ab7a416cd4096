import { afterAll, beforeAll, expect, test } from 'vitest';
import { healthSchema } from '../../../shared/protocol/http.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { mailAdapter } from '../../../server/adapters/mail/mail-adapter.ts';
import type { Adapter } from '../../../server/adapters/adapter.ts';
import { centreConfigSchema } from '../../../server/config.ts';
import { startTestCentre, type TestCentre } from '../running-centre.ts';

let centre: TestCentre;
let stopMail: () => Promise<void> = async () => undefined;

/** The real intake of letters; the test may stop it under the running centre. */
function stoppableMail(): Adapter {
  const mail = mailAdapter(centreConfigSchema.parse({}));
  return {
    ...mail,
    start: async (tools) => {
      const running = await mail.start?.(tools);
      if (running === undefined) throw new Error('The mail adapter has nothing to start');
      let stopped: Promise<void> | null = null;
      stopMail = () => (stopped ??= running.stop());
      return { ...running, stop: stopMail };
    },
  };
}

beforeAll(async () => {
  centre = await startTestCentre({}, { adapters: [stoppableMail()] });
});
afterAll(async () => centre.remove());

async function health(): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(centre.url + paths.health);
  return { status: response.status, body: healthSchema.parse(await response.json()) };
}

test('health answers 200 while the database and the mail listener work, and 503 once letters are no longer accepted', async () => {
  await expect.poll(health).toMatchObject({ status: 200, body: { ok: true, database: true, smtp: true, external: [{ works: true }] } });
  await stopMail();
  expect(await health()).toMatchObject({ status: 503, body: { ok: false, database: true, smtp: false } });
});

test('health answers 503 while the database does not answer', async () => {
  await centre.pool.query('ALTER TABLE setting RENAME TO setting_away');
  expect(await health()).toMatchObject({ status: 503, body: { ok: false, database: false } });
  await centre.pool.query('ALTER TABLE setting_away RENAME TO setting');
  expect(await health()).toMatchObject({ body: { database: true } });
});
