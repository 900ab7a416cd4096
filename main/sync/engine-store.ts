import type { Envelope } from '../../shared/protocol/sync.ts';
import type { DeskBase, DocumentParser } from '../db/desk-base.ts';
import type { FileVault } from '../db/file-vault.ts';
import type { DeskStore } from './desk-engine.ts';

/** The desk's files in the form that the engine asks for. */
export function engineStore(base: DeskBase, vault: Pick<FileVault, 'read'>, parse: DocumentParser): DeskStore {
  const { outbox } = base;
  return {
    deskId: base.deskId,
    get incarnation() {
      return base.incarnation;
    },
    get epoch() {
      return outbox.meta('epoch');
    },
    get position() {
      return base.position;
    },
    queued: (limit) => base.queued(limit),
    settle: (answers, at) => base.settle(answers, at),
    applyPage: (request, page, allowDeletion) => base.applyPage(request, page, parse, allowDeletion),
    startRefetch: () => base.startRefetch(),
    newIncarnation: () => base.newIncarnation(),
    noteEpoch: (epoch) => base.noteEpoch(epoch),
    highestNumbers: () => outbox.leases.highest(),
    numbersLeft: (series, year) => outbox.leases.left(base.incarnation, series, year),
    addLease: (lease) => outbox.leases.add(base.incarnation, lease),
    accessEntries: (limit) => outbox.access.unsent(limit),
    accessEntriesSent: (ids, now) => outbox.access.markSent(ids, now),
    filesToUpload: (commands) => filesNamed(commands, outbox.users.uploads()),
    fileContent: (fileId) => vault.read(fileId),
    fileUploaded: (fileId) => outbox.users.removeUpload(fileId),
  };
}

/** Of the files waiting here, those whose id occurs in the commands' inputs. */
function filesNamed(commands: readonly Envelope[], waiting: readonly string[]): readonly string[] {
  if (waiting.length === 0) return [];
  const text = JSON.stringify(commands.map(({ input }) => input));
  return waiting.filter((fileId) => text.includes(fileId));
}
