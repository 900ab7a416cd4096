import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiDesk } from '../../../tools/demo/api-desk.ts';
import { fillDemo } from '../../../tools/demo/fill-demo.ts';
import { demoLetters } from '../../../tools/demo/letters.ts';
import { mailboxes, startCentre, type Centre } from '../../helpers/centre.ts';
import { startEmulator, type Emulator } from '../../helpers/emulator.ts';

let emulator: Emulator;
let centre: Centre;
const counts = { clients: 40, applications: 60 };

beforeAll(async () => {
  emulator = await startEmulator();
  centre = await startCentre({ seed: 'empty', emulator });
});

afterAll(async () => {
  await centre.close();
  await emulator.stop();
});

async function fill(into: Centre): Promise<readonly string[]> {
  const said: string[] = [];
  await fillDemo({ server: into.url, emulator: emulator.url, smtp: { host: '127.0.0.1', port: into.smtpPort, mailboxes }, administrator: into.administrator, counts, say: (line) => said.push(line) });
  return said;
}

it('fills a new centre, and leaves a filled one alone', async () => {
  expect((await fill(centre)).at(-1)).toMatch(/^Готово за/);
  const desk = apiDesk(centre.url);
  const session = await desk.login('belova', 'belova-2026');
  // A letter is accepted as soon as it is on disk; it becomes a document a little later.
  await expect.poll(async () => (await desk.pull(session)).filter(({ type }) => type === 'incomingEmail').length, { timeout: 60_000, interval: 500 }).toBe(demoLetters.length);
  const rows = await desk.pull(session);
  const countOf = (type: string): number => rows.filter((row) => row.type === type).length;
  expect([countOf('client'), countOf('application')]).toEqual([40, 60]);
  expect(rows.some(({ type, document }) => type === 'task' && document?.['kind'] === 'undelivered')).toBe(true);
  expect(await fill(centre)).toEqual(['Демо-компания уже записана.']);
});

it('refuses a database with data of its own', async () => {
  const other = await startCentre({ seed: 'empty' });
  try {
    const desk = apiDesk(other.url);
    await desk.run(await desk.login(other.administrator.login, other.administrator.password), [{ name: 'dictionary.write', input: { type: 'branch', document: { id: 'own', code: '1', name: 'Свой филиал' } } }]);
    await expect(fill(other)).rejects.toThrow('В базе уже есть данные');
  } finally {
    await other.close();
  }
});
