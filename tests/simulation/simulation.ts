import { Signer } from '../../server/commands/signed-token.ts';
import { gatherer } from '../../server/commands/gather.ts';
import { signGrant } from '../../server/commands/grant.ts';
import { PullService } from '../../server/commands/pull.ts';
import { PushService } from '../../server/commands/push.ts';
import { systemBatchRunner } from '../../server/commands/system-runner.ts';
import type { RunSystemAll } from '../../server/commands/run-system.ts';
import type { FeedStep } from '../../server/db/centre-store.ts';
import { PageStream } from '../../server/sync/page-stream.ts';
import { DeskEngine } from '../../main/sync/desk-engine.ts';
import { numberSeries, type NumberSeries } from '../../main/sync/number-series.ts';
import { scopeKeysOf } from '../../shared/base/scope.ts';
import type { Author } from '../../shared/base/rule-book.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { CentreDisk } from './centre-disk.ts';
import { deskAuthors, fillCentre } from './company.ts';
import { DeskDisk } from './desk-disk.ts';
import type { Machine } from './machine.ts';
import { MemoryDesk } from './memory-desk.ts';
import { memoryCentreStore, raiseEpoch } from './memory-centre-store.ts';
import { Network, type CentreDoor } from './network.ts';
import { Oracle } from './oracle.ts';
import { Random } from './random.ts';
import { Schedule } from './schedule.ts';
import type { SeededBug } from './seeded-bugs.ts';
import { nextWork, receivedEmail } from './workload.ts';

export interface SimulationOptions {
  readonly seed: number;
  /** Events of the stormy part; what is needed to come to rest is added. */
  readonly steps: number;
  readonly bug?: SeededBug | null;
}

/** The program is killed in the middle of something. */
class Killed extends Error {}

const signer = new Signer(Buffer.alloc(32, 9));
/** Small blocks, so that they are asked for often. */
const series: readonly NumberSeries[] = numberSeries.map((each) => ({ ...each, low: 2, block: 3 }));
const startAt = Date.parse('2026-11-24T06:14:00.000Z');

/** Three desks, a centre and the network between them, run from one seed. */
export class Simulation {
  readonly schedule = new Schedule(startAt);
  readonly random: Random;
  readonly machines: Machine[];
  readonly oracle: Oracle;
  readonly #bug: SeededBug | null;
  readonly #network: Network;
  readonly #stormSteps: number;
  disk = new CentreDisk();
  #backup: CentreDisk | null = null;
  #door: (CentreDoor & { readonly runSystem: RunSystemAll }) | null = null;
  #centreLife = 0;
  /** The open stream of each desk; a centre that starts again knows nothing of where they stand. */
  #streams = new Map<string, PageStream>();
  #letters = 0;
  #storm = true;

  constructor({ seed, steps, bug = null }: SimulationOptions) {
    this.random = new Random(seed);
    this.#bug = bug;
    this.#stormSteps = steps;
    fillCentre(this.disk);
    this.oracle = new Oracle();
    this.#network = new Network({ schedule: this.schedule, random: this.random, door: () => this.#door, echo: bug !== 'stalePageAccepted' && bug !== 'foreignEpochAccepted', onFirstPull: () => this.#onFirstPull() });
    this.machines = deskAuthors.map((author, n) => this.#machine(`desk-${n}`, `desk-number-${n}`, author, new DeskDisk(this.random.uuid())));
    this.#startCentre();
    for (const machine of this.machines) this.#startProgram(machine);
    this.#setWeather();
    for (let n = 0; n < 10; n++) this.#receiveLetter();
    for (const machine of this.machines) this.#nextAction(machine);
    this.#nextFault();
    this.#nextLetter();
  }

  get now(): string {
    return new Date(this.schedule.now).toISOString();
  }

  #machine(place: string, deskId: string, author: Author, disk: DeskDisk): Machine {
    const { grant } = signGrant(signer, { ...author, login: place, roles: [...author.roles], branchIds: [...author.branchIds] }, { deskId, issuedAt: this.now, days: 14 });
    return { place, deskId, author, grant, disk, program: null, killAtCommit: 0, backup: null };
  }

  #setWeather(): void {
    const { random } = this;
    this.#network.loss = random.pick([0.02, 0.1, 0.3]) ?? 0.1;
    this.#network.doubling = 0.1;
    this.#network.latePages = 0.1;
  }

  // The centre

  #startCentre(): void {
    const life = ++this.#centreLife;
    const { schedule, random, disk } = this;
    const clock = { now: () => this.now };
    const pause = (label: string): Promise<void> =>
      new Promise((resolve) => {
        schedule.after(random.chance(label === 'commit' ? 0.3 : 0.05) ? random.between(50, 2_000) : random.between(0, 20), label, () => {
          if (life === this.#centreLife) resolve();
        });
      });
    const store = memoryCentreStore({ disk, bug: this.#bug, pause, newEpoch: () => random.uuid(), onCommit: (step) => this.#hint(step) });
    const execute = gatherer({ store, clock, missingFiles: async () => [], onFault: (origin, error) => this.oracle.fault(origin.name, error), onApplied: () => undefined }, 50);
    const pushes = new PushService({ clock, execute, commandByName, signer, epoch: store.epoch, batchSize: 50 });
    const pulls = new PullService({ store, clock, signer, external: async () => [], onBehind: () => this.#hint(null), onRestored: () => undefined, newNonce: () => random.uuid() });
    const streams = new Map(this.machines.map(({ place }) => [place, this.#stream(place, pulls)]));
    this.#streams = streams;
    this.#door = {
      // The bug: the centre does not look at the epoch that a push was sent in.
      push: (request) => pushes.push(this.#bug === 'requestOutlivesRestore' ? { ...request, epoch: disk.epoch } : request),
      pull: async (request, place) => {
        const scopeKeys = scopeKeysOf(this.#at(place).author);
        const response = await pulls.pull(request, scopeKeys);
        streams.get(place)?.given(request, scopeKeys, response);
        return response;
      },
      lease: (request) => pulls.lease(request),
      sendAccessLog: async (entries) => {
        await pause('access');
        for (const { id } of entries) disk.access.add(id);
        await pause('access written');
      },
      runSystem: systemBatchRunner({ store, clock, execute, commandByName, newCommandId: () => random.uuid() }),
    };
  }

  #stream(place: string, pulls: PullService): PageStream {
    const { random } = this;
    return new PageStream({
      pull: (request, scopeKeys) => pulls.pull(request, scopeKeys),
      follow: (...followed) => pulls.follow(...followed),
      scopeNow: async () => scopeKeysOf(this.#at(place).author),
      send: (hint) =>
        this.#network.tell(place, hint, (heard) => {
          const engine = this.#at(place).program?.engine;
          if (heard.kind === 'page') engine?.receive(heard.page);
          else void engine?.wake();
        }),
      isClogged: () => random.chance(0.1),
      failed: (error) => this.oracle.broken(`${place}: stream: ${String(error)}`),
    });
  }

  /** Everything not committed is gone; numbers of transactions that were not committed may be given again. */
  #crashCentre(): void {
    this.#centreLife += 1;
    this.#door = null;
    this.disk.running.clear();
    this.disk.nextXid = Math.max(0, ...[...this.disk.documents.values()].map(({ xid }) => xid), ...[...this.disk.commands.values()].map(({ xid }) => xid), ...[...this.disk.seqs.values()].map(({ xid }) => xid)) + 1;
  }

  #crashAndStart(): void {
    this.schedule.note('crash');
    this.#crashCentre();
    this.schedule.after(this.random.between(100, 20_000), 'centre starts', () => {
      if (this.#door === null) this.#startCentre();
    });
  }

  #restore(): void {
    if (this.#backup === null) return;
    this.schedule.note('restore');
    this.#crashCentre();
    const epoch = this.disk.epoch;
    this.oracle.timeLost(this.disk);
    this.disk = this.#backup.copy();
    // The epoch of the lost time never comes again; the backup's own may be older still.
    raiseEpoch(this.disk, this.#bug, this.disk.epoch, `${epoch}+`, this.now);
    this.#startCentre();
    this.#network.deliverLate();
  }

  #onFirstPull(): void {
    if (this.#storm && this.#backup !== null && this.random.chance(0.05)) this.schedule.after(0, 'restore in a fill', () => this.#restore());
  }

  /** With a step it is told at once, as the centre does; without, or by another process, later. */
  #hint(step: FeedStep | null): void {
    for (const { place } of this.machines) {
      if (step !== null && this.random.chance(0.4)) void this.#streams.get(place)?.committed(step);
      else if (this.random.chance(0.4)) this.schedule.after(this.random.between(1, 100), 'hint', () => void this.#streams.get(place)?.feedChanged());
    }
  }

  #receiveLetter(): void {
    const again = this.#letters > 0 && this.random.chance(0.2);
    if (!again) this.#letters += 1;
    const n = again ? this.random.between(1, this.#letters) : this.#letters;
    void this.#door?.runSystem([receivedEmail(n, this.now)]);
  }

  #nextLetter(): void {
    this.schedule.after(this.random.between(5_000, 40_000), 'letter', () => {
      if (!this.#storm) return;
      this.#receiveLetter();
      this.#nextLetter();
    });
  }

  // Desks

  #at(place: string): Machine {
    const machine = this.machines.find((each) => each.place === place);
    if (machine === undefined) throw new Error(`No machine ${place}`);
    return machine;
  }

  #startProgram(machine: Machine): void {
    const program: { store?: MemoryDesk; engine?: DeskEngine; alive: boolean } = { alive: true };
    let inPull = false;
    const commitPoint = (): void => {
      if (!program.alive) throw new Killed();
      if (machine.killAtCommit > 0 && --machine.killAtCommit === 0) {
        this.#kill(machine, this.random.chance(0.5));
        throw new Killed();
      }
    };
    const store = new MemoryDesk({ deskId: machine.deskId, disk: machine.disk, bug: this.#bug, newIncarnation: () => this.random.uuid(), commitPoint, inPull: () => inPull });
    const engine = new DeskEngine({
      store,
      transport: this.#network.line(machine.place, () => machine.disk.outbox.epoch, (using) => (inPull = using)),
      clock: { now: () => this.schedule.now },
      random: () => this.random.next(),
      timers: { after: (ms, call) => this.schedule.after(ms, `${machine.place} timer`, () => program.alive && call()) },
      series,
      events: {
        changed: () => undefined,
        state: ({ problem }) => {
          if (problem?.code === 'massDelete') this.schedule.after(500, `${machine.place} agrees`, () => void (program.alive && engine.allowDeletion()));
        },
        clockOffset: () => undefined,
        unauthorized: () => this.oracle.broken(`${machine.place}: session refused`),
        failed: (error) => {
          if (!(error instanceof Killed)) this.oracle.broken(`${machine.place}: ${String(error)}`);
        },
      },
    });
    machine.program = Object.assign(program, { store, engine });
    this.oracle.seen(machine);
    void engine.wake();
  }

  /** kill -9, or a power cut: then what was not synced is lost. */
  #kill(machine: Machine, powerCut: boolean): void {
    const { program } = machine;
    if (program === null) return;
    this.schedule.note(`${machine.place} killed`);
    program.alive = false;
    machine.program = null;
    machine.killAtCommit = 0;
    void program.engine.stop();
    // The disk object goes on; the killed program must not write to it.
    machine.disk = machine.disk.copyForRestart(powerCut, this.#bug !== 'outboxWithoutSync');
    this.schedule.after(this.random.between(500, 15_000), `${machine.place} starts`, () => {
      if (machine.program === null) this.#startProgram(machine);
    });
  }

  #nextAction(machine: Machine): void {
    this.schedule.after(this.random.between(1_000, 8_000), `${machine.place} acts`, () => {
      if (!this.#storm) return;
      this.#act(machine);
      this.#nextAction(machine);
    });
  }

  #act(machine: Machine): void {
    const { program, author, grant } = machine;
    if (program === null) return;
    const { random } = this;
    try {
      if (random.chance(0.1)) {
        const id = random.uuid();
        program.store.logAccess({ id, at: this.now, userId: author.userId, action: 'open', documentType: 'client', documentId: 'client-1', details: '', previousHash: '', hash: '' });
        this.oracle.opened(machine, id);
        return;
      }
      const work = nextWork(program.store, author.userId, random);
      if (work === null) return;
      const command = { ...work, commandId: random.uuid(), author, grant, at: this.now };
      const done = program.store.run(command);
      if (done === null) return;
      this.oracle.accepted(machine, command, done);
      void program.engine.send();
    } catch (error) {
      if (!(error instanceof Killed)) throw error; // killed before the screen said «принято»: nothing was promised
    }
  }

  // Faults

  #nextFault(): void {
    this.schedule.after(this.random.between(2_000, 20_000), 'fault', () => {
      if (!this.#storm) return;
      this.#fault();
      this.#nextFault();
    });
  }

  #fault(): void {
    const { random } = this;
    const machine = random.pick(this.machines);
    if (machine === undefined) return;
    const kind = random.between(0, 99);
    if (kind < 20) machine.killAtCommit = random.between(1, 6);
    else if (kind < 35) this.#kill(machine, random.chance(0.6));
    else if (kind < 50) this.#cutLine(machine);
    else if (kind < 60) this.#crashAndStart();
    else if (kind < 72) this.#backup = this.disk.copy();
    else if (kind < 80) this.#restore();
    else if (kind < 86) this.#loseCache(machine);
    else if (kind < 90) this.#longTransaction();
    else if (kind < 93) this.#clone();
    else if (kind < 95) machine.backup = machine.disk.copy();
    else if (kind < 97) this.#putBack(machine);
    else this.#setWeather();
  }

  #cutLine(machine: Machine): void {
    this.#network.cut.add(machine.place);
    this.schedule.after(this.random.between(1_000, 120_000), `${machine.place} line back`, () => {
      this.#network.cut.delete(machine.place);
      void machine.program?.engine.connectionRenewed();
    });
  }

  /** F4: the cache cannot be read and is made anew. */
  #loseCache(machine: Machine): void {
    this.#kill(machine, false);
    machine.disk.loseCache();
  }

  /** Something else writes at the centre for long: the feed waits for it. */
  #longTransaction(): void {
    const { disk } = this;
    const xid = disk.nextXid++;
    disk.running.add(xid);
    this.schedule.after(this.random.between(500, 15_000), 'long transaction', () => disk.running.delete(xid));
  }

  /** F8: the machine is restored from its own backup. */
  #putBack(machine: Machine): void {
    if (machine.backup === null) return;
    this.#kill(machine, false);
    machine.disk = machine.backup.copy();
    this.oracle.putBack(machine);
  }

  /** F7: the first profile is copied to another machine, once. */
  #clone(): void {
    const [first] = this.machines;
    if (first === undefined || this.machines.length > deskAuthors.length) return;
    this.schedule.note('clone');
    const copy = this.#machine('desk-copy', first.deskId, first.author, first.disk.copy());
    this.machines.push(copy); // its stream opens when the centre starts again
    this.oracle.cloned(first, copy);
    this.#startProgram(copy);
    this.#nextAction(copy);
  }

  // The run

  /** Storm, then calm; the findings of the oracle, none if all held. */
  async run(): Promise<readonly string[]> {
    await this.#runWhile(() => this.schedule.steps < this.#stormSteps && this.oracle.findings.length === 0);
    if (this.oracle.findings.length === 0) await this.#comeToRest();
    return this.oracle.findings;
  }

  async #runWhile(goOn: () => boolean): Promise<void> {
    while (goOn() && (await this.schedule.step())) for (const machine of this.machines) this.oracle.watch(machine, this.disk);
  }

  async #comeToRest(): Promise<void> {
    this.#storm = false;
    Object.assign(this.#network, { loss: 0, doubling: 0, latePages: 0 });
    this.#network.cut.clear();
    for (const machine of this.machines) machine.killAtCommit = 0;
    const until = this.schedule.now + 400_000;
    await this.#runWhile(() => this.schedule.now < until && this.oracle.findings.length === 0);
    if (this.oracle.findings.length === 0) this.oracle.atRest(this.machines, this.disk);
  }
}
