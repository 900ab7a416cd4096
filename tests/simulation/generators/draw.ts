import type { Author } from '../../../shared/base/rule-book.ts';
import type { Role } from '../../../shared/base/roles.ts';
import { scopeKeysOf } from '../../../shared/base/scope.ts';
import { documentTypeOf, type DocumentMap, type DocumentName } from '../../../shared/domain/documents.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import type { World } from '../../helpers/domain-world.ts';
import type { Random } from '../random.ts';

/** What a generator gives: an input, and who is likely to be allowed to send it; no author = the centre itself. */
export interface Drawn {
  readonly input: unknown;
  readonly author: Author | null;
}

export type Generator = (draw: Draw) => Drawn;

/** A hand that draws values for one command from the state of the world. */
export class Draw {
  readonly random: Random;
  readonly world: World;
  readonly authors: readonly Author[];

  constructor(random: Random, world: World, authors: readonly Author[]) {
    this.random = random;
    this.world = world;
    this.authors = authors;
  }

  /** One of the values. */
  of<T>(first: T, ...others: readonly T[]): T {
    return this.random.pick([first, ...others]) ?? first;
  }

  /** Mostly `likely`, now and then one of the others. */
  mostly<T>(likely: T, ...others: readonly T[]): T {
    return this.random.chance(0.85) ? likely : (this.random.pick(others) ?? likely);
  }

  all<K extends DocumentName>(type: K): readonly DocumentMap[K][] {
    return this.world.store.all(type);
  }

  /** A document, mostly one that the command is made for; undefined: none of the type. */
  document<K extends DocumentName>(type: K, isRight: (document: DocumentMap[K]) => boolean): DocumentMap[K] | undefined {
    const all = this.all(type);
    const right = all.filter(isRight);
    return this.random.pick(right.length > 0 && this.random.chance(0.85) ? right : all);
  }

  /** Its id, now and then one that is not there. */
  id<K extends DocumentName>(type: K, isRight: (document: DocumentMap[K]) => boolean = () => true): string {
    return this.random.chance(0.05) ? this.of('unknown', '') : (this.document(type, isRight)?.id ?? 'unknown');
  }

  /** An id for a new document: mostly free, now and then taken by one that is there or marked deleted. */
  newId(type: DocumentName): string {
    return this.random.chance(0.9) ? `${type}-${this.random.uuid()}` : this.id(type);
  }

  author(...roles: readonly Role[]): Author | null {
    return this.random.pick(this.authors.filter((author) => author.roles.some((role) => roles.includes(role)))) ?? this.random.pick(this.authors) ?? null;
  }

  /** Somebody of these roles who sees the document. */
  authorWhoSees<K extends DocumentName>(type: K, document: DocumentMap[K] | undefined, ...roles: readonly Role[]): Author | null {
    const scope = document === undefined ? [] : documentTypeOf(type).scope(document);
    const seeing = this.authors.filter((author) => author.roles.some((role) => roles.includes(role)) && scopeKeysOf(author).some((key) => scope.includes(key)));
    return this.random.pick(seeing) ?? this.author(...roles);
  }

  user(userId: string | null | undefined): Author | null {
    return this.authors.find((author) => author.userId === userId) ?? null;
  }

  /** Who works on a letter, else one who may take letters. */
  holder(email: IncomingEmail | undefined): Author | null {
    return this.user(email?.holderId) ?? this.author('mailSupervisor', 'supervisor');
  }

  /** An edit whose `before` is mostly what stands there. */
  edit(document: object | undefined, path: string, after: unknown): { readonly path: string; readonly before: unknown; readonly after: unknown } {
    const now: unknown = document === undefined ? null : Object.entries(document).find(([name]) => name === path)?.[1];
    return { path, before: this.mostly(now ?? null, 'другое', null), after };
  }

  text(): string {
    return this.of('', ' ', 'Заметка', 'Ещё одна заметка', 'ё'.repeat(1000), 'я'.repeat(4001));
  }

  addresses(): readonly { readonly name: string; readonly address: string }[] {
    return this.mostly([{ name: '', address: this.of('res@branch.ru', 'm.sokolova@pochta-mo.ru', 'asud@moesk.ru') }], [], [{ name: 'Никто', address: 'не адрес' }], [{ name: '', address: 'a@b.ru' }, { name: 'Ещё', address: 'c@d.ru' }]);
  }
}
