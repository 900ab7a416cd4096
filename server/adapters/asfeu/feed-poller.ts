import { setTimeout as pause } from 'node:timers/promises';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { commandIdFor } from '../../commands/system-runner.ts';
import type { CentreTools } from '../adapter.ts';
import { AsfeuFailure, type Asfeu } from './asfeu.ts';
import { feedItemSchema, type FeedItem } from './contract.ts';
import { asfeuSystem } from './register-appeal-effect.ts';

const CURSOR = 'asfeu.feed.cursor';
/** Commands under way at once: applications do not meet each other, so the database works on several. */
const AT_ONCE = 24;
const MAX_PAUSE_MS = 60_000;

export interface FeedPoller {
  readonly stop: () => Promise<void>;
}

/** Cuts a page into runs in which no application occurs twice: within a run the order does not matter. */
export function independentRuns(items: readonly FeedItem[]): readonly (readonly FeedItem[])[] {
  const runs: FeedItem[][] = [];
  let seen = new Set<string>();
  for (const item of items) {
    const current = runs.at(-1);
    if (current === undefined || seen.has(item.application.id)) {
      runs.push([item]);
      seen = new Set([item.application.id]);
    } else {
      current.push(item);
      seen.add(item.application.id);
    }
  }
  return runs;
}

function readItems(items: readonly unknown[], tools: CentreTools): readonly FeedItem[] {
  return items.flatMap((item) => {
    const parsed = feedItemSchema.safeParse(item);
    if (parsed.success) return [parsed.data];
    tools.log.error({ issues: parsed.error.issues.slice(0, 5) }, 'АС ФЭУ sent an application that does not keep to the contract; it is left out');
    return [];
  });
}

async function receive({ cursor, application, withdrawn }: FeedItem, tools: CentreTools): Promise<void> {
  const outcome = await tools.runSystem('application.receive', { application, withdrawn }, { commandId: commandIdFor(`application.receive:${cursor}`) });
  // A refused application must not hold up the others; the journal of commands keeps it with the reason.
  if (!outcome.ok) tools.log.error({ application: application.number, reason: describeRefusal(outcome.refusal).text }, 'an application of АС ФЭУ was refused');
}

async function receiveRun(run: readonly FeedItem[], tools: CentreTools): Promise<void> {
  const waiting = run[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const item of waiting) await receive(item, tools);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Takes in one page; resolves to whether there is more right now. The cursor moves only when the page is written. */
export async function pullPage(asfeu: Asfeu, tools: CentreTools): Promise<boolean> {
  const cursor = (await tools.state.get(CURSOR)) ?? '';
  let page;
  try {
    page = await asfeu.feed(cursor);
  } catch (error) {
    if (!(error instanceof AsfeuFailure) || error.kind !== 'gone' || cursor === '') throw error;
    tools.log.warn('АС ФЭУ began its feed anew: reading from the beginning');
    await tools.state.set(CURSOR, '');
    return true;
  }
  for (const run of independentRuns(readItems(page.items, tools))) await receiveRun(run, tools);
  if (page.next !== cursor) await tools.state.set(CURSOR, page.next);
  return page.more && page.next !== cursor;
}

/** Asks АС ФЭУ for new, changed and withdrawn applications for as long as the centre runs. */
export function startFeedPoller(asfeu: Asfeu, tools: CentreTools, pollMs: number): FeedPoller {
  const stopping = new AbortController();
  const { signal } = stopping;
  let failures = 0;

  const round = async (): Promise<void> => {
    try {
      while (!signal.aborted && (await pullPage(asfeu, tools)));
      if (failures > 0) tools.wakeEffects();
      failures = 0;
      tools.externalSystems.report(asfeuSystem.system, { title: asfeuSystem.title, works: true, detail: '' });
    } catch (error) {
      failures += 1;
      if (error instanceof AsfeuFailure) tools.externalSystems.report(asfeuSystem.system, { title: asfeuSystem.title, works: false, detail: error.message });
      else tools.log.error({ err: error }, 'applications of АС ФЭУ cannot be taken in');
    }
  };
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      await round();
      const wait = Math.min(MAX_PAUSE_MS, pollMs * 2 ** Math.min(failures, 6));
      await pause(wait, undefined, { signal, ref: false }).catch(() => undefined); // stopped: the loop's condition sees it
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
