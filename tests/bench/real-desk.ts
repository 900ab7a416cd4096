import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Desk } from '../../main/desk/desk.ts';
import type { EventName, EventPayload } from '../../shared/protocol/ipc.ts';
import { parseEmail } from '../../shared/mail/parse-email.ts';
import { testUsers, type TestLogin } from '../helpers/small-company.ts';

/** A workplace's real back half in this process: encrypted files, session, exchange; no window and no IPC. */
export interface RealDesk {
  readonly desk: Desk;
  /** Called at each event to the screen. */
  onEvent: (name: EventName) => void;
  /** As a pulled cable, for what is asked from now on. */
  cut: boolean;
  readonly close: () => Promise<void>;
}

export async function openRealDesk(server: string, login: TestLogin): Promise<RealDesk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okno-bench-desk-'));
  const wired: typeof fetch = (input, init) => (real.cut ? Promise.reject(new TypeError('fetch failed')) : fetch(input, init));
  const emit = <N extends EventName>(name: N, _payload: EventPayload<N>): void => real.onEvent(name);
  const desk = new Desk({
    parseLetter: parseEmail,
    folder, server, nativeBinding: undefined, fetch: wired, now: Date.now, random: Math.random, emit, log: () => undefined,
    keyring: { seal: () => Promise.resolve(null), open: () => Promise.resolve(null) },
    timers: {
      after: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
    },
  });
  const real: RealDesk = {
    desk,
    onEvent: () => undefined,
    cut: false,
    close: async () => {
      await desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await desk.session.login({ login, password: testUsers[login].password, deskName: 'Измерения' });
  while (desk.connection().filling || desk.connection().state !== 'onLine') await pause(20);
  return real;
}
