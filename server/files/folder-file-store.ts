import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { OknoError } from '../../shared/base/errors.ts';
import { InTurn } from '../commands/in-turn.ts';
import type { FilePart, FileStore, StoredFile } from './file-store.ts';

const isSha = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** True for the error that says: there is no such file. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Files in a folder: `ab/abcd…`, 256 folders at most, so that a file seldom needs a new one (each level of a new folder costs a sync
 * of the disk). A file appears under its name only when it is whole and on the disk.
 */
export async function openFolderFileStore(folder: string): Promise<FileStore> {
  const temporary = path.join(folder, 'incoming');
  await rm(temporary, { recursive: true, force: true }); // halves of uploads that a stop cut short
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const parts = path.join(folder, 'parts');
  await mkdir(parts, { recursive: true, mode: 0o700 });
  await forgetOldParts(parts);
  const inTurn = new InTurn();
  /** Folders whose own entry is known to be on the disk: only a new one needs its parents synced. */
  const lastingFolders = new Set<string>();
  const placeOf = (sha: string): string => path.join(folder, sha.slice(0, 2), sha);
  const syncFolder = sharedSync();

  const size = async (sha: string): Promise<number | null> => {
    if (!isSha(sha)) return null;
    try {
      return (await stat(placeOf(sha))).size;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  };

  /** Gives the whole file its name; durable when it answers. */
  const keep = async (half: string, sha: string): Promise<void> => {
    if ((await size(sha)) !== null) {
      await rm(half, { force: true });
      return;
    }
    const leaf = path.dirname(placeOf(sha));
    if (!lastingFolders.has(leaf)) {
      await mkdir(leaf, { recursive: true, mode: 0o700 });
      await syncFolder(folder);
      lastingFolders.add(leaf);
    }
    await rename(half, placeOf(sha));
    await syncFolder(leaf);
  };

  const putPart = async (content: Readable, { key, expected, from, size: whole }: FilePart): Promise<number> => {
    if ((await size(expected)) === whole) return whole;
    const half = path.join(parts, createHash('sha256').update(`${key} ${expected} ${whole}`).digest('hex'));
    const kept = await appendFrom(half, content, from, whole);
    if (kept < whole) return kept;
    if ((await hashOf(half)) !== expected) {
      await rm(half, { force: true });
      throw wrongHash();
    }
    await keep(half, expected);
    return whole;
  };

  return {
    size,
    putPart: (content, part) => inTurn.run(`${part.key} ${part.expected}`, () => putPart(content, part)),
    has: async (sha) => (await size(sha)) !== null,
    get: async (sha) => {
      if ((await size(sha)) === null) return null;
      return readFile(placeOf(sha));
    },
    stream: async (sha, range) => {
      if ((await size(sha)) === null) return null;
      return createReadStream(placeOf(sha), range === undefined ? {} : { start: range.from, end: range.to });
    },
    put: async (content, { limit = Infinity, expected } = {}) => {
      const half = path.join(temporary, randomUUID());
      try {
        const stored = await writeWhole(half, content, limit);
        if (expected !== undefined && stored.sha !== expected) throw wrongHash();
        await keep(half, stored.sha);
        return stored;
      } catch (error) {
        await rm(half, { force: true });
        throw error;
      }
    },
  };
}

/** A part not gone on with for so long is an upload that was given up. */
const PARTS_MS = 7 * 86_400_000;

async function forgetOldParts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (Date.now() - (await stat(file)).mtimeMs > PARTS_MS) await rm(file, { force: true });
  }
}

function wrongHash(): OknoError {
  return new OknoError('invalidInput', { field: 'sha256 файла не совпадает: загрузите файл ещё раз' });
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer); // a stream without an encoding gives bytes
  return hash.digest('hex');
}

/** Adds the bytes if they begin where the file ends; what a broken line brought is kept. Gives the file's length, at most `limit`. */
async function appendFrom(file: string, content: Readable, from: number, limit: number): Promise<number> {
  const handle = await open(file, 'a', 0o600);
  try {
    let length = (await handle.stat()).size;
    if (from !== length) {
      content.resume();
      return length;
    }
    for await (const chunk of content) {
      const bytes = (chunk as Buffer).subarray(0, limit - length); // a request's body gives bytes
      await handle.appendFile(bytes);
      length += bytes.byteLength;
    }
    await handle.sync();
    return length;
  } finally {
    await handle.close();
  }
}

async function writeWhole(file: string, content: Uint8Array | Readable, limit: number): Promise<StoredFile> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const stored = await writeParts(handle, content instanceof Readable ? content : [content], limit);
    await handle.sync();
    return stored;
  } finally {
    await handle.close();
  }
}

async function writeParts(handle: FileHandle, parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, limit: number): Promise<StoredFile> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const part of parts) {
    size += part.byteLength;
    if (size > limit) throw new OknoError('invalidInput', { field: `файл больше ${Math.floor(limit / 1024 / 1024)} МБ` });
    hash.update(part);
    await handle.writeFile(part);
  }
  return { sha: hash.digest('hex'), size };
}

/**
 * The name of a new file is in its folder, and that too has to reach the disk. Those who ask while a sync of the folder runs share the
 * next one: the running one may have begun before their name was there.
 */
function sharedSync(): (folder: string) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const next = new Map<string, Promise<void>>();
  const begin = (folder: string): Promise<void> => {
    const sync = syncNow(folder).finally(() => running.delete(folder));
    running.set(folder, sync);
    return sync;
  };
  const afterRunning = async (folder: string, before: Promise<void>): Promise<void> => {
    await before.catch(() => undefined); // its own callers are told
    next.delete(folder);
    await begin(folder);
  };
  return (folder) => {
    const before = running.get(folder);
    if (before === undefined) return begin(folder);
    const shared = next.get(folder) ?? afterRunning(folder, before);
    next.set(folder, shared);
    return shared;
  };
}

async function syncNow(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there; NTFS journals names
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
