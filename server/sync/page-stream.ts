import type { Hint as WireHint, PullRequest, PullResponse } from '../../shared/protocol/sync.ts';

export interface PageStreamOptions {
  /** As for a question of the desk itself. */
  readonly pull: (request: PullRequest, scopeKeys: readonly string[]) => Promise<PullResponse>;
  /** What the user may receive now; null: his session has ended. */
  readonly scopeNow: () => Promise<readonly string[] | null>;
  readonly send: (hint: WireHint) => void;
  /** The line takes no more at the moment. */
  readonly isClogged: () => boolean;
  readonly failed: (error: unknown) => void;
}

/** Rows of a page that goes out unasked; more than that the desk asks for. */
const pageRows = 100;

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((key) => b.includes(key));

/**
 * One desk's open stream: answers the question that the desk would ask when it is told that there is something new, and sends the page instead of
 * the word, which saves a round trip. The page is the one that `pull` gives, for the rights as they are at this moment, from the cursor
 * that this desk was given last; a desk that stands elsewhere does not take it and asks. Whenever anything is not so, only the word goes.
 */
export class PageStream {
  readonly #options: PageStreamOptions;
  /** The question after the last page given; null: not known, or more was to come. */
  #next: PullRequest | null = null;
  #scope: readonly string[] = [];
  #busy = false;
  #again = false;
  #closed = false;

  constructor(options: PageStreamOptions) {
    this.#options = options;
  }

  /** The desk asked and is answered so. */
  given(request: PullRequest, scopeKeys: readonly string[], response: PullResponse): void {
    this.#scope = scopeKeys;
    this.#next = response.kind === 'page' && !response.more ? { ...request, epoch: response.epoch, cursor: response.cursor, limit: pageRows, highestNumbers: {} } : null;
  }

  /** Something was committed. What is said while a page is being read becomes one more page. */
  async feedChanged(): Promise<void> {
    this.#again = true;
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#again && !this.#closed) {
        this.#again = false;
        await this.#give();
      }
    } catch (error) {
      this.#options.failed(error);
      this.#word();
    } finally {
      this.#busy = false;
    }
  }

  close(): void {
    this.#closed = true;
  }

  #word(): void {
    if (!this.#closed) this.#options.send({ kind: 'feed' });
  }

  async #give(): Promise<void> {
    const { pull, scopeNow, send, isClogged } = this.#options;
    const [asked, scope] = [this.#next, this.#scope];
    if (asked === null || isClogged()) return this.#word();
    const [now, response] = await Promise.all([scopeNow(), pull(asked, scope)]);
    if (now === null || this.#closed) return; // an ended session's stream is ended by whoever watches over it
    if (this.#next !== asked) {
      this.#again = true; // the desk has asked meanwhile: from there on
      return;
    }
    if (response.kind !== 'page' || response.more || !same(now, scope)) {
      this.#next = null;
      return this.#word();
    }
    this.given(asked, scope, response);
    send({ kind: 'page', page: response });
  }
}

/** The open streams by session: what a desk pulled elsewhere tells its stream where it stands. */
export class PageStreams {
  readonly #open = new Map<string, PageStream>();

  open(sessionId: string, stream: PageStream): void {
    this.#open.set(sessionId, stream);
  }

  close(sessionId: string, stream: PageStream): void {
    stream.close();
    if (this.#open.get(sessionId) === stream) this.#open.delete(sessionId);
  }

  given(sessionId: string, request: PullRequest, scopeKeys: readonly string[], response: PullResponse): void {
    this.#open.get(sessionId)?.given(request, scopeKeys, response);
  }
}
