import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Command, ReadAnswer } from '../shared/base/rule-book.ts';
import { commandByName } from '../shared/domain/commands.ts';
import type { User } from '../shared/domain/user/model.ts';
import { welcomeSchema, type Welcome } from '../shared/protocol/http.ts';
import type { Adapter, CentreTools, RunningAdapter } from './adapters/adapter.ts';
import { openEscrow } from './auth/escrow.ts';
import { systemClock, type Clock } from './clock.ts';
import type { ExecuteDependencies } from './commands/execute.ts';
import { gatherer } from './commands/gather.ts';
import { PullService } from './commands/pull.ts';
import { programRunner } from './commands/program-runner.ts';
import { PushService } from './commands/push.ts';
import type { RunSystem } from './commands/run-system.ts';
import { Signer } from './commands/signed-token.ts';
import { systemBatchRunner, systemRunner } from './commands/system-runner.ts';
import type { CentreConfig } from './config.ts';
import type { BatchWrite, CentreStore, FeedStep } from './db/centre-store.ts';
import { openDatabase, type Database } from './db/database.ts';
import { pgStore } from './db/pg-store.ts';
import { sweepReadings } from './db/queries/api-token.ts';
import { storedCommand } from './db/queries/stored-command.ts';
import { endOutdatedSessionsOf, endSessionsOf, sweepSessions } from './db/queries/session.ts';
import { hasSentMail, recordSentMail } from './db/queries/sent-mail.ts';
import { ensureSettings, findRestoredBase } from './db/settings.ts';
import type { FileStore } from './files/file-store.ts';
import { openFolderFileStore } from './files/folder-file-store.ts';
import { startWakeQueue } from './jobs/boss.ts';
import { registrationDueNow, RUNNER_LOCK } from './jobs/effect-queries.ts';
import { EffectRunner } from './jobs/effect-runner.ts';
import { startEventNumbers } from './jobs/event-numbers.ts';
import { SearchIndexer } from './jobs/search-indexer.ts';
import { ExternalRegistry } from './jobs/external-registry.ts';
import { openLog } from './log.ts';
import { buildHttp } from './http.ts';
import { SnapshotJob } from './snapshot/snapshot-job.ts';
import { SnapshotService } from './snapshot/snapshot-service.ts';
import { Hints } from './sync/hints.ts';
import { PageStreams } from './sync/page-stream.ts';
import { ProgramReading } from './sync/program-reading.ts';
import { Metrics } from './watching/metrics.ts';

export interface Centre {
  readonly url: string;
  readonly port: number;
  /** Null if no adapter listens for letters. */
  readonly smtpPort: number | null;
  readonly pool: Pool;
  readonly store: CentreStore;
  readonly files: FileStore;
  readonly runSystem: RunSystem;
  readonly tools: CentreTools;
  /** Makes the ready bases that are missing or too old now, instead of at the next look; resolves when they are there. */
  readonly makeSnapshots: () => Promise<void>;
  /** Stops in the reverse order of the start; waits for what is in flight. */
  readonly close: () => Promise<void>;
}

export interface CentreOptions {
  /** Default: none. `server/start.ts` gives the product's (`server/adapters.ts`). */
  readonly adapters?: readonly Adapter[];
  readonly clock?: Clock;
  readonly commandByName?: (name: string) => Command | undefined;
  readonly log?: Logger;
  /** How many commands share a transaction. */
  readonly batchSize?: number;
}

/** 50 commands in one transaction: enough to share the disk's sync, few enough to be repeated after a conflict. */
const BATCH_SIZE = 50;

/**
 * Builds and starts the whole centre. The order matters: the database first, hints before anything commits, handlers of effects
 * before effects are looked for, the port last, when all behind it works.
 */
export async function buildCentre(config: CentreConfig, options: CentreOptions = {}): Promise<Centre> {
  const { adapters = [], clock = systemClock, log = openLog(config.logLevel) } = options;
  const stops: (() => Promise<unknown>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const metrics = new Metrics();
    const database = await openDatabase(config, log, { slowQueryMs: config.slowQueryMs, onSlowQuery: () => metrics.slowQueries.inc() });
    stops.push(database.close);
    const core = await openCore(config, database, { adapters, metrics, clock, log, find: options.commandByName ?? commandByName, batchSize: options.batchSize ?? BATCH_SIZE });
    stops.push(() => core.hints.stop());
    const queue = await startWakeQueue(database.pool, log, () => core.effects.wake(), config.effectSweepSeconds);
    core.wakeAt.set(queue.wakeAt);
    stops.push(() => queue.stop());
    stops.push(() => core.effects.stop());
    const indexer = new SearchIndexer(database.pool, log);
    const unsubscribe = core.hints.subscribe(({ kind }) => {
      if (kind === 'feed') indexer.wake();
    });
    stops.push(() => indexer.stop());
    stops.push(async () => unsubscribe());
    indexer.wake();
    const snapshots = new SnapshotJob({ config, pool: database.pool, clock, log });
    stops.push(() => snapshots.stop());
    const running: RunningAdapter[] = [];
    for (const { start } of adapters) {
      if (start === null) continue;
      const adapter = await start(core.tools);
      running.push(adapter);
      stops.push(() => adapter.stop());
    }
    core.effects.wake();
    const eventNumbers = startEventNumbers({ pool: database.pool, runSystemAll: core.tools.runSystemAll, log, everySeconds: config.effectSweepSeconds });
    stops.push(() => eventNumbers.stop());
    const sweep = setInterval(() => {
      sweepSessions(database.pool, config.sessionIdleMinutes).catch((error: unknown) => log.warn({ err: error }, 'sessions not swept'));
      sweepReadings(database.pool).catch((error: unknown) => log.warn({ err: error }, 'readings of tokens not swept'));
    }, 600_000);
    stops.push(async () => clearInterval(sweep));
    const mailboxes = running.find((adapter) => adapter.mailboxes !== undefined)?.mailboxes ?? null;
    const http = await buildHttp({ ...core.parts, mailboxes, demoUsers: readDemoUsers(config.demoUsers), smtpWorks: () => adapters.length === 0 || running.some(({ acceptsLetters }) => acceptsLetters?.() === true) }, log);
    stops.push(() => http.close());
    const url = await http.listen({ host: config.host, port: config.port });
    return {
      url,
      port: Number(new URL(url).port),
      smtpPort: running.find(({ smtpPort }) => smtpPort !== undefined)?.smtpPort ?? null,
      pool: database.pool,
      store: core.store,
      files: core.tools.files,
      runSystem: core.tools.runSystem,
      tools: core.tools,
      makeSnapshots: () => snapshots.run(),
      close: stopAll,
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

function readDemoUsers(file: string | null): Welcome['demoUsers'] {
  return file === null ? [] : welcomeSchema.shape.demoUsers.parse(JSON.parse(readFileSync(file, 'utf8')));
}

interface CoreOptions {
  readonly adapters: readonly Adapter[];
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
  readonly find: (name: string) => Command | undefined;
  readonly batchSize: number;
}

/** Everything between the database and the doors. */
async function openCore(config: CentreConfig, database: Database, { adapters, metrics, clock, log, find, batchSize }: CoreOptions) {
  const { pool } = database;
  const { signingKey } = await ensureSettings(pool);
  const signer = new Signer(signingKey);
  const store = pgStore(pool);
  await findRestoredBase(pool, store, log);
  const files = await openFolderFileStore(path.join(config.data, 'files'));
  const escrow = openEscrow(config.data);

  const runner = randomInt(1, 2 ** 31 - 1);
  // The lock on the connection for hints says that this process lives: effects of one that died are taken over.
  const hints = new Hints(runner, database.connect, async (client) => void (await client.query('SELECT pg_advisory_lock($1, $2)', [RUNNER_LOCK, runner])), log);
  await hints.start();

  const handlers = adapters.flatMap(({ effectHandlers }) => effectHandlers);
  const externalSystems = new ExternalRegistry(pool, handlers, clock, log, () => hints.feedChanged());
  const endSessions = async (userId: string): Promise<void> => {
    await endSessionsOf(pool, userId, null);
    hints.sessionsEnded(userId, null);
  };
  const followRights = async (user: User): Promise<void> => {
    if (!user.active) await endSessions(user.id);
    else if ((await endOutdatedSessionsOf(pool, user)) > 0) hints.sessionsEnded(user.id, null);
  };
  const wakeAt = laterWake();
  const execution: ExecuteDependencies = {
    store,
    clock,
    missingFiles: async (wanted) => {
      const present = await Promise.all(wanted.map((sha) => files.has(sha)));
      return wanted.filter((_, n) => present[n] !== true);
    },
    onFault: ({ commandId, name }, error) => {
      metrics.commandFailed(name);
      log.error({ err: error, commandId, command: name }, 'command failed');
    },
    onApplied: (write, step) => afterCommit(write, step),
  };
  const execute = gatherer(execution, batchSize);
  const ofCentre = { store, clock, execute, commandByName: find, newCommandId: randomUUID };
  const runSystem = systemRunner(ofCentre);
  const tools: CentreTools = {
    config, pool, files, runSystem, runSystemAll: systemBatchRunner(ofCentre), externalSystems, log, clock,
    read: async (reads) => {
      const answers = await store.read(reads.filter((read) => read.kind !== 'number'));
      return reads.map((read, n): ReadAnswer => {
        const live = (answers[n] ?? []).map(({ document }) => document).filter((document) => document.deleted !== true);
        return read.kind === 'get' ? (live[0] ?? null) : live;
      });
    },
    sentMail: { record: (mail) => recordSentMail(pool, mail), has: (id) => hasSentMail(pool, id) },
    state: adapterState(pool),
    runner,
    onFeed: (listener) => hints.subscribe(({ kind }) => (kind === 'feed' ? listener() : undefined)),
    wakeEffects: () => effects.wake(),
    retryEffects: (system) => effects.retry(system),
  };
  const effects = new EffectRunner({ pool, handlers, tools, runner, clock, log, firstPauseMs: config.effectPauseMs, wakeAt: wakeAt.call, onRun: (kind, result) => metrics.effectRun(kind, result) });

  function afterCommit(write: BatchWrite, step: FeedStep | null): void {
    metrics.commandsWritten(write.commands);
    if (write.documents.length > 0) hints.committed(step);
    if (write.effects.length > 0) effects.wake();
    for (const { notBefore } of write.effects) if (notBefore !== null) wakeAt.call(notBefore);
    for (const { type, document } of write.documents) {
      // A dismissed user's sessions are void by themselves (each request looks), and rights are looked up for each command; this ends the streams that are open.
      if (type === 'user') void followRights(document as unknown as User).catch((error: unknown) => log.error({ err: error }, 'sessions not ended')); // a document of type user
    }
  }

  const registerNow = async (appealId: string): Promise<boolean> => {
    const isDue = await registrationDueNow(pool, appealId, clock.now());
    if (isDue) effects.wake();
    return isDue;
  };
  const push = new PushService({ clock, execute, commandByName: find, signer, epoch: store.epoch, batchSize });
  const pull = new PullService({
    store, clock, signer,
    external: () => externalSystems.all(),
    onBehind: () => hints.feedChangesLater(),
    onRestored: (epoch) => log.warn({ epoch }, 'the base is older than a desk: it was restored, all desks fetch anew'),
    newNonce: randomUUID,
  });
  const snapshots = new SnapshotService({ data: config.data, pool, epoch: store.epoch, pull });
  const runForProgram = programRunner({ store, clock, execute, commandByName: find, storedCommand: (commandId) => storedCommand(pool, commandId) });
  const reading = new ProgramReading(pool, clock, ({ name }, count) => metrics.rowsGiven(name, count));
  const login = { pool, clock, signer, escrow, config, epoch: store.epoch, onSessionsEnded: (userId: string) => hints.sessionsEnded(userId, null) };
  return { store, hints, effects, tools, wakeAt, parts: { config, pool, files, push, pull, snapshots, hints, pageStreams: new PageStreams(), login, externalSystems, clock, endSessions, registerNow, signer, runForProgram, reading, metrics } };
}

/** Effects may ask for a wake before the queue of wakes is there. */
function laterWake(): { readonly call: (at: string) => void; readonly set: (wakeAt: (at: string) => void) => void } {
  let target: ((at: string) => void) | null = null;
  return { call: (at) => target?.(at), set: (wakeAt) => (target = wakeAt) };
}

function adapterState(pool: Pool): CentreTools['state'] {
  return {
    get: async (key) => {
      const { rows } = await pool.query<{ value: string }>('SELECT value FROM adapter_state WHERE key = $1', [key]);
      return rows[0]?.value ?? null;
    },
    set: async (key, value) => {
      await pool.query('INSERT INTO adapter_state (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [key, value]);
    },
  };
}
