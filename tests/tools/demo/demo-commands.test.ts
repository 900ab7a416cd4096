import { expect, it } from 'vitest';
import { commandByName } from '../../../shared/domain/commands.ts';
import { systemAuthor } from '../../../shared/base/scope.ts';
import type { Author } from '../../../shared/base/rule-book.ts';
import { demoCommand, demoData } from '../../../tools/demo/demo-data.ts';
import { demoUsers } from '../../../tools/demo/demo-users.ts';
import { contextOf, MemoryStore, runInMemory } from '../../helpers/memory-store.ts';

const at = '2026-11-24T08:00:00.000Z';
const administrator: Author = { userId: 'user-admin', name: 'Администратор', roles: ['administrator'], branchIds: [] };
const operator: Author = { userId: 'user-martynyuk', name: 'Мартынюк С. В.', roles: ['operator'], branchIds: [] };
const data = demoData(Date.parse(at), { clients: 60, applications: 60 });

function run(store: MemoryStore, author: Author, { name, input, commandId }: ReturnType<typeof demoCommand>): void {
  const command = commandByName(name);
  expect(command, name).toBeDefined();
  const decision = runInMemory(store, command!, JSON.parse(JSON.stringify(input)), contextOf(author, at, commandId ?? ''));
  expect(decision, JSON.stringify(input)).toMatchObject({ ok: true });
}

it('every command of the filling is accepted by its rule, in the order in which they are sent', () => {
  const store = new MemoryStore();
  for (const entry of data.dictionaries) run(store, administrator, demoCommand('dictionary.write', `${entry.type} ${entry.document.id}`, entry));
  for (const { user } of demoUsers) run(store, administrator, demoCommand('user.create', user.id, { user }));
  for (const { client } of data.clients) run(store, operator, demoCommand('client.create', client.id, { client, link: null }));
  for (const entry of data.last) run(store, administrator, demoCommand('dictionary.write', `${entry.type} ${entry.document.id}`, entry));
  for (const application of data.applications) run(store, systemAuthor, demoCommand('application.receive', application.id, { application, withdrawn: false }));
  expect(store.all('client')).toHaveLength(60);
  expect(store.all('application').every(({ clientId }) => clientId !== null && store.get('client', clientId) !== undefined)).toBe(true);
});

it('the same filling has the same command ids, and no two are alike', () => {
  const ids = [...data.dictionaries, ...data.last].map((entry) => demoCommand('dictionary.write', `${entry.type} ${entry.document.id}`, entry).commandId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(demoCommand('user.create', 'user-belova', {}).commandId).toBe(demoCommand('user.create', 'user-belova', { other: true }).commandId);
});
