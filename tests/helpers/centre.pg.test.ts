import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiDesk } from '../../tools/demo/api-desk.ts';
import { startCentre, type Centre } from './centre.ts';
import { startEmulator, type Emulator } from './emulator.ts';
import { loginAs, testApplications, testClients } from './small-company.ts';

let emulator: Emulator;
let centre: Centre;

beforeAll(async () => {
  emulator = await startEmulator();
  centre = await startCentre({ emulator });
});

afterAll(async () => {
  await centre.close();
  await emulator.stop();
});

async function countOf(type: string): Promise<number> {
  const desk = apiDesk(centre.url);
  return (await desk.pull(await loginAs(desk, 'fomina'))).filter((row) => row.type === type).length;
}

describe('a centre of the kit', () => {
  it('holds the small company', async () => {
    expect(await countOf('client')).toBe(testClients.length);
  });

  it('takes applications in from the emulator', async () => {
    await emulator.load(testApplications);
    await expect.poll(() => countOf('application'), { timeout: 30_000, interval: 500 }).toBe(testApplications.length);
  });

  it('keeps what it said over a kill -9', async () => {
    const desk = apiDesk(centre.url);
    const session = await loginAs(desk, 'martynyuk');
    await desk.run(session, [{ name: 'client.create', input: { client: { ...testClients[1]!, id: 'client-after-kill', emails: [], phones: [] }, link: null } }]);
    await centre.kill9();
    await centre.start();
    expect(await countOf('client')).toBe(testClients.length + 1);
  });

  it('goes back to its backup', async () => {
    const backup = await centre.backup();
    const desk = apiDesk(centre.url);
    await desk.run(await loginAs(desk, 'martynyuk'), [{ name: 'client.create', input: { client: { ...testClients[1]!, id: 'client-after-backup', emails: [], phones: [] }, link: null } }]);
    const { epoch } = await loginAs(desk, 'martynyuk');
    await centre.restore(backup);
    expect(await countOf('client')).toBe(testClients.length + 1);
    expect((await loginAs(apiDesk(centre.url), 'martynyuk')).epoch).not.toBe(epoch);
  });
});
