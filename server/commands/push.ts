import { OknoError, refusal, type Refusal } from '../../shared/base/errors.ts';
import type { Command } from '../../shared/base/rule-book.ts';
import { shortName, type User } from '../../shared/domain/user/model.ts';
import type { Envelope, PushAnswer, PushRequest, PushResponse } from '../../shared/protocol/sync.ts';
import { oldestServedProtocol } from '../../shared/protocol/version.ts';
import type { Clock } from '../clock.ts';
import { numberKey, type NumberKey } from '../db/centre-store.ts';
import { voidNumber } from './decide.ts';
import type { DecidingView } from './deciding-view.ts';
import type { Prepared, Submitted } from './execute.ts';
import type { Execute } from './gather.ts';
import { grantCovers, openGrant } from './grant.ts';
import { InTurn } from './in-turn.ts';
import { leaseHolds } from './lease-token.ts';
import type { Signer } from './signed-token.ts';

export interface PushDependencies {
  readonly clock: Clock;
  readonly execute: Execute;
  readonly commandByName: (name: string) => Command | undefined;
  readonly signer: Signer;
  readonly epoch: () => Promise<string>;
  /** Commands given to `execute` at once: fewer syncs of the disk, but more to redo after a conflict. */
  readonly batchSize: number;
}

/** Takes in the commands of desks: `push` of architecture §4. */
export class PushService {
  readonly #dependencies: PushDependencies;
  readonly #inTurn = new InTurn();

  constructor(dependencies: PushDependencies) {
    this.#dependencies = dependencies;
  }

  /** Commands of one incarnation are run one request after another, for their order matters. */
  async push(request: PushRequest): Promise<PushResponse> {
    if (request.protocol < oldestServedProtocol) return { kind: 'programTooOld', oldest: oldestServedProtocol };
    return this.#inTurn.run(request.incarnation, () => this.#push(request));
  }

  async #push(request: PushRequest): Promise<PushResponse> {
    const { clock, epoch } = this.#dependencies;
    // What was carried out was so in the epoch that the request names.
    const answers = await this.#answers(request);
    if (answers === 'clonedProfile') return { kind: 'clonedProfile', serverTime: clock.now() };
    if (answers === 'otherEpoch') return { kind: 'otherEpoch', serverTime: clock.now(), epoch: await epoch() };
    return { kind: 'answers', serverTime: clock.now(), epoch: answers.length === 0 || request.epoch === null ? await epoch() : request.epoch, answers };
  }

  async #answers({ deskId, incarnation, epoch, commands }: PushRequest): Promise<PushAnswer[] | 'clonedProfile' | 'otherEpoch'> {
    const { batchSize, execute } = this.#dependencies;
    const answers: PushAnswer[] = [];
    if (commands.some(({ seq }, n) => seq <= (commands[n - 1]?.seq ?? 0))) throw new OknoError('badEnvelope', { field: 'seq' });
    for (let from = 0; from < commands.length; from += batchSize) {
      const envelopes = commands.slice(from, from + batchSize);
      const waits = answers.at(-1)?.outcome === 'retry'; // what came before has to be done first
      const outcomes = waits ? envelopes.map(() => null) : await execute(envelopes.map((envelope) => ({ ...this.#submitted(envelope, deskId, incarnation), epoch: epoch ?? '' })));
      if (outcomes.includes('otherEpoch')) return 'otherEpoch';
      if (outcomes.includes('clonedProfile')) return 'clonedProfile';
      envelopes.forEach(({ commandId }, n) => {
        const stored = outcomes[n] ?? null;
        if (stored === null || stored === 'clonedProfile' || stored === 'otherEpoch') answers.push({ commandId, outcome: 'retry' });
        else if (stored.outcome === 'applied') answers.push({ commandId, outcome: 'applied', duplicate: stored.duplicate });
        else answers.push({ commandId, outcome: 'rejected', duplicate: stored.duplicate, refusal: mutableRefusal(stored.refusal ?? refusal('internal')) });
      });
    }
    return answers;
  }

  #submitted(envelope: Envelope, deskId: string, incarnation: string): Omit<Submitted, 'epoch'> {
    const { signer, clock } = this.#dependencies;
    const grant = openGrant(signer, envelope.grant);
    const now = clock.now();
    const { commandId, seq, name, version, input, numbers } = envelope;
    const command = this.#dependencies.commandByName(name);
    return {
      origin: {
        commandId, deskId, incarnation, seq, name, version, input, numbers,
        authorId: grant === 'forged' ? '' : grant.userId,
        authorName: grant === 'forged' ? '' : grant.name,
        // A desk's clock may be a year ahead: what happened never happened after it was recorded.
        happenedAt: Date.parse(envelope.happenedAt) > Date.parse(now) ? now : new Date(envelope.happenedAt).toISOString(),
      },
      guess: command === undefined || grant === 'forged' ? null : { command, author: { userId: grant.userId, name: grant.name, roles: grant.roles, branchIds: grant.branchIds } },
      authorReads: grant === 'forged' ? [] : [{ kind: 'get', type: 'user', id: grant.userId }],
      prepare: (view, usedNumbers) => {
        if (grant === 'forged') return { ok: false, refusal: refusal('badEnvelope', { field: 'grant' }) };
        if (envelope.refused !== undefined) return { ok: false, refusal: envelope.refused, authorName: grant.name };
        if (grant.deskId !== deskId) return { ok: false, refusal: refusal('deskRejected') };
        if (!grantCovers(grant, envelope.happenedAt) && !grantCovers(grant, now)) return { ok: false, refusal: refusal('offlineLoginExpired') };
        return this.#prepared(envelope, deskId, grant.userId, view, usedNumbers);
      },
    };
  }

  /** The author's rights are those of now: a dismissed user's queue is refused, and «Разобрать» keeps its text (F31). */
  #prepared(envelope: Envelope, deskId: string, userId: string, view: DecidingView, usedNumbers: ReadonlySet<string>): Prepared {
    const command = this.#dependencies.commandByName(envelope.name);
    if (command === undefined) return { ok: false, refusal: refusal('badEnvelope', { field: 'name' }) };
    if (command.version !== envelope.version) return { ok: false, refusal: refusal('programTooOld') };
    const user = view.get('user', userId) as User | null; // the view answers with documents of the asked type
    if (user === null || !user.active || user.deleted === true) return { ok: false, refusal: refusal('notAllowed', { action: command.title }) };
    const author = { userId, name: shortName(user), roles: user.roles, branchIds: user.branchIds };
    return { ok: true, command, author, takeNumber: this.#numbersOf(envelope, deskId, usedNumbers) };
  }

  /** Hands out the numbers that the desk took, in its order; one that it may not use refuses the command. */
  #numbersOf({ numbers }: Envelope, deskId: string, used: ReadonlySet<string>): (series: string, year: string) => Promise<NumberKey | null> {
    const left = [...numbers];
    return async (series, year) => {
      const at = left.findIndex((number) => number.series === series && number.year === year);
      const [number] = at < 0 ? [] : left.splice(at, 1);
      if (number === undefined) return null;
      if (used.has(numberKey(number)) || !leaseHolds(this.#dependencies.signer, number, deskId)) throw voidNumber(number);
      return { series, year, value: number.value };
    };
  }
}

/** The answer's schema has changeable objects, the refusal read-only ones; both are the same JSON. */
function mutableRefusal(reason: Refusal): Extract<PushAnswer, { outcome: 'rejected' }>['refusal'] {
  return reason as Extract<PushAnswer, { outcome: 'rejected' }>['refusal'];
}
