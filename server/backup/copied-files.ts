import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const leaf = /^[0-9a-f]{2}$/;
const whole = /^[0-9a-f]{64}$/;

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Of a file store's folder the names (sha256) of its whole files. */
export async function storedNames(store: string): Promise<ReadonlySet<string>> {
  const leaves = (await namesIn(store)).filter((name) => leaf.test(name));
  const names = await Promise.all(leaves.map((name) => namesIn(path.join(store, name))));
  return new Set(names.flat().filter((name) => whole.test(name)));
}

/** Copies what the other store does not have; each file has its name there only when it is whole and on the disk. Gives how many were copied. */
export async function copyStore(from: string, to: string): Promise<number> {
  const [wanted, there] = [await storedNames(from), await storedNames(to)];
  let copied = 0;
  for (const name of wanted) {
    if (there.has(name)) continue;
    const folder = path.join(to, name.slice(0, 2));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await copyDurably(path.join(from, name.slice(0, 2), name), path.join(folder, name));
    copied += 1;
  }
  return copied;
}

/** The copy appears under its name when it is whole. */
export async function copyDurably(from: string, to: string): Promise<void> {
  const half = `${to}.half`;
  await rm(half, { force: true });
  await copyFile(from, half);
  await syncPath(half);
  await rename(half, to);
  await syncPath(path.dirname(to));
}

/** What was written to a file, or a folder's names, is on the disk when this answers. */
export async function syncPath(at: string): Promise<void> {
  if (process.platform === 'win32' && (await stat(at)).isDirectory()) return; // folders cannot be opened there; NTFS journals names
  const handle = await open(at, 'r+').catch(() => open(at, 'r')); // a folder opens for reading only
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** SHA-256 of a file's bytes, hex. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer); // a stream without an encoding gives bytes
  return hash.digest('hex');
}
