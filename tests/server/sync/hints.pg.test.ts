import { createParser } from 'eventsource-parser';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { paths } from '../../../shared/protocol/paths.ts';
import { hintSchema, type Hint } from '../../../shared/protocol/sync.ts';
import { aFilter, startTestCentre, type TestCentre, type TestDesk } from '../running-centre.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
  await centre.addUser({ login: 'one' });
});
afterAll(() => centre.remove());

/** An open stream and what has come by it, heartbeats left out. */
async function listen(desk: TestDesk, query: string): Promise<{ readonly heard: Hint[]; readonly close: () => void }> {
  const abort = new AbortController();
  const response = await fetch(centre.url + paths.hints + query, { headers: { authorization: `Bearer ${desk.token}` }, signal: abort.signal });
  const heard: Hint[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      const hint = hintSchema.parse(JSON.parse(data));
      if (hint.kind !== 'heartbeat') heard.push(hint);
    },
  });
  const pump = async (): Promise<void> => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) parser.feed(chunk);
  };
  pump().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  await vi.waitFor(() => expect(heard).toEqual([{ kind: 'feed' }]));
  heard.length = 0;
  return { heard, close: () => abort.abort() };
}

const put = (desk: TestDesk, id: string): Promise<readonly string[]> => desk.outcomes(desk.envelope('test.put', { type: 'mailFilter', document: aFilter(id) }));

test('a desk that has pulled gets what was committed as a page, the same that a pull would have brought', async () => {
  const [desk, other] = [await centre.login('one', 'desk-listens'), await centre.login('one', 'desk-writes')];
  const stream = await listen(desk, '?pages=yes');
  await desk.pullAll();
  await put(other, 'streamed');
  await vi.waitFor(() => expect(stream.heard).toMatchObject([{ kind: 'page', page: { asked: { incarnation: desk.incarnation, cursor: desk.cursor }, rows: [{ type: 'mailFilter', id: 'streamed' }], more: false } }]));
  const [hint] = stream.heard;
  const pulled = await desk.pull();
  expect(hint?.kind === 'page' && pulled.kind === 'page' && hint.page.rows).toEqual(pulled.kind === 'page' && pulled.rows);
  stream.close();
});

test('its own command is in the page with its seq, one page after another', async () => {
  const desk = await centre.login('one', 'desk-own');
  const stream = await listen(desk, '?pages=yes');
  await desk.pullAll();
  await put(desk, 'own-1');
  await vi.waitFor(() => expect(stream.heard).toMatchObject([{ kind: 'page', page: { lastSeq: 1 } }]));
  await put(desk, 'own-2');
  await vi.waitFor(() => expect(stream.heard).toMatchObject([{ kind: 'page' }, { kind: 'page', page: { rows: [{ id: 'own-2' }], lastSeq: 2 } }]));
  stream.close();
});

test('a program that does not understand pages, and one that has not pulled yet, are told to ask', async () => {
  const [old, fresh, other] = [await centre.login('one', 'desk-older'), await centre.login('one', 'desk-fresh'), await centre.login('one', 'desk-writes')];
  const [ofOld, ofFresh] = [await listen(old, ''), await listen(fresh, '?pages=yes')];
  await old.pullAll();
  await put(other, 'word-only');
  await vi.waitFor(() => expect([ofOld.heard, ofFresh.heard]).toEqual([[{ kind: 'feed' }], [{ kind: 'feed' }]]));
  ofOld.close();
  ofFresh.close();
});

test('I7 after his rights were taken a user gets no page of what he may not see any more', async () => {
  const user = await centre.addUser({ login: 'moved', branchIds: ['branch-north'] });
  const [desk, other] = [await centre.login('moved', 'desk-moved'), await centre.login('one', 'desk-writes')];
  const stream = await listen(desk, '?pages=yes');
  await desk.pullAll();
  await centre.seed('user', { ...user, branchIds: [] });
  // The change itself may be told of before the session's end.
  const ended = (): boolean => stream.heard.at(-1)?.kind === 'sessionEnded';
  await vi.waitFor(() => expect(ended()).toBe(true));
  const witness = await listen(other, '');
  await put(other, 'after-the-move');
  await vi.waitFor(() => expect(witness.heard).toEqual([{ kind: 'feed' }]));
  witness.close();
  expect(stream.heard.filter(({ kind }) => kind === 'page')).toEqual([]);
  expect(ended()).toBe(true);
  stream.close();
});
