import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runToEnd } from '../helpers/program.ts';
import { openCommandLoad } from './command-at-centre.ts';
import type { Measurement, Pair } from './measurement.ts';

async function open(): Promise<Pair> {
  const load = await openCommandLoad();
  const places: string[] = [];
  const product = async (): Promise<number> => {
    let measuring = true;
    // One backup after another, each in a process of its own and into a place of its own, for as long as commands run.
    const backups = (async () => {
      while (measuring) {
        const place = await mkdtemp(path.join(os.tmpdir(), 'okno-bench-backup-'));
        places.push(place);
        await runToEnd('server/start.ts', ['backup', place, '--data', load.data]);
      }
    })();
    const value = await load.product();
    measuring = false;
    await backups;
    return value;
  };
  return {
    product,
    bare: load.product,
    close: async () => {
      await load.close();
      for (const place of places) await rm(place, { recursive: true, force: true });
    },
  };
}

export const backupLoad: Measurement = {
  name: 'backupLoad', title: 'Команды в центре, пока делается резервная копия', unit: 'команд/с', goal: { side: 'atLeast', ratio: 0.8 }, rounds: 5, open,
  productTitle: 'копия за копией',
  bareTitle: 'без копии',
};
