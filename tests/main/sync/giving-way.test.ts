import { afterEach, expect, it } from 'vitest';
import { GivingWay } from '../../../main/sync/giving-way.ts';
import { aClient } from '../../helpers/builders.ts';
import { removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

/** A clock that moves only when a timer is waited for. */
class StillTime {
  ms = 0;
  readonly waits: number[] = [];
  readonly timers = {
    after: (ms: number, call: () => void): (() => void) => {
      this.waits.push(ms);
      this.ms += ms;
      this.onWait();
      call();
      return () => undefined;
    },
  };
  onWait: () => void = () => undefined;
  now = (): number => this.ms;
}

afterEach(removeFolders);

it('nothing waits while nobody is at work', async () => {
  const time = new StillTime();
  const way = new GivingWay(time, time.timers);
  expect(way.isNeeded).toBe(false);
  await way.rest();
  expect(time.waits).toEqual([]);
});

it('waits until the person has paused for a moment', async () => {
  const time = new StillTime();
  const way = new GivingWay(time, time.timers);
  way.sign();
  time.ms += 150;
  expect(way.isNeeded).toBe(true);
  await way.rest();
  expect(time.waits).toEqual([250]);
  expect(way.isNeeded).toBe(false);
});

it('goes on after two seconds although he types without end', async () => {
  const time = new StillTime();
  const way = new GivingWay(time, time.timers);
  time.onWait = () => way.sign();
  way.sign();
  await way.rest();
  expect(time.ms).toBe(2_000);
});

it('a long fill comes in small pages while a person is at work, in large ones before and after, and comes whole', async () => {
  const centre = new MemoryCentre();
  for (let n = 0; n < 1_200; n += 1) centre.put('client', aClient({ id: `client-${n}` }));
  const asked: number[] = [];
  let isNeeded = false;
  let rests = 0;
  const pull = centre.pull.bind(centre);
  centre.pull = (request) => {
    asked.push(request.limit);
    return pull(request);
  };
  const desk = new TestDesk(centre, undefined, {
    get isNeeded() {
      return isNeeded;
    },
    rest: async () => {
      rests += 1;
      isNeeded = rests >= 1 && rests < 4; // he types after the first page, and stops
    },
  });
  await desk.sync();
  expect(asked.slice(0, 5)).toEqual([500, 40, 40, 40, 500]);
  expect(desk.files.base.cache.table('client').listed).toBe(1_200);
  await desk.close();
});
