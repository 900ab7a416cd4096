import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Pool } from 'pg';
import type { SnapshotOffer } from '../../shared/protocol/sync.ts';
import type { PullService } from '../commands/pull.ts';
import { profileKeys, snapshotTypes } from './profile.ts';
import { descriptionName, partBytes, readSnapshot, snapshotFile, snapshotFolder, type Snapshot } from './snapshot-files.ts';
import { somethingLeft } from './snapshot-rows.ts';

export interface SnapshotServiceOptions {
  readonly data: string;
  readonly pool: Pool;
  readonly epoch: () => Promise<string>;
  readonly pull: Pick<PullService, 'snapshotCursors'>;
}

/** A part asked for later than so long after the last look is looked at again: has something left the reader's scope meanwhile? */
const trustMs = 5_000;

/** Gives desks the snapshot of their user's branches. Whatever is asked for, only the file of the asker's own rights at this moment is opened. */
export class SnapshotService {
  readonly #options: SnapshotServiceOptions;
  /** When it was last seen that a snapshot holds nothing that left its scope, by its id. */
  readonly #trusted = new Map<string, number>();

  /** Descriptions as last read, by folder: thousands of parts are asked for one after another. */
  readonly #read = new Map<string, { readonly writtenAt: number; readonly snapshot: Snapshot | null }>();

  constructor(options: SnapshotServiceOptions) {
    this.#options = options;
  }

  /** Null: none was made, it is of another program or of another epoch, or it holds what the user may see no more. */
  async offer(scopeKeys: readonly string[], structure: string): Promise<SnapshotOffer | null> {
    const { pull, epoch } = this.#options;
    const snapshot = this.#of(scopeKeys);
    if (snapshot === null || snapshot.structure !== structure || snapshot.epoch !== (await epoch()) || !(await this.#holds(snapshot))) return null;
    const { id, size, parts, key } = snapshot;
    return { id, epoch: snapshot.epoch, size, partBytes, parts, key, types: [...snapshotTypes], ...pull.snapshotCursors({ xid: BigInt(snapshot.xid), seq: BigInt(snapshot.seq) }, snapshot.epoch, scopeKeys, snapshotTypes) };
  }

  /** The bytes of a part; null if this file is not (any more) the user's. */
  async part(scopeKeys: readonly string[], id: string, part: number): Promise<Buffer | null> {
    const snapshot = this.#of(scopeKeys);
    if (snapshot === null || snapshot.id !== id || part >= snapshot.parts.length) return null;
    if (Date.now() - (this.#trusted.get(id) ?? 0) > trustMs && !(await this.#holds(snapshot))) return null;
    const file = await open(snapshotFile(snapshotFolder(this.#options.data, snapshot.keys), id), 'r');
    try {
      const bytes = Buffer.alloc(Math.min(partBytes, snapshot.size - part * partBytes));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, part * partBytes);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  #of(scopeKeys: readonly string[]): Snapshot | null {
    const folder = snapshotFolder(this.#options.data, profileKeys(scopeKeys));
    const writtenAt = statSync(path.join(folder, descriptionName), { throwIfNoEntry: false })?.mtimeMs;
    if (writtenAt === undefined) return null;
    const known = this.#read.get(folder);
    if (known?.writtenAt === writtenAt) return known.snapshot;
    const snapshot = readSnapshot(folder);
    this.#read.set(folder, { writtenAt, snapshot });
    return snapshot;
  }

  async #holds({ id, xid, seq, keys }: Snapshot): Promise<boolean> {
    const holds = !(await somethingLeft(this.#options.pool, { xid: BigInt(xid), seq: BigInt(seq) }, keys));
    this.#trusted.clear();
    if (holds) this.#trusted.set(id, Date.now());
    return holds;
  }
}
