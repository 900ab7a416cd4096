import { chmodSync, chownSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { openDatabase, type SqliteDatabase } from '../../../main/db/open-database.ts';
import { refusalOf } from '../../../main/wire-refusal.ts';
import { aTask, aUser, anIncomingEmail } from '../../helpers/builders.ts';
import { removeFolders, TestDesk, testKey } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

afterEach(removeFolders);

/** A centre with a letter that nobody has taken, and a desk that holds it. */
async function filledDesk(): Promise<{ readonly centre: MemoryCentre; readonly desk: TestDesk }> {
  const centre = new MemoryCentre();
  centre.put('user', aUser({ employeeId: null }));
  centre.put('incomingEmail', anIncomingEmail());
  centre.put('task', aTask({ documentId: 'em-1', state: 'open', holderId: null }));
  const desk = new TestDesk(centre);
  await desk.sync();
  return { centre, desk };
}

/** Another program on the same file. */
const beside = (desk: TestDesk, name: string): SqliteDatabase => openDatabase({ file: path.join(desk.folder, name), key: testKey, synchronous: 'NORMAL' });

/** As an antivirus: another program holds the file locked until the answer is called. */
function lockedByAnother(desk: TestDesk, name: string, mode: 'NORMAL' | 'EXCLUSIVE' = 'NORMAL'): () => void {
  const antivirus = beside(desk, name);
  if (mode === 'EXCLUSIVE') antivirus.pragma('locking_mode = EXCLUSIVE');
  antivirus.exec(mode === 'EXCLUSIVE' ? 'BEGIN EXCLUSIVE' : 'BEGIN IMMEDIATE');
  return () => {
    antivirus.exec('ROLLBACK');
    antivirus.close();
  };
}

const draft = (text: string) => ({ key: 'draft', title: 'Ответ', value: { text }, savedAt: '2026-11-24T06:14:00.000Z' });

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

it('F14 while another program holds the outbox locked a command and a draft are refused in words, and nothing of what is there is lost', async () => {
  const { centre, desk } = await filledDesk();
  centre.requestLost = () => true;
  desk.files.base.outbox.saveDraft('user-belova', draft('первое'));
  const release = lockedByAnother(desk, 'outbox.db');
  expect(told(() => desk.run('incomingEmail.take', { id: 'em-1' }))).toBe(diskRefuses);
  expect(told(() => desk.files.base.outbox.saveDraft('user-belova', draft('второе')))).toBe(diskRefuses);
  expect(desk.seen('incomingEmail', 'em-1')?.['state']).toBe('new');
  release();
  expect(desk.files.base.outbox.users.drafts('user-belova')).toMatchObject([{ value: { text: 'первое' } }]);
  expect(desk.run('incomingEmail.take', { id: 'em-1' }).outcome).toBe('accepted');
  centre.requestLost = null;
  await desk.sync();
  expect(centre.store.the('incomingEmail', 'em-1').state).toBe('inWork');
  await desk.close();
});

it('F14 a cache locked during an exchange is told and written when it is free', async () => {
  const { centre, desk } = await filledDesk();
  const release = lockedByAnother(desk, 'cache.db');
  centre.put('incomingEmail', anIncomingEmail({ id: 'em-2', eventId: 'event-2' }));
  await desk.sync();
  expect(desk.state).toMatchObject({ state: 'offLine', problem: { code: 'storageFailed' } });
  release();
  await desk.sync();
  expect(desk.state).toMatchObject({ state: 'onLine', problem: null });
  expect(desk.seen('incomingEmail', 'em-2')?.['state']).toBe('new');
  await desk.close();
});

it('F14 a profile whose files are locked at the start is not taken for a damaged one', async () => {
  const { centre, desk } = await filledDesk();
  centre.requestLost = () => true;
  desk.run('incomingEmail.take', { id: 'em-1' });
  await desk.close();
  for (const name of ['outbox.db', 'cache.db']) {
    const release = lockedByAnother(desk, name, 'EXCLUSIVE');
    expect(told(() => new TestDesk(centre, desk.folder))).toBe(diskRefuses);
    release();
  }
  expect(readdirSync(desk.folder).filter((name) => name.includes('unreadable'))).toEqual([]);
  const again = new TestDesk(centre, desk.folder);
  expect(again.lines).toEqual([]);
  expect(again.files.base.outbox.commands.waiting()).toBe(1);
  await again.close();
});

/** Runs as an ordinary user, since no folder is read-only for root. */
async function asOrdinaryUser(folder: string, act: () => Promise<void>): Promise<void> {
  const nobody = 65_534;
  const root = process.geteuid?.() === 0;
  if (root) {
    for (const name of ['.', ...readdirSync(folder)]) chownSync(path.join(folder, name), nobody, nobody);
    process.seteuid?.(nobody);
  }
  try {
    await act();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

it('F14 a read-only folder is told at the start, and what it holds is there when it can be written again', async () => {
  const { centre, desk } = await filledDesk();
  centre.requestLost = () => true;
  desk.run('incomingEmail.take', { id: 'em-1' });
  desk.files.base.outbox.saveDraft('user-belova', draft('набрано'));
  await desk.close();
  await asOrdinaryUser(desk.folder, async () => {
    const files = readdirSync(desk.folder);
    const writable = (yes: boolean): void => {
      for (const name of files) chmodSync(path.join(desk.folder, name), yes ? 0o600 : 0o400);
      chmodSync(desk.folder, yes ? 0o700 : 0o500);
    };
    writable(false);
    expect(told(() => new TestDesk(centre, desk.folder))).toBe(diskRefuses);
    writable(true);
    expect(readdirSync(desk.folder).filter((name) => name.includes('unreadable'))).toEqual([]);
    const again = new TestDesk(centre, desk.folder);
    expect(again.files.base.outbox.commands.waiting()).toBe(1);
    expect(again.files.base.outbox.users.drafts('user-belova')).toMatchObject([{ value: { text: 'набрано' } }]);
    await again.close();
  });
});

it('F15 a long reader of another program keeps the log of the outbox growing, stops nobody, and the log shrinks when it has gone', async () => {
  const { centre, desk } = await filledDesk();
  const { outbox } = desk.files.base;
  const log = path.join(desk.folder, 'outbox.db-wal');
  const limit = 2_000 * 2_048;
  const write = (times: number): void => {
    for (let n = 0; n < times; n += 1) outbox.saveDraft('user-belova', draft(String.fromCodePoint(0x410 + (n % 64)).repeat(100_000)));
  };
  const backup = beside(desk, 'outbox.db');
  backup.exec('BEGIN');
  backup.prepare('SELECT count(*) FROM command').get();
  write(40);
  const grown = statSync(log).size;
  expect(grown).toBeGreaterThan(limit);
  expect(desk.run('incomingEmail.take', { id: 'em-1' }).outcome).toBe('accepted');
  backup.exec('ROLLBACK');
  write(2); // the first writes the log over into the file, the second begins it anew
  expect(statSync(log).size).toBeLessThanOrEqual(limit);
  backup.close();
  write(40);
  expect(statSync(log).size).toBeLessThanOrEqual(limit + 400_000); // one writing more than that
  await desk.sync();
  expect(centre.store.the('incomingEmail', 'em-1').state).toBe('inWork');
  await desk.close();
});
