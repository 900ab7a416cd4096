import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { startCentre } from '../helpers/centre.ts';
import { clientCards } from './client-cards.ts';
import { median, type Measurement, type Pair } from './measurement.ts';
import { openRealDesk } from './real-desk.ts';

const commandsOfRound = 50;

/** Microseconds of each call; the median of them. What a call leaves for later is done between the calls, as between two clicks. */
async function medianMicroseconds(call: () => void): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < commandsOfRound; n++) {
    const began = performance.now();
    call();
    times.push((performance.now() - began) * 1_000);
    await nextTurn();
  }
  return median(times);
}

async function open(): Promise<Pair> {
  const centre = await startCentre();
  const real = await openRealDesk(centre.url, 'martynyuk');
  const nextCard = clientCards();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okno-bench-sqlite-'));
  const database = new Database(path.join(folder, 'bare.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE command (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID');
  const insert = database.prepare('INSERT INTO command VALUES (?, ?)');
  real.cut = true; // the exchange would share the thread with what is measured
  return {
    product: async () =>
      medianMicroseconds(() => {
        const result = real.desk.run('client.create', nextCard());
        if (!result.ok) throw new Error(`Not accepted: ${result.refusal.code}`);
      }),
    bare: async () =>
      medianMicroseconds(() => {
        const card = nextCard();
        insert.run(card.client.id, JSON.stringify(card));
      }),
    close: async () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
      await real.close();
      await centre.close();
    },
  };
}

export const commandAtDesk: Measurement = {
  name: 'commandAtDesk', title: 'Команда принята на рабочем месте', unit: 'мкс', goal: { side: 'atMost', ratio: 3 }, rounds: 15, open,
  productTitle: 'client.create: правило и шифрованная запись с FULL, до ответа',
  bareTitle: 'одна вставка в SQLite с фиксацией FULL, без шифра',
};
