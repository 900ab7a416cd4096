import { fork } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { CentreConfig } from '../config.ts';
import { advisoryLocks } from '../db/transaction.ts';
import type { BuildOrder } from './build.ts';
import { profileName, profileOfBranches } from './profile.ts';
import { readSnapshot, snapshotFolder } from './snapshot-files.ts';
import { branchSets, hasAtLeast } from './snapshot-rows.ts';

const checkMs = 600_000;
const hourMs = 3_600_000;
/** Behind everything that a person waits for. */
const niceness = 15;

export interface SnapshotJobOptions {
  readonly config: CentreConfig;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Keeps a snapshot for each set of branches that users have, made anew when it is too old, one at a time, in a process of its own. */
export class SnapshotJob {
  readonly #options: SnapshotJobOptions;
  readonly #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #stopped = false;
  #end: (() => void) | null = null;

  constructor(options: SnapshotJobOptions) {
    this.#options = options;
    if (options.config.snapshotHours === 0) return;
    this.#timer = setInterval(() => void this.run(), checkMs);
    void this.run();
  }

  /** Makes what is missing or too old; resolves when all is there. A failure is told in the log: desks fill themselves by pages then. */
  run(): Promise<void> {
    this.#running ??= this.#all()
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'snapshots not made'))
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#end?.();
    await this.#running;
  }

  /** Of several centres over one base only one makes files at a time. */
  async #all(): Promise<void> {
    const client = await this.#options.pool.connect();
    try {
      const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [advisoryLocks.snapshots]);
      if (rows[0]?.held !== true) return;
      try {
        await this.#each();
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [advisoryLocks.snapshots]);
      }
    } finally {
      client.release();
    }
  }

  async #each(): Promise<void> {
    const { pool, config, log } = this.#options;
    const profiles = new Map((await branchSets(pool)).map((branchIds) => profileOfBranches(branchIds)).map((keys) => [profileName(keys), keys]));
    const kept = new Set<string>();
    for (const [name, keys] of profiles) {
      if (this.#stopped) return;
      if (!(await hasAtLeast(pool, keys, config.snapshotLeast))) continue;
      kept.add(name);
      if (!this.#isDue(keys)) continue;
      const began = performance.now();
      await this.#build({ config, folder: snapshotFolder(config.data, keys), keys: [...keys] });
      log.info({ keys, ms: Math.round(performance.now() - began) }, 'snapshot made');
    }
    this.#forget(kept);
  }

  #isDue(keys: readonly string[]): boolean {
    const { config, clock } = this.#options;
    const known = readSnapshot(snapshotFolder(config.data, keys));
    return known === null || Date.parse(clock.now()) - Date.parse(known.madeAt) > config.snapshotHours * hourMs;
  }

  #build(order: BuildOrder): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = fork(path.join(import.meta.dirname, 'build.ts'), [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
      let told = '';
      child.stderr?.on('data', (text: Buffer) => (told = `${told}${text.toString()}`.slice(-4_000)));
      child.once('error', reject);
      child.once('exit', (code) => {
        this.#end = null;
        if (code === 0 || this.#stopped) resolve();
        else reject(new Error(`The process that makes a snapshot ended with ${code ?? 'a signal'}: ${told}`));
      });
      this.#end = () => child.kill('SIGKILL');
      if (child.pid !== undefined) os.setPriority(child.pid, niceness);
      child.send(order);
    });
  }

  /** Files of branches that nobody has any more, or of which little is left. */
  #forget(kept: ReadonlySet<string>): void {
    const folder = path.join(this.#options.config.data, 'snapshots');
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}
