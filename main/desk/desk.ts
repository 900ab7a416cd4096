import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { OknoError } from '../../shared/base/errors.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { documentTypeOf, isDocumentName } from '../../shared/domain/documents.ts';
import { settingCommandName, userSettingId, type UserSetting } from '../../shared/domain/user-setting/model.ts';
import type { Connection, EventName, EventPayload, SessionState } from '../../shared/protocol/ipc.ts';
import type { DeskBase } from '../db/desk-base.ts';
import { readDesk } from '../db/desk-file.ts';
import type { Rekey } from '../db/snapshot-file.ts';
import { CentreClient } from '../sync/centre-client.ts';
import { DeskEngine, type EngineState, type Timers } from '../sync/desk-engine.ts';
import { engineStore } from '../sync/engine-store.ts';
import { GivingWay } from '../sync/giving-way.ts';
import { HintStream } from '../sync/hint-stream.ts';
import { numberSeries } from '../sync/number-series.ts';
import { SnapshotFill } from '../sync/snapshot-fill.ts';
import { mayRun } from '../../shared/base/scope.ts';
import type { EmailParser } from '../../shared/mail/parse-apart.ts';
import { wireRefusal } from '../wire-refusal.ts';
import { DeskKeys, type Keyring } from './desk-keys.ts';
import { DeskSettings } from './desk-settings.ts';
import { DeskSession, type Session } from './desk-session.ts';
import { closeDesk, hasOutbox, openDesk, setOutboxAside, type DeskFiles } from './open-desk.ts';

export interface DeskOptions {
  /** The profile's folder. */
  readonly folder: string;
  readonly server: string;
  readonly keyring: Keyring;
  readonly nativeBinding: string | undefined;
  /** In this thread, if not given. */
  readonly rekey?: Rekey;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly random: () => number;
  readonly timers: Timers;
  /** Takes a letter apart outside of this thread. Never rejects. */
  readonly parseLetter: EmailParser['parse'];
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  readonly log: (text: string, error?: unknown) => void;
}

const welcomeRetryMs = 3_000;
/** How often the login screen looks whether the centre is still there. */
const welcomeFollowMs = 10_000;

/** Everything of a desk but its window: files, session, exchange. One for each worker. */
export class Desk {
  readonly centre: CentreClient;
  readonly session: DeskSession;
  readonly keys: DeskKeys;
  readonly settings: DeskSettings;
  readonly parseLetter: EmailParser['parse'];
  /** The exchange steps back while a person is at work. */
  readonly givingWay: GivingWay;
  readonly #options: DeskOptions;
  #files: DeskFiles | null = null;
  #engine: DeskEngine | null = null;
  #fill: SnapshotFill | null = null;
  #hints: HintStream | null = null;
  #engineState: EngineState | null = null;
  #clockOffset = 0;
  #shownConnection = '';
  /** Whether the centre answered last before a login; null: not known yet. */
  #centreAnswers: boolean | null = null;
  #asksWelcome = false;
  #closed = false;
  #syncSoon: NodeJS.Immediate | undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.parseLetter = options.parseLetter;
    this.givingWay = new GivingWay({ now: options.now }, options.timers);
    this.keys = new DeskKeys(options.folder, readDesk(options.folder, randomUUID), options.keyring);
    this.centre = new CentreClient({ server: options.server, token: () => this.session.token, fetch: options.fetch });
    this.settings = new DeskSettings({
      outbox: () => this.#files?.base.outbox ?? null,
      followed: (userId, key) => (this.#files?.base.cache.get('userSetting', userSettingId(userId, key))?.document as UserSetting | undefined)?.value, // the table of settings holds settings
      send: (key, value) => this.run(settingCommandName, { key, value }).ok,
      userId: () => this.session.current?.author.userId ?? null,
      after: (ms, call) => this.after(ms, call),
    });
    this.session = new DeskSession({
      keys: this.keys,
      centre: this.centre,
      now: () => this.now(),
      openFiles: (key) => this.#open(key),
      files: () => this.files,
      closeFiles: () => this.#closeFiles(),
      setFilesAside: () => setOutboxAside(options.folder, new Date(this.now()).toISOString()),
      hasFiles: () => hasOutbox(options.folder),
      onChange: (state) => this.#showSession(state),
      onStart: (session, files, online) => this.#start(session, files, online),
      onEnd: () => this.#stop(),
      log: options.log,
    });
  }

  /** Goes on with an open session, and asks the centre what the login screen shows, until it answers. */
  async start(): Promise<void> {
    await this.session.resume();
    void this.#askWelcome();
  }

  /** Until somebody is in: the login screen says at once whether the centre is there, and when that changes. */
  async #askWelcome(): Promise<void> {
    if (this.#asksWelcome || this.#closed) return;
    this.#asksWelcome = true;
    this.#centreAnswers = await this.session.fetchWelcome();
    if (this.#closed) return;
    this.showConnection();
    if (this.#centreAnswers && this.session.current !== null) {
      this.#asksWelcome = false;
      return;
    }
    this.#options.timers.after(this.#centreAnswers ? welcomeFollowMs : welcomeRetryMs, () => {
      this.#asksWelcome = false;
      void this.#askWelcome();
    });
  }

  /** Milliseconds since 1970, corrected by the centre's clock. */
  now(): number {
    return this.#options.now() + this.#clockOffset;
  }

  time(): string {
    return new Date(this.now()).toISOString();
  }

  /** This machine's own clock. */
  machineTime(): string {
    return new Date(this.#options.now()).toISOString();
  }

  /** The open files; a refusal when nobody has logged in since the start. */
  get files(): DeskFiles {
    if (this.#files === null) throw new OknoError('sessionEnded');
    return this.#files;
  }

  get base(): DeskBase {
    return this.files.base;
  }

  #open(key: Uint8Array): DeskFiles {
    if (this.#files !== null) return this.#files;
    const { folder, nativeBinding, log, rekey } = this.#options;
    this.#files = openDesk({ folder, deskId: this.keys.desk.deskId, key, nativeBinding, rekey, now: this.#options.now, log });
    this.#clockOffset = Number(this.#files.base.outbox.meta('clockOffset') ?? '0');
    return this.#files;
  }

  #start(session: Session, { base, vault, snapshot }: DeskFiles, online: boolean): void {
    const { timers, random, log } = this.#options;
    const fill = new SnapshotFill({
      desk: snapshot, source: this.centre, timers, random, givingWay: this.givingWay,
      events: {
        progress: () => this.showConnection(),
        laid: (types) => {
          log('The ready base is laid');
          this.changed(types);
          void engine.wake();
        },
        dropped: () => {
          this.showConnection();
          void engine.wake();
        },
        failed: log,
      },
    });
    this.#fill = fill;
    const engine = new DeskEngine({
      store: engineStore(base, vault, (type, value) => this.#parseDocument(type, value)),
      transport: this.centre,
      clock: { now: this.#options.now },
      firstFill: fill,
      givingWay: this.givingWay,
      random,
      timers,
      series: numberSeries.filter(({ command }) => mayRun(commandByName(command) ?? { roles: [] }, session.author)),
      events: {
        changed: (types) => this.changed(types),
        state: (state) => this.#showEngine(state),
        clockOffset: (ms) => this.#noteOffset(ms),
        unauthorized: () => void this.#renew(),
        failed: (error) => log('A round of the exchange failed', error),
      },
    });
    this.#engine = engine;
    this.#engineState = engine.state;
    this.#hints = new HintStream({
      open: (signal) => this.centre.openHints(signal),
      timers,
      random,
      onOpen: () => void engine.connectionRenewed(),
      onLost: () => engine.connectionDoubted(),
      onFeed: () => void engine.wake(),
      onPage: (page) => engine.receive(page),
      onSessionEnded: () => void engine.connectionRenewed(),
    });
    this.#hints.start();
    if (online) this.session.confirmOnline();
    this.settings.flush(); // what was written here and not sent before the program ended
    void engine.wake();
    this.showConnection();
  }

  async #stop(): Promise<void> {
    clearImmediate(this.#syncSoon);
    this.#syncSoon = undefined;
    this.#hints?.stop();
    this.#hints = null;
    const engine = this.#engine;
    this.#engine = null;
    const fill = this.#fill;
    this.#fill = null;
    await Promise.all([engine?.stop(), fill?.stop()]);
  }

  async #renew(): Promise<void> {
    try {
      if (!(await this.session.renew()) && this.session.current !== null) this.#options.timers.after(welcomeRetryMs, () => void this.#renew());
    } catch (error) {
      this.#options.log('Logging in again failed', error);
    }
  }

  #parseDocument(type: string, value: unknown): ReturnType<ReturnType<typeof documentTypeOf>['schema']['parse']> | null {
    if (!isDocumentName(type)) return null;
    const parsed = documentTypeOf(type).schema.safeParse(value);
    if (parsed.success) return parsed.data;
    this.#options.log(`A document of type ${type} does not fit its schema: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
    return null;
  }

  #noteOffset(ms: number): void {
    if (Math.abs(ms - this.#clockOffset) < 250) return; // a network's jitter, not a clock
    this.#clockOffset = Math.round(ms);
    this.#files?.base.outbox.setMeta('clockOffset', String(this.#clockOffset));
  }

  #showEngine(state: EngineState): void {
    this.#engineState = state;
    if (state.state === 'onLine') this.session.confirmOnline();
    this.showConnection();
  }

  #showSession(state: SessionState): void {
    this.#options.emit('session', state);
    if (state.state === 'loggedOut') void this.#askWelcome();
  }

  changed(types: ReadonlySet<string>): void {
    this.#showChanged(types);
    this.showConnection();
  }

  #showChanged(types: ReadonlySet<string>): void {
    if (types.size > 0) this.#options.emit('changed', { types: [...types] });
  }

  /** The status line's data. */
  connection(): Connection {
    const engine = this.#engineState;
    const base = this.#files?.base;
    return {
      state: this.session.current === null ? this.#stateBeforeLogin() : (engine?.state ?? 'connecting'),
      since: engine?.since ?? this.machineTime(),
      dataAt: base?.dataAt ?? null,
      nextAttemptAt: engine?.nextAttemptAt ?? null,
      waiting: base?.outbox.commands.waiting() ?? 0,
      rejected: base?.outbox.commands.openRejected(this.#seesRejectedOf()) ?? 0,
      external: [...(base?.external ?? [])],
      filling: base?.filling ?? false,
      snapshotPercent: this.#fill?.percent ?? null,
      snapshotFailed: base?.snapshotFailed ?? false,
      problem: engine?.problem === null || engine?.problem === undefined ? null : wireRefusal(engine.problem),
    };
  }

  /** A supervisor answers for what everybody at this desk did, another for his own commands. */
  #seesRejectedOf(): string | null {
    const author = this.session.current?.author;
    return author === undefined || author.roles.includes('supervisor') ? null : author.userId;
  }

  #stateBeforeLogin(): Connection['state'] {
    if (this.#centreAnswers === null) return 'connecting';
    return this.#centreAnswers ? 'onLine' : 'offLine';
  }

  showConnection(): void {
    const connection = this.connection();
    const text = JSON.stringify(connection);
    if (text === this.#shownConnection) return;
    this.#shownConnection = text;
    this.#options.emit('connection', connection);
  }

  /** Runs a command here, durably; the exchange sends it as soon as the person has been answered. */
  run(name: string, input: unknown, resends?: string): { readonly ok: true; readonly commandId: string } | { readonly ok: false; readonly refusal: OknoError['refusal'] } {
    const { author, grant } = this.session.require();
    const commandId = uuidv7();
    this.syncSoon(); // it goes out before what an accepted command leaves for the end of this turn, which can wait; after a refusal newer data help
    const result = this.base.run({ commandId, name, input, author, grant, happenedAt: this.time(), recordedAt: this.machineTime(), ...(resends === undefined ? {} : { resends }) });
    if (!result.ok) return result;
    this.#showChanged(result.types);
    return { ok: true, commandId };
  }

  /** Exchange when the person has been answered: something waits to be sent. */
  syncSoon(): void {
    this.#syncSoon ??= setImmediate(() => {
      this.#syncSoon = undefined;
      void this.#engine?.send();
      setImmediate(() => this.showConnection()); // it counts what waits; the command is on its way before that
    });
  }

  /** Exchange now. */
  sync(): void {
    void this.#engine?.wake();
  }

  allowDeletion(): void {
    void this.#engine?.allowDeletion();
  }

  after(ms: number, call: () => void): () => void {
    return this.#options.timers.after(ms, call);
  }

  log(text: string, error?: unknown): void {
    this.#options.log(text, error);
  }

  #closeFiles(): void {
    this.settings.flush(); // its timer would find no files
    if (this.#files !== null) closeDesk(this.#files);
    this.#files = null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.settings.flush();
    await this.#stop();
    this.#closeFiles();
  }
}
