import { isDeepStrictEqual } from 'node:util';
import { inScope, scopeKeysOf } from '../../shared/base/scope.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import type { Change } from '../../shared/base/rule-book.ts';
import { formatNumber, type TakenNumber } from '../../shared/protocol/sync.ts';
import { seqKey } from '../../server/db/centre-store.ts';
import type { CentreDisk } from './centre-disk.ts';
import type { DeskCommand, MemoryDesk } from './memory-desk.ts';
import type { Machine } from './machine.ts';

interface Promised {
  readonly commandId: string;
  /** A document that this command made, which must stay on the screen. */
  readonly made: { readonly type: string; readonly id: string } | null;
  readonly numbered: { readonly id: string; readonly number: string } | null;
}

/** What every run must hold (I1–I7). Some is watched at each step, the rest looked at when all has come to rest. */
export class Oracle {
  readonly findings: string[] = [];
  /** By the machine's place: what its screen said «принято» to. */
  readonly #promised = new Map<string, Promised[]>();
  /** By number: which commands showed it, and where. */
  readonly #numbers = new Map<string, { readonly commandId: string; readonly place: string }[]>();
  /** Lines of the access log, and where they were written. */
  readonly #opened = new Map<string, string>();
  readonly #putBack = new Set<string>();
  /** What left a screen while its command waited: right only if the centre refuses it, or had refused it in a time that it then lost. */
  readonly #vanished = new Map<string, Lost>();
  readonly #refusedInLostTime = new Set<string>();
  /** Numbers that letters bore in a time that the centre then lost: a desk may have shown one in the place of its own, which won afterwards. */
  readonly #numbersOfLostTime = new Set<string>();
  #twins: readonly Machine[] = [];
  readonly #watched = new Map<string, { readonly disk: unknown; readonly commits: number }>();

  broken(text: string): void {
    if (this.findings.length < 20) this.findings.push(text);
  }

  fault(name: string, error: unknown): void {
    this.broken(`F27 ${name} threw: ${String(error)}`);
  }

  accepted({ place }: Machine, { commandId, name }: DeskCommand, { changes, numbers }: { readonly changes: readonly Change[]; readonly numbers: readonly TakenNumber[] }): void {
    const [change] = changes;
    const [number] = numbers;
    const text = number === undefined ? null : formatNumber(number.series, number.year, number.value);
    const promised: Promised = {
      commandId,
      made: name === 'client.create' && change !== undefined ? { type: change.type, id: change.document.id } : null,
      numbered: text === null || change === undefined ? null : { id: change.document.id, number: text },
    };
    this.#promised.set(place, [...(this.#promised.get(place) ?? []), promised]);
    if (text !== null) this.#numbers.set(text, [...(this.#numbers.get(text) ?? []), { commandId, place }]);
  }

  opened({ place }: Machine, id: string): void {
    this.#opened.set(id, place);
  }

  /** The copy's screen shows what the first one's showed. */
  cloned(first: Machine, copy: Machine): void {
    this.#promised.set(copy.place, [...(this.#promised.get(first.place) ?? [])]);
    this.#twins = [first, copy];
  }

  /** What the machine did after its backup is not there any more; what the centre has of it comes back with the next page. */
  putBack({ place, disk }: Machine): void {
    const kept = new Set(disk.outbox.commands.map(({ envelope }) => envelope.commandId));
    this.#promised.set(place, (this.#promised.get(place) ?? []).filter(({ commandId }) => kept.has(commandId)));
    const lines = new Set(disk.outbox.access.map(({ entry }) => entry.id));
    for (const [id, at] of this.#opened) if (at === place && !lines.has(id)) this.#opened.delete(id);
    this.#putBack.add(place);
  }

  /** The centre is put back: what stood in the way of a command it refused may be gone with the refusal. */
  timeLost(centre: CentreDisk): void {
    for (const [commandId, { outcome }] of centre.commands) if (outcome === 'rejected') this.#refusedInLostTime.add(commandId);
    for (const number of numbersOf(centre)) this.#numbersOfLostTime.add(number);
  }

  /** A program has started: what it shows is looked at anew. */
  seen({ place }: Machine): void {
    this.#watched.delete(place);
  }

  /**
   * I6: what was accepted here does not leave the screen, unless «Разобрать» shows that it was refused. A
   * number is judged on a whole cache only: a letter of which others' changes are not here again yet cannot show it.
   */
  watch(machine: Machine, centre: CentreDisk): void {
    const { place, program, disk } = machine;
    if (program === null) return;
    const { cache, outbox } = disk;
    const before = this.#watched.get(place);
    if (before?.disk === disk && before.commits === disk.commits) return;
    this.#watched.set(place, { disk, commits: disk.commits });
    for (const { envelope, incarnation, state } of outbox.commands) {
      if (state !== 'queued' || incarnation !== cache.coveredIncarnation || envelope.seq > cache.coveredSeq) continue;
      const known = centre.seqs.get(seqKey({ incarnation, seq: envelope.seq }))?.commandId ?? envelope.commandId;
      if (known !== envelope.commandId) this.broken(`I6 ${place}: ${envelope.commandId} counts as contained for another's sake`);
    }
    const states = new Map(outbox.commands.map(({ envelope, state }) => [envelope.commandId, state]));
    for (const { commandId, made, numbered } of this.#promised.get(place) ?? []) {
      const state = states.get(commandId);
      if (state === undefined) this.broken(`I5 ${place}: command ${commandId} is gone from the outbox`);
      if (state === 'rejected' || state === undefined) continue;
      const lost = lostFrom(program.store, made, cache.whole ? numbered : null); // a number stands on what others did too
      if (lost === null) continue;
      const text = `I6 ${place}: ${lost.text} of ${commandId}`;
      if (state === 'applied') this.broken(text);
      else this.#vanished.set(`${place} ${commandId}`, { ...lost, text });
    }
  }

  /** F7: a seq used twice must have been noticed. */
  #apart(): void {
    const bySeq = new Map<string, string>();
    for (const { envelope, incarnation } of this.#twins.flatMap(({ disk }) => disk.outbox.commands)) {
      const key = `${incarnation} ${envelope.seq}`;
      if ((bySeq.get(key) ?? envelope.commandId) !== envelope.commandId) this.broken(`F7 two commands bear seq ${key}`);
      bySeq.set(key, envelope.commandId);
    }
  }

  atRest(machines: readonly Machine[], centre: CentreDisk): void {
    for (const machine of machines) {
      if (machine.program === null) this.broken(`${machine.place} does not run`);
      this.#outcomes(machine, centre);
      this.#sameRows(machine, centre);
    }
    this.#apart();
    this.#onceEach(centre);
    for (const id of this.#opened.keys()) if (!centre.access.has(id)) this.broken(`I7 line ${id} is missing`);
  }

  /** I1, I5: one outcome for each, the same at both ends; nothing waits, nothing refused is out of sight. */
  #outcomes({ place, disk }: Machine, centre: CentreDisk): void {
    const kept = new Map(disk.outbox.commands.map((command) => [command.envelope.commandId, command]));
    for (const { commandId } of this.#promised.get(place) ?? []) {
      const here = kept.get(commandId);
      const there = centre.commands.get(commandId);
      const vanished = this.#vanished.get(`${place} ${commandId}`);
      const isOfLostTime = this.#refusedInLostTime.has(commandId) || this.#numbersOfLostTime.has(vanished?.instead ?? '');
      if (vanished !== undefined && here?.state === 'applied' && !isOfLostTime) this.broken(`${vanished.text} for a while`);
      if (here === undefined) this.broken(`I1 ${place}: ${commandId} is known no more`);
      else if (here.state === 'queued') this.broken(`I5 ${place}: ${commandId} still waits`);
      else if (there === undefined && here.state === 'applied') this.broken(`I1 ${place}: the centre does not know ${commandId}`);
      else if (there !== undefined && there.outcome !== here.state) this.broken(`I1 ${place}: ${commandId} is ${here.state} here, ${there.outcome} at the centre`);
    }
  }

  /** I4. */
  #sameRows({ place, author, disk }: Machine, centre: CentreDisk): void {
    const keys = scopeKeysOf(author);
    const expected = new Map([...centre.documents.values()].filter(({ type, document }) => inScope(documentTypeOf(type), document, keys)).map((row) => [`${row.type} ${row.id}`, row]));
    for (const row of disk.cache.base.values()) {
      const name = `${row.type} ${row.id}`;
      const there = expected.get(name);
      if (there === undefined) this.broken(`I4 ${place}: ${name} is not at the centre`);
      else if (there.version !== row.version || !isDeepStrictEqual(there.document, row.document)) this.broken(`I4 ${place}: ${name} differs (${row.version} here, ${there.version} at the centre)`);
      expected.delete(name);
    }
    for (const name of expected.keys()) this.broken(`I4 ${place}: ${name} is missing`);
  }

  /** I2, I3. */
  #onceEach(centre: CentreDisk): void {
    for (const [commandId, times] of centre.applications) if (times > 1) this.broken(`I2 ${commandId} was applied ${times} times`);
    const twins = new Set(this.#twins.map(({ place }) => place));
    for (const [number, shown] of this.#numbers) {
      // A copied profile holds the same block until it is noticed: the second use is refused and seen in «Разобрать».
      // So does a profile put back, until the centre tells it that it is not the newest (F8).
      const [first] = shown;
      const again = first !== undefined && this.#putBack.has(first.place) && shown.every(({ place }) => place === first.place);
      const given = again || shown.every(({ place }) => twins.has(place)) ? shown.filter(({ commandId }) => centre.commands.get(commandId)?.outcome === 'applied') : shown;
      if (given.length > 1) this.broken(`I3 ${number} was given ${given.length} times`);
    }
    const numbers = numbersOf(centre);
    if (new Set(numbers).size !== numbers.length) this.broken('I3 two letters bear one number');
  }
}

/** What a screen does not show though it was promised; the number that stands there instead of the promised one. */
interface Lost {
  readonly text: string;
  readonly instead: string | null;
}

/** Numbers that letters bear at the centre. */
function numbersOf(centre: CentreDisk): readonly string[] {
  return [...centre.documents.values()].flatMap(({ type, document }) => (type === 'incomingEmail' && 'number' in document && typeof document.number === 'string' ? [document.number] : []));
}

/** What of a promise the screen does not show, or null. */
function lostFrom(store: MemoryDesk, made: Promised['made'], numbered: Promised['numbered']): Lost | null {
  if (made !== null && store.seen(made.type, made.id) === null) return { text: `${made.type} ${made.id} left the screen`, instead: null };
  if (numbered === null) return null;
  const email = store.seen('incomingEmail', numbered.id) as { readonly number?: string } | null; // asked by its type
  return email === null || email.number === numbered.number ? null : { text: `${numbered.id} shows ${String(email.number)}, not ${numbered.number}`, instead: email.number ?? null };
}
