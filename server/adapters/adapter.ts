import type { EffectHandler } from '../jobs/effects.ts';
import type { CentreTools } from './centre-tools.ts';
import type { MailboxService } from './mailbox-service.ts';

export type { AdapterState, CentreTools, SentMailStore } from './centre-tools.ts';

export interface RunningAdapter {
  /** Waits for what is in flight. */
  readonly stop: () => Promise<void>;
  /** Set by the mail intake: the port it listens on. */
  readonly smtpPort?: number;
  /** Set by the mail intake: whether letters are accepted at this moment. */
  readonly acceptsLetters?: () => boolean;
  /** Set by the mail adapter: what an administrator does with mailboxes. */
  readonly mailboxes?: MailboxService;
}

/** Starts an adapter; it is stopped before the database is. */
export type AdapterFactory = (tools: CentreTools) => Promise<RunningAdapter>;

/** What app.ts starts: the parts of one adapter. */
export interface Adapter {
  readonly name: string;
  readonly start: AdapterFactory | null;
  readonly effectHandlers: readonly EffectHandler[];
}
