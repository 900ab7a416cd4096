import type { PulledRow } from '../../shared/protocol/sync.ts';
import type { DemoData } from './demo-data.ts';
import { demoUsers } from './demo-users.ts';

/** What is in the centre before the filling: nothing, a filling broken off, a whole one, or somebody's own data. */
export type DatabaseState = 'empty' | 'unfinished' | 'filled' | 'foreign';

/** Written by the centre itself: they say nothing about whether it is in use. */
const ownTypes = ['mailSettings'];

/**
 * Judges by the rows that an administrator receives. `administratorLogin` is the one who fills: his own card is not data.
 * A catalogue entry, a user or a client that the demo does not have means that the database is in use.
 */
export function databaseState(rows: readonly PulledRow[], data: Pick<DemoData, 'dictionaries' | 'last' | 'clients'>, administratorLogin: string): DatabaseState {
  const demoIds = new Set([...data.dictionaries, ...data.last].map(({ document }) => document.id).concat(demoUsers.map(({ user }) => user.id), data.clients.map(({ client }) => client.id)));
  const found = rows.filter(({ type, document }) => document !== null && !ownTypes.includes(type) && !(type === 'user' && document['login'] === administratorLogin));
  const catalogued = found.filter(({ type }) => ['user', 'client'].includes(type) || data.dictionaries.some((entry) => entry.type === type) || type === 'autoReply');
  if (found.length === 0) return 'empty';
  if (catalogued.some(({ id }) => !demoIds.has(id)) || catalogued.length === 0) return 'foreign';
  return data.last.every(({ document }) => found.some(({ id }) => id === document.id)) ? 'filled' : 'unfinished';
}
