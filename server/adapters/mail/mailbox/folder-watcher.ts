import type { ImapFlow } from 'imapflow';
import { connectImap, openFolder, type ImapLogin } from './imap-client.ts';
import { takeLetters, type FinishProblem, type Taking } from './take-letters.ts';

export interface WatcherOptions extends Omit<Taking, 'deaths' | 'isStopped'> {
  readonly login: ImapLogin;
  /** First pause before another connection; it doubles up to `longestPauseMs`. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** How often the folder is looked into though the server said nothing. */
  readonly sweepMs: number;
  /** null: works. */
  readonly report: (problem: string | null) => void;
  readonly describe: (error: unknown) => string;
}

export interface Watcher {
  readonly stop: () => Promise<void>;
}

/** A connection that lasted so long was a good one: pauses begin anew. */
const STEADY_MS = 30_000;
/** How long a stop waits for the letter in hand. */
const STOP_MS = 10_000;

/** The pause before connection attempt `failures` + 1, without its random part. */
export function pauseAfterFailures(failures: number, firstMs: number, longestMs: number): number {
  return Math.min(firstMs * 2 ** Math.min(failures - 1, 20), longestMs);
}

/** Keeps one folder taken for as long as it runs: connects, takes, waits for the server's word (IDLE), and connects again after a loss. */
export function watchFolder(options: WatcherOptions): Watcher {
  const { folder, firstPauseMs, longestPauseMs, sweepMs, report, describe } = options;
  const deaths = new Map<number, number>();
  let stopped = false;
  let client: ImapFlow | null = null;
  let endPause: () => void = () => undefined;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopped) endPause();
    });

  /** Resolves when there may be something new, when it is time to look anyway, or when the connection is gone. */
  const untilNews = (held: ImapFlow, isNews: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        held.off('exists', done).off('close', done).off('mailboxOpen', done);
        resolve();
      };
      const timer = setTimeout(done, sweepMs);
      held.on('exists', done).on('close', done).on('mailboxOpen', done);
      endPause = done;
      if (stopped || isNews() || !held.usable) return done();
      void held.idle().catch(() => undefined); // ended by the next command; a lost connection closes
    });

  const work = async (held: ImapFlow, onWorks: (problem: FinishProblem) => void): Promise<void> => {
    let news = 0;
    held.on('exists', () => (news += 1));
    await openFolder(held, folder);
    while (!stopped) {
      const seen = news;
      onWorks(await takeLetters(held, { ...options, deaths, isStopped: () => stopped }));
      if (!held.usable) throw Object.assign(new Error('The connection was closed'), { code: 'EConnectionClosed' });
      await untilNews(held, () => news !== seen);
      if (!held.usable && !stopped) throw Object.assign(new Error('The connection was closed'), { code: 'EConnectionClosed' });
    }
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopped) {
      let connectedAt = Number.POSITIVE_INFINITY;
      try {
        client = await connectImap(options.login);
        connectedAt = Date.now();
        await work(client, report);
        await client.logout();
      } catch (error) {
        const isLost = client !== null && !client.usable;
        client?.close();
        client = null;
        if (stopped) break;
        failures = Date.now() - connectedAt > STEADY_MS ? 1 : failures + 1;
        // A server may close a connection at any time: that is no trouble until it cannot be had again.
        if (!isLost || failures > 1) report(describe(error));
        await pause(pauseAfterFailures(failures, firstPauseMs, longestPauseMs) * (0.8 + Math.random() * 0.4));
      }
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      endPause();
      let insist: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        insist = setTimeout(() => {
          client?.close();
          resolve(); // what is still being connected ends by itself, and is not used
        }, STOP_MS);
      });
      await Promise.race([running, patience]);
      clearTimeout(insist);
    },
  };
}
