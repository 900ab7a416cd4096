import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Pool } from 'pg';
import { commandByName } from '../../shared/domain/commands.ts';
import type { CommandRecord } from '../db/centre-store.ts';
import { standOfCentre } from '../db/queries/stand.ts';

/** How long one look into the base serves all who ask. */
const FRESH_MS = 5_000;

/** Seconds: a command is answered in milliseconds, one given off line after days. */
const quick = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const slow = [0.1, 0.5, 1, 5, 30, 120, 600, 3_600, 28_800, 86_400, 604_800];

/** What the centre tells Prometheus: numbers and names of things, never of people. One for each centre. */
export class Metrics {
  readonly registry = new Registry();
  readonly #registers = [this.registry];
  readonly #commands = this.#counter('okno_commands_total', 'Commands by name, outcome and code of the refusal', ['name', 'outcome', 'code']);
  readonly #faults = this.#counter('okno_command_faults_total', 'Commands refused because of a bug', ['name']);
  readonly #delay = new Histogram({ name: 'okno_command_delay_seconds', help: 'From the moment that a command was given until it was written at the centre', buckets: slow, registers: this.#registers });
  readonly #requests = new Histogram({ name: 'okno_http_request_duration_seconds', help: 'Requests by route and status', labelNames: ['method', 'route', 'status'], buckets: quick, registers: this.#registers });
  readonly #effectRuns = this.#counter('okno_effect_runs_total', 'Runs of effects by kind and result', ['kind', 'result']);
  readonly #apiRows = this.#counter('okno_api_rows_total', 'Documents given to programs', ['token']);
  readonly slowQueries = this.#counter('okno_slow_queries_total', 'Queries slower than the threshold', []);
  readonly desksConnected = this.#gauge('okno_desks_connected', 'Desks that hold a stream of hints at this process', []);
  readonly #databaseUp = this.#gauge('okno_database_up', '1 while the database answers', []);
  readonly #effects = this.#gauge('okno_effects', 'Effects that are not finished', ['kind', 'state']);
  readonly #effectAge = this.#gauge('okno_effect_oldest_seconds', 'Age of the oldest unfinished effect', ['kind']);
  readonly #jobs = this.#gauge('okno_jobs', 'Wakes in the queue of jobs', ['state']);
  readonly #intake = this.#gauge('okno_mail_intake_waiting', 'Accepted letters that are no document yet', []);
  readonly #intakeAge = this.#gauge('okno_mail_intake_oldest_seconds', 'Age of the oldest of them', []);
  readonly #feedHeld = this.#gauge('okno_feed_held_seconds', 'How long the oldest running transaction has kept back the feed', []);
  readonly #searchLag = this.#gauge('okno_search_waiting', 'Documents not in the search yet (10 000: that or more)', []);
  readonly #sessions = this.#gauge('okno_sessions', 'Open sessions', []);
  readonly #external = this.#gauge('okno_external_up', '1 while the external system answers', ['system']);
  readonly #poolConnections = this.#gauge('okno_pg_pool_connections', 'Connections of this process to the database', ['state']);
  readonly #poolWaiting = this.#gauge('okno_pg_pool_waiting', 'Queries that wait for a connection', []);
  #looked = 0;
  #look: Promise<void> | null = null;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  #counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames, registers: this.#registers });
  }

  #gauge<L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: this.#registers });
  }

  /** Commands that were written, refused ones too. */
  commandsWritten(commands: readonly CommandRecord[]): void {
    for (const { name, outcome, refusal, happenedAt, recordedAt } of commands) {
      this.#commands.inc({ name: known(name), outcome, code: refusal?.code ?? '' });
      this.#delay.observe(Math.max(0, Date.parse(recordedAt) - Date.parse(happenedAt)) / 1000);
    }
  }

  commandFailed(name: string): void {
    this.#faults.inc({ name: known(name) });
  }

  requestDone(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  effectRun(kind: string, result: string): void {
    this.#effectRuns.inc({ kind, result });
  }

  rowsGiven(token: string, count: number): void {
    this.#apiRows.inc({ token }, count);
  }

  /** The text for Prometheus. A database that does not answer is told, the rest is given all the same. */
  async text(pool: Pool, external: () => Promise<readonly { readonly system: string; readonly works: boolean }[]>): Promise<string> {
    if (this.#look === null || Date.now() - this.#looked > FRESH_MS) {
      this.#looked = Date.now();
      this.#look = this.#lookAround(pool, external);
    }
    await this.#look;
    this.#poolConnections.set({ state: 'all' }, pool.totalCount);
    this.#poolConnections.set({ state: 'idle' }, pool.idleCount);
    this.#poolWaiting.set(pool.waitingCount);
    return this.registry.metrics();
  }

  async #lookAround(pool: Pool, external: () => Promise<readonly { readonly system: string; readonly works: boolean }[]>): Promise<void> {
    try {
      const [stand, systems] = [await standOfCentre(pool), await external()];
      for (const gauge of [this.#effects, this.#effectAge, this.#jobs, this.#external]) gauge.reset();
      for (const { kind, state, count } of stand.effects) this.#effects.set({ kind, state }, count);
      for (const { kind, oldestSeconds } of stand.effects.toSorted((a, b) => a.oldestSeconds - b.oldestSeconds)) this.#effectAge.set({ kind }, oldestSeconds); // the oldest last
      for (const { state, count } of stand.jobs) this.#jobs.set({ state }, count);
      for (const { system, works } of systems) this.#external.set({ system }, works ? 1 : 0);
      this.#intake.set(stand.intakeWaiting);
      this.#intakeAge.set(stand.intakeOldestSeconds);
      this.#feedHeld.set(stand.feedHeldSeconds);
      this.#searchLag.set(stand.searchWaiting);
      this.#sessions.set(stand.sessions);
      this.#databaseUp.set(1);
    } catch {
      this.#databaseUp.set(0); // the log has the reason, from whoever needed the database
    }
  }
}

/** A desk may send any name: each would be a series for ever. */
function known(name: string): string {
  return commandByName(name) === undefined ? 'unknown' : name;
}
