import { afterAll, beforeAll } from 'vitest';
import { startCentre, type Centre } from './centre.ts';
import { startDesk, type Desk } from './desk.ts';
import { startEmulator, type Emulator } from './emulator.ts';
import type { TestLogin } from './small-company.ts';

/** A centre with АС ФЭУ beside it, and the desks of the people named. Filled before the first test of the file. */
export interface Scene {
  readonly centre: Centre;
  readonly emulator: Emulator;
  readonly desk: (user: TestLogin) => Desk;
}

/** Sets the scene of an end-to-end file: everything real, in processes of its own; taken down after the last test. */
export function scene(...users: readonly TestLogin[]): Scene {
  let centre: Centre | undefined;
  let emulator: Emulator | undefined;
  const desks = new Map<TestLogin, Desk>();

  beforeAll(async () => {
    emulator = await startEmulator();
    centre = await startCentre({ emulator });
    for (const user of users) desks.set(user, await startDesk(user, { centre }));
  });

  afterAll(async () => {
    for (const desk of desks.values()) await desk.close();
    await centre?.close();
    await emulator?.stop();
  });

  const ready = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The scene is set before the first test, not while the file is read');
    return value;
  };
  return {
    get centre() {
      return ready(centre);
    },
    get emulator() {
      return ready(emulator);
    },
    desk: (user) => ready(desks.get(user)),
  };
}
