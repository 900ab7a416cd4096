import type { DeskEngine } from '../../main/sync/desk-engine.ts';
import type { Author } from '../../shared/base/rule-book.ts';
import type { DeskDisk } from './desk-disk.ts';
import type { MemoryDesk } from './memory-desk.ts';

/** A running program at a desk. */
export interface Program {
  readonly store: MemoryDesk;
  readonly engine: DeskEngine;
  alive: boolean;
}

/** A machine with a profile: three of them, and perhaps one that got a copy of the first one's profile. */
export interface Machine {
  readonly place: string;
  readonly deskId: string;
  readonly author: Author;
  readonly grant: string;
  disk: DeskDisk;
  program: Program | null;
  killAtCommit: number;
  /** A copy of the profile, made some time ago. */
  backup: DeskDisk | null;
}
