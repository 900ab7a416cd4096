import { z } from 'zod';
import type { Refusal } from '../../shared/base/errors.ts';
import { roleSchema } from '../../shared/base/roles.ts';
import { rejectedCommandSchema, type RejectedCommand } from '../../shared/protocol/ipc.ts';
import { refusalSchema, takenNumberSchema, type Envelope, type PushAnswer, type TakenNumber } from '../../shared/protocol/sync.ts';
import { settingCommandName } from '../../shared/domain/user-setting/model.ts';
import type { SqliteDatabase } from './open-database.ts';

const authorSchema = z.object({ userId: z.string(), name: z.string(), roles: z.array(roleSchema), branchIds: z.array(z.string()) });

/** A command as the desk keeps it: what goes to the centre, and what is needed to run it again over a new base. */
export const queuedCommandSchema = z.object({
  commandId: z.string(),
  seq: z.number().int(),
  name: z.string(),
  version: z.number().int(),
  input: z.json(),
  numbers: z.array(takenNumberSchema),
  happenedAt: z.string(),
  recordedAt: z.string(),
  grant: z.string(),
  author: authorSchema,
  documentType: z.string().nullable(),
  documentId: z.string().nullable(),
  documentTitle: z.string(),
  /** Set on one that was refused, while a restored centre has to be told so. */
  refused: refusalSchema.optional(),
});
export type QueuedCommand = z.infer<typeof queuedCommandSchema>;

/** An applied command is sent again if the centre was restored from a backup at most this old. */
const keepAppliedMs = 30 * 86_400_000;

/** A person is told of his work: a remembered column is none, neither while it waits nor when the centre does not take it. */
const isWork = `name <> '${settingCommandName}'`;

const columns = `command_id AS commandId, seq, name, version, input, numbers, happened_at AS happenedAt, recorded_at AS recordedAt, session_grant AS "grant",
  author, document_type AS documentType, document_id AS documentId, document_title AS documentTitle`;

interface Row {
  readonly refused?: string;
  readonly input: string;
  readonly numbers: string;
  readonly author: string;
}

/** What could not be read comes out as null: it is set aside and shown, never dropped. */
function parseRow(row: Row): QueuedCommand | null {
  const parsed = queuedCommandSchema.safeParse({ ...row, ...(row.refused === undefined ? {} : { refused: fromJson(row.refused) }), input: fromJson(row.input), numbers: fromJson(row.numbers), author: fromJson(row.author) });
  return parsed.success ? parsed.data : null;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it
  }
}

/** The queue of commands in outbox.db. Every method is meant to run inside a transaction of the caller or is one statement. */
export class CommandQueue {
  readonly #database: SqliteDatabase;
  readonly #insert;
  readonly #queued;
  readonly #toTell;
  readonly #replay;
  readonly #named;
  readonly #applied;
  readonly #told;
  readonly #isToTell;
  readonly #rejected;
  readonly #countQueued;
  /** Counted once and kept up: with ten thousand waiting, counting after each command would cost more than the command (F13). Null: not known. */
  #waiting: number | null = null;
  readonly #countRejected;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#insert = database.prepare(
      `INSERT INTO command (command_id, incarnation, seq, name, version, input, numbers, happened_at, recorded_at, session_grant, author, document_type, document_id, document_title, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued')`,
    );
    this.#queued = database.prepare<[number], Row>(`SELECT ${columns} FROM command WHERE state = 'queued' ORDER BY place LIMIT ?`);
    this.#toTell = database.prepare<[number], Row>(`SELECT ${columns}, refusal AS refused FROM command WHERE tell = 1 ORDER BY seq LIMIT ?`);
    this.#replay = database.prepare<[string, number], Row>(
      `SELECT ${columns} FROM command WHERE state <> 'rejected' AND incarnation = ? AND seq > ? ORDER BY place`,
    );
    this.#named = database.prepare<[string], Row>(`SELECT ${columns} FROM command WHERE command_id = ?`);
    this.#applied = database.prepare(`UPDATE command SET state = 'applied', refusal = NULL, tell = 0, answered_at = ? WHERE command_id = ? AND (state = 'queued' OR tell = 1)`);
    this.#told = database.prepare(`UPDATE command SET tell = 0 WHERE command_id = ? AND tell = 1`);
    this.#isToTell = database.prepare<[string], number>(`SELECT tell FROM command WHERE command_id = ?`).pluck();
    this.#rejected = database.prepare(`UPDATE command SET state = 'rejected', refusal = ?, answered_at = ? WHERE command_id = ? AND state = 'queued'`);
    this.#countQueued = database.prepare(`SELECT count(*) FROM command WHERE state = 'queued' AND ${isWork}`).pluck();
    this.#countRejected = database.prepare(`SELECT count(*) FROM command WHERE state = 'rejected' AND settled IS NULL AND ${isWork} AND (? IS NULL OR json_extract(author, '$.userId') = ?)`).pluck();
  }

  add(incarnation: string, command: QueuedCommand): void {
    this.#insert.run(
      command.commandId, incarnation, command.seq, command.name, command.version, JSON.stringify(command.input), JSON.stringify(command.numbers), command.happenedAt,
      command.recordedAt, command.grant, JSON.stringify(command.author), command.documentType, command.documentId, command.documentTitle,
    );
    if (this.#waiting !== null && command.name !== settingCommandName) this.#waiting += 1;
  }

  /** The oldest commands not answered yet; before them the refused ones of which a restored centre has to be told. */
  queued(limit: number): readonly QueuedCommand[] {
    const toTell = this.#toTell.all(limit);
    return [...toTell, ...this.#queued.all(limit - toTell.length)].map(parseRow).filter((command) => command !== null);
  }

  /** Commands whose effect the base does not contain yet, in their order. */
  toReplay(incarnation: string, coveredSeq: number): readonly QueuedCommand[] {
    return this.#replay.all(incarnation, coveredSeq).map(parseRow).filter((command) => command !== null);
  }

  /** These commands, in their order. */
  named(ids: ReadonlySet<string>): readonly QueuedCommand[] {
    return [...ids].flatMap((id) => this.#named.all(id)).map(parseRow).filter((command) => command !== null).toSorted((a, b) => a.seq - b.seq);
  }

  /**
   * Records final answers; `retry` leaves the command where it is. Returns those that change the screen: those refused, and those refused here
   * that a copy of this profile has got through since.
   */
  settle(answers: readonly PushAnswer[], at: string): readonly string[] {
    const changed: string[] = [];
    this.recount();
    for (const answer of answers) {
      if (answer.outcome === 'applied') {
        if (this.#isToTell.get(answer.commandId) === 1) changed.push(answer.commandId);
        this.#applied.run(at, answer.commandId);
      }
      if (answer.outcome === 'rejected') {
        this.#told.run(answer.commandId);
        if (this.#rejected.run(JSON.stringify(answer.refusal), at, answer.commandId).changes > 0) changed.push(answer.commandId);
      }
    }
    return changed;
  }

  /**
   * All kept commands that were not refused become unsent again, numbered from 1 for a new incarnation: the profile was cloned, or the
   * centre was restored from a backup. With `tellRefused` the refused ones come before them, to be told only. Returns the last number given.
   */
  renumber(incarnation: string, tellRefused: boolean): number {
    this.recount();
    const refused = this.#database.prepare<[number], Row & { commandId: string }>(`SELECT ${columns} FROM command WHERE state = 'rejected' AND (tell = 1 OR ?) ORDER BY place`).all(tellRefused ? 1 : 0);
    const toTell = refused.filter((row) => parseRow(row) !== null).map(({ commandId }) => commandId); // one that cannot be read never left this desk
    const tell = this.#database.prepare(`UPDATE command SET incarnation = ?, seq = ?, tell = 1 WHERE command_id = ?`);
    toTell.forEach((id, index) => tell.run(incarnation, index + 1, id));
    const ids = this.#database.prepare<[], string>(`SELECT command_id FROM command WHERE state <> 'rejected' ORDER BY place`).pluck().all();
    const update = this.#database.prepare(`UPDATE command SET incarnation = ?, seq = ?, state = 'queued', answered_at = NULL WHERE command_id = ?`);
    ids.forEach((id, index) => update.run(incarnation, toTell.length + index + 1, id));
    return toTell.length + ids.length;
  }

  /** Forgets applied commands that no backup of the centre can lack any more; the last one stays, for its seq. */
  prune(now: number, incarnation: string, coveredSeq: number): void {
    this.#database
      .prepare(`DELETE FROM command WHERE state = 'applied' AND answered_at < ? AND (incarnation <> ? OR seq <= ?) AND place < (SELECT max(place) FROM command)`)
      .run(new Date(now - keepAppliedMs).toISOString(), incarnation, coveredSeq);
  }

  /** The numbers that a command took. */
  numbersOf(commandId: string): readonly TakenNumber[] {
    const text = this.#database.prepare<[string], string>(`SELECT numbers FROM command WHERE command_id = ?`).pluck().get(commandId);
    return text === undefined ? [] : takenNumberSchema.array().parse(JSON.parse(text));
  }

  /** The command that bears a seq of an incarnation here, or null. */
  idAt(incarnation: string, seq: number): string | null {
    return this.#database.prepare<[string, number], string>(`SELECT command_id FROM command WHERE incarnation = ? AND seq = ?`).pluck().get(incarnation, seq) ?? null;
  }

  /** The highest seq given in an incarnation; 0 if none was. */
  lastSeq(incarnation: string): number {
    return this.#database.prepare<[string], number>(`SELECT coalesce(max(seq), 0) FROM command WHERE incarnation = ?`).pluck().get(incarnation) ?? 0;
  }

  /** Commands not answered yet. */
  waiting(): number {
    return (this.#waiting ??= Number(this.#countQueued.get()));
  }

  /** What was written changed in bulk, or was rolled back: counted anew. */
  recount(): void {
    this.#waiting = null;
  }

  /** Refused commands not dealt with; null = of everybody at this desk. */
  openRejected(userId: string | null = null): number {
    return Number(this.#countRejected.get(userId, userId));
  }

  /** What is still open, in its order: unanswered commands, and refused ones not dealt with, with their refusal. */
  open(): readonly { readonly command: QueuedCommand; readonly refusal: RejectedCommand['refusal'] | null }[] {
    const rows = this.#database
      .prepare<[], Row & { refusal: string | null }>(`SELECT ${columns}, refusal FROM command WHERE state = 'queued' OR (state = 'rejected' AND settled IS NULL) ORDER BY place`)
      .all();
    return rows.flatMap((row) => {
      const command = parseRow(row);
      return command === null ? [] : [{ command, refusal: row.refusal === null ? null : refusalSchema.parse(JSON.parse(row.refusal)) }];
    });
  }

  /** «Разобрать», newest first; `titleOf` gives the Russian title of a command. */
  rejected(titleOf: (name: string) => string): readonly RejectedCommand[] {
    const rows = this.#database
      .prepare<[], { name: string; refusal: string; input: string; author: string }>(
        `SELECT command_id AS commandId, name, document_type AS documentType, document_id AS documentId, document_title AS documentTitle, happened_at AS happenedAt, author,
           refusal, input, settled, settled_at AS settledAt
         FROM command WHERE state = 'rejected' AND ${isWork} ORDER BY place DESC LIMIT 1000`,
      )
      .all();
    return rows.map((row) => rejectedCommandSchema.parse({ ...row, title: titleOf(row.name), refusal: JSON.parse(row.refusal), input: JSON.parse(row.input), author: JSON.parse(row.author) }));
  }

  /** Marks a refused command as dealt with; false if it is not an open one. */
  settleRejected(commandId: string, settled: 'resent' | 'setAside', at: string): boolean {
    const { changes } = this.#database
      .prepare(`UPDATE command SET settled = ?, settled_at = ? WHERE command_id = ? AND state = 'rejected' AND settled IS NULL`)
      .run(settled, at, commandId);
    return changes === 1;
  }

  /** Name and author of an open refused command. */
  rejectedName(commandId: string): string | null {
    return this.#database.prepare<[string], string>(`SELECT name FROM command WHERE command_id = ? AND state = 'rejected' AND settled IS NULL`).pluck().get(commandId) ?? null;
  }

  /** A command that this program cannot send (a damaged row) goes to «Разобрать» instead of blocking the queue. */
  setUnreadableAside(refusal: Refusal, at: string): number {
    const text = JSON.stringify(refusalSchema.parse(refusal));
    const rows = this.#database.prepare<[], Row & { commandId: string }>(`SELECT ${columns} FROM command WHERE state = 'queued'`).all();
    const broken = rows.filter((row) => parseRow(row) === null);
    for (const { commandId } of broken) this.#rejected.run(text, at, commandId);
    this.recount();
    return broken.length;
  }
}

/** The command in the form of the wire. */
export function envelopeOf({ commandId, seq, name, version, input, numbers, happenedAt, recordedAt, grant, refused }: QueuedCommand): Envelope {
  return { commandId, seq, name, version, input, numbers, happenedAt, recordedAtDesk: recordedAt, grant, ...(refused === undefined ? {} : { refused }) };
}
