import { afterAll, describe, expect, it } from 'vitest';
import { closeDesk, openDesk } from '../../main/desk/open-desk.ts';
import { decideHere } from '../../main/db/run-command.ts';
import type { Author, Read, ReadAnswer } from '../../shared/base/rule-book.ts';
import { formatNumber } from '../../shared/protocol/sync.ts';
import { systemAuthor } from '../../shared/base/scope.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { aClient } from '../helpers/builders.ts';
import { administrator, belova, kotov, operator, senior, World } from '../helpers/domain-world.ts';
import { contextOf, decideInMemory, MemoryStore } from '../helpers/memory-store.ts';
import { newFolder, removeFolders, testKey } from '../main/desk-kit.ts';
import { Random } from './random.ts';
import { receivedEmail } from './workload.ts';

const cases = 1_500;
const authors: readonly Author[] = [belova, kotov, senior, operator, administrator];
const byId = ['take', 'returnToQueue', 'markSpam', 'unmarkSpam', 'restore', 'assignNumber'] as const;
const fields: readonly (readonly [string, readonly unknown[]])[] = [
  ['fromWhom', ['consumer', 'notConsumer', null]], ['classification', ['text', 'official', 'reconciliation', null]], ['kindId', ['kind-101', null]], ['categoryId', ['category-2', null]], ['subtopicId', ['subtopic-108', null]],
];

afterAll(removeFolders);

/** The memory store, with a number given from outside: which number comes is the store's affair, both shall give the same. */
class Numbered extends MemoryStore {
  readonly #store: MemoryStore;
  readonly #value: number;

  constructor(store: MemoryStore, value: number) {
    super();
    this.#store = store;
    this.#value = value;
  }

  override answer(read: Read): ReadAnswer {
    return read.kind === 'number' ? formatNumber(read.series, read.year, this.#value) : this.#store.answer(read);
  }
}

/** A random command on one of a few documents; much of it is to be refused. */
function randomCommand(random: Random, world: World): { readonly name: string; readonly input: unknown; readonly author: Author } {
  const id = `em-${random.between(1, 5)}`;
  const email = world.store.get('incomingEmail', id);
  const holder = [...authors].find(({ userId }) => userId === email?.holderId);
  const author = holder !== undefined && random.chance(0.8) ? holder : (random.pick(authors) ?? belova);
  const edits = fields.filter(() => random.chance(0.7)).map(([path, values]) => ({ path, before: random.chance(0.9) ? Object.entries(email ?? {}).find(([name]) => name === path)?.[1] ?? null : 'другое', after: random.pick(values) ?? null }));
  const choices = [
    { ...receivedEmail(random.between(1, 5), world.now), author: systemAuthor },
    { name: `incomingEmail.${random.pick(byId) ?? 'take'}`, input: { id }, author },
    { name: 'incomingEmail.save', input: { id, edits }, author },
    { name: 'incomingEmail.save', input: { id, edits: fields.map(([path, [value]]) => ({ path, before: Object.entries(email ?? {}).find(([name]) => name === path)?.[1] ?? null, after: value })) }, author },
    { name: 'incomingEmail.chooseClient', input: { id, clientId: `client-${random.between(1, 3)}`, link: random.pick(['this', 'later', 'all']) }, author },
    { name: 'incomingEmail.finish', input: { id, reason: random.pick(['', 'Не нужен']), comment: '' }, author },
    { name: 'incomingEmail.reassign', input: { id, userId: random.pick(authors)?.userId }, author },
    { name: 'contactEvent.comment', input: { id: email?.eventId ?? 'none', comment: 'Заметка' }, author },
    { name: 'client.create', input: { client: aClient({ id: `client-${random.between(1, 6)}` }), link: null }, author },
    { name: 'client.save', input: { id: `client-${random.between(1, 4)}`, edits: [{ path: random.pick(['firstName', 'registeredAt', 'inn']), before: 'Марина', after: random.pick(['Анна', '7707083893', '1']) }] }, author },
    { name: 'mailFilter.add', input: { id: `filter-${random.between(1, 3)}`, address: `a${random.between(1, 5)}@pochta-mo.ru`, reason: 'Реклама' }, author },
    { name: 'mailFilter.remove', input: { id: `filter-${random.between(1, 3)}` }, author },
  ] as const;
  const chosen = random.pick(choices) ?? choices[1];
  return { name: chosen.name, input: chosen.input, author: chosen.author };
}

describe('one rule book, two stores', () => {
  it("the desk's SQLite gives the verdict that the memory gives, on the same data", () => {
    const random = new Random(2026);
    const world = new World();
    world.put('client', aClient());
    const files = openDesk({ folder: newFolder(), deskId: 'desk-one-id', key: testKey, nativeBinding: undefined, now: () => 0, log: () => undefined });
    const { cache } = files.base;
    cache.transaction(() => {
      for (const [key, document] of Object.entries(world.store.snapshot())) cache.receive(key.slice(0, key.indexOf('/')), document.id, 1, 0, document);
    });
    let accepted = 0;
    for (let n = 1; n <= cases; n++) {
      world.later(random.between(1_000, 90_000));
      const { name, input, author } = randomCommand(random, world);
      const command = commandByName(name);
      if (command === undefined) throw new Error(`No command ${name}`);
      const commandId = random.uuid();
      const context = contextOf(author, world.now, commandId, files.base.deskId);
      const here = decideHere(cache, commandByName, { commandId, name, input, author, deskId: files.base.deskId, now: world.now }, (series, year) => ({ series, year, value: n, leaseId: 'lease' }));
      const there = decideInMemory(new Numbered(world.store, n), command, input, context);
      expect(here.ok ? here.decision : here, `${n}: ${name}`).toEqual(there);
      if (!there.ok) continue;
      accepted += 1;
      world.store.apply(commandId, there);
      cache.transaction(() => {
        for (const { type, document } of there.changes) cache.receive(type, document.id, n + 1, 0, document);
      });
    }
    closeDesk(files);
    expect(accepted).toBeGreaterThan(cases / 10);
    expect(accepted).toBeLessThan(cases);
  });
});
