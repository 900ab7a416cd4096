import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Pool } from 'pg';
import { z } from 'zod';
import { documentNames, documentTypeOf } from '../../shared/domain/documents.ts';
import { Cache } from '../../main/db/cache.ts';
import { fileStructure } from '../../main/db/cache-structure.ts';
import { writeDurably } from '../../main/db/durable-file.ts';
import { takeIndexesOff } from '../../main/db/bulk-load.ts';
import type { FeedPosition } from '../db/centre-store.ts';
import { snapshotTypes } from './profile.ts';
import { rowsAfter } from './snapshot-rows.ts';
import { descriptionName, partBytes, readSnapshot, snapshotFile, type Snapshot } from './snapshot-files.ts';

const portion = 1_000;
/** Kept in memory while the file is filled: keys of search come in no order. */
const fillCacheKib = 512 * 1024;
/** The file that grows with the feed, its key and how far it has come. */
const workName = 'work.db';
const workKeyName = 'work.json';

export interface MakeOptions {
  readonly pool: Pool;
  /** The profile's folder. */
  readonly folder: string;
  readonly keys: readonly string[];
  readonly epoch: () => Promise<string>;
  readonly now: () => string;
}

const types = documentNames.map(documentTypeOf);
export const ownStructure = fileStructure(types);

/** Something left the profile's scope: the file that held it is made anew, so that nothing of it stays in some free page. */
class SomethingLeft extends Error {}

function removeWork(folder: string): void {
  for (const name of [workName, `${workName}-wal`, `${workName}-shm`, `${workName}-journal`, workKeyName]) rmSync(path.join(folder, name), { force: true });
}

const workSchema = z.object({ key: z.string(), structure: z.string(), epoch: z.string() });

/** The file as it stands, if it is of this program and epoch; else a new one. */
async function openWork({ folder, epoch }: MakeOptions): Promise<{ readonly cache: Cache; readonly key: string; readonly epoch: string; readonly after: FeedPosition }> {
  const now = await epoch();
  const description = path.join(folder, workKeyName);
  const known = existsSync(description) ? workSchema.safeParse(JSON.parse(readFileSync(description, 'utf8'))).data : undefined;
  if (known?.structure !== ownStructure || known.epoch !== now) removeWork(folder);
  const key = known?.structure === ownStructure && known.epoch === now ? known.key : randomBytes(32).toString('hex');
  writeDurably(description, JSON.stringify({ key, structure: ownStructure, epoch: now }));
  const file = { file: path.join(folder, workName), key: Buffer.from(key, 'hex') };
  let cache = new Cache(file, types, true);
  if (cache.meta('position') !== null && cache.meta('whole') === null) {
    // The first filling was broken off while the tables had no indexes.
    cache.close();
    rmSync(file.file, { force: true });
    cache = new Cache(file, types, true);
  }
  cache.database.pragma(`cache_size = -${fillCacheKib}`);
  cache.database.pragma('secure_delete = ON'); // what is replaced is not given away in a page's rest
  const [xid, seq] = (cache.meta('position') ?? '0/0').split('/');
  return { cache, key, epoch: now, after: { xid: BigInt(xid ?? '0'), seq: BigInt(seq ?? '0') } };
}

async function fill(cache: Cache, { pool, keys }: MakeOptions, from: FeedPosition): Promise<FeedPosition> {
  let after = from;
  for (;;) {
    const { rows, position, more } = await rowsAfter(pool, after, keys, portion);
    cache.transaction(() => {
      for (const { type, id, version, document } of rows) {
        if (document === null && cache.get(type, id) !== null) throw new SomethingLeft();
        if (document !== null) cache.receive(type, id, version, 0, document);
      }
      cache.setMeta('position', `${position.xid}/${position.seq}`);
    });
    after = position;
    if (!more) return after;
  }
}

/** Copies the closed file under its new name and gives the hash of each part. */
async function publish(from: string, to: string): Promise<{ readonly size: number; readonly parts: readonly string[] }> {
  const [source, target] = await Promise.all([open(from, 'r'), open(`${to}.part`, 'w', 0o600)]);
  try {
    const part = Buffer.alloc(partBytes);
    const parts: string[] = [];
    let size = 0;
    for (;;) {
      const { bytesRead } = await source.read(part, 0, partBytes, size);
      if (bytesRead === 0) break;
      const bytes = part.subarray(0, bytesRead);
      parts.push(createHash('sha256').update(bytes).digest('hex'));
      await target.write(bytes);
      size += bytesRead;
    }
    await target.sync();
    await rename(`${to}.part`, to);
    return { size, parts };
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

/**
 * Brings the profile's file up to the feed and gives it out as a new snapshot; the former one is removed. A file that is there goes on from where it stands; one
 * of another program or epoch, a damaged one, or one that holds what has left the scope is made anew.
 */
export async function makeSnapshot(options: MakeOptions): Promise<Snapshot> {
  const { folder, keys, now } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const work = await openWork(options);
  const { cache, key, epoch } = work;
  let position: FeedPosition;
  let documents: number;
  try {
    const makeIndexes = work.after.xid === 0n ? takeIndexesOff(cache.database, snapshotTypes) : () => undefined;
    position = await fill(cache, options, work.after);
    makeIndexes();
    cache.setMeta('whole', 'yes');
    documents = cache.baseCount();
    cache.database.pragma('wal_checkpoint(TRUNCATE)');
    cache.database.pragma('journal_mode = DELETE');
  } catch (error) {
    cache.close();
    removeWork(folder);
    if (error instanceof SomethingLeft) return makeSnapshot(options);
    throw error;
  }
  cache.close();
  if ((await options.epoch()) !== epoch) throw new Error('The centre was restored while a snapshot was made');
  const id = randomUUID();
  const { size, parts } = await publish(path.join(folder, workName), snapshotFile(folder, id));
  const snapshot: Snapshot = { id, keys: [...keys], epoch, xid: String(position.xid), seq: String(position.seq), structure: ownStructure, key, documents, madeAt: now(), size, parts: [...parts] };
  const former = readSnapshot(folder);
  writeDurably(path.join(folder, descriptionName), JSON.stringify(snapshot));
  if (former !== null) rmSync(snapshotFile(folder, former.id), { force: true });
  for (const name of readdirSync(folder)) if (/\.snapshot(?:\.part)?$/.test(name) && !name.startsWith(id)) rmSync(path.join(folder, name), { force: true });
  return snapshot;
}
