import type { z } from 'zod';
import type { AnyDocument } from './document-type.ts';
import type { Refusal } from './errors.ts';
import type { Instant } from './instant.ts';
import type { Role } from './roles.ts';

/** What a rule may ask of its store. A driver answers: SQLite at the desk, PostgreSQL at the centre, a map in tests. */
export type Read =
  | { readonly kind: 'get'; readonly type: string; readonly id: string }
  | { readonly kind: 'find'; readonly type: string; readonly index: string; readonly key: string }
  /** `optional`: the rule does without one where there is none, or where the centre finds that the desk's may not be used. */
  | { readonly kind: 'number'; readonly series: string; readonly year: string; readonly optional?: true };

/** get → the document, one marked deleted too, or null; find → documents ordered by id; number → a full number such as КП-26-00001842, or null when the desk has none left. */
export type ReadAnswer = AnyDocument | null | readonly AnyDocument[] | string;

/** Who acts. The centre itself is the author `system`. */
export interface Author {
  readonly userId: string;
  /** «Белова И. С.» as the history shows it. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly branchIds: readonly string[];
}

/** All that a rule knows besides what it reads: never the clock, never random. */
export interface Context {
  readonly commandId: string;
  readonly author: Author;
  readonly deskId: string;
  /** happenedAt: the desk's time corrected by the centre's clock. */
  readonly now: Instant;
  /** The n-th id of this command: the same at both ends. */
  readonly id: (n: number) => string;
  /** A desk lays a command that it accepted over a newer base: that may be fetched anew and lack what the command names. */
  readonly laidAgain?: true;
}

/** A document put whole. */
export interface Change {
  readonly type: string;
  readonly document: AnyDocument;
}

/** Something to be done outside after the commit. Carried out by the centre only. */
export interface Effect {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly notBefore?: Instant;
  /** Waits until these effects are done. */
  readonly dependsOn?: readonly string[];
}

export interface Accepted {
  readonly ok: true;
  readonly changes: readonly Change[];
  readonly effects: readonly Effect[];
  /** Effects to be called off if they have not started. */
  readonly cancels: readonly string[];
}

export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
}

export type Decision = Accepted | Refused;

/** A rule: yields batches of reads, is resumed with their answers in order, returns its decision. */
export type Deciding = Asking<Decision>;

/** A part of a rule, or a question of the screen, that reads as rules do. */
export type Asking<T> = Generator<readonly Read[], T, readonly ReadAnswer[]>;

export interface Command<Input = unknown> {
  /** `object.verb`, e.g. `incomingEmail.take`. */
  readonly name: string;
  /** Russian, as the button and the history say it. */
  readonly title: string;
  /** Raised when the input's shape changes; the centre keeps upgrading older ones. */
  readonly version: number;
  /** Who may run it; `system` means the centre alone. */
  readonly roles: readonly Role[] | 'system';
  readonly input: z.ZodType<Input>;
  readonly decide: (input: Input, context: Context) => Deciding;
  /** The command that undoes this one (run with the same input), or null. */
  readonly undo: string | null;
}

/** Identity that infers the input's type from its schema. */
export function defineCommand<Input>(command: Command<Input>): Command<Input> {
  return command;
}

/** The n-th id made by a command: both ends derive the same. */
export function derivedId(commandId: string, n: number): string {
  return `${commandId}.${n}`;
}

export function accept(changes: readonly Change[], effects: readonly Effect[] = [], cancels: readonly string[] = []): Accepted {
  return { ok: true, changes, effects, cancels };
}

export function refuse(refusal: Refusal): Refused {
  return { ok: false, refusal };
}

/** Runs a rule against a store that answers at once (the desk, tests). */
export function driveSync<T>(asking: Asking<T>, answer: (read: Read) => ReadAnswer): T {
  let step = asking.next();
  while (step.done !== true) step = asking.next(step.value.map(answer));
  return step.value;
}

/** Runs a rule against a store that answers batches later (the centre). */
export async function driveAsync<T>(asking: Asking<T>, answer: (reads: readonly Read[]) => Promise<readonly ReadAnswer[]>): Promise<T> {
  let step = asking.next();
  while (step.done !== true) step = asking.next(await answer(step.value));
  return step.value;
}
