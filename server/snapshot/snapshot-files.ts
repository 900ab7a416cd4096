import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { profileName } from './profile.ts';

/** Bytes of a part: at 256 kbit/s half a minute, and a broken line loses no more than that. */
export const partBytes = 1024 * 1024;

/** What is known of a finished file; it lies beside it. */
export const snapshotSchema = z.object({
  id: z.string(),
  keys: z.array(z.string()),
  epoch: z.string(),
  /** Position in the feed up to which the file holds everything. */
  xid: z.string(),
  seq: z.string(),
  structure: z.string(),
  /** 32 bytes, hex. */
  key: z.string(),
  documents: z.number().int(),
  madeAt: z.string(),
  size: z.number().int(),
  parts: z.array(z.string()),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export function snapshotFolder(data: string, keys: readonly string[]): string {
  return path.join(data, 'snapshots', profileName(keys));
}

export const descriptionName = 'snapshot.json';

export function snapshotFile(folder: string, id: string): string {
  return path.join(folder, `${id}.snapshot`);
}

/** The finished snapshot of a folder; null if there is none, or none that this program reads. */
export function readSnapshot(folder: string): Snapshot | null {
  const file = path.join(folder, descriptionName);
  if (!existsSync(file)) return null;
  const parsed = snapshotSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success && existsSync(snapshotFile(folder, parsed.data.id)) ? parsed.data : null;
}
