import { setTimeout as pause } from 'node:timers/promises';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { commandIdFor } from '../../commands/system-runner.ts';
import type { CentreTools } from '../adapter.ts';
import { AsfeuFailure, type Asfeu } from './asfeu.ts';
import { feedItemSchema, type FeedItem } from './contract.ts';
import { asfeuSystem } from './register-appeal-effect.ts';

const CURSOR = 'asfeu.feed.cursor';
/** Applications written in one transaction: enough to share the disk's sync, few enough to be repeated after a conflict. */
const TOGETHER = 100;
const MAX_PAUSE_MS = 60_000;

export interface FeedPoller {
  readonly stop: () => Promise<void>;
}

function readItems(items: readonly unknown[], tools: CentreTools): readonly FeedItem[] {
  return items.flatMap((item) => {
    const parsed = feedItemSchema.safeParse(item);
    if (parsed.success) return [parsed.data];
    tools.log.error({ issues: parsed.error.issues.slice(0, 5) }, 'АС ФЭУ sent an application that does not keep to the contract; it is left out');
    return [];
  });
}

/** Takes in changes in their order. Rejects if some could not be written now: the page is then taken in again. */
async function receive(items: readonly FeedItem[], tools: CentreTools): Promise<void> {
  const outcomes = await tools.runSystemAll(items.map(({ cursor, application, withdrawn }) => ({ name: 'application.receive', input: { application, withdrawn }, commandId: commandIdFor(`application.receive:${cursor}`) })));
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome === null) throw new Error('Applications met too many conflicts');
    // A refused application must not hold up the others; the journal of commands keeps it with the reason.
    if (!outcome.ok) tools.log.error({ application: items[at]?.application.number, reason: describeRefusal(outcome.refusal).text }, 'an application of АС ФЭУ was refused');
  }
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
  const items = readItems(page.items, tools);
  for (let from = 0; from < items.length; from += TOGETHER) await receive(items.slice(from, from + TOGETHER), tools);
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
      if (failures > 0) tools.retryEffects(asfeuSystem.system);
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
