import type { AnyDocument } from '../../shared/base/document-type.ts';
import { driveSync, derivedId, type Author, type Decision } from '../../shared/base/rule-book.ts';
import { inScope, mayRun, scopeKeysOf } from '../../shared/base/scope.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import { refusal } from '../../shared/base/errors.ts';
import { formatNumber, type AccessEntry, type Envelope, type Lease, type LeaseRequest, type Page, type PullRequest, type PullResponse, type PushAnswer, type PushRequest, type PushResponse } from '../../shared/protocol/sync.ts';
import type { DeskBase } from '../../main/db/desk-base.ts';
import { TransportError, type Transport } from '../../main/sync/transport.ts';
import { MemoryStore } from '../helpers/memory-store.ts';

interface FeedRow {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly gone: boolean;
}

interface CentreState {
  readonly epoch: string;
  readonly feed: readonly FeedRow[];
  readonly answers: ReadonlyMap<string, PushAnswer>;
  readonly seqs: ReadonlyMap<string, ReadonlyMap<number, string>>;
  readonly documents: Readonly<Record<string, AnyDocument>>;
}

/** The centre in memory: the same rules, a feed with a cursor, an epoch, number blocks. Faults are switched on by the test. */
export class MemoryCentre implements Transport {
  store = new MemoryStore();
  epoch = 'epoch-1';
  now = '2026-11-24T06:14:00.000Z';
  /** Throws before the request reaches the centre, or after it was carried out. */
  requestLost: (() => boolean) | null = null;
  answerLost: (() => boolean) | null = null;
  pageSize = 100;
  readonly pushes: PushRequest[] = [];
  readonly access: AccessEntry[] = [];
  readonly uploads = new Map<string, Uint8Array>();
  /** Questions answered. */
  pulls = 0;
  mustRefetchOnce = false;
  #feed: FeedRow[] = [];
  #answers = new Map<string, PushAnswer>();
  #seqs = new Map<string, Map<number, string>>();
  #highest = 0;
  #leases = 0;

  put(type: string, document: AnyDocument): void {
    this.store.put(type, document);
    this.#feed.push({ type, id: document.id, version: this.#feed.length + 1, gone: false });
  }

  /** The document leaves every desk's scope. */
  withdraw(type: string, id: string): void {
    this.#feed.push({ type, id, version: this.#feed.length + 1, gone: true });
  }

  answerTo(commandId: string): PushAnswer | undefined {
    return this.#answers.get(commandId);
  }

  backup(): CentreState {
    return { epoch: this.epoch, feed: [...this.#feed], answers: new Map(this.#answers), seqs: new Map([...this.#seqs].map(([key, seqs]) => [key, new Map(seqs)])), documents: this.store.snapshot() };
  }

  /** Puts a backup in place, under a new epoch. */
  restore(state: CentreState): void {
    this.epoch = `${state.epoch}-restored`;
    this.#feed = [...state.feed];
    this.#answers = new Map(state.answers);
    this.#seqs = new Map([...state.seqs].map(([key, seqs]) => [key, new Map(seqs)]));
    this.store = new MemoryStore();
    for (const [key, document] of Object.entries(state.documents)) this.store.put(key.split('/')[0] ?? '', document);
  }

  async #answer<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    if (this.requestLost?.() === true) throw new TransportError('network');
    const value = structuredClone(work());
    await Promise.resolve();
    if (this.answerLost?.() === true) throw new TransportError('network');
    return value;
  }

  push(request: PushRequest): Promise<PushResponse> {
    return this.#answer((): PushResponse => {
      this.pushes.push(request);
      if (request.commands.length > 0 && request.epoch !== this.epoch) return { kind: 'otherEpoch', serverTime: this.now, epoch: this.epoch };
      const seqs = this.#seqs.get(request.incarnation) ?? new Map<number, string>();
      if (request.commands.some(({ seq, commandId }) => (seqs.get(seq) ?? commandId) !== commandId)) return { kind: 'clonedProfile', serverTime: this.now };
      this.#seqs.set(request.incarnation, seqs);
      const answers = request.commands.map((envelope) => this.#carryOut(envelope, request.deskId, seqs));
      return { kind: 'answers', serverTime: this.now, epoch: this.epoch, answers };
    });
  }

  #carryOut(envelope: Envelope, deskId: string, seqs: Map<number, string>): PushAnswer {
    seqs.set(envelope.seq, envelope.commandId);
    const known = this.#answers.get(envelope.commandId);
    if (known !== undefined) return known.outcome === 'retry' ? known : { ...known, duplicate: true };
    const decision = envelope.refused === undefined ? this.#decide(envelope, deskId) : { ok: false as const, refusal: envelope.refused };
    const answer: PushAnswer = decision.ok
      ? { commandId: envelope.commandId, outcome: 'applied', duplicate: false }
      : { commandId: envelope.commandId, outcome: 'rejected', duplicate: false, refusal: structuredClone(decision.refusal) as Extract<PushAnswer, { outcome: 'rejected' }>['refusal'] }; // JSON both
    this.#answers.set(envelope.commandId, answer);
    if (decision.ok) for (const { type, document } of decision.changes) this.put(type, document);
    return answer;
  }

  #decide({ commandId, name, input, numbers, happenedAt, grant }: Envelope, deskId: string): Decision {
    const author = JSON.parse(grant) as Author; // the tests' grant is the author himself
    const command = commandByName(name);
    if (command === undefined || !mayRun(command, author)) return { ok: false, refusal: refusal('notAllowed', { action: name }) };
    const left = [...numbers];
    return driveSync(command.decide(command.input.parse(input), { commandId, author, deskId, now: happenedAt, id: (n) => derivedId(commandId, n) }), (read) => {
      if (read.kind !== 'number') return this.store.answer(read);
      const [taken] = left.splice(0, 1);
      return taken === undefined ? null : formatNumber(taken.series, taken.year, taken.value);
    });
  }

  /** What its stream would bring to this desk now. */
  async nextPage(desk: { readonly files: { readonly base: Pick<DeskBase, 'deskId' | 'incarnation' | 'position'> } }): Promise<Page> {
    const { deskId, incarnation, position } = desk.files.base;
    const page = await this.pull({ protocol: 1, deskId, incarnation, ...position, limit: 100, highestNumbers: {} });
    this.pulls -= 1;
    if (page.kind !== 'page') throw new Error(page.kind);
    return page;
  }

  pull(request: PullRequest): Promise<PullResponse> {
    this.pulls += 1;
    return this.#answer((): PullResponse => {
      const foreign = request.epoch !== null && request.epoch !== this.epoch;
      if (foreign || (this.mustRefetchOnce && request.cursor !== null)) {
        this.mustRefetchOnce = false;
        return { kind: 'mustRefetch', epoch: this.epoch };
      }
      const from = Number(request.cursor ?? '0');
      const keys = scopeKeysOf({ userId: 'user-belova', roles: ['mailSupervisor'], branchIds: ['branch-north'] });
      const slice = this.#feed.slice(from, from + this.pageSize);
      const to = from + slice.length;
      const rows = slice.map(({ type, id, version, gone }) => {
        const document = gone ? undefined : this.store.get(type as 'client', id); // any type: only looked at through its declaration
        const seen = document !== undefined && inScope(documentTypeOf(type), document, keys);
        return { type, id, version, document: seen ? (structuredClone(document) as unknown as NonNullable<Extract<PullResponse, { kind: 'page' }>['rows'][number]['document']>) : null };
      });
      const more = to < this.#feed.length;
      const lastSeq = more ? 0 : Math.max(0, ...(this.#seqs.get(request.incarnation)?.keys() ?? []));
      const { incarnation, epoch, cursor } = request;
      const lastCommandId = this.#seqs.get(incarnation)?.get(lastSeq) ?? null;
      return { kind: 'page', asked: { incarnation, epoch, cursor }, epoch: this.epoch, rows, cursor: String(to), more, lastSeq, lastCommandId, serverTime: this.now, external: [] };
    });
  }

  lease({ series, year, count, highest }: LeaseRequest): Promise<Lease | null> {
    return this.#answer(() => {
      const from = Math.max(this.#highest, highest) + 1;
      this.#highest = from + count - 1;
      this.#leases += 1;
      return { leaseId: `lease-${this.#leases}`, series, year, from, to: this.#highest };
    });
  }

  sendAccessLog(_deskId: string, entries: readonly AccessEntry[]): Promise<void> {
    return this.#answer(() => {
      this.access.push(...entries);
    });
  }

  uploadFile(fileId: string, content: Uint8Array): Promise<void> {
    return this.#answer(() => {
      this.uploads.set(fileId, content);
    });
  }
}
