import { existsSync } from 'node:fs';
import path from 'node:path';
import { takeIndexesOff } from '../../main/db/bulk-load.ts';
import { closeDesk, openDesk, type DeskFiles } from '../../main/desk/open-desk.ts';
import { clientWithAll, madeOn } from '../../tools/data/large-company.ts';

export const largeKey = Buffer.alloc(32, 7);
const portion = 500;
export const largeSeed = 1;

/** The encrypted files of a desk in the folder; without exchange. */
export function openLargeDesk(folder: string): DeskFiles {
  return openDesk({ folder, deskId: 'desk-of-bench', key: largeKey, nativeBinding: undefined, now: () => madeOn, log: () => undefined });
}

/** A desk's base with so many clients of the large company, each with all that concerns him; one that is in the folder already is used again. */
export function fillLargeDesk(folder: string, clients: number, say: (line: string) => void): void {
  const isKept = existsSync(path.join(folder, 'cache.db'));
  const files = openLargeDesk(folder);
  const { cache } = files.base;
  const known = isKept ? Number(cache.meta('benchClients') ?? '0') : 0;
  const began = Date.now();
  cache.database.pragma('cache_size = -3000000'); // keys come in no order: what is being written stays in memory
  cache.database.pragma('synchronous = OFF');
  const makeIndexes = known === 0 ? takeIndexesOff(cache.database, cache.types.map(({ type }) => type)) : () => undefined;
  for (let from = known; from < clients; from += portion) {
    const end = Math.min(clients, from + portion);
    cache.transaction(() => {
      for (let n = from; n < end; n += 1) for (const { type, document } of clientWithAll(largeSeed, n)) cache.receive(type, document.id, 1, 0, document);
      cache.setMeta('benchClients', String(end));
    });
    if (end % 10_000 === 0 || end === clients) say(`  база рабочего места: ${end.toLocaleString('ru-RU')} клиентов из ${clients.toLocaleString('ru-RU')}, ${Math.round((Date.now() - began) / 1_000)} с`);
  }
  makeIndexes();
  closeDesk(files);
}
