import { describeRefusal, refusal } from '../../shared/base/errors.ts';
import type { ListFilter, ListPage, ListQuery, ListRow } from '../../shared/protocol/list.ts';
import type { ListGroup } from '../ui/list/flat-rows.ts';
import type { ListProblem, ListRows } from '../ui/list/list-rows.ts';
import { textOf } from '../../shared/base/json.ts';

/** A group of rows: its title and the filter that makes it. */
export interface RowGroup {
  readonly key: string;
  readonly title: string | null;
  readonly where: readonly ListFilter[];
}

export interface RowsQuery {
  readonly query: Omit<ListQuery, 'offset' | 'limit'>;
  readonly groups: readonly RowGroup[];
}

const CHUNK = 100;
/** Chunks kept in memory for one group: scrolling back does not read again, a long list does not pile up. */
const KEPT_CHUNKS = 30;

interface GroupRows {
  total: number | null;
  folded: boolean;
  rows: Map<number, ListRow>;
  chunks: Set<number>;
  wanted: readonly [from: number, to: number];
}

export type DocumentListRow = ListRow;

/** A list over `document.list`: reads windows that are wanted, reads them again when documents change. */
export interface DocumentRows {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => ListRows<ListRow>;
  /** Another question: the rows shown stay until the answer comes. */
  readonly ask: (query: RowsQuery) => void;
  readonly reload: () => void;
}

export function problemOf(error: unknown, at: string): ListProblem {
  const { text, advice, number } = describeRefusal(refusal('internal'));
  return { title: 'Список не прочитан', text: `${text}. Введённое и неотправленные команды в сохранности. ${advice}`, code: `Код ${number}, ${at}. ${error instanceof Error ? error.message : ''}`.trim() };
}

const LONGEST_WINDOW = 1000;

/** Ids by reading the rows themselves, for a source that gives nothing else. */
async function idsOfRows(read: RowsSource['read'], query: ListQuery): Promise<readonly string[]> {
  const found: string[] = [];
  while (found.length < query.limit) {
    const { rows } = await read({ ...query, offset: query.offset + found.length, limit: Math.min(LONGEST_WINDOW, query.limit - found.length) });
    if (rows.length === 0) break;
    for (const { document } of rows) found.push(textOf(document['id']));
  }
  return found;
}

/** Where the rows of a list come from. */
export interface RowsSource {
  /** `document.list` or another. */
  readonly read: (query: ListQuery) => Promise<ListPage>;
  readonly readIds?: (query: ListQuery) => Promise<readonly string[]>;
  /** Words for a failed reading. */
  readonly tellProblem?: ((error: unknown, at: string) => ListProblem) | undefined;
}

/** Makes the rows of one list; `now` gives the time told with a failure. */
export function createDocumentRows({ read, readIds = (query) => idsOfRows(read, query), tellProblem = problemOf }: RowsSource, now: () => string): DocumentRows {
  const listeners = new Set<() => void>();
  let asked: RowsQuery | null = null;
  let held: GroupRows[] = [];
  let generation = 0;
  let revision = 0;
  let loading = true;
  let problem: ListProblem | null = null;
  let reading = false;
  let again = false;
  const folded = new Set<string>();
  const pending = new Set<string>();
  let shown: ListRows<ListRow>;

  const publish = (): void => {
    revision += 1;
    const groups = (asked?.groups ?? []).map(({ key, title }, index): ListGroup => ({ key, title, total: held[index]?.total ?? null, folded: held[index]?.folded ?? false }));
    const rows = held.map(({ rows: map }) => map);
    const places = new Map<string, { group: number; index: number }>();
    for (const [group, map] of rows.entries()) for (const [index, row] of map) places.set(textOf(row.document['id']), { group, index });
    shown = {
      groups, revision, loading, problem,
      rowAt: (group, index) => rows[group]?.get(index),
      find: (id) => places.get(id) ?? null,
      want, fold, reload, ids,
    };
    for (const listener of listeners) listener();
  };

  const windowQuery = (group: number, offset: number, limit: number): ListQuery | null => {
    const one = asked?.groups[group];
    if (asked === null || one === undefined) return null;
    return { ...asked.query, where: [...asked.query.where, ...one.where], offset, limit };
  };

  const fail = (error: unknown): void => {
    problem = tellProblem(error, now());
    loading = false;
    publish();
  };

  function want(group: number, from: number, to: number): void {
    const one = held[group];
    if (one === undefined || one.total === null) return;
    const last = Math.min(to, one.total - 1);
    one.wanted = [from, last];
    for (let chunk = Math.floor(from / CHUNK); chunk * CHUNK <= last; chunk += 1) {
      const key = `${generation}:${group}:${chunk}`;
      if (one.chunks.has(chunk) || pending.has(key)) continue;
      const query = windowQuery(group, chunk * CHUNK, CHUNK);
      if (query === null) return;
      const mine = generation;
      pending.add(key);
      read(query)
        .then((page) => {
          if (mine !== generation) return;
          put(one, chunk, page);
          publish();
        }, fail)
        .finally(() => pending.delete(key));
    }
  }

  function put(one: GroupRows, chunk: number, page: ListPage): void {
    for (const [index, row] of page.rows.entries()) one.rows.set(chunk * CHUNK + index, row);
    one.chunks.add(chunk);
    one.total = page.total;
    const oldest = one.chunks.values().next().value;
    if (one.chunks.size <= KEPT_CHUNKS || oldest === undefined) return;
    one.chunks.delete(oldest);
    for (let index = oldest * CHUNK; index < (oldest + 1) * CHUNK; index += 1) one.rows.delete(index);
  }

  function fold(group: number, value: boolean): void {
    const one = held[group];
    const key = asked?.groups[group]?.key;
    if (one === undefined || key === undefined) return;
    one.folded = value;
    if (value) folded.add(key);
    else folded.delete(key);
    publish();
  }

  /** Reads the wanted window of a group anew; everything else of it is forgotten. */
  async function readGroup(group: number, wanted: readonly [number, number]): Promise<GroupRows> {
    const first = Math.max(0, Math.floor(wanted[0] / CHUNK) - 1);
    const count = Math.min(10, Math.floor(wanted[1] / CHUNK) - first + 2);
    const fresh: GroupRows = { total: null, folded: folded.has(asked?.groups[group]?.key ?? ''), rows: new Map(), chunks: new Set(), wanted };
    const query = windowQuery(group, first * CHUNK, count * CHUNK);
    if (query === null) return fresh;
    const page = await read(query);
    fresh.total = page.total;
    for (let chunk = 0; chunk < count; chunk += 1) put(fresh, first + chunk, { rows: page.rows.slice(chunk * CHUNK, (chunk + 1) * CHUNK), total: page.total });
    return fresh;
  }

  async function readAll(windows: readonly (readonly [number, number])[]): Promise<void> {
    const mine = generation;
    const groups = asked?.groups ?? [];
    const fresh = await Promise.all(groups.map((_, group) => readGroup(group, windows[group] ?? [0, 0])));
    if (mine !== generation) return;
    // What was folded or wanted while it was read is newer than what was asked.
    held = fresh.map((one, group) => ({ ...one, wanted: held[group]?.wanted ?? one.wanted, folded: folded.has(groups[group]?.key ?? '') }));
    generation += 1;
    pending.clear();
    loading = false;
    problem = null;
    publish();
  }

  function refresh(windows: readonly (readonly [number, number])[]): void {
    reading = true;
    readAll(windows)
      .catch(fail)
      .finally(() => {
        reading = false;
        if (!again) return;
        again = false;
        reload();
      });
  }

  function reload(): void {
    if (asked === null) return;
    if (reading) again = true;
    else refresh(held.map(({ wanted }) => wanted));
  }

  async function ids(group: number, from: number, to: number): Promise<readonly string[]> {
    const here = Array.from({ length: to - from + 1 }, (_, index) => held[group]?.rows.get(from + index)?.document['id']);
    if (here.every((id) => id !== undefined)) return here.map((id) => textOf(id));
    const query = windowQuery(group, from, to - from + 1);
    return query === null ? [] : readIds(query);
  }

  const ask = (next: RowsQuery): void => {
    asked = next;
    generation += 1;
    pending.clear();
    loading = true;
    if (held.length !== next.groups.length) held = [];
    publish();
    refresh([]);
  };

  publish();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => shown,
    ask,
    reload,
  };
}
