import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { OknoError } from '../../shared/base/errors.ts';
import { seal, unseal } from './data-key.ts';
import { writeDurably } from './durable-file.ts';

const fileIdPattern = /^[0-9a-f]{64}$/;

/** Attachments of open work: one encrypted file for each content, named by its sha256. */
export class FileVault {
  readonly #folder: string;
  /** Its own copy; null once closed. */
  #key: Uint8Array | null;

  constructor(folder: string, key: Uint8Array) {
    this.#folder = folder;
    this.#key = Uint8Array.from(key);
  }

  /** Forgets the key. What was being read or written meanwhile ends with `sessionEnded`; nothing on the disk is touched. */
  close(): void {
    this.#key?.fill(0);
    this.#key = null;
  }

  #openKey(): Uint8Array {
    if (this.#key === null) throw new OknoError('sessionEnded');
    return this.#key;
  }

  #path(fileId: string): string {
    if (!fileIdPattern.test(fileId)) throw new OknoError('invalidInput', { field: 'fileId' });
    return path.join(this.#folder, fileId.slice(0, 2), fileId);
  }

  has(fileId: string): boolean {
    return existsSync(this.#path(fileId));
  }

  /** Stores the content durably and gives its address. */
  async write(content: Uint8Array): Promise<string> {
    const fileId = createHash('sha256').update(content).digest('hex');
    const file = this.#path(fileId);
    if (existsSync(file)) return fileId;
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    writeDurably(file, seal(this.#openKey(), content));
    return fileId;
  }

  /** The content. A damaged file is removed, so that it is fetched again, and answered with `notFound`. */
  async read(fileId: string): Promise<Buffer> {
    const file = this.#path(fileId);
    if (!existsSync(file)) throw new OknoError('notFound', { fileId });
    const box = await readFile(file);
    const content = unseal(this.#openKey(), box);
    if (content !== null && createHash('sha256').update(content).digest('hex') === fileId) return content;
    await rm(file, { force: true });
    throw new OknoError('notFound', { fileId });
  }
}
