import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { draftSchema } from '../../shared/protocol/ipc.ts';
import { refusalSchema } from '../../shared/protocol/sync.ts';
import { queuedCommandSchema } from './command-queue.ts';
import { seal, unseal } from './data-key.ts';
import { writeDurably } from './durable-file.ts';

/** What a lost outbox is put together from again. */
const journalEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), command: queuedCommandSchema }),
  /** The centre's answer; `refusal` null: applied. */
  z.object({ kind: z.literal('answer'), commandId: z.string(), refusal: refusalSchema.nullable() }),
  /** A refused command was dealt with. */
  z.object({ kind: z.literal('settled'), commandId: z.string() }),
  z.object({ kind: z.literal('draft'), userId: z.string(), draft: draftSchema }),
  z.object({ kind: z.literal('draftRemoved'), userId: z.string(), key: z.string() }),
]);
export type JournalEntry = z.infer<typeof journalEntrySchema>;

const lengthBytes = 4;

function record(key: Uint8Array, entry: JournalEntry): Buffer {
  const box = seal(key, Buffer.from(JSON.stringify(entry)));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(box.length);
  return Buffer.concat([length, box]);
}

/**
 * Append-only file beside outbox.db, encrypted with the same key (F5): written after each commit, as soon as the person has been answered,
 * and not synced, since it is read only when the database itself is damaged. Begun anew at each start with what still waits, so that it
 * never grows for long.
 */
export class OutboxJournal {
  readonly #key: Uint8Array;
  readonly #descriptor: number;
  /** Where the next record goes: one that a full disk cut is written over. */
  #end: number;
  #toWrite: JournalEntry[] = [];
  #soon: NodeJS.Immediate | undefined;

  constructor(file: string, key: Uint8Array, waiting: readonly JournalEntry[]) {
    this.#key = Uint8Array.from(key); // its own copy, forgotten with it
    const bytes = Buffer.concat(waiting.map((entry) => record(key, entry)));
    writeDurably(file, bytes);
    this.#end = bytes.length;
    this.#descriptor = openSync(file, 'r+', 0o600);
  }

  append(entry: JournalEntry): void {
    this.#toWrite.push(entry);
    this.#soon ??= setImmediate(() => this.#write());
  }

  #write(): void {
    clearImmediate(this.#soon);
    this.#soon = undefined;
    const bytes = Buffer.concat(this.#toWrite.map((entry) => record(this.#key, entry)));
    try {
      if (writeSync(this.#descriptor, bytes, 0, bytes.length, this.#end) < bytes.length) return;
    } catch {
      return; // no room: what is in the database itself is safe, and these go with the next ones
    }
    this.#end += bytes.length;
    this.#toWrite = [];
  }

  close(): void {
    this.#write();
    closeSync(this.#descriptor);
    this.#key.fill(0);
  }
}

/** The entries of a journal up to the first that is cut or damaged. */
export function readJournal(file: string, key: Uint8Array): readonly JournalEntry[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const entries: JournalEntry[] = [];
  for (let at = 0; at + lengthBytes <= bytes.length; ) {
    const end = at + lengthBytes + bytes.readUInt32BE(at);
    const plain = end > bytes.length ? null : unseal(key, bytes.subarray(at + lengthBytes, end));
    if (plain === null) break;
    const parsed = journalEntrySchema.safeParse(JSON.parse(plain.toString('utf8')));
    if (parsed.success) entries.push(parsed.data);
    at = end;
  }
  return entries;
}

/** What was still open at the end of the journal: commands not applied (with the refusal of refused ones) and drafts, in their order. */
export function openOf(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const commands = new Map<string, JournalEntry[]>();
  const drafts = new Map<string, JournalEntry>();
  for (const entry of entries) {
    if (entry.kind === 'command') commands.set(entry.command.commandId, [entry]);
    else if (entry.kind === 'settled' || (entry.kind === 'answer' && entry.refusal === null)) commands.delete(entry.commandId);
    else if (entry.kind === 'answer') commands.get(entry.commandId)?.push(entry);
    else if (entry.kind === 'draft') drafts.set(`${entry.userId}\n${entry.draft.key}`, entry);
    else drafts.delete(`${entry.userId}\n${entry.key}`);
  }
  return [...[...commands.values()].flat(), ...drafts.values()];
}
