import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Asfeu } from '../../../server/adapters/asfeu/asfeu.ts';
import { pullPage, startFeedPoller } from '../../../server/adapters/asfeu/feed-poller.ts';
import { httpAsfeu } from '../../../server/adapters/asfeu/http-asfeu.ts';
import { anApplication } from '../../helpers/builders.ts';
import { openTestCentre, until, type TestCentre } from '../test-centre.ts';
import { startEmulator, type Emulator } from '../../helpers/emulator.ts';

let emulator: Emulator;
let centre: TestCentre;
beforeEach(async () => {
  emulator = await startEmulator();
  centre = await openTestCentre();
});
afterEach(async () => {
  await centre.close();
  await emulator.stop();
});

const asfeu = (): Asfeu => httpAsfeu({ url: emulator.url, token: null, timeoutMs: 5000 });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => anApplication({ id: `application-${index}`, number: `И-26-00-${String(index).padStart(6, '0')}/102` }));

async function withdraw(id: string): Promise<void> {
  const body = JSON.stringify({ applications: [{ application: anApplication({ id }), withdrawn: true }] });
  const { ok } = await fetch(`${emulator.url}/emulator/applications`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(ok).toBe(true);
}

test('new, changed and withdrawn applications arrive in order; the cursor outlives the centre', async () => {
  await emulator.load([anApplication({ stage: 'registered' }), anApplication({ id: 'application-2' }), anApplication({ stage: 'works' })]);
  await withdraw('application-2');
  expect(await pullPage(asfeu(), centre.tools)).toBe(false);
  expect(centre.store.the('application', 'application-1').stage).toBe('works');
  expect(centre.store.the('application', 'application-2').deleted).toBe(true);
  const before = centre.ran.length;
  await pullPage(asfeu(), centre.tools);
  expect(centre.ran.length).toBe(before);
  await emulator.load([anApplication({ stage: 'completed' })]);
  await pullPage(asfeu(), centre.tools);
  expect(centre.store.the('application', 'application-1').stage).toBe('completed');
});

test('a page that was half taken in is taken in again without harm', async () => {
  await emulator.load([anApplication({ stage: 'registered' }), anApplication({ stage: 'works' })]);
  const { runSystemAll } = centre.tools;
  const failing = { ...centre.tools, runSystemAll: async (commands: Parameters<typeof runSystemAll>[0]) => {
    await runSystemAll(commands.slice(0, 1));
    throw new Error('The database is down');
  } };
  await expect(pullPage(asfeu(), failing)).rejects.toThrow('The database is down');
  expect(await pullPage(asfeu(), centre.tools)).toBe(false);
  expect(centre.store.the('application', 'application-1').stage).toBe('works');
});

test('one application against the contract does not hold up the others', async () => {
  await emulator.load(numbered(3));
  const spoiling: Asfeu = { ...asfeu(), feed: async (cursor) => {
    const page = await asfeu().feed(cursor);
    return { ...page, items: page.items.map((item, index) => (index === 1 ? { cursor: 'x', application: { number: 5 } } : item)) };
  } };
  await pullPage(spoiling, centre.tools);
  expect(centre.store.all('application').map(({ id }) => id)).toEqual(['application-0', 'application-2']);
});

test('a feed begun anew is read from its beginning', async () => {
  await centre.tools.state.set('asfeu.feed.cursor', 'another.9');
  await emulator.load(numbered(2));
  expect(await pullPage(asfeu(), centre.tools)).toBe(true);
  await pullPage(asfeu(), centre.tools);
  expect(centre.store.all('application')).toHaveLength(2);
});

test('five thousand arrive in pages; АС ФЭУ going down and coming back is seen', async () => {
  await emulator.load(numbered(5000));
  const poller = startFeedPoller(asfeu(), centre.tools, 20);
  await until(() => centre.store.all('application').length === 5000);
  expect(centre.systems.get('asfeu')).toEqual({ works: true, detail: '' });
  await emulator.misbehave({ down: true });
  await until(() => centre.systems.get('asfeu')?.works === false);
  await emulator.misbehave({});
  await until(() => centre.systems.get('asfeu')?.works === true);
  await poller.stop();
});
