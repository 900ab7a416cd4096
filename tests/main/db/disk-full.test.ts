import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { describeRefusal } from '../../../shared/base/errors.ts';
import type * as openDatabaseModule from '../../../main/db/open-database.ts';
import { refusalOf } from '../../../main/wire-refusal.ts';
import { aClient, aTask, aUser, anIncomingEmail } from '../../helpers/builders.ts';
import { removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

type Database = openDatabaseModule.SqliteDatabase;

// The real files, each of which a test may forbid to grow: SQLite then fails as on a full disk, with the same code.
const disk = vi.hoisted(() => ({ opened: new Map<string, Database>(), fullFrom: new Set<string>() }));
vi.mock('../../../main/db/open-database.ts', async (original) => {
  const module = await original<typeof openDatabaseModule>();
  const openDatabase: typeof module.openDatabase = (options) => {
    const database = module.openDatabase(options);
    const name = path.basename(options.file);
    disk.opened.set(name, database);
    if (disk.fullFrom.has(name)) database.pragma('max_page_count = 1'); // never below what is there
    return database;
  };
  return { ...module, openDatabase };
});

function fill(...names: readonly string[]): void {
  for (const name of names) {
    disk.fullFrom.add(name);
    disk.opened.get(name)?.pragma('max_page_count = 1');
  }
}

function makeRoom(): void {
  disk.fullFrom.clear();
  for (const database of disk.opened.values()) if (database.open) database.pragma('max_page_count = 1000000');
}

let centre: MemoryCentre;
let desk: TestDesk;
beforeEach(async () => {
  centre = new MemoryCentre();
  centre.put('user', aUser({ employeeId: null }));
  centre.put('incomingEmail', anIncomingEmail());
  centre.put('task', aTask({ documentId: 'em-1', state: 'open', holderId: null }));
  desk = new TestDesk(centre);
  await desk.sync();
});
afterEach(async () => {
  makeRoom();
  await desk.close();
  removeFolders();
});

/** What the window is told of what `act` throws. */
function told(act: () => unknown): string {
  try {
    act();
    return 'done';
  } catch (error) {
    const { text, number } = describeRefusal(refusalOf(error));
    return `${number} ${text}`;
  }
}

const diskRefuses = 'ОК-502 Не удалось записать на диск';
/** More than the free pages of a file hold. */
const long = 'Набрано. '.repeat(40_000);
const draft = (text: string) => ({ key: 'draft', title: 'Ответ', value: { text }, savedAt: '2026-11-24T06:14:00.000Z' });

it('F3 on a full disk a command and a draft are refused in words; what was there stays, and with room both are kept', async () => {
  const { outbox } = desk.files.base;
  outbox.saveDraft('user-belova', draft('первое'));
  fill('outbox.db');
  expect(told(() => outbox.saveDraft('user-belova', draft(long)))).toBe(diskRefuses);
  const letter = { id: 'out-1', kind: 'new', incomingEmailId: null, to: [{ name: '', address: 'res@branch.ru' }], cc: [], subject: '', text: long, attachments: [] };
  expect(told(() => desk.run('outgoingEmail.save', letter))).toBe(diskRefuses);
  expect(desk.seen('outgoingEmail', 'out-1')).toBeNull();
  expect(outbox.users.drafts('user-belova')).toMatchObject([{ value: { text: 'первое' } }]);
  makeRoom();
  expect(desk.run('outgoingEmail.save', letter).outcome).toBe('accepted');
  outbox.saveDraft('user-belova', draft(long));
  await desk.sync();
  expect(centre.store.get('outgoingEmail', 'out-1')?.text).toBe(long);
  expect(outbox.commands.waiting()).toBe(0);
});

it('F3 a full disk during a pull is told; nothing of the page is half written, the work goes on, and with room it comes whole', async () => {
  fill('cache.db');
  for (let n = 0; n < 200; n++) centre.put('client', aClient({ id: `client-${n}`, contactPersons: [{ id: 'p', name: long.slice(0, 4_000), position: '', phone: '', email: '', authority: '' }] }));
  await desk.sync();
  expect(desk.state).toMatchObject({ state: 'offLine', problem: { code: 'storageFailed' } });
  expect(Array.from({ length: 200 }, (_, n) => desk.seen('client', `client-${n}`)).filter((card) => card !== null)).toEqual([]);
  makeRoom();
  await desk.sync();
  expect(desk.state).toMatchObject({ state: 'onLine', problem: null });
  expect(desk.seen('client', 'client-199')).not.toBeNull();
  expect(desk.run('incomingEmail.take', { id: 'em-1' }).outcome).toBe('accepted');
});

it('F3 a full disk while the base is fetched anew leaves the waiting commands, and with room the base is whole', async () => {
  centre.requestLost = () => true;
  desk.run('incomingEmail.take', { id: 'em-1' });
  await desk.sync();
  centre.requestLost = null;
  for (let n = 0; n < 200; n++) centre.put('client', aClient({ id: `client-${n}`, contactPersons: [{ id: 'p', name: long.slice(0, 4_000), position: '', phone: '', email: '', authority: '' }] }));
  centre.mustRefetchOnce = true;
  fill('cache.db');
  await desk.sync();
  expect(desk.state).toMatchObject({ state: 'offLine', problem: { code: 'storageFailed' } });
  makeRoom();
  await desk.sync();
  expect(desk.state).toMatchObject({ state: 'onLine', problem: null });
  expect(desk.seen('client', 'client-199')).not.toBeNull();
  expect(desk.seen('incomingEmail', 'em-1')?.['state']).toBe('inWork');
  expect(centre.store.the('incomingEmail', 'em-1').state).toBe('inWork');
});

it('F3 a full disk at the start sets nothing aside: the outbox is as it was, what waits is sent with room', async () => {
  centre.requestLost = () => true;
  desk.run('incomingEmail.take', { id: 'em-1' });
  desk.files.base.outbox.saveDraft('user-belova', draft('набрано'));
  await desk.close();
  disk.fullFrom.add('outbox.db').add('cache.db');
  const start = (): string => told(() => (desk = new TestDesk(centre, desk.folder)));
  const first = start();
  expect(['done', diskRefuses]).toContain(first);
  expect(readdirSync(desk.folder).filter((name) => name.includes('unreadable'))).toEqual([]);
  makeRoom();
  if (first !== 'done') expect(start()).toBe('done');
  expect(desk.files.base.outbox.users.drafts('user-belova')).toMatchObject([{ value: { text: 'набрано' } }]);
  centre.requestLost = null;
  await desk.sync();
  expect(centre.store.the('incomingEmail', 'em-1').state).toBe('inWork');
});
