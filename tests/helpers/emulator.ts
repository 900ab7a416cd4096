import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Application } from '../../shared/domain/application/model.ts';
import type { Registration } from '../../server/adapters/asfeu/contract.ts';
import { registrationSchema } from '../../server/adapters/asfeu/contract.ts';
import type { EmulatorMode } from '../../server/adapters/asfeu/emulator/emulator-mode.ts';
import { freePort } from './free-port.ts';
import { startProgram, untilAnswers, type Program } from './program.ts';

/** АС ФЭУ in a process of its own, which a test can make slow, forgetful or dead. */
export interface Emulator {
  readonly url: string;
  /** What is not named goes back to normal; `misbehave({})` heals it. */
  readonly misbehave: (mode: Partial<EmulatorMode>) => Promise<void>;
  /** The centre's feed brings them. */
  readonly load: (applications: readonly Application[]) => Promise<void>;
  /** The feed tells that it holds good no more. */
  readonly withdraw: (application: Application) => Promise<void>;
  /** All registrations, oldest first: one more than expected is an appeal registered twice. */
  readonly registrations: () => Promise<readonly Registration[]>;
  readonly kill9: () => Promise<void>;
  /** Starts again after `kill9`, at the same address, with the same memory. */
  readonly revive: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const entry = 'server/adapters/asfeu/emulator/start.ts';

export async function startEmulator(): Promise<Emulator> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'okno-asfeu-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;

  const start = async (): Promise<Program> => {
    const program = startProgram(entry, ['--port', String(port), '--state', path.join(folder, 'state.jsonl')]);
    await untilAnswers(program, `${url}/emulator/mode`);
    return program;
  };
  const post = async (place: string, body: unknown): Promise<void> => {
    const response = await fetch(`${url}/emulator/${place}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`Эмулятор: ${await response.text()}`);
  };

  let program = await start();
  return {
    url,
    misbehave: (mode) => post('mode', mode),
    load: (applications) => post('applications', { applications }),
    withdraw: (application) => post('applications', { applications: [{ application, withdrawn: true }] }),
    registrations: async () => z.object({ registrations: z.array(registrationSchema) }).parse(await (await fetch(`${url}/emulator/registrations`)).json()).registrations,
    kill9: () => program.kill9(),
    revive: async () => {
      program = await start();
    },
    stop: async () => {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
