import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asfeuAdapter } from '../../server/adapters/asfeu/asfeu-adapter.ts';
import { intakeJournal } from '../../server/adapters/mail/intake-journal.ts';
import { incomingEmailId } from '../../server/adapters/mail/intake-key.ts';
import { mailAdapter } from '../../server/adapters/mail/mail-adapter.ts';
import { centreConfigSchema, type CentreConfig } from '../../server/config.ts';
import { startTestCentre, type TestCentre } from '../server/running-centre.ts';
import { anAppeal, anApplication, anOutgoingEmail } from '../helpers/builders.ts';
import { startEmulator, type Emulator } from '../helpers/emulator.ts';
import { startFakeRelay } from '../helpers/fake-relay.ts';
import { sendLetter } from '../helpers/send-letter.ts';
import { until } from './test-centre.ts';

const data = mkdtempSync(path.join(os.tmpdir(), 'okno-intake-'));
const mailboxes = { mailboxClients: 'client@moesk.ru', mailboxRequests: 'zapros@moesk.ru' } as const;
let emulator: Emulator;
let centre: TestCentre;

async function start(more: Partial<CentreConfig> = {}): Promise<void> {
  const settings: Partial<CentreConfig> = { data, ...mailboxes, asfeuUrl: emulator.url, asfeuPollSeconds: 0.1, asfeuTimeoutMs: 5000, effectSweepSeconds: 1, relayTimeoutMs: 2000, ...more };
  const config = centreConfigSchema.parse(settings);
  centre = await startTestCentre(settings, { adapters: [mailAdapter(config), asfeuAdapter(config)] });
}

beforeAll(async () => {
  emulator = await startEmulator();
  await start();
});
afterAll(async () => {
  await centre.remove();
  await emulator.stop();
});

async function count(type: string): Promise<number> {
  const { rows } = await centre.pool.query<{ n: number }>('select count(*)::int as n from document where type = $1', [type]);
  return rows[0]?.n ?? 0;
}
async function body(type: string, id: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await centre.pool.query<{ body: Record<string, unknown> }>('select body from document where type = $1 and id = $2', [type, id]);
  return rows[0]?.body;
}
const letter = (n: number) => ({ port: centre.smtpPort ?? 0, from: 'Соколова Марина <m.sokolova@pochta-mo.ru>', to: 'client@moesk.ru', subject: `Письмо ${n}`, text: `Прошу сообщить срок ${n}.`, messageId: `<n${n}@pochta-mo.ru>`, date: new Date('2026-11-24T06:14:00Z') });

test('F35: a letter delivered three times at once is one document', async () => {
  await Promise.all([sendLetter(letter(1)), sendLetter(letter(1)), sendLetter(letter(1))]);
  await until(async () => (await centre.pool.query('select 1 from mail_intake where done_at is not null')).rowCount === 3);
  expect(await count('incomingEmail')).toBe(1);
  expect(await count('task')).toBe(1);
});

test('a letter that was answered 250 before the centre died is received after the next start', async () => {
  const raw = Buffer.from('From: a@b.ru\r\nSubject: left behind\r\nMessage-ID: <left@b.ru>\r\n\r\ntext\r\n');
  const { sha } = await centre.files.put(raw);
  await centre.close();
  centre = await startTestCentre({ data, ...mailboxes }); // nothing listens, nothing takes in
  await intakeJournal(centre.pool).add([{ mailbox: 'clients', mailboxId: null, rawFileId: sha, returnPath: null, receivedAt: '2026-11-24T06:14:00.000Z' }]);
  await centre.close();
  await start();
  const id = incomingEmailId('clients', raw);
  await until(async () => (await body('incomingEmail', id)) !== undefined);
  expect(await body('incomingEmail', id)).toMatchObject({ subject: 'left behind', rawFileId: sha, receivedAt: '2026-11-24T06:14:00.000Z', returnPath: null });
});

test('a letter with an attachment of 50 MB arrives whole', async () => {
  const before = await count('incomingEmail');
  await sendLetter({ ...letter(50), subject: 'Проект', attachments: [{ filename: 'Проект.bin', content: Buffer.alloc(50 * 1024 * 1024, 'a1b2') }] });
  await until(async () => (await count('incomingEmail')) === before + 1);
  const { rows } = await centre.pool.query("select body->'attachments'->0->>'size' as size, body->'problems' as problems from document where type = 'incomingEmail' and body->>'subject' = 'Проект'");
  expect(rows).toEqual([{ size: String(50 * 1024 * 1024), problems: [] }]);
});

test('an appeal is registered by the effect, whatever АС ФЭУ does on the way', async () => {
  await emulator.misbehave({ loseAnswers: 1, failNext: 1 });
  const appeal = anAppeal({ incomingEmailId: null, eventId: null });
  const outcome = await centre.runSystem('test.put', { type: 'appeal', document: appeal, effects: [{ id: 'effect-appeal', kind: 'registerAppeal', payload: { appealId: appeal.id } }] });
  expect(outcome.ok).toBe(true);
  await until(async () => (await body('appeal', appeal.id))?.['number'] !== null);
  expect((await emulator.registrations()).map(({ number, barcode }) => ({ number, barcode }))).toEqual([{ number: (await body('appeal', appeal.id))?.['number'], barcode: (await body('appeal', appeal.id))?.['barcode'] }]);
  await until(async () => (await centre.pool.query("select 1 from effect where id = 'effect-appeal' and state = 'done'")).rowCount === 1);
});

test('a letter leaves over SMTP into the outgoing store; the broken dot waits for a person', async () => {
  const queue = (id: string) => centre.runSystem('test.put', { type: 'outgoingEmail', document: anOutgoingEmail({ id, messageId: `${id}@moesk.ru`, state: 'queued', queuedAt: '2026-11-24T06:20:00.000Z', eventId: null }), effects: [{ id: `effect-${id}`, kind: 'sendEmail', payload: { outgoingEmailId: id } }] });
  await queue('out-store');
  await until(async () => (await body('outgoingEmail', 'out-store'))?.['state'] === 'sent');
  const { rows } = await centre.pool.query('select id from sent_mail');
  expect(rows).toEqual([{ id: 'out-store@moesk.ru' }]);

  const relay = await startFakeRelay();
  await centre.close();
  await start({ relayUrl: relay.url });
  relay.behave('later', 'dropAfterDot');
  await queue('out-dot');
  await until(async () => (await body('outgoingEmail', 'out-dot'))?.['state'] === 'unknown');
  await new Promise((resolve) => { setTimeout(resolve, 1500); }); // a sweep passes: nothing is repeated by itself
  expect(relay.letters).toHaveLength(1);
  await centre.close();
  await start();
  await relay.stop();
});

test('5,000 applications of the feed arrive in well under a minute; hundreds of letters keep up', async () => {
  await emulator.load(Array.from({ length: 5000 }, (_, index) => anApplication({ id: `application-${index}`, number: `И-26-00-${String(index).padStart(6, '0')}/102` })));
  const began = Date.now();
  while ((await count('application')) < 5000) {
    expect(Date.now() - began).toBeLessThan(60_000);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  console.log(`5000 applications: ${Date.now() - began} ms`);

  const before = await count('incomingEmail');
  const sending = Date.now();
  for (let n = 0; n < 200; n += 20) await Promise.all(Array.from({ length: 20 }, (_, index) => sendLetter(letter(100 + n + index))));
  console.log(`200 letters answered 250: ${Date.now() - sending} ms`);
  while ((await count('incomingEmail')) < before + 200) {
    expect(Date.now() - sending).toBeLessThan(60_000);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  console.log(`200 letters received: ${Date.now() - sending} ms`);
});
