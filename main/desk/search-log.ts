import type { Desk } from './desk.ts';

/** A search counts when the typing has come to rest. */
const restMs = 1_500;
const shortest = 3;

/** Access log of searching for clients: one line for a text typed to the end, not one for each letter. */
export class SearchLog {
  readonly #desk: Desk;
  #waiting: { readonly text: string; readonly cancel: () => void } | null = null;
  #last = '';

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  note(documentType: string, search: string): void {
    const text = search.trim();
    if (documentType !== 'client' || text.length < shortest) return;
    const waiting = this.#waiting;
    waiting?.cancel();
    this.#waiting = null;
    // Another question, not the same one typed on: its answer was seen.
    if (waiting !== null && !isTypedOn(waiting.text, text)) this.#write(waiting.text);
    if (text === this.#last) return;
    const cancel = this.#desk.after(restMs, () => {
      this.#waiting = null;
      this.#write(text);
    });
    this.#waiting = { text, cancel };
  }

  #write(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    writeAccess(this.#desk, 'search', 'client', '', text);
  }
}

function isTypedOn(before: string, now: string): boolean {
  return now.startsWith(before) || before.startsWith(now);
}

/**
 * Access log of clients that the program shows by itself beside something else: possible clients of a letter, doubles of a card. A line for
 * each client, once for each place and user: what is asked again because the base changed was seen already.
 */
export class ShownLog {
  readonly #desk: Desk;
  readonly #noted = new Set<string>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  note(place: string, details: string, clientIds: readonly string[]): void {
    const userId = this.#desk.session.current?.author.userId ?? '';
    for (const clientId of clientIds) {
      const key = JSON.stringify([userId, place, clientId]);
      if (this.#noted.has(key)) continue;
      this.#noted.add(key);
      writeAccess(this.#desk, 'search', 'client', clientId, details);
    }
  }
}

/** Writes a line of the access log durably; without a session there is nothing to have seen. */
export function writeAccess(desk: Desk, action: 'open' | 'search' | 'export' | 'print', documentType: string, documentId: string, details: string): void {
  const { current } = desk.session;
  if (current === null) return;
  desk.base.outbox.access.add({ id: crypto.randomUUID(), at: desk.time(), userId: current.author.userId, action, documentType, documentId, details });
  desk.syncSoon();
}
