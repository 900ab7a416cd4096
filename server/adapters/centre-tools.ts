import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Read, ReadAnswer } from '../../shared/base/rule-book.ts';
import type { SentMail } from '../../shared/protocol/http.ts';
import type { Clock } from '../clock.ts';
import type { RunSystem, RunSystemAll } from '../commands/run-system.ts';
import type { CentreConfig } from '../config.ts';
import type { FileStore } from '../files/file-store.ts';
import type { ExternalSystems } from '../jobs/external-systems.ts';

/** All that an adapter is given. */
export interface CentreTools {
  readonly config: CentreConfig;
  readonly pool: Pool;
  readonly files: FileStore;
  readonly runSystem: RunSystem;
  readonly runSystemAll: RunSystemAll;
  /** Documents as the rules read them: `get` (null if absent or deleted) and `find` (ordered by id), in one round trip. */
  readonly read: (reads: readonly Read[]) => Promise<readonly ReadAnswer[]>;
  readonly sentMail: SentMailStore;
  readonly externalSystems: ExternalSystems;
  /** A small value that an adapter keeps between starts (a cursor of a feed). */
  readonly state: AdapterState;
  /** Calls when something was committed, here or by another process of the centre; gives what ends it. */
  readonly onFeed: (listener: () => void) => () => void;
  /** Number of this process among those of the centre: its advisory lock (`RUNNER_LOCK`) says that it lives. */
  readonly runner: number;
  /** Looks for effects to run now, e.g. when the other side is back. */
  readonly wakeEffects: () => void;
  /** The other side is back: what failed because of it is tried again now, not after its grown pause. */
  readonly retryEffects: (system: string) => void;
  readonly log: Logger;
  readonly clock: Clock;
}

export interface AdapterState {
  readonly get: (key: string) => Promise<string | null>;
  readonly set: (key: string, value: string) => Promise<void>;
}

/** The embedded outgoing store: what left the house. */
export interface SentMailStore {
  /** Stored once per id, e.g. the Message-ID. */
  readonly record: (mail: SentMail) => Promise<void>;
  readonly has: (id: string) => Promise<boolean>;
}
