import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolderFileStore } from '../../../server/files/folder-file-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'okno-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const helloSha = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

test('the same content is stored once, from bytes or from a stream', async () => {
  const store = await openFolderFileStore(folder);
  expect(await store.put(Buffer.from('hello'))).toEqual({ sha: helloSha, size: 5 });
  expect(await store.put(Readable.from([Buffer.from('he'), Buffer.from('llo')]))).toEqual({ sha: helloSha, size: 5 });
  expect((await store.get(helloSha))?.toString()).toBe('hello');
  expect([await store.has(helloSha), await store.size(helloSha), await store.has('0'.repeat(64)), await store.get('0'.repeat(64))]).toEqual([true, 5, false, null]);
  expect(readdirSync(path.join(folder, 'incoming'))).toEqual([]);
});

test('a name that is no hash reaches no file', async () => {
  const store = await openFolderFileStore(folder);
  for (const name of ['../../etc/passwd', 'incoming', '', 'ABC']) expect([await store.has(name), await store.get(name), await store.stream(name)]).toEqual([false, null, null]);
});

test('over the limit, of another hash, or broken off: refused, and nothing is left', async () => {
  const store = await openFolderFileStore(folder);
  await expect(store.put(Buffer.from('hello'), { limit: 4 })).rejects.toMatchObject({ code: 'invalidInput' });
  await expect(store.put(Buffer.from('hello'), { expected: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'invalidInput' });
  const broken = Readable.from((async function* () {
    yield Buffer.from('he');
    throw new Error('connection lost');
  })());
  await expect(store.put(broken)).rejects.toThrow('connection lost');
  expect([readdirSync(folder), readdirSync(path.join(folder, 'incoming'))]).toEqual([['incoming', 'parts'], []]);
});

test('what a stop left half-written is cleared at the next start', async () => {
  await openFolderFileStore(folder);
  writeFileSync(path.join(folder, 'incoming', 'half'), 'x');
  await openFolderFileStore(folder);
  expect(readdirSync(path.join(folder, 'incoming'))).toEqual([]);
});
