import type { Readable } from 'node:stream';

/** Files by content: the key is the sha256 of the bytes, hex, so a file is stored once and is never changed. */
export interface FileStore {
  /** Durable (file and folder synced) when it answers. Bytes beyond `limit` refuse the file, and so does another hash than `expected`: OknoError `invalidInput`. */
  readonly put: (content: Uint8Array | Readable, options?: { readonly limit?: number; readonly expected?: string }) => Promise<StoredFile>;
  /**
   * Adds bytes to a file that comes in parts, kept under `key` until it is whole; those that do not begin where the kept ones end are not taken. Gives how many are kept. When
   * all `size` are there the file is stored as by `put`.
   */
  readonly putPart: (content: Readable, part: FilePart) => Promise<number>;
  /** The bytes, or null. For large files use `stream`. */
  readonly get: (sha: string) => Promise<Buffer | null>;
  /** `from`…`to` inclusive bytes; the whole without them. Null if there is no such file. */
  readonly stream: (sha: string, range?: { readonly from: number; readonly to: number }) => Promise<Readable | null>;
  /** Bytes, or null if there is no such file. */
  readonly size: (sha: string) => Promise<number | null>;
  readonly has: (sha: string) => Promise<boolean>;
}

export interface FilePart {
  /** Whose upload it is: parts of two never mix. */
  readonly key: string;
  readonly expected: string;
  readonly from: number;
  readonly size: number;
}

export interface StoredFile {
  readonly sha: string;
  readonly size: number;
}
