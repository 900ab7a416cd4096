import { z } from 'zod';
import type { Client } from '../../shared/domain/client/model.ts';
import type { RecentClient } from '../../shared/protocol/search.ts';
import { clientLine } from '../../shared/protocol/search-row.ts';
import type { Cache } from '../db/cache.ts';
import type { DeskSettings } from './desk-settings.ts';

/** Key of the setting. */
const key = 'search.recentClients';
const mostRecent = 20;
const mostPinned = 50;

const storedSchema = z.object({ pinned: z.array(z.string()), recent: z.array(z.string()) });
type Stored = z.infer<typeof storedSchema>;

function stored(settings: DeskSettings, userId: string): Stored {
  const parsed = storedSchema.safeParse(settings.read(userId, key));
  return parsed.success ? parsed.data : { pinned: [], recent: [] };
}

/** The client was opened: he stands first among the recent ones of this user. */
export function noteRecent(settings: DeskSettings, userId: string, clientId: string): void {
  const { pinned, recent } = stored(settings, userId);
  settings.write(userId, key, { pinned, recent: [clientId, ...recent.filter((id) => id !== clientId)].slice(0, mostRecent) });
}

export function pinClient(settings: DeskSettings, userId: string, clientId: string, isPinned: boolean): void {
  const { pinned, recent } = stored(settings, userId);
  const others = pinned.filter((id) => id !== clientId);
  settings.write(userId, key, { pinned: isPinned ? [...others, clientId].slice(-mostPinned) : others, recent });
}

/** Pinned and recent clients that this desk still holds, a merged one as the card it became; a pinned one is not among the recent. */
export function recentClients(cache: Cache, settings: DeskSettings, userId: string): { pinned: RecentClient[]; recent: RecentClient[] } {
  const { pinned, recent } = stored(settings, userId);
  const shown = new Set<string>();
  const lines = (ids: readonly string[]): RecentClient[] =>
    ids.flatMap((id) => {
      const found = (cache.get('client', id)?.document ?? null) as Client | null; // the table of clients holds clients
      const client = found?.aliasOf === null || found === null ? found : ((cache.get('client', found.aliasOf)?.document ?? null) as Client | null); // as above
      if (client === null || client.deleted === true || shown.has(client.id)) return [];
      shown.add(client.id);
      return [clientLine(client)];
    });
  return { pinned: lines(pinned), recent: lines(recent) };
}
