import type { Hint as WireHint, Page, PullRequest, PullResponse } from '../../shared/protocol/sync.ts';
import type { FeedStep } from '../db/centre-store.ts';

export interface PageStreamOptions {
  /** As for a question of the desk itself. */
  readonly pull: (request: PullRequest, scopeKeys: readonly string[]) => Promise<PullResponse>;
  /** What `pull` would answer after `before`, if this step is all that is new; null: it has to be asked. */
  readonly follow: (request: PullRequest, scopeKeys: readonly string[], before: Page, step: FeedStep) => Page | null;
  /** What the user may receive now; null: his session has ended. */
  readonly scopeNow: () => Promise<readonly string[] | null>;
  readonly send: (hint: WireHint) => void;
  /** The line takes no more at the moment. */
  readonly isClogged: () => boolean;
  readonly failed: (error: unknown) => void;
}

/** Where a desk stands. */
interface Standing {
  /** The question that it would ask. */
  readonly question: PullRequest;
  readonly scope: readonly string[];
  /** The last page; its cursor may be further than the desk's own where what came between was not for this desk, and so was not sent. */
  readonly page: Page;
}

/** Rows of a page that goes out unasked; more than that the desk asks for. */
const pageRows = 100;

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((key) => b.includes(key));

/**
 * One desk's open stream: answers the question that the desk would ask when it is told that there is something new, and sends the page instead of
 * the word, which saves a round trip. The page is the one that `pull` gives, for the rights as they are at this moment, from the cursor
 * that this desk was given last; a desk that stands elsewhere does not take it and asks. Whenever anything is not so, only the word goes.
 * What this process has just written goes out of its memory where it is all that is new: the base is not asked at all.
 */
export class PageStream {
  readonly #options: PageStreamOptions;
  /** Null: not known, or more was to come. */
  #standing: Standing | null = null;
  #busy = false;
  #again = false;
  #closed = false;

  constructor(options: PageStreamOptions) {
    this.#options = options;
  }

  /** The desk asked and is answered so. */
  given(request: PullRequest, scope: readonly string[], response: PullResponse): void {
    this.#standing = response.kind === 'page' && !response.more ? { question: { ...request, epoch: response.epoch, cursor: response.cursor, limit: pageRows, highestNumbers: {} }, scope, page: response } : null;
  }

  /** This process committed `step`. */
  async committed(step: FeedStep): Promise<void> {
    const standing = this.#standing;
    const page = standing === null || this.#busy || this.#closed || this.#options.isClogged() ? null : this.#options.follow({ ...standing.question, cursor: standing.page.cursor }, standing.scope, standing.page, step);
    if (standing === null || page === null) return this.feedChanged();
    const { question, scope } = standing;
    if (page.rows.length === 0) this.#standing = { ...standing, page };
    else this.#give(question, scope, { ...page, asked: { incarnation: question.incarnation, epoch: question.epoch, cursor: question.cursor } });
  }

  /** Something was committed. What is said while a page is being read becomes one more page. */
  async feedChanged(): Promise<void> {
    this.#again = true;
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#again && !this.#closed) {
        this.#again = false;
        await this.#read();
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

  #give(question: PullRequest, scope: readonly string[], page: Page): void {
    this.given(question, scope, page);
    this.#options.send({ kind: 'page', page });
  }

  async #read(): Promise<void> {
    const { pull, scopeNow, isClogged } = this.#options;
    const standing = this.#standing;
    if (standing === null || isClogged()) return this.#word();
    const { question, scope } = standing;
    const [now, response] = await Promise.all([scopeNow(), pull(question, scope)]);
    if (now === null || this.#closed) return; // an ended session's stream is ended by whoever watches over it
    if (this.#standing !== standing) {
      this.#again = true; // the desk has asked meanwhile: from there on
      return;
    }
    if (response.kind !== 'page' || response.more || !same(now, scope)) {
      this.#standing = null;
      return this.#word();
    }
    this.#give(question, scope, response);
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
