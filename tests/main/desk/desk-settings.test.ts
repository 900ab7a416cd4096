import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Json } from '../../../shared/base/json.ts';
import { DeskSettings } from '../../../main/desk/desk-settings.ts';
import { removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

let desk: TestDesk;
let settings: DeskSettings;
let user: string | null;
let sent: [string, Json][];
let followed: Map<string, Json>;
let timers: (() => void)[];

beforeEach(() => {
  desk = new TestDesk(new MemoryCentre());
  user = 'belova';
  sent = [];
  followed = new Map();
  timers = [];
  settings = new DeskSettings({
    outbox: () => desk.files.base.outbox,
    followed: (userId, key) => followed.get(`${userId} ${key}`),
    send: (key, value) => {
      if (value === 'refused') return false;
      sent.push([key, value]);
      followed.set(`${user} ${key}`, value);
      return true;
    },
    userId: () => user,
    after: (_ms, call) => {
      timers.push(call);
      return () => undefined;
    },
  });
});
afterEach(async () => {
  await desk.close();
  removeFolders();
});

it('a setting is here at once and goes out once after a rest, as it was written last', () => {
  for (const width of [300, 310, 320]) settings.write('belova', 'pane.clients', width);
  expect([settings.read('belova', 'pane.clients'), sent, timers.length]).toEqual([320, [], 1]);
  timers[0]?.();
  expect([settings.read('belova', 'pane.clients'), sent]).toEqual([320, [['pane.clients', 320]]]);
  settings.write('belova', 'pane.clients', 330);
  expect(timers).toHaveLength(2);
});

it('what was set at another desk holds when nothing waits here', () => {
  followed.set('belova window.theme', 'dark');
  expect(settings.read('belova', 'window.theme')).toBe('dark');
  settings.write('belova', 'window.theme', 'light');
  followed.set('belova window.theme', 'system');
  expect(settings.read('belova', 'window.theme')).toBe('light');
  settings.flush();
  followed.set('belova window.theme', 'dark');
  expect(settings.read('belova', 'window.theme')).toBe('dark');
});

it('scale and recent clients stay at the desk', () => {
  settings.write('belova', 'window.scale', 125);
  settings.write('belova', 'search.recentClients', ['c-1']);
  settings.flush();
  expect([timers, sent, settings.read('belova', 'window.scale')]).toEqual([[], [], 125]);
});

it('a crash or a logout loses nothing: it goes out when that user is here again, and nobody else sends it', () => {
  settings.write('belova', 'list.clients', { sort: 'name' });
  user = 'kotov';
  timers[0]?.();
  user = null;
  settings.flush();
  expect(sent).toEqual([]);
  user = 'belova';
  settings.flush();
  expect(sent).toEqual([['list.clients', { sort: 'name' }]]);
});

it('what a rule refuses stays a setting of this desk', () => {
  settings.write('belova', 'list.tasks', 'refused');
  settings.flush();
  expect(settings.read('belova', 'list.tasks')).toBe('refused');
});
