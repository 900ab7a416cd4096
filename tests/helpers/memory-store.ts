import { indexKeys, type AnyDocument } from '../../shared/base/document-type.ts';
import { cleaned } from '../../shared/base/clean-text.ts';
import { refusal } from '../../shared/base/errors.ts';
import { derivedId, driveSync, refuse, type Asking, type Author, type Command, type Context, type Decision, type Effect, type Read, type ReadAnswer } from '../../shared/base/rule-book.ts';
import { mayChange, mayRun } from '../../shared/base/scope.ts';
import { documentTypeOf, parseDocument, type DocumentMap, type DocumentName } from '../../shared/domain/documents.ts';
import { formatNumber } from '../../shared/protocol/sync.ts';

/**
 * The plainest store that rules can run on: documents, their index keys and counters of numbers in maps. It parses every document put, so
 * that a rule which breaks a schema fails at once. Used by tests and by the simulation.
 */
export class MemoryStore {
  readonly #documents = new Map<string, AnyDocument>();
  readonly #index = new Map<string, Set<string>>();
  readonly #counters = new Map<string, number>();
  readonly #outcomes = new Map<string, Decision>();
  readonly effects = new Map<string, Effect>();
  /** Numbers that may still be taken; unlimited unless set. */
  numbersLeft = Number.POSITIVE_INFINITY;

  /** The stored document of a type, marked deleted or not. */
  get<K extends DocumentName>(type: K, id: string): DocumentMap[K] | undefined {
    return this.#documents.get(`${type}/${id}`) as DocumentMap[K] | undefined; // put under this type only
  }

  /** As `get`, of a type known by name only; null if it is not there. */
  stored(type: string, id: string): AnyDocument | null {
    return this.#documents.get(`${type}/${id}`) ?? null;
  }

  /** As `get`, but its absence is a failure of the test. */
  the<K extends DocumentName>(type: K, id: string): DocumentMap[K] {
    const document = this.get(type, id);
    if (document === undefined) throw new Error(`No ${type} ${id}`);
    return document;
  }

  all<K extends DocumentName>(type: K): readonly DocumentMap[K][] {
    const found = [...this.#documents].filter(([key]) => key.startsWith(`${type}/`)).map(([, document]) => document);
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1)) as unknown as readonly DocumentMap[K][]; // as above
  }

  /** Every document by `type/id`, to compare two stores or a store before and after. */
  snapshot(): Readonly<Record<string, AnyDocument>> {
    return Object.fromEntries([...this.#documents].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  put(type: string, document: AnyDocument): void {
    const parsed = parseDocument(type, document);
    const key = `${type}/${parsed.id}`;
    const before = this.#documents.get(key);
    if (before !== undefined) for (const [index, value] of indexKeys(documentTypeOf(type), before)) this.#index.get(`${type}/${index}/${value}`)?.delete(parsed.id);
    this.#documents.set(key, parsed);
    for (const [index, value] of indexKeys(documentTypeOf(type), parsed)) {
      const ids = this.#index.get(`${type}/${index}/${value}`) ?? new Set();
      this.#index.set(`${type}/${index}/${value}`, ids.add(parsed.id));
    }
  }

  answer(read: Read): ReadAnswer {
    switch (read.kind) {
      case 'get':
        return this.#documents.get(`${read.type}/${read.id}`) ?? null;
      case 'find': {
        if (!Object.hasOwn(documentTypeOf(read.type).indexes, read.index)) throw new Error(`No index ${read.index} of ${read.type}`);
        const ids = [...(this.#index.get(`${read.type}/${read.index}/${read.key}`) ?? [])].toSorted();
        return ids.flatMap((id) => this.#documents.get(`${read.type}/${id}`) ?? []);
      }
      case 'number': {
        if (this.numbersLeft <= 0) return null;
        this.numbersLeft -= 1;
        const next = (this.#counters.get(`${read.series}-${read.year}`) ?? 0) + 1;
        this.#counters.set(`${read.series}-${read.year}`, next);
        return formatNumber(read.series, read.year, next);
      }
    }
  }

  /** Answers a question that reads as rules do. */
  ask<T>(asking: Asking<T>): T {
    return driveSync(asking, (read) => this.answer(read));
  }

  outcomeOf(commandId: string): Decision | undefined {
    return this.#outcomes.get(commandId);
  }

  /** Writes an accepted decision: documents, effects, and effects called off. */
  apply(commandId: string, decision: Decision): void {
    this.#outcomes.set(commandId, decision);
    if (!decision.ok) return;
    for (const { type, document } of decision.changes) this.put(type, document);
    for (const effect of decision.effects) this.effects.set(effect.id, effect);
    for (const id of decision.cancels) this.effects.delete(id);
  }
}

/** Runs a command as the centre does: once per commandId, the input parsed, the right checked, the decision applied. */
export function runInMemory(store: MemoryStore, command: Command, input: unknown, context: Context): Decision {
  const earlier = store.outcomeOf(context.commandId);
  if (earlier !== undefined) return earlier;
  const decision = decideInMemory(store, command, input, context);
  store.apply(context.commandId, decision);
  return decision;
}

/** The decision alone, nothing written. */
export function decideInMemory(store: MemoryStore, command: Command, input: unknown, context: Context): Decision {
  if (!mayRun(command, context.author)) return refuse(refusal('notAllowed', { action: command.title }));
  const parsed = command.input.safeParse(cleaned(input));
  if (!parsed.success) return refuse(refusal('invalidInput', { field: parsed.error.issues[0]?.path.join('.') ?? '' }));
  const decision = store.ask(command.decide(parsed.data, context));
  const foreign = decision.ok && decision.changes.some(({ type, document }) => !mayChange(documentTypeOf(type), store.stored(type, document.id), context.author));
  return foreign ? refuse(refusal('notAllowed', { action: command.title })) : decision;
}

/** A context for one command; `at` is an instant. */
export function contextOf(author: Author, at: string, commandId: string, deskId = 'desk'): Context {
  return { commandId, author, deskId, now: at, id: (n) => derivedId(commandId, n) };
}
