import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { SnapshotOffer } from '../../shared/protocol/sync.ts';

/** What gives a file of one key another one: long for a large file, so in a thread of its own. Keys are 32 bytes. */
export type Rekey = (order: { readonly file: string; readonly from: Uint8Array; readonly to: Uint8Array }) => Promise<void>;

const namePattern = /^snapshot-.*\.(?:part|laid)(?:-journal|-wal|-shm)?$/;

/** True if these bytes are that part of the file. */
export function isPart(offer: SnapshotOffer, part: number, bytes: Uint8Array): boolean {
  return createHash('sha256').update(bytes).digest('hex') === offer.parts[part];
}

/**
 * The snapshot on its way: parts of an encrypted file, each checked before it is written, then the whole with the desk's own key. What lies on the disk is
 * never plain, and what a crash left of it is checked again.
 */
export class SnapshotFile {
  readonly #folder: string;
  readonly #key: Uint8Array;
  readonly #rekey: Rekey;

  constructor(folder: string, key: Uint8Array, rekey: Rekey) {
    this.#folder = folder;
    this.#key = key;
    this.#rekey = rekey;
  }

  #part({ id }: SnapshotOffer): string {
    return path.join(this.#folder, `snapshot-${id}.part`);
  }

  /** The whole file under the desk's key. */
  laid({ id }: SnapshotOffer): string {
    return path.join(this.#folder, `snapshot-${id}.laid`);
  }

  /** How many parts from the beginning are here as they should be; what follows them is cut off. */
  async here(offer: SnapshotOffer): Promise<number> {
    if (existsSync(this.laid(offer))) return offer.parts.length;
    const file = this.#part(offer);
    if (!existsSync(file)) return 0;
    const handle = await open(file, 'r+');
    try {
      const right = await rightParts(handle, offer);
      await handle.truncate(Math.min(right * offer.partBytes, offer.size));
      return right;
    } finally {
      await handle.close();
    }
  }

  /** Adds a part that has been checked. */
  async add(offer: SnapshotOffer, part: number, bytes: Uint8Array): Promise<void> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const handle = await open(this.#part(offer), existsSync(this.#part(offer)) ? 'r+' : 'w', 0o600);
    try {
      await handle.write(bytes, 0, bytes.byteLength, part * offer.partBytes);
    } finally {
      await handle.close();
    }
  }

  /** All parts are here: the file gets the desk's key. */
  async finish(offer: SnapshotOffer): Promise<void> {
    if (existsSync(this.laid(offer))) return;
    const file = this.#part(offer);
    await this.#rekey({ file, from: Buffer.from(offer.key, 'hex'), to: this.#key });
    const handle = await open(file, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(file, this.laid(offer));
  }

  /** Removes what lies here of any snapshot. */
  remove(): void {
    if (!existsSync(this.#folder)) return;
    for (const name of readdirSync(this.#folder)) if (namePattern.test(name)) rmSync(path.join(this.#folder, name), { force: true });
  }
}

async function rightParts(handle: FileHandle, offer: SnapshotOffer): Promise<number> {
  const bytes = Buffer.alloc(offer.partBytes);
  for (let part = 0; part < offer.parts.length; part += 1) {
    const length = Math.min(offer.partBytes, offer.size - part * offer.partBytes);
    const { bytesRead } = await handle.read(bytes, 0, length, part * offer.partBytes);
    if (bytesRead < length || !isPart(offer, part, bytes.subarray(0, length))) return part;
  }
  return offer.parts.length;
}
