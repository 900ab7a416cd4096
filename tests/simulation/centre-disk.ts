import type { CommandRecord, EffectRecord, StoredDocument } from '../../server/db/centre-store.ts';
import { DocumentMap } from './document-map.ts';

export interface CentreRow extends StoredDocument {
  readonly scope: readonly string[];
  readonly pastScope: readonly string[];
  readonly xid: number;
  readonly seq: number;
}

export type CommittedCommand = CommandRecord & { readonly xid: number };

/** What the centre has committed; a transaction that runs is not in it. */
export class CentreDisk {
  documents = new DocumentMap<CentreRow>();
  commands = new Map<string, CommittedCommand>();
  /** seqKey → the command and its transaction. */
  seqs = new Map<string, { readonly commandId: string; readonly xid: number; readonly incarnation: string; readonly seq: number }>();
  numbers = new Map<string, string>();
  counters = new Map<string, number>();
  effects = new Map<string, EffectRecord>();
  access = new Set<string>();
  epoch = 'epoch-1';
  restoredAt: string | null = null;
  nextXid = 1;
  nextSeq = 1;
  /** How many times each command was carried out with the outcome «applied». */
  applications = new Map<string, number>();
  /** By document: the commands that changed it. */
  changedBy = new Map<string, readonly string[]>();
  readonly running = new Set<number>();

  copy(): CentreDisk {
    const copy = new CentreDisk();
    copy.documents = new DocumentMap(this.documents.values());
    copy.commands = new Map(this.commands);
    copy.seqs = new Map(this.seqs);
    copy.numbers = new Map(this.numbers);
    copy.counters = new Map(this.counters);
    copy.effects = new Map(this.effects);
    copy.access = new Set(this.access);
    copy.applications = new Map(this.applications);
    copy.changedBy = new Map(this.changedBy);
    copy.epoch = this.epoch;
    copy.restoredAt = this.restoredAt;
    copy.nextXid = this.nextXid;
    copy.nextSeq = this.nextSeq;
    return copy;
  }
}
