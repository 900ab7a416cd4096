import { afterAll, describe, expect, it } from 'vitest';
import { closeDesk, openDesk } from '../../main/desk/open-desk.ts';
import { decideHere } from '../../main/db/run-command.ts';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import type { Read, ReadAnswer } from '../../shared/base/rule-book.ts';
import { formatNumber } from '../../shared/protocol/sync.ts';
import { commandByName, commands } from '../../shared/domain/commands.ts';
import { contextOf, decideInMemory, MemoryStore } from '../helpers/memory-store.ts';
import { newFolder, removeFolders, testKey } from '../main/desk-kit.ts';
import { authorsOf, companyOfAllRoles, generators, randomCommand, Verdicts } from './random-command.ts';
import { Random } from './random.ts';

const cases = 3_000;

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

  override stored(type: string, id: string): AnyDocument | null {
    return this.#store.stored(type, id);
  }

  override answer(read: Read): ReadAnswer {
    return read.kind === 'number' ? formatNumber(read.series, read.year, this.#value) : this.#store.answer(read);
  }
}

describe('one rule book, two stores', () => {
  it('every command of the rule book has a generator of random inputs, and no other', () => {
    expect(Object.keys(generators).toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
  });

  it("the desk's SQLite gives the verdict that the memory gives, on the same data", () => {
    const random = new Random(2026);
    const world = companyOfAllRoles();
    const userIds = world.store.all('user').map(({ id }) => id);
    const files = openDesk({ folder: newFolder(), deskId: 'desk-one-id', key: testKey, nativeBinding: undefined, now: () => 0, log: () => undefined });
    const { cache } = files.base;
    cache.transaction(() => {
      for (const [key, document] of Object.entries(world.store.snapshot())) cache.receive(key.slice(0, key.indexOf('/')), document.id, 1, 0, document);
    });
    const verdicts = new Verdicts();
    for (let n = 1; n <= cases; n++) {
      world.later(random.between(1_000, 90_000));
      const { name, input, author } = randomCommand(random, world, authorsOf(world, userIds));
      const command = commandByName(name);
      if (command === undefined) throw new Error(`No command ${name}`);
      const commandId = random.uuid();
      const context = contextOf(author, world.now, commandId, files.base.deskId);
      const here = decideHere(cache, commandByName, { commandId, name, input, author, deskId: files.base.deskId, now: world.now }, (series, year) => ({ series, year, value: n, leaseId: 'lease' }));
      const there = decideInMemory(new Numbered(world.store, n), command, input, context);
      expect(here.ok ? here.decision : here, `${n}: ${name}`).toEqual(there);
      verdicts.count(name, there.ok);
      if (!there.ok) continue;
      world.store.apply(commandId, there);
      cache.transaction(() => {
        for (const { type, document } of there.changes) cache.receive(type, document.id, n + 1, 0, document);
      });
    }
    closeDesk(files);
    expect(verdicts.missing).toEqual([]);
  });
});
