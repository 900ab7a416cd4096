import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { describeRefusal, refusal, type Refusal } from '../../shared/base/errors.ts';
import type { CallAnswer } from '../../shared/protocol/ipc.ts';
import type { RecentClient, SearchAnswer, SearchGroup, SearchRow, SearchType } from '../../shared/protocol/search.ts';
import { call } from '../bridge.ts';
import { usePlaces } from './places.ts';

export type RecentClients = CallAnswer<'search.recent'>;

/** Longest text that is searched for. */
export const longestSearch = 200;

/** What an empty field offers, as rows: nothing of them matched. */
const nothingMatched: SearchRow['matched'] = { place: '', text: '', ranges: [] };

/** One line of what was found: a row, or «Показать все» of its group. */
export type FoundLine =
  | { readonly kind: 'row'; readonly key: string; readonly type: SearchType; readonly row: SearchRow; readonly section: FoundSection }
  | { readonly kind: 'all'; readonly key: string; readonly type: SearchType; readonly section: FoundSection };

/** `pinned` and `recent` are what an empty field offers; `centre` lies outside of this desk's base. */
export type FoundSection = 'pinned' | 'recent' | 'desk' | 'centre';

export type CentreState = 'none' | 'asking' | 'answered' | 'offline' | 'failed';

export interface SearchState {
  /** Results stand in the place of the content. */
  readonly open: boolean;
  readonly text: string;
  /** The last answer and the text that it belongs to; kept while the next one is read, so that nothing flickers. */
  readonly answer: { readonly text: string; readonly found: SearchAnswer } | null;
  readonly centre: { readonly state: CentreState; readonly groups: readonly SearchGroup[] };
  readonly recent: RecentClients | null;
  readonly problem: string | null;
  /** Only this type is shown; null = all. */
  readonly only: SearchType | null;
  /** Key of the line chosen. */
  readonly chosen: string | null;
}

/** Who answers; tests give their own. */
export interface SearchSources {
  readonly find: (text: string) => Promise<SearchAnswer>;
  readonly atCentre: (text: string) => Promise<{ readonly ok: true; readonly value: SearchAnswer } | { readonly ok: false; readonly refusal: Refusal }>;
  readonly recent: () => Promise<RecentClients>;
  /** Calls back after ms; answers how to cancel. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export interface Search {
  readonly use: UseBoundStore<StoreApi<SearchState>>;
  /** Another text: asked for at once; an answer to a former text is left unread. */
  readonly type: (text: string) => void;
  readonly show: () => void;
  readonly close: () => void;
  /** Forgets the text too. */
  readonly clear: () => void;
  readonly showOnly: (type: SearchType | null) => void;
  readonly choose: (key: string) => void;
  readonly step: (by: number) => void;
  /** Opens the chosen line; if the answer to this text is still on its way (a scanner types and enters at once), its first line when it comes. */
  readonly enter: (open: (line: FoundLine) => void) => void;
  /** Pins were changed elsewhere. */
  readonly readRecent: () => void;
  /** Another user has looked for nothing yet. */
  readonly forget: () => void;
}

/** The centre is asked once the typing rests, and never for a letter or two. */
const restMs = 500;
const shortestAtCentre = 3;
const nothingAtCentre: SearchState['centre'] = { state: 'none', groups: [] };
const start: SearchState = { open: false, text: '', answer: null, centre: nothingAtCentre, recent: null, problem: null, only: null, chosen: null };

function rowsOf(section: FoundSection, groups: readonly SearchGroup[], only: SearchType | null): readonly FoundLine[] {
  return groups
    .filter(({ type }) => only === null || type === only)
    .flatMap(({ type, rows, more }): FoundLine[] => [
      ...rows.map((row): FoundLine => ({ kind: 'row', key: `${section} ${type} ${row.id}`, type, row, section })),
      ...(more && section === 'desk' ? [{ kind: 'all' as const, key: `all ${type}`, type, section }] : []),
    ]);
}

const asRows = (clients: readonly RecentClient[]): readonly SearchRow[] => clients.map((client) => ({ ...client, at: null, state: '', matched: nothingMatched, similar: false }));

/** Every line that is shown, from above: of an empty text the pinned and recent clients, else what the desk found, then the centre. */
export function foundLines({ text, answer, centre, recent, only }: Pick<SearchState, 'text' | 'answer' | 'centre' | 'recent' | 'only'>): readonly FoundLine[] {
  if (text.trim() === '') {
    const { pinned, recent: late } = recent ?? { pinned: [], recent: [] };
    const pins = new Set(pinned.map(({ id }) => id));
    return [
      ...rowsOf('pinned', [{ type: 'client', rows: [...asRows(pinned)], more: false }], null),
      ...rowsOf('recent', [{ type: 'client', rows: [...asRows(late.filter(({ id }) => !pins.has(id)))], more: false }], null),
    ];
  }
  const own = answer?.found.groups ?? [];
  const known = new Set(own.flatMap(({ type, rows }) => rows.map(({ id }) => `${type} ${id}`)));
  const others = centre.groups.map((group) => ({ ...group, rows: group.rows.filter(({ id }) => !known.has(`${group.type} ${id}`)) }));
  return [...rowsOf('desk', own, only), ...rowsOf('centre', others, only)];
}

function saidOf(error: unknown): string {
  const { text, advice, number } = describeRefusal(refusal('internal'));
  return `${text}. ${advice} ${number}. ${error instanceof Error ? error.message : ''}`.trim();
}

/** Makes the search of the window. */
export function createSearch({ find, atCentre, recent, after }: SearchSources): Search {
  const use = create<SearchState>(() => start);
  let asking = false;
  let again = false;
  let stopWaiting: () => void = () => undefined;
  let entering: { readonly text: string; readonly open: (line: FoundLine) => void } | null = null;

  /** The chosen line stays while it is there; else the first. */
  const settle = (part: Partial<SearchState>): void => {
    const next = { ...use.getState(), ...part };
    const lines = foundLines(next);
    const chosen = lines.some(({ key }) => key === next.chosen) ? next.chosen : (lines[0]?.key ?? null);
    use.setState({ ...part, chosen });
  };

  const answered = (text: string, found: SearchAnswer): void => {
    if (use.getState().text !== text) return;
    // Another text is another question: its first line is the likeliest.
    settle({ answer: { text, found }, problem: null, chosen: use.getState().answer?.text === text ? use.getState().chosen : null });
    if (entering?.text !== text) return;
    const { open } = entering;
    entering = null;
    const [first] = foundLines(use.getState());
    if (first !== undefined) open(first);
  };

  const ask = (): void => {
    const { text } = use.getState();
    if (text.trim() === '') return;
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    find(text)
      .then(
        (found) => answered(text, found),
        (error: unknown) => {
          if (use.getState().text === text) use.setState({ problem: saidOf(error), answer: null, chosen: null });
        },
      )
      .finally(() => {
        asking = false;
        if (!again) return;
        again = false;
        ask();
      });
  };

  const askCentre = (text: string): void => {
    const mine = (centre: SearchState['centre']): void => {
      if (use.getState().text === text) settle({ centre });
    };
    mine({ state: 'asking', groups: [] });
    atCentre(text).then(
      (answer) => mine(answer.ok ? { state: 'answered', groups: answer.value.groups } : { state: answer.refusal.code === 'noConnection' ? 'offline' : 'failed', groups: [] }),
      () => mine({ state: 'failed', groups: [] }),
    );
  };

  const readRecent = (): void => {
    void recent().then((clients) => settle({ recent: clients }));
  };

  const type = (typed: string): void => {
    const text = typed.slice(0, longestSearch);
    if (text === use.getState().text) return;
    stopWaiting();
    entering = null;
    if (text.trim() === '') {
      settle({ open: true, text, answer: null, centre: nothingAtCentre, problem: null, only: null, chosen: null });
      readRecent();
      return;
    }
    use.setState({ open: true, text, centre: nothingAtCentre });
    ask();
    if (text.trim().length >= shortestAtCentre) stopWaiting = after(restMs, () => askCentre(text));
  };

  const close = (): void => {
    entering = null;
    if (use.getState().open) use.setState({ open: false });
  };

  return {
    use,
    type,
    show: () => {
      if (use.getState().open) return;
      use.setState({ open: true });
      if (use.getState().text.trim() === '') readRecent();
      else ask();
    },
    close,
    clear: () => {
      stopWaiting();
      entering = null;
      use.setState({ ...start, recent: use.getState().recent });
    },
    showOnly: (only) => settle({ only }),
    choose: (chosen) => use.setState({ chosen }),
    step: (by) => {
      const state = use.getState();
      const lines = foundLines(state);
      const at = lines.findIndex(({ key }) => key === state.chosen);
      const next = lines[Math.min(Math.max(at + by, 0), lines.length - 1)];
      if (next !== undefined) use.setState({ chosen: next.key });
    },
    enter: (open) => {
      const { text, answer, chosen } = use.getState();
      if (text.trim() !== '' && answer?.text !== text) {
        entering = { text, open };
        return;
      }
      const line = foundLines(use.getState()).find(({ key }) => key === chosen);
      if (line !== undefined) open(line);
    },
    readRecent,
    forget: () => {
      stopWaiting();
      entering = null;
      use.setState(start);
    },
  };
}

/** The search of this window. */
export const search = createSearch({
  find: (text) => call('search.find', { text }),
  atCentre: (text) => call('search.centre', { text }),
  recent: () => call('search.recent', {}),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});

/** Going anywhere ends the search; its text stays, so that F3 brings the same results back. Answers how to stop. */
export function closeSearchOnLeaving(): () => void {
  return usePlaces.subscribe((state, before) => {
    // A document that closes while one types goes from the places: nobody went anywhere.
    if (state.visited !== before.visited && state.visited.length >= before.visited.length) search.close();
  });
}
