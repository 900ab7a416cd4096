import { indexKeys, type AnyDocument, type DocumentType } from '../../shared/base/document-type.ts';

/** A document, as what commands touch. */
export function documentKey(type: string, id: string): string {
  return `${type}/${id}`;
}

/** What a rule finds under a key of an index, as what commands touch. */
export function findKey(type: string, index: string, key: string): string {
  return `${type}.${index}=${key}`; // no type's name has a dot
}

/** Every name under which a rule may read the document. */
export function namesOf(type: DocumentType, document: AnyDocument): readonly string[] {
  return [documentKey(type.type, document.id), ...indexKeys(type, document).map(([index, key]) => findKey(type.type, index, key))];
}

/** What one waiting command read and wrote when it was laid. */
export interface Link {
  readonly seq: number;
  readonly read: ReadonlySet<string>;
  readonly written: ReadonlySet<string>;
}

/** Commands by a name. */
class Index {
  readonly #commands = new Map<string, Set<string>>();

  of(name: string): Iterable<string> {
    return this.#commands.get(name) ?? [];
  }

  add(names: Iterable<string>, commandId: string): void {
    for (const name of names) {
      const commands = this.#commands.get(name);
      if (commands === undefined) this.#commands.set(name, new Set([commandId]));
      else commands.add(commandId);
    }
  }

  remove(names: Iterable<string>, commandId: string): void {
    for (const name of names) {
      const commands = this.#commands.get(name);
      commands?.delete(commandId);
      if (commands?.size === 0) this.#commands.delete(name);
    }
  }

  clear(): void {
    this.#commands.clear();
  }
}

/** The type comes first: up to a slash in a document's name, up to a dot in a key's. */
const isDocument = (name: string): boolean => /^\w+\//.test(name);

/**
 * Which waiting commands hang together by what they read and wrote. When something beneath or among them changes, only those tied to it have to be laid
 * again: with ten thousand waiting and some of each batch refused, laying all of them each time would take the desk's thread for minutes (F13).
 */
export class OverlayLinks {
  readonly #links = new Map<string, Link>();
  readonly #readers = new Index();
  readonly #writers = new Index();

  get size(): number {
    return this.#links.size;
  }

  has(commandId: string): boolean {
    return this.#links.has(commandId);
  }

  note(commandId: string, link: Link): void {
    this.forget(commandId);
    this.#links.set(commandId, link);
    this.#readers.add(link.read, commandId);
    this.#writers.add(link.written, commandId);
  }

  /** The command is not waiting any more. Returns what it wrote. */
  forget(commandId: string): ReadonlySet<string> {
    const link = this.#links.get(commandId);
    if (link === undefined) return new Set();
    this.#links.delete(commandId);
    this.#readers.remove(link.read, commandId);
    this.#writers.remove(link.written, commandId);
    return link.written;
  }

  clear(): void {
    this.#links.clear();
    this.#readers.clear();
    this.#writers.clear();
  }

  /** Commands up to this seq. */
  upTo(seq: number): readonly string[] {
    return [...this.#links].flatMap(([commandId, link]) => (link.seq <= seq ? [commandId] : []));
  }

  /**
   * The commands that have to be laid again when these names change, directly or through what other commands wrote, and all names that change with
   * them. `also`: commands that are among them anyway. Whoever reads what changes is among them, and whoever wrote what one of them reads, since what
   * came later must not be seen; two that only wrote under the same key of an index are not tied by it.
   */
  tied(names: Iterable<string>, also: Iterable<string> = []): { readonly commands: ReadonlySet<string>; readonly names: ReadonlySet<string> } {
    const changing = new Set(names);
    const commands = new Set<string>();
    const add = (commandId: string): void => {
      if (commands.has(commandId)) return;
      commands.add(commandId);
      const link = this.#links.get(commandId);
      for (const name of link?.written ?? []) changing.add(name);
      for (const name of link?.read ?? []) toFollow.push(name);
    };
    const toFollow: string[] = [];
    for (const commandId of also) add(commandId);
    for (const name of changing) { // walked over what is added meanwhile, too
      for (const commandId of this.#readers.of(name)) add(commandId);
      if (isDocument(name)) for (const commandId of this.#writers.of(name)) add(commandId);
      for (let read = toFollow.pop(); read !== undefined; read = toFollow.pop()) for (const commandId of this.#writers.of(read)) add(commandId);
    }
    return { commands, names: changing };
  }
}
