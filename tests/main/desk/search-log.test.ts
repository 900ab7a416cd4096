import { beforeEach, expect, it } from 'vitest';
import type { Desk } from '../../../main/desk/desk.ts';
import { SearchLog } from '../../../main/desk/search-log.ts';

interface Timer {
  readonly run: () => void;
  stopped: boolean;
}

let lines: string[];
let timers: Timer[];
let log: SearchLog;

beforeEach(() => {
  lines = [];
  timers = [];
  // Only what the log needs of a desk: who looks, the time, timers, the log itself.
  const desk = {
    session: { current: { author: { userId: 'user-belova' } } },
    time: () => '2026-11-24T06:14:00.000Z',
    syncSoon: () => undefined,
    base: { outbox: { access: { add: ({ details }: { readonly details: string }) => lines.push(details) } } },
    after: (_ms: number, run: () => void) => {
      const timer: Timer = { run, stopped: false };
      timers.push(timer);
      return () => {
        timer.stopped = true;
      };
    },
  };
  log = new SearchLog(desk as unknown as Desk);
});

const rest = (): void => {
  for (const { run, stopped } of timers.splice(0)) if (!stopped) run();
};
const type = (...texts: readonly string[]): void => {
  for (const text of texts) log.note('client', text);
};

it('a name typed to the end is one line, when the typing rests', () => {
  type('со', 'сок', 'соко', 'сокол', 'соко', 'сокол');
  expect(lines).toEqual([]);
  rest();
  expect(lines).toEqual(['сокол']);
  type('сокол');
  rest();
  expect(lines).toEqual(['сокол']);
});

it('another question that comes at once leaves no search out', () => {
  type('соколова', '8 916 204 18 55', 'гаврилюк');
  rest();
  expect(lines).toEqual(['соколова', '8 916 204 18 55', 'гаврилюк']);
});

it('what is not about clients, or too short, is no line', () => {
  log.note('task', 'соколова');
  type('', ' ', 'со');
  rest();
  expect(lines).toEqual([]);
});
