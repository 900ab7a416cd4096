import type { NewId } from '../../base/id-source.ts';
import { foldAddress } from '../../base/mail-address.ts';
import type { Asking, Change, Context } from '../../base/rule-book.ts';
import type { Client } from '../client/model.ts';
import { find, put } from '../reads.ts';

/** The changes that tie an address to a client: one link per address, an older one is turned to the new client. */
export function* linkOfAddress(address: string, clientId: string, newId: NewId, context: Context): Asking<readonly Change[]> {
  const key = foldAddress(address);
  if (key === '') return [];
  const [first, ...rest] = yield* find('addressLink', 'byAddress', key);
  const link = { id: first?.id ?? newId(), address: key, clientId, linkedBy: context.author.userId, linkedAt: context.now };
  return [put('addressLink', link), ...rest.map((other) => put('addressLink', { ...other, deleted: true }))];
}

/**
 * «Нет» (2.6.4, 2.6.6.8): the letter alone is tied. Where the client's card is the only one with this address it would fill «Контакт» of the
 * later letters by itself, so the answer is kept; an older answer about the address stands.
 */
export function* keptApart(address: string, client: Pick<Client, 'id' | 'emails'>, newId: NewId, context: Context): Asking<readonly Change[]> {
  const key = foldAddress(address);
  if (key === '' || !client.emails.some((email) => foldAddress(email.address) === key)) return [];
  if ((yield* find('addressLink', 'byAddress', key)).length > 0) return [];
  const others = (yield* find('client', 'byEmail', key)).filter(({ id, aliasOf }) => aliasOf === null && id !== client.id);
  return others.length > 0 ? [] : [put('addressLink', { id: newId(), address: key, clientId: null, linkedBy: context.author.userId, linkedAt: context.now })];
}
