import { describe, expect, it } from 'vitest';
import { createSearch, foundLines, type FoundLine, type Search, type SearchSources } from '../../renderer/store/search.ts';
import type { SearchAnswer, SearchRow, SearchType } from '../../shared/protocol/search.ts';

const row = (id: string): SearchRow => ({ id, title: id, detail: '', at: null, state: '', matched: { place: 'ФИО', text: id, ranges: [] }, similar: false });
const answerOf = (type: SearchType, ids: readonly string[], more = false): SearchAnswer => ({ understood: null, groups: [{ type, rows: ids.map(row), more }] });

/** Answers that come when the test lets them. */
function held(): { readonly sources: SearchSources; readonly asked: string[]; readonly centreAsked: string[]; readonly answer: (text: string, found: SearchAnswer) => Promise<void>; readonly centre: (found: SearchAnswer | 'noConnection') => Promise<void>; readonly rest: () => void } {
  const asked: string[] = [];
  const centreAsked: string[] = [];
  const waiting = new Map<string, (found: SearchAnswer) => void>();
  let atCentre: ((answer: Awaited<ReturnType<SearchSources['atCentre']>>) => void) | null = null;
  let timer: (() => void) | null = null;
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return {
    asked,
    centreAsked,
    sources: {
      find: (text) => {
        asked.push(text);
        return new Promise((resolve) => waiting.set(text, resolve));
      },
      atCentre: (text) => {
        centreAsked.push(text);
        return new Promise((resolve) => {
          atCentre = resolve;
        });
      },
      recent: async () => ({ pinned: [{ id: 'p', title: 'Закреплённый', detail: '' }], recent: [{ id: 'r', title: 'Недавний', detail: '' }] }),
      after: (_ms, run) => {
        timer = run;
        return () => {
          timer = null;
        };
      },
    },
    answer: async (text, found) => {
      waiting.get(text)?.(found);
      await settled();
    },
    centre: async (found) => {
      atCentre?.(found === 'noConnection' ? { ok: false, refusal: { code: 'noConnection', details: {} } } : { ok: true, value: found });
      await settled();
    },
    rest: () => timer?.(),
  };
}

const keys = (search: Search): readonly string[] => foundLines(search.use.getState()).map(({ key }) => key);

describe('the search of the window', () => {
  it('leaves an answer to a former text unread, and asks for the latest one only', async () => {
    const world = held();
    const search = createSearch(world.sources);
    search.type('с');
    search.type('со');
    search.type('сок');
    expect(world.asked).toEqual(['с']);
    await world.answer('с', answerOf('client', ['семёнов']));
    expect(search.use.getState().answer).toBeNull();
    expect(world.asked).toEqual(['с', 'сок']);
    await world.answer('сок', answerOf('client', ['соколова']));
    expect(keys(search)).toEqual(['desk client соколова']);
    expect(search.use.getState().chosen).toBe('desk client соколова');
  });

  it('opens what a scanner typed and entered at once when its answer comes, not what stood there before', async () => {
    const world = held();
    const search = createSearch(world.sources);
    search.type('4600000000017');
    await world.answer('4600000000017', answerOf('appeal', ['old']));
    search.type('4600000000024');
    const opened: FoundLine[] = [];
    search.enter((line) => opened.push(line));
    expect(opened).toEqual([]);
    await world.answer('4600000000024', answerOf('appeal', ['new']));
    expect(opened.map(({ key }) => key)).toEqual(['desk appeal new']);
  });

  it('puts what the centre knows below, moves nothing, and does not show a row twice', async () => {
    const world = held();
    const search = createSearch(world.sources);
    search.type('соколова');
    await world.answer('соколова', answerOf('client', ['a', 'b'], true));
    search.step(1);
    const before = keys(search);
    world.rest();
    await world.centre(answerOf('client', ['b', 'c']));
    expect(keys(search)).toEqual([...before, 'centre client c']);
    expect(search.use.getState().chosen).toBe('desk client b');
    expect(search.use.getState().centre.state).toBe('answered');
  });

  it('does not ask the centre for two letters, and says that it is not there', async () => {
    const world = held();
    const search = createSearch(world.sources);
    search.type('со');
    world.rest();
    expect(world.centreAsked).toEqual([]);
    await world.answer('со', answerOf('client', ['a']));
    search.type('сок');
    world.rest();
    await world.centre('noConnection');
    expect(search.use.getState().centre).toEqual({ state: 'offline', groups: [] });
  });

  it('forgets what the centre said about a former text', async () => {
    const world = held();
    const search = createSearch(world.sources);
    search.type('соколова');
    await world.answer('соколова', answerOf('client', []));
    world.rest();
    search.type('соколов');
    await world.centre(answerOf('client', ['c']));
    expect(search.use.getState().centre).toEqual({ state: 'none', groups: [] });
  });

  it('offers pinned and recent clients while the field is empty, and «Показать все» where there are more', async () => {
    const world = held();
    const search = createSearch(world.sources);
    search.show();
    await world.answer('', answerOf('client', []));
    expect(keys(search)).toEqual(['pinned client p', 'recent client r']);
    search.type('с');
    await world.answer('с', answerOf('client', ['a'], true));
    expect(keys(search)).toEqual(['desk client a', 'all client']);
    search.step(10);
    expect(search.use.getState().chosen).toBe('all client');
  });

  it('shows why it did not answer, and answers again afterwards', async () => {
    let broken = true;
    const search = createSearch({ ...held().sources, find: async () => (broken ? Promise.reject(new Error('CACHE_CORRUPT')) : answerOf('client', ['a'])) });
    search.type('с');
    await new Promise((resolve) => setImmediate(resolve));
    expect(search.use.getState().problem).toContain('CACHE_CORRUPT');
    broken = false;
    search.type('со');
    await new Promise((resolve) => setImmediate(resolve));
    expect(search.use.getState().problem).toBeNull();
    expect(keys(search)).toEqual(['desk client a']);
  });
});
