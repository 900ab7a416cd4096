import type { Hint, PullRequest, PullResponse, PushRequest, PushResponse, AccessEntry, Lease, LeaseRequest } from '../../shared/protocol/sync.ts';
import { TransportError, type Transport } from '../../main/sync/transport.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';

/** The central API as a request that has arrived meets it. */
export interface CentreDoor {
  push(request: PushRequest): Promise<PushResponse>;
  pull(request: PullRequest, from: string): Promise<PullResponse>;
  lease(request: LeaseRequest): Promise<Lease | null>;
  sendAccessLog(entries: readonly AccessEntry[]): Promise<void>;
}

export interface NetworkOptions {
  readonly schedule: Schedule;
  readonly random: Random;
  /** The running centre, or null while it is down. */
  readonly door: () => CentreDoor | null;
  /** False in a seeded bug. */
  readonly echo: boolean;
  /** Called when a desk that has no base yet asks for it: a moment at which a restore hurts most. */
  readonly onFirstPull: () => void;
}

const answerTimeoutMs = 30_000;

/**
 * Between desks and the centre: requests and answers are lost, late, doubled, overtake each other; a late page of another epoch may
 * come in the place of an answer. Answers after the timeout are for nobody, as with HTTP.
 */
export class Network {
  /** Chance that a message is lost; 0 = a sound network. */
  loss = 0;
  doubling = 0;
  latePages = 0;
  readonly cut = new Set<string>();
  readonly #options: NetworkOptions;
  /** The last pushes: a proxy may deliver one again, much later. */
  #pushes: (() => void)[] = [];
  readonly #pages = new Map<string, Extract<PullResponse, { kind: 'page' }>[]>();

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** The line of one desk; `place` tells lines apart in the trace. */
  line(place: string, knownEpoch: () => string | null, onPullAnswer: (using: boolean) => void): Transport {
    const { random } = this.#options;
    return {
      push: (request) => this.#call(place, 'push', (door) => door.push(request), (answer) => (onPullAnswer(false), answer)),
      pull: (request) => {
        if (request.cursor === null) this.#options.onFirstPull();
        const limit = random.pick([3, 10, 40]) ?? 10;
        return this.#call(place, 'pull', (door) => door.pull({ ...request, limit }, place), (answer) => {
          onPullAnswer(true);
          const page = this.#perhapsAnother(place, answer, knownEpoch());
          // The bug: a page does not say which question it answers.
          return this.#options.echo || page.kind !== 'page' ? page : { ...page, asked: { incarnation: request.incarnation, epoch: request.epoch, cursor: request.cursor } };
        });
      },
      lease: (request) => this.#call(place, 'lease', (door) => door.lease(request), (answer) => answer),
      sendAccessLog: (_deskId, entries) => this.#call(place, 'access', (door) => door.sendAccessLog(entries), () => undefined),
      uploadFile: () => Promise.reject(new TransportError('server')),
    };
  }

  /** A word or a page of the centre's stream to a desk: lost, late, doubled, overtaken as everything else. */
  tell(place: string, hint: Hint, heard: (hint: Hint) => void): void {
    const { schedule, random } = this.#options;
    const times = random.chance(this.doubling) ? 2 : 1;
    for (let n = 0; n < times; n++) if (!this.cut.has(place) && !random.chance(this.loss)) schedule.after(this.#delay(), `${place} ${hint.kind}`, () => heard(hint));
  }

  /** The centre was restored: what was on its way to it comes now. */
  deliverLate(): void {
    const { schedule, random } = this.#options;
    for (const push of this.#pushes) if (random.chance(0.7)) schedule.after(random.between(10, 3_000), 'push of before', push);
  }

  /** The page, or one that was on its way for long: of another epoch, or the answer to an earlier question. */
  #perhapsAnother(place: string, answer: PullResponse, known: string | null): PullResponse {
    if (answer.kind !== 'page') return answer;
    const { random } = this.#options;
    const pages = this.#pages.get(place) ?? [];
    this.#pages.set(place, [...pages.slice(-3), answer]);
    const foreign = pages.filter(({ epoch }) => epoch !== answer.epoch && epoch !== known);
    if (foreign.length > 0 && random.chance(this.latePages)) return foreign.at(-1) ?? answer;
    return random.chance(this.latePages / 4) ? (random.pick([...pages, answer]) ?? answer) : answer;
  }

  #delay(): number {
    const { random } = this.#options;
    return random.chance(0.03) ? random.between(1_000, 20_000) : random.between(5, 300);
  }

  #call<T>(place: string, kind: string, ask: (door: CentreDoor) => Promise<T>, use: (answer: T) => T): Promise<T> {
    const { schedule, random, door } = this.#options;
    return new Promise((resolve, reject) => {
      let open = true;
      const end = (act: () => void): void => {
        if (!open) return;
        open = false;
        cancelTimeout();
        act();
      };
      const fail = (failure: 'network' | 'server'): void => end(() => reject(new TransportError(failure)));
      const cancelTimeout = schedule.after(answerTimeoutMs, `${place} ${kind} timeout`, () => fail('network'));
      const lost = (): boolean => this.cut.has(place) || random.chance(this.loss);
      const answerBack = (act: () => void): void => {
        if (lost()) return;
        schedule.after(this.#delay(), `${place} ${kind} answer`, act);
      };
      const arrive = (): void => {
        const opened = door();
        if (opened === null) return answerBack(() => fail('server'));
        ask(opened).then((answer) => answerBack(() => end(() => resolve(use(answer)))), () => answerBack(() => fail('server')));
      };
      if (this.cut.has(place)) {
        schedule.after(20, `${place} ${kind} refused`, () => fail('network'));
        return;
      }
      if (kind === 'push') this.#pushes = [...this.#pushes.slice(-31), arrive];
      if (!lost()) schedule.after(this.#delay(), `${place} ${kind}`, arrive);
      if (random.chance(this.doubling)) schedule.after(this.#delay() * 3, `${place} ${kind} doubled`, arrive);
    });
  }
}
