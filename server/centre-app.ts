import type { FastifyInstance, FastifyBaseLogger, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Pool } from 'pg';
import type { Welcome } from '../shared/protocol/http.ts';
import type { MailboxService } from './adapters/mailbox-service.ts';
import type { LoginDependencies } from './auth/login.ts';
import type { Clock } from './clock.ts';
import type { Program } from './auth/program.ts';
import type { RunForProgram } from './commands/program-runner.ts';
import type { PullService } from './commands/pull.ts';
import type { PushService } from './commands/push.ts';
import type { Signer } from './commands/signed-token.ts';
import type { CentreConfig } from './config.ts';
import type { Session } from './db/queries/session.ts';
import type { FileStore } from './files/file-store.ts';
import type { ExternalSystems } from './jobs/external-systems.ts';
import type { SnapshotService } from './snapshot/snapshot-service.ts';
import type { Hints } from './sync/hints.ts';
import type { Metrics } from './watching/metrics.ts';
import type { PageStreams } from './sync/page-stream.ts';
import type { ProgramReading } from './sync/program-reading.ts';

/** What the routes are built over. */
export interface CentreParts {
  readonly config: CentreConfig;
  readonly pool: Pool;
  readonly files: FileStore;
  readonly push: PushService;
  readonly pull: PullService;
  readonly snapshots: SnapshotService;
  readonly hints: Hints;
  readonly pageStreams: PageStreams;
  readonly login: LoginDependencies;
  readonly externalSystems: ExternalSystems;
  readonly demoUsers: Welcome['demoUsers'];
  readonly clock: Clock;
  /** Ends the sessions of a user everywhere. */
  readonly endSessions: (userId: string) => Promise<void>;
  /** Tells АС ФЭУ of an appeal at once; false if nothing waits to be told. */
  readonly registerNow: (appealId: string) => Promise<boolean>;
  readonly signer: Signer;
  readonly runForProgram: RunForProgram;
  readonly reading: ProgramReading;
  readonly metrics: Metrics;
  readonly smtpWorks: () => boolean;
  /** Null where no adapter brings mail. */
  readonly mailboxes: MailboxService | null;
}

export type CentreApp = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, ZodTypeProvider>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every route that is not public. */
    session: Session | null;
    /** Set instead of the session where a program asks with its token. */
    program: Program | null;
  }
  interface FastifyContextConfig {
    /** The route needs no login. */
    readonly isPublic?: boolean;
    /** The program asks by itself: it does not keep a session alive. */
    readonly isPolling?: boolean;
    /** Programs may call it with their tokens; `only`: nobody else may. */
    readonly programs?: 'only' | 'too';
  }
}
