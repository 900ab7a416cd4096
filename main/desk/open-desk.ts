import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { documentNames, documentTypeOf } from '../../shared/domain/documents.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { refusal } from '../../shared/base/errors.ts';
import { Cache } from '../db/cache.ts';
import { fileStructure, isDamage } from '../db/cache-structure.ts';
import { DeskBase } from '../db/desk-base.ts';
import { FileVault } from '../db/file-vault.ts';
import { copyBeside } from '../db/lay-snapshot.ts';
import { UnreadableDatabaseError } from '../db/open-database.ts';
import { rekeyFile } from '../db/rekey-file.ts';
import { SnapshotFile, type Rekey } from '../db/snapshot-file.ts';
import type { SnapshotDesk } from '../sync/snapshot-fill.ts';
import { Outbox, readSalvage } from '../db/outbox.ts';

export interface DeskFiles {
  readonly base: DeskBase;
  readonly vault: FileVault;
  readonly snapshot: SnapshotDesk;
}

export interface OpenDeskOptions {
  readonly folder: string;
  readonly deskId: string;
  readonly key: Uint8Array;
  readonly nativeBinding: string | undefined;
  /** In this thread, if not given. */
  readonly rekey?: Rekey | undefined;
  readonly now: () => number;
  readonly log: (text: string, error?: unknown) => void;
}

const outboxName = 'outbox.db';
const cacheName = 'cache.db';

/** True if the profile holds commands, drafts or numbers that only its data key opens. */
export function hasOutbox(folder: string): boolean {
  return existsSync(path.join(folder, outboxName));
}

/** Renames the outbox, never erases it: what is in it may still be opened with the right key. */
export function setOutboxAside(folder: string, at: string): void {
  for (const suffix of ['', '-wal', '-shm', '.journal']) {
    const file = path.join(folder, `${outboxName}${suffix}`);
    if (existsSync(file)) renameSync(file, path.join(folder, `outbox-${at.replaceAll(/[:.]/g, '-')}.unreadable${suffix}`));
  }
}

function openOutbox({ folder, key, nativeBinding, now, log }: OpenDeskOptions): Outbox {
  const options = { file: path.join(folder, outboxName), key, nativeBinding };
  try {
    return new Outbox(options);
  } catch (error) {
    if (!(error instanceof UnreadableDatabaseError) && !isDamage(error)) throw error;
    log('The outbox cannot be read and is set aside', error);
    const saved = readSalvage(options.file, key);
    const at = new Date(now()).toISOString();
    setOutboxAside(folder, at);
    const outbox = new Outbox(options);
    outbox.salvage(saved, at);
    log(`Saved from its journal: ${saved.length}`);
    return outbox;
  }
}

/** Opens the desk's encrypted files; the cache is made anew where it is damaged or of another structure. */
export function openDesk(options: OpenDeskOptions): DeskFiles {
  const { folder, deskId, key, now, log } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const outbox = openOutbox(options);
  const unreadable = outbox.commands.setUnreadableAside(refusal('badEnvelope'), new Date(now()).toISOString());
  if (unreadable > 0) log(`${unreadable} unreadable commands moved to «Разобрать»`);
  const cleanlyClosed = outbox.meta('cleanlyClosed') === 'yes';
  outbox.setMeta('cleanlyClosed', 'no');
  const cache = openCacheOf(options, !cleanlyClosed);
  if (cache.rebuilt !== null) log(`Cache made anew: ${cache.rebuilt}`);
  const base = new DeskBase({ outbox, cache, deskId, lookup: commandByName });
  outbox.commands.prune(now(), base.incarnation, base.coveredSeq);
  return { base, vault: new FileVault(path.join(folder, 'files'), key), snapshot: snapshotDesk(options, base) };
}

const types = documentNames.map(documentTypeOf);

function openCacheOf({ folder, key, nativeBinding }: Pick<OpenDeskOptions, 'folder' | 'key' | 'nativeBinding'>, thorough: boolean): Cache {
  return new Cache({ file: path.join(folder, cacheName), key, nativeBinding }, types, thorough);
}

/** The desk's files as the first fill by a ready base sees them. */
function snapshotDesk(options: OpenDeskOptions, base: DeskBase): SnapshotDesk {
  const { folder, deskId, key, nativeBinding } = options;
  const file = new SnapshotFile(folder, key, options.rekey ?? (async (order) => rekeyFile({ ...order, nativeBinding })));
  if (base.snapshot === null) file.remove();
  return {
    deskId,
    structure: fileStructure(types),
    get wanted() {
      return base.wantsSnapshot;
    },
    get offer() {
      return base.snapshot;
    },
    get restIsHere() {
      return base.restIsHere;
    },
    begin: (offer) => {
      file.remove();
      base.beginSnapshot(offer);
    },
    here: (offer) => file.here(offer),
    add: (offer, part, bytes) => file.add(offer, part, bytes),
    finish: (offer) => file.finish(offer),
    adopt: (offer) => {
      const laid = file.laid(offer);
      return base.adoptSnapshot((cache) => {
        copyBeside(cache, laid, key, offer);
        cache.close(); // writes its log into the file and removes it: nothing of it may meet the new file
        renameSync(laid, path.join(folder, cacheName));
        return openCacheOf(options, false);
      });
    },
    drop: (forGood) => {
      base.dropSnapshot(forGood);
      file.remove();
    },
  };
}

/** Closes them, and with them SQLite's and the vault's copies of the key; the next start need not check every page of the cache. */
export function closeDesk({ base, vault }: DeskFiles): void {
  vault.close();
  base.outbox.setMeta('cleanlyClosed', 'yes');
  base.close();
}
