import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { describeRefusal } from '../../shared/base/errors.ts';
import { documentTypeOf, isDocumentName, type DocumentName } from '../../shared/domain/documents.ts';
import type { AccessEntry } from '../../shared/protocol/sync.ts';
import { deskOfProgram, type Program } from '../auth/program.ts';
import type { Clock } from '../clock.ts';
import { InTurn } from '../commands/in-turn.ts';
import { commandIdFor } from '../commands/system-runner.ts';
import { addProgramAccess } from '../db/queries/access-log.ts';
import { givenTo, noteGiven } from '../db/queries/api-token.ts';
import { LimitReached, rowsLeft } from './reading-limits.ts';

/** Kinds of documents that hold data of people outside the company: each reading of them, and of the files that they name, is logged. */
const personal: ReadonlySet<DocumentName> = new Set(['addressLink', 'appeal', 'application', 'client', 'contactEvent', 'contract', 'incomingEmail', 'mailFilter', 'outgoingEmail', 'task']);

type Line = Pick<AccessEntry, 'action' | 'documentType' | 'documentId' | 'details'>;

export interface Given {
  readonly type: string;
  readonly id: string;
}

/** Gives documents to programs: within the limits of their tokens, and written down in the access log before they leave. */
export class ProgramReading {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #onGiven: (program: Program, count: number) => void;
  // One reading of a token at a time: else a hundred at once would all see the same limit unused.
  readonly #inTurn = new InTurn();

  constructor(pool: Pool, clock: Clock, onGiven: (program: Program, count: number) => void) {
    this.#pool = pool;
    this.#clock = clock;
    this.#onGiven = onGiven;
  }

  /** A page of at most `wish` documents. Throws LimitReached, which the access log shows as mass reading. */
  async page<T extends { readonly rows: readonly unknown[] }>(program: Program, wish: number, how: string, read: (limit: number) => Promise<T>, given: (page: T) => readonly Given[]): Promise<T> {
    return this.#inTurn.run(program.tokenId, async () => {
      const page = await read(Math.min(wish, await this.#left(program)));
      await this.#note(program, page.rows.length, pageLines(how, given(page)));
      return page;
    });
  }

  /** One document by its id; null if there is none. */
  async one<T>(program: Program, { type, id }: Given, details: string, read: () => Promise<T | null>): Promise<T | null> {
    return this.#inTurn.run(program.tokenId, async () => {
      await this.#left(program);
      const found = await read();
      if (found !== null) await this.#note(program, 1, isPersonal(type) ? [{ action: 'open', documentType: type, documentId: id, details }] : []);
      return found;
    });
  }

  async #left(program: Program): Promise<number> {
    const now = Date.parse(this.#clock.now());
    try {
      return rowsLeft(await givenTo(this.#pool, program.tokenId), program.limits, now);
    } catch (error) {
      if (error instanceof LimitReached) {
        // Once in an hour, however often it asks again.
        const id = commandIdFor(`mass reading ${program.tokenId} ${String(Math.floor(now / 3_600_000))}`);
        await this.#write(program, [{ action: 'export', documentType: '', documentId: '', details: `Массовое чтение остановлено: ${describeRefusal(error.refusal).text}` }], id);
      }
      throw error;
    }
  }

  async #note(program: Program, count: number, lines: readonly Line[]): Promise<void> {
    if (count === 0) return;
    await noteGiven(this.#pool, program.tokenId, count);
    await this.#write(program, lines);
    this.#onGiven(program, count);
  }

  async #write(program: Program, lines: readonly Line[], id?: string): Promise<void> {
    const at = this.#clock.now();
    await addProgramAccess(this.#pool, deskOfProgram(program), lines.map((line) => ({ id: id ?? randomUUID(), at, userId: program.user.id, ...line })));
  }
}

function isPersonal(type: string): boolean {
  return type === 'file' || (isDocumentName(type) && personal.has(type));
}

/** A line for each kind of document on the page that holds personal data. */
function pageLines(how: string, given: readonly Given[]): readonly Line[] {
  const byType = Map.groupBy(given.filter(({ type }) => isPersonal(type)), ({ type }) => type);
  return [...byType].map(([type, rows]) => {
    const [first, last] = [rows[0]?.id ?? '', rows.at(-1)?.id ?? ''];
    return rows.length === 1
      ? { action: 'open', documentType: type, documentId: first, details: how }
      : { action: 'export', documentType: type, documentId: '', details: `${how}: «${documentTypeOf(type).title}», документов ${String(rows.length)}, от ${first} до ${last}` };
  });
}
