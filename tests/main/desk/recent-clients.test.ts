import { afterAll, beforeAll, expect, it } from 'vitest';
import { DeskSettings } from '../../../main/desk/desk-settings.ts';
import { noteRecent, pinClient, recentClients } from '../../../main/desk/recent-clients.ts';
import { aClient } from '../../helpers/builders.ts';
import { removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

let desk: TestDesk;
let settings: DeskSettings;

beforeAll(async () => {
  const centre = new MemoryCentre();
  for (let n = 1; n <= 30; n += 1) centre.put('client', aClient({ id: `client-${n}`, name: `Клиент ${n}` }));
  centre.put('client', aClient({ id: 'merged', aliasOf: 'client-3' }));
  centre.put('client', aClient({ id: 'gone', deleted: true }));
  desk = new TestDesk(centre);
  await desk.sync();
  settings = new DeskSettings({ outbox: () => desk.files.base.outbox, followed: () => undefined, send: () => false, userId: () => 'belova', after: () => () => undefined });
});

afterAll(async () => {
  await desk.close();
  removeFolders();
});

const shown = (userId: string) => {
  const { pinned, recent } = recentClients(desk.files.base.cache, settings, userId);
  return { pinned: pinned.map(({ id }) => id), recent: recent.map(({ id }) => id) };
};

it('keeps the last twenty opened, the newest first, each once', () => {
  for (let n = 1; n <= 25; n += 1) noteRecent(settings, 'belova', `client-${n}`);
  noteRecent(settings, 'belova', 'client-10');
  const { recent } = shown('belova');
  expect(recent.slice(0, 3)).toEqual(['client-10', 'client-25', 'client-24']);
  expect(recent).toHaveLength(20);
});

it('keeps pinned clients apart, of each user his own', () => {
  pinClient(settings, 'belova', 'client-25', true);
  expect(shown('belova').pinned).toEqual(['client-25']);
  expect(shown('belova').recent).not.toContain('client-25');
  expect(shown('kotov')).toEqual({ pinned: [], recent: [] });
  pinClient(settings, 'belova', 'client-25', false);
  expect(shown('belova').pinned).toEqual([]);
});

it('shows a merged card as the one it became, and none that is gone', () => {
  for (const id of ['gone', 'unknown', 'client-3', 'merged']) noteRecent(settings, 'orlova', id);
  expect(shown('orlova').recent).toEqual(['client-3']);
});

it('tells a client in one line', () => {
  noteRecent(settings, 'orlova', 'client-1');
  expect(recentClients(desk.files.base.cache, settings, 'orlova').recent[0]).toMatchObject({ title: 'Клиент 1', detail: '+7 916 204-18-55 · 141000, Московская обл., г. о. Мытищи, д. Беляниново, ул. Центральная, д. 14' });
});
