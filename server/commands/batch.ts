import type { Refusal } from '../../shared/base/errors.ts';
import type { Instant } from '../../shared/base/instant.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import type { BatchWrite, CommandRecord, EffectRecord, IndexRow, NumberKey, StoredDocument } from '../db/centre-store.ts';
import type { ReadyCommand, Verdict } from './decide.ts';
import type { DecidingView } from './deciding-view.ts';
import { indexRowsOf } from '../db/document-keys.ts';

/** Who and where a command came from, for the record. */
export interface CommandOrigin {
  readonly name: string;
  readonly version: number;
  readonly input: unknown;
  readonly commandId: string;
  readonly deskId: string;
  readonly incarnation: string | null;
  readonly seq: number | null;
  readonly authorId: string;
  readonly authorName: string;
  readonly happenedAt: Instant;
  /** Numbers that came with it. */
  readonly numbers: readonly NumberKey[];
}

const rowKey = ({ index, key }: IndexRow): string => `${index}\n${key}`;

/** Collects what a batch of decided commands writes. */
export class Batch {
  readonly #view: DecidingView;
  readonly #recordedAt: Instant;
  readonly #epoch: string;
  readonly #commands: CommandRecord[] = [];
  readonly #repeated: { commandId: string; incarnation: string; seq: number }[] = [];
  readonly #history: (StoredDocument & { commandId: string })[] = [];
  readonly #numbers: (NumberKey & { commandId: string })[] = [];
  readonly #effects: EffectRecord[] = [];
  readonly #cancels: string[] = [];

  constructor(view: DecidingView, recordedAt: Instant, epoch: string) {
    this.#view = view;
    this.#recordedAt = recordedAt;
    this.#epoch = epoch;
  }

  get isEmpty(): boolean {
    return this.#commands.length === 0 && this.#repeated.length === 0;
  }

  refuse(origin: CommandOrigin, reason: Refusal): void {
    this.#commands.push(this.#record(origin, origin.input, reason));
  }

  accept(origin: CommandOrigin, ready: ReadyCommand, verdict: Extract<Verdict, { ok: true }>): void {
    const { commandId } = origin;
    const { changes, effects, cancels } = verdict.accepted;
    // A rule that puts a document twice means its last state: one version per command.
    const last = new Map(changes.map((change) => [`${change.type}\n${change.document.id}`, change]));
    for (const change of last.values()) this.#history.push({ ...this.#view.put(change).after, commandId });
    this.#numbers.push(...verdict.numbers.map((number) => ({ ...number, commandId })));
    this.#effects.push(
      ...effects.map(({ id, kind, payload, notBefore, dependsOn }) => ({ id, kind, payload, notBefore: notBefore ?? null, dependsOn: dependsOn ?? [], commandId, createdAt: ready.now })),
    );
    this.#cancels.push(...cancels);
    this.#commands.push(this.#record(origin, null, null));
  }

  #record({ numbers: _sent, ...origin }: CommandOrigin, input: unknown, reason: Refusal | null): CommandRecord {
    return { ...origin, input, recordedAt: this.#recordedAt, outcome: reason === null ? 'applied' : 'rejected', refusal: reason };
  }

  repeat(commandId: string, incarnation: string, seq: number): void {
    this.#repeated.push({ commandId, incarnation, seq });
  }

  write(): BatchWrite {
    const changed = this.#view.changed();
    const indexes = changed.map(({ base, after }) => {
      const before = new Map(indexRowsOf(after.type, base?.document ?? null).map((row) => [rowKey(row), row]));
      const now = new Map(indexRowsOf(after.type, after.document).map((row) => [rowKey(row), row]));
      return { removed: [...before].flatMap(([key, row]) => (now.has(key) ? [] : [row])), added: [...now].flatMap(([key, row]) => (before.has(key) ? [] : [row])) };
    });
    // An effect made and called off within one batch never waits for anyone.
    const cancels = new Set(this.#cancels);
    return {
      epoch: this.#epoch,
      gets: this.#view.usedGets(),
      finds: this.#view.usedFinds(),
      commands: this.#commands,
      repeated: this.#repeated,
      documents: changed.map(({ after }) => ({ ...after, scope: documentTypeOf(after.type).scope(after.document) })),
      history: this.#history,
      indexRemoved: indexes.flatMap(({ removed }) => removed),
      indexAdded: indexes.flatMap(({ added }) => added),
      numbers: this.#numbers,
      effects: this.#effects,
      cancels: [...cancels],
    };
  }
}
