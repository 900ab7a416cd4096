import { OknoError } from '../../shared/base/errors.ts';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import { documentTypeOf, isDocumentName } from '../../shared/domain/documents.ts';
import { clientDocumentsSchema, readDocumentSchema } from '../../shared/protocol/http.ts';
import type { CallAnswer } from '../../shared/protocol/ipc.ts';
import { clientDocumentsPath, documentPath } from '../../shared/protocol/paths.ts';
import { fullRow } from '../db/list-query.ts';
import { TransportError } from '../sync/transport.ts';
import { historyRows, type ClientDocuments } from './client-history.ts';
import type { Desk } from './desk.ts';

type Shown<N extends 'document.fetch' | 'client.centreHistory'> = Extract<CallAnswer<N>, { readonly ok: true }>['value'];

/** So many answers of the centre are kept to be looked at again without it. */
const mostKept = 50;

/**
 * What this desk does not hold, read from the centre for whoever asks: shown, never stored among the desk's documents. While the program runs
 * an answer is kept in memory for the same user, so that it can be looked at again off line.
 */
export class CentreReads {
  readonly #desk: Desk;
  readonly #kept = new Map<string, unknown>();
  #userId = '';

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** A document for reading. Refused `notFound` where the centre has none that this user may see, `noConnection` where it cannot be asked and was not before. */
  document(type: string, id: string): Promise<Shown<'document.fetch'>> {
    return this.#ask(`${type} ${id}`, async () => {
      const { document } = await this.#desk.centre.ask(readDocumentSchema, { method: 'GET', path: documentPath(type, id) });
      const { cache } = this.#desk.base;
      return { row: fullRow(cache, cache.table(type).type, parsed(type, document), false), readAt: this.#desk.time() };
    });
  }

  /** Everything of a client that the centre has, newest first. */
  history(clientId: string): Promise<Shown<'client.centreHistory'>> {
    return this.#ask(`history ${clientId}`, async () => {
      const { documents, more } = await this.#desk.centre.ask(clientDocumentsSchema, { method: 'GET', path: clientDocumentsPath(clientId), timeoutMs: 20_000 });
      const of = <T>(type: string): readonly T[] => documents.filter((one) => one.type === type).map(({ document }) => parsed(type, document) as unknown as T); // parsed by the schema of that type
      const held: ClientDocuments = { incoming: of('incomingEmail'), outgoing: of('outgoingEmail'), appeals: of('appeal'), applications: of('application'), events: of('contactEvent') };
      return { rows: historyRows(this.#desk.base.cache, held), more, readAt: this.#desk.time() };
    });
  }

  async #ask<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const { userId } = this.#desk.session.require().author;
    if (userId !== this.#userId) this.#kept.clear(); // another user may not see what the former one might
    this.#userId = userId;
    try {
      const answer = await ask();
      this.#kept.delete(key);
      this.#kept.set(key, answer);
      const oldest = this.#kept.keys().next().value;
      if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
      return answer;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (this.#userId === userId && this.#kept.has(key)) return this.#kept.get(key) as T; // kept under this key by the line above
      throw new OknoError('noConnection', {}, { cause: error });
    }
  }
}

/** A document of the centre by its schema; an unreadable one is the centre's fault, told as such. */
function parsed(type: string, document: unknown): AnyDocument {
  const read = isDocumentName(type) ? documentTypeOf(type).schema.safeParse(document) : null;
  if (read?.success !== true) throw new OknoError('internal', {}, { cause: read?.error });
  return read.data;
}
