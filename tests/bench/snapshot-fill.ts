import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Desk } from '../../main/desk/desk.ts';
import { rekeyThread } from '../../main/rekey-thread.ts';
import { readSnapshot } from '../../server/snapshot/snapshot-files.ts';
import { writeCompany } from '../../tools/data/write-company.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { parseEmail } from '../../shared/mail/parse-email.ts';
import { buildCentre } from '../../server/app.ts';
import { centreConfigSchema } from '../../server/config.ts';
import type { Measurement, Pair } from './measurement.ts';

const clients = 6_000;
const login = 'martynyuk';

/** From the login at an empty desk until every client and application that he may see is there and searched by all its words. */
async function filled(server: string, bySnapshot: boolean): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okno-bench-fill-'));
  const withoutOffers: typeof fetch = (input, init) => (new URL(String(input instanceof Request ? input.url : input)).pathname === paths.snapshot ? Promise.resolve(new Response('{"offer":null}', { headers: { 'content-type': 'application/json' } })) : fetch(input, init));
  const desk = new Desk({
    parseLetter: parseEmail,
    folder, server, nativeBinding: undefined, fetch: bySnapshot ? fetch : withoutOffers, now: Date.now, random: Math.random, emit: () => undefined, log: () => undefined,
    rekey: rekeyThread(new URL('../../main/rekey-worker.ts', import.meta.url), undefined),
    keyring: { seal: () => Promise.resolve(null), open: () => Promise.resolve(null) },
    timers: {
      after: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
    },
  });
  try {
    await desk.session.login({ login, password: `${login}-2026`, deskName: 'Измерения' });
    const began = performance.now();
    while (desk.connection().filling) await pause(5);
    return performance.now() - began;
  } finally {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open(): Promise<Pair> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'okno-bench-snapshot-'));
  await writeCompany({ data, clients, seed: 1, say: () => undefined });
  const centre = await buildCentre(centreConfigSchema.parse({ data, port: 0, smtpPort: 0, logLevel: 'silent', snapshotLeast: 1 }));
  await centre.makeSnapshots();
  const made = readdirSync(path.join(data, 'snapshots')).some((name) => readSnapshot(path.join(data, 'snapshots', name)) !== null);
  if (!made) throw new Error('No snapshot was made');
  return {
    // The rate: the more, the faster.
    product: async () => 60_000 / (await filled(centre.url, true)),
    bare: async () => 60_000 / (await filled(centre.url, false)),
    close: async () => {
      await centre.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export const snapshotFill: Measurement = {
  name: 'snapshotFill', title: `Первое наполнение рабочего места оператора (${clients.toLocaleString('ru-RU')} клиентов, 18 000 заявок, письма и задачи) до готовности к поиску`, unit: 'наполнений в минуту', goal: { side: 'atLeast', ratio: 3 }, rounds: 2, warmUp: false, open,
  productTitle: 'готовым файлом',
  bareTitle: 'по строкам',
};
