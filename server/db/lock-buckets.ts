import type { BatchWrite } from './centre-store.ts';

/** Few enough that a big batch cannot fill PostgreSQL's lock table, many enough that strangers seldom meet. */
const BUCKETS = 1 << 20;

/** FNV-1a: even enough for buckets, and the same in every process. */
function bucketOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) {
    hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  }
  return (hash >>> 0) % BUCKETS;
}

/**
 * The locks of a write, in the one order that all take them in (so there is no deadlock): bucket × 2, + 1 if exclusive.
 * Documents and keys read are shared, those written exclusive; commands, seqs and numbers are claimed exclusively.
 */
export function locksOf(write: BatchWrite): readonly number[] {
  const exclusive = new Map<number, boolean>();
  const lock = (name: string, alone: boolean): void => {
    const bucket = bucketOf(name);
    exclusive.set(bucket, alone || exclusive.get(bucket) === true);
  };
  for (const { type, id } of write.gets) lock(`d\n${type}\n${id}`, false);
  for (const { type, index, key } of write.finds) lock(`i\n${type}\n${index}\n${key}`, false);
  for (const { type, id } of write.documents) lock(`d\n${type}\n${id}`, true);
  for (const { type, index, key } of [...write.indexRemoved, ...write.indexAdded]) lock(`i\n${type}\n${index}\n${key}`, true);
  for (const { commandId, incarnation } of write.commands) {
    lock(`c\n${commandId}`, true);
    if (incarnation !== null) lock(`s\n${incarnation}`, true);
  }
  for (const { incarnation } of write.repeated) lock(`s\n${incarnation}`, true);
  for (const { series, year, value } of write.numbers) lock(`n\n${series}\n${year}\n${value}`, true);
  return [...exclusive].map(([bucket, alone]) => bucket * 2 + (alone ? 1 : 0)).sort((a, b) => a - b);
}
