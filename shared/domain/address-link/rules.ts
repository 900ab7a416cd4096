import type { NewId } from '../../base/id-source.ts';
import { foldAddress } from '../../base/mail-address.ts';
import type { Asking, Change, Context } from '../../base/rule-book.ts';
import { find, put } from '../reads.ts';

/** The changes that tie an address to a client: one link per address, an older one is turned to the new client. */
export function* linkOfAddress(address: string, clientId: string, newId: NewId, context: Context): Asking<readonly Change[]> {
  const key = foldAddress(address);
  if (key === '') return [];
  const [first, ...rest] = yield* find('addressLink', 'byAddress', key);
  const link = { id: first?.id ?? newId(), address: key, clientId, linkedBy: context.author.userId, linkedAt: context.now };
  return [put('addressLink', link), ...rest.map((other) => put('addressLink', { ...other, deleted: true }))];
}
