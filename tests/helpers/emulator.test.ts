import { expect, it } from 'vitest';
import { anApplication } from './builders.ts';
import { startEmulator } from './emulator.ts';

it('the emulator keeps what it was given over a kill', async () => {
  const emulator = await startEmulator();
  try {
    await emulator.load([anApplication()]);
    await emulator.kill9();
    await emulator.revive();
    const page: unknown = await (await fetch(`${emulator.url}/applications`)).json();
    expect(page).toMatchObject({ items: [{ application: { number: 'И-26-00-418233/102' } }] });
    expect(await emulator.registrations()).toEqual([]);
  } finally {
    await emulator.stop();
  }
});
