import { beforeEach, expect, test } from 'vitest';
import { PageStream } from '../../../server/sync/page-stream.ts';
import type { FeedStep } from '../../../server/db/centre-store.ts';
import type { Hint, Page, PullRequest, PullResponse } from '../../../shared/protocol/sync.ts';

const asked: PullRequest = { protocol: 1, deskId: 'desk', incarnation: 'one', epoch: null, cursor: null, limit: 500, highestNumbers: { 'КП-26': 7 } };
const pageFor = ({ incarnation, epoch, cursor }: PullRequest, more: Partial<Extract<PullResponse, { kind: 'page' }>> = {}): PullResponse => ({
  kind: 'page', asked: { incarnation, epoch, cursor }, epoch: 'e', rows: [], cursor: String(Number(cursor ?? '0') + 1), more: false, lastSeq: 0, lastCommandId: null, serverTime: '2026-11-24T06:14:00.000Z', external: [], ...more,
});

let sent: Hint[];
let questions: PullRequest[];
let rights: readonly string[] | null;
let clogged: boolean;
let pull: (request: PullRequest) => Promise<PullResponse>;
let failures: unknown[];
let stream: PageStream;
/** What `follow` is asked with, and what it answers. */
let followed: { readonly cursor: string | null; readonly before: string }[];
let follow: (request: PullRequest) => Page | null;

beforeEach(() => {
  [sent, questions, rights, clogged, failures, followed] = [[], [], ['all'], false, [], []];
  follow = () => null;
  pull = async (request) => pageFor(request);
  stream = new PageStream({
    pull: (request) => {
      questions.push(request);
      return pull(request);
    },
    follow: (request, _scope, before) => {
      followed.push({ cursor: request.cursor, before: before.cursor });
      return follow(request);
    },
    scopeNow: async () => rights,
    send: (hint) => sent.push(hint),
    isClogged: () => clogged,
    failed: (error) => failures.push(error),
  });
});

const kinds = (): readonly string[] => sent.map((hint) => (hint.kind === 'page' ? `${hint.page.asked.cursor ?? ''} → ${hint.page.cursor}` : hint.kind));

test('a desk that has not asked yet gets the word, one that has gets page after page from where it stands', async () => {
  await stream.feedChanged();
  stream.given(asked, ['all'], pageFor(asked));
  await stream.feedChanged();
  await stream.feedChanged();
  expect(kinds()).toEqual(['feed', '1 → 2', '2 → 3']);
  expect(questions[0]).toMatchObject({ incarnation: 'one', epoch: 'e', cursor: '1', highestNumbers: {} });
});

test('the word goes where more than a page is new, where the centre would refuse the question, where the line is full', async () => {
  const standing = (): void => stream.given(asked, ['all'], pageFor(asked));
  standing();
  pull = async (request) => pageFor(request, { more: true });
  await stream.feedChanged();
  standing();
  pull = async () => ({ kind: 'mustRefetch', epoch: 'other' });
  await stream.feedChanged();
  standing();
  clogged = true;
  await stream.feedChanged();
  expect(kinds()).toEqual(['feed', 'feed', 'feed']);
});

test('rights are those of the moment: changed ones get no page, an ended session gets nothing', async () => {
  stream.given(asked, ['all', 'role:operator'], pageFor(asked));
  rights = ['all'];
  await stream.feedChanged();
  stream.given(asked, ['all'], pageFor(asked));
  rights = null;
  await stream.feedChanged();
  expect(kinds()).toEqual(['feed']);
});

test('a page read while the desk asked by itself is not sent: the next is read from there', async () => {
  stream.given(asked, ['all'], pageFor(asked));
  const slow = Promise.withResolvers<PullResponse>();
  pull = () => slow.promise;
  const done = stream.feedChanged();
  const own = { ...asked, epoch: 'e', cursor: '1' };
  stream.given(own, ['all'], pageFor(own));
  pull = async (request) => pageFor(request);
  slow.resolve(pageFor(own));
  await done;
  expect(kinds()).toEqual(['2 → 3']);
});

test('what is committed while a page is being read becomes one more page', async () => {
  stream.given(asked, ['all'], pageFor(asked));
  await Promise.all([stream.feedChanged(), stream.feedChanged(), stream.feedChanged()]);
  expect(kinds()).toEqual(['1 → 2', '2 → 3']);
});

test('a fault of the base ends in the word, a closed stream says nothing', async () => {
  stream.given(asked, ['all'], pageFor(asked));
  pull = () => Promise.reject(new Error('down'));
  await stream.feedChanged();
  expect(failures).toEqual([new Error('down')]);
  stream.close();
  await stream.feedChanged();
  expect(kinds()).toEqual(['feed']);
});

const step: FeedStep = { epoch: 'e', from: { xid: 1n, seq: 1n }, to: { xid: 2n, seq: 2n }, rows: [], incarnations: new Set() };
const row = { type: 'client', id: 'client-1', version: 1, document: null };
const pageOut = (request: PullRequest, rows: Page['rows']): Page | null => {
  const page = pageFor(request, { rows });
  return page.kind === 'page' ? page : null;
};

test('what this process wrote goes out of memory, and the base is not asked', async () => {
  stream.given(asked, ['all'], pageFor(asked));
  follow = (request) => pageOut(request, [row]);
  await stream.committed(step);
  await stream.committed(step);
  expect(kinds()).toEqual(['1 → 2', '2 → 3']);
  expect(questions).toEqual([]);
});

test('of what is not for this desk it is not told; the next page answers the question it would ask all the same', async () => {
  stream.given(asked, ['all'], pageFor(asked));
  follow = (request) => pageOut(request, []);
  await stream.committed(step);
  await stream.committed(step);
  follow = (request) => pageOut(request, [row]);
  await stream.committed(step);
  expect(followed).toEqual([{ cursor: '1', before: '1' }, { cursor: '2', before: '2' }, { cursor: '3', before: '3' }]);
  expect(kinds()).toEqual(['1 → 4']);
  expect(sent[0]).toMatchObject({ page: { asked: { incarnation: 'one', epoch: 'e', cursor: '1' } } });
});

test('where more is new, where a page is being read, where the line is full: nothing out of memory', async () => {
  stream.given(asked, ['all'], pageFor(asked));
  await stream.committed(step);
  expect(kinds()).toEqual(['1 → 2']);
  follow = (request) => pageOut(request, [row]);
  const slow = Promise.withResolvers<PullResponse>();
  pull = () => slow.promise;
  const reading = stream.feedChanged();
  const [question] = questions.slice(-1);
  await stream.committed(step);
  pull = async (request) => pageFor(request);
  slow.resolve(pageFor(question ?? asked));
  await reading;
  expect(kinds()).toEqual(['1 → 2', '2 → 3', '3 → 4']);
  clogged = true;
  await stream.committed(step);
  expect(kinds().at(-1)).toBe('feed');
  expect(followed).toHaveLength(1);
});
