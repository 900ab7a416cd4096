import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { moscowYear2 } from '../../../shared/base/instant.ts';
import { aClient } from '../../helpers/builders.ts';
import { World } from '../../helpers/domain-world.ts';
import { newFolder, removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

afterAll(removeFolders);

const letters = 6;
const minute = 60_000;
/** 23:20 in Moscow on 31 December: the steps of one history take up to four hours. */
const evening = Date.parse('2026-12-31T20:20:00.000Z');

/** A letter numbered at one of two desks, some minutes after the one before; or the program of that desk is killed first. */
const step = fc.record({ desk: fc.constantFrom(0, 1), minutes: fc.integer({ min: 0, max: 40 }), killed: fc.boolean() });

/** Letters of the consumer, taken and filled: the next step of each is its number. */
function readyLetters(centre: MemoryCentre): readonly string[] {
  const world = new World();
  world.put('client', aClient());
  const ids = Array.from({ length: letters }, (_, n) => `em-${n}`);
  for (const id of ids) {
    world.receive({ id });
    world.do('incomingEmail.take', { id });
    world.fill({ fromWhom: 'consumer', classification: 'text', kindId: 'kind-101', categoryId: 'category-2', subtopicId: 'subtopic-108' }, id);
    if (world.email(id).clientId === null) world.do('incomingEmail.chooseClient', { id, clientId: 'client-1', link: 'this' });
  }
  for (const [key, document] of Object.entries(world.store.snapshot())) centre.put(key.slice(0, key.indexOf('/')), document);
  return ids;
}

it('2.8.1 numbers given off line over the year’s end are unique and of the Moscow year, at every desk and after every restart', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: letters, maxLength: letters }), async (steps) => {
      const centre = new MemoryCentre();
      const ids = readyLetters(centre);
      const desks = [new TestDesk(centre, newFolder()), new TestDesk(centre, newFolder())];
      for (const desk of desks) {
        desk.now = evening;
        centre.now = new Date(evening).toISOString();
        await desk.sync();
      }
      centre.requestLost = () => true;
      let now = evening;
      const numbers = new Map<string, string>();
      for (const [n, { desk: at, minutes, killed }] of steps.entries()) {
        const [id, desk] = [ids[n], desks[at]];
        if (id === undefined || desk === undefined) continue;
        now += minutes * minute;
        desk.now = now;
        if (killed) await desk.kill();
        expect(desk.run('incomingEmail.assignNumber', { id }).outcome).toBe('accepted');
        const number = String(desk.seen('incomingEmail', id)?.['number']);
        expect(number).toMatch(new RegExp(`^КП-${moscowYear2(new Date(now).toISOString())}-\\d{8}$`));
        numbers.set(id, number);
      }
      expect(new Set(numbers.values()).size).toBe(numbers.size);

      centre.requestLost = null;
      centre.now = new Date(now).toISOString();
      for (const desk of [...desks, ...desks]) {
        desk.now = now;
        await desk.sync();
      }
      for (const [id, number] of numbers) for (const held of [centre.store.get('incomingEmail', id)?.number, ...desks.map((desk) => desk.seen('incomingEmail', id)?.['number'])]) expect(held).toBe(number);
      for (const desk of desks) await desk.close();
    }),
    { numRuns: 6, seed: 20261231 },
  );
}, 120_000);
