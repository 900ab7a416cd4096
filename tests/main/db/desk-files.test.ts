import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { newDataKey, openByPassword, seal, unseal, wrapByPassword } from '../../../main/db/data-key.ts';
import { readDesk } from '../../../main/db/desk-file.ts';
import { FileVault } from '../../../main/db/file-vault.ts';
import { migrate } from '../../../main/db/migrate.ts';
import { isPlainSqlite, openDatabase, UnreadableDatabaseError } from '../../../main/db/open-database.ts';
import { openDesk } from '../../../main/desk/open-desk.ts';
import { aTask, aUser, anIncomingEmail } from '../../helpers/builders.ts';
import { newFolder, removeFolders, TestDesk, testKey } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

afterEach(removeFolders);

function filledCentre(): MemoryCentre {
  const centre = new MemoryCentre();
  centre.put('user', aUser({ employeeId: null }));
  centre.put('incomingEmail', anIncomingEmail());
  centre.put('task', aTask({ documentId: 'em-1', state: 'open', holderId: null }));
  return centre;
}

describe('encrypted files of the desk', () => {
  it('writes with synchronous=FULL and never as plain SQLite', () => {
    const file = path.join(newFolder(), 'x.db');
    const database = openDatabase({ file, key: testKey, synchronous: 'FULL' });
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(isPlainSqlite(file)).toBe(false);
    database.close();
    expect(() => openDatabase({ file, key: newDataKey(), synchronous: 'FULL' })).toThrow(UnreadableDatabaseError);
  });

  it('refuses a file whose header says that it is not encrypted', () => {
    const file = path.join(newFolder(), 'plain.db');
    const plain = new Database(file);
    plain.exec('CREATE TABLE a (b)');
    plain.close();
    expect(isPlainSqlite(file)).toBe(true);
    expect(() => openDatabase({ file, key: testKey, synchronous: 'NORMAL' })).toThrow(UnreadableDatabaseError);
  });

  it('I8 leaves no personal data in any file of the profile', async () => {
    const centre = filledCentre();
    const desk = new TestDesk(centre);
    await desk.sync();
    desk.run('incomingEmail.take', { id: 'em-1' });
    desk.files.base.outbox.saveDraft('user-belova', { key: 'draft', title: 'Черновик Соколова', value: { text: 'Соколова Марина' }, savedAt: centre.now });
    await desk.close();
    const everything = readdirSync(desk.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(everything.length).toBeGreaterThan(2);
    for (const entry of everything) {
      const bytes = readFileSync(path.join(entry.parentPath, entry.name));
      expect([entry.name, bytes.includes('Соколова'), bytes.includes('m.sokolova')]).toEqual([entry.name, false, false]);
    }
  });

  it.each([
    ['zeroed', (size: number) => Buffer.alloc(size)],
    ['not a database', () => Buffer.from('это не база')],
    ['cut', () => Buffer.alloc(100, 1)],
  ])('F4 a cache that is %s is made anew and fetched again, the outbox stays', async (_name, damage) => {
    const centre = filledCentre();
    const desk = new TestDesk(centre);
    await desk.sync();
    centre.requestLost = () => true;
    desk.run('incomingEmail.take', { id: 'em-1' });
    await desk.close();
    const file = path.join(desk.folder, 'cache.db');
    writeFileSync(file, damage(readFileSync(file).length));
    const again = new TestDesk(centre, desk.folder);
    expect(again.lines).toContain('Cache made anew: damaged');
    expect(again.files.base.outbox.commands.waiting()).toBe(1);
    centre.requestLost = null;
    await again.sync();
    expect(again.seen('incomingEmail', 'em-1')?.['state']).toBe('inWork');
    expect(again.files.base.outbox.commands.waiting()).toBe(0);
    await again.close();
  });

  it('F5 a damaged outbox is set aside, and its commands and drafts are saved from the journal', async () => {
    const centre = filledCentre();
    const desk = new TestDesk(centre);
    await desk.sync();
    centre.requestLost = () => true;
    desk.run('incomingEmail.take', { id: 'em-1' });
    desk.files.base.outbox.saveDraft('user-belova', { key: 'draft', title: 'Ответ', value: { text: 'набрано' }, savedAt: centre.now });
    await desk.kill();
    await desk.close();
    for (const suffix of ['-wal', '-shm']) if (existsSync(path.join(desk.folder, `outbox.db${suffix}`))) writeFileSync(path.join(desk.folder, `outbox.db${suffix}`), '');
    writeFileSync(path.join(desk.folder, 'outbox.db'), Buffer.alloc(8192, 3));
    const again = new TestDesk(centre, desk.folder);
    expect(readdirSync(desk.folder).some((name) => name.endsWith('.unreadable'))).toBe(true);
    expect(again.files.base.outbox.users.drafts('user-belova')).toMatchObject([{ key: 'draft', value: { text: 'набрано' } }]);
    expect(again.files.base.outbox.commands.waiting()).toBe(1);
    centre.requestLost = null;
    await again.sync();
    expect(centre.store.the('incomingEmail', 'em-1').state).toBe('inWork');
    await again.close();
  });

  it('F10 refuses an outbox newer than the program and leaves it as it is', () => {
    const folder = newFolder();
    const database = openDatabase({ file: path.join(folder, 'outbox.db'), key: testKey, synchronous: 'FULL' });
    database.pragma('user_version = 99');
    database.close();
    expect(() => openDesk({ folder, deskId: 'desk-one-id', key: testKey, nativeBinding: undefined, now: Date.now, log: () => undefined })).toThrow(/99/);
    expect(readdirSync(folder).some((name) => name.endsWith('.unreadable'))).toBe(false);
  });

  it('migrations run forward once, each in its transaction, with a copy before the first', () => {
    const database = openDatabase({ file: ':memory:', key: testKey, synchronous: 'NORMAL' });
    let copies = 0;
    const one = { name: '0001-a', sql: 'CREATE TABLE a (b)' };
    migrate(database, [one], () => (copies += 1));
    expect(copies).toBe(0);
    migrate(database, [one, { name: '0002-c', sql: 'ALTER TABLE a ADD COLUMN c' }], () => (copies += 1));
    migrate(database, [one, { name: '0002-c', sql: 'ALTER TABLE a ADD COLUMN c' }], () => (copies += 1));
    expect(copies).toBe(1);
    expect(() => migrate(database, [one, one, { name: '0003', sql: 'CREATE TABLE x (y); nonsense' }], () => undefined)).toThrow();
    expect(database.pragma('user_version', { simple: true })).toBe(2);
    database.close();
  });

  it('F6 a key wrapped by a password opens with it only', async () => {
    const key = newDataKey();
    const wrap = await wrapByPassword(key, 'belova', 'Пароль-2026');
    expect(await openByPassword(wrap, 'Пароль-2026')).toEqual(key);
    expect(await openByPassword(wrap, 'пароль-2026')).toBeNull();
    expect(unseal(newDataKey(), seal(key, Buffer.from('текст')))).toBeNull();
  });

  it('keeps attachments encrypted by content, and drops a damaged one', async () => {
    const folder = newFolder();
    const vault = new FileVault(folder, testKey);
    const fileId = await vault.write(Buffer.from('Договор Соколовой'));
    expect((await vault.read(fileId)).toString()).toBe('Договор Соколовой');
    const file = path.join(folder, fileId.slice(0, 2), fileId);
    expect(readFileSync(file).includes('Договор')).toBe(false);
    writeFileSync(file, Buffer.alloc(200, 1));
    await expect(vault.read(fileId)).rejects.toMatchObject({ code: 'notFound' });
    expect(vault.has(fileId)).toBe(false);
    await expect(vault.read('../../etc/passwd')).rejects.toMatchObject({ code: 'invalidInput' });
  });

  it('desk.json names no key in the clear', () => {
    const folder = newFolder();
    const desk = readDesk(folder, () => 'desk-one-id');
    expect(desk).toMatchObject({ deskId: 'desk-one-id', keyringWrap: null, escrow: null, wraps: [] });
    expect(readDesk(folder, () => 'another-one')).toEqual(desk);
  });
});
