import { z } from 'zod';
import type { Client } from '../../shared/domain/client/model.ts';
import type { RecentClient } from '../../shared/protocol/search.ts';
import { clientLine } from '../../shared/protocol/search-row.ts';
import type { Cache } from '../db/cache.ts';
import type { DeskSettings } from './desk-settings.ts';

/** Those opened lately stay at the desk, those pinned follow their user. */
const recentKey = 'search.recentClients';
const pinnedKey = 'search.pinnedClients';
const mostRecent = 20;
const mostPinned = 50;

const idsSchema = z.array(z.string());

function stored(settings: DeskSettings, userId: string, key: string): readonly string[] {
  const parsed = idsSchema.safeParse(settings.read(userId, key));
  return parsed.success ? parsed.data : [];
}

/** The client was opened: he stands first among the recent ones of this user. */
export function noteRecent(settings: DeskSettings, userId: string, clientId: string): void {
  const recent = stored(settings, userId, recentKey);
  settings.write(userId, recentKey, [clientId, ...recent.filter((id) => id !== clientId)].slice(0, mostRecent));
}

export function pinClient(settings: DeskSettings, userId: string, clientId: string, isPinned: boolean): void {
  const others = stored(settings, userId, pinnedKey).filter((id) => id !== clientId);
  settings.write(userId, pinnedKey, isPinned ? [...others, clientId].slice(-mostPinned) : others);
}

/** Pinned and recent clients that this desk still holds, a merged one as the card it became; a pinned one is not among the recent. */
export function recentClients(cache: Cache, settings: DeskSettings, userId: string): { pinned: RecentClient[]; recent: RecentClient[] } {
  const shown = new Set<string>();
  const lines = (ids: readonly string[]): RecentClient[] =>
    ids.flatMap((id) => {
      const clients = cache.table('client');
      const client = (clients.get(clients.survivingId(id))?.document ?? null) as Client | null; // the table of clients holds clients
      if (client === null || client.deleted === true || shown.has(client.id)) return [];
      shown.add(client.id);
      return [clientLine(client)];
    });
  return { pinned: lines(stored(settings, userId, pinnedKey)), recent: lines(stored(settings, userId, recentKey)) };
}
