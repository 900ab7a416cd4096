import { create } from 'zustand';

/** One thing that is open: a list of the navigation or a document. */
export interface Place {
  /** `tasks`, or `incomingEmail:em-1`. */
  readonly key: string;
  /** Id in the registry of screens. */
  readonly screen: string;
  readonly params: Readonly<Record<string, string>>;
}

interface PlacesState {
  readonly current: string;
  /** Lists that were visited (kept as they were left) and open documents, in order of opening. */
  readonly places: readonly Place[];
  /** Places in the order they were last looked at, newest last: closing goes back. */
  readonly visited: readonly string[];
  readonly titles: Readonly<Record<string, string>>;
  readonly dirty: Readonly<Record<string, boolean>>;
  /** Asks the document itself before it goes; set by its form. True: it is closed. */
  readonly closers: Readonly<Record<string, () => Promise<boolean>>>;
}

const start: PlacesState = { current: '', places: [], visited: [], titles: {}, dirty: {}, closers: {} };

export const usePlaces = create<PlacesState>(() => start);

/** Is it a document (listed under «Открыто») and not a list. */
export function isDocumentPlace({ key }: Place): boolean {
  return key.includes(':');
}

function visit(state: PlacesState, place: Place): PlacesState {
  const known = state.places.some(({ key }) => key === place.key);
  return {
    ...state,
    current: place.key,
    places: known ? state.places.map((one) => (one.key === place.key ? { ...one, params: { ...one.params, ...place.params } } : one)) : [...state.places, place],
    visited: [...state.visited.filter((key) => key !== place.key), place.key],
  };
}

/** Shows a list of the navigation. */
export function goTo(screen: string, params: Readonly<Record<string, string>> = {}): void {
  usePlaces.setState((state) => visit(state, { key: screen, screen, params }));
}

/** Opens a document (or shows it if it is open): the screen of its type gets `params.id`. */
export function openDocument(type: string, id: string, params: Readonly<Record<string, string>> = {}): void {
  usePlaces.setState((state) => visit(state, { key: `${type}:${id}`, screen: type, params: { ...params, id } }));
}

/** Puts a document under «Открыто» without showing it: a draft after login. */
export function keepOpen(type: string, id: string, title: string, params: Readonly<Record<string, string>> = {}): void {
  const key = `${type}:${id}`;
  usePlaces.setState((state) =>
    state.places.some((place) => place.key === key) ? state : { ...state, places: [...state.places, { key, screen: type, params: { ...params, id } }], titles: { ...state.titles, [key]: title }, dirty: { ...state.dirty, [key]: true } },
  );
}

/** Shows an open place by its key. */
export function showPlace(key: string): void {
  const place = usePlaces.getState().places.find((one) => one.key === key);
  if (place !== undefined) usePlaces.setState((state) => visit(state, place));
}

/** Removes a place without asking; what was looked at before comes back. */
export function dropPlace(key: string): void {
  usePlaces.setState((state) => {
    const places = state.places.filter((place) => place.key !== key);
    const visited = state.visited.filter((one) => one !== key);
    const without = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> => Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
    return { current: state.current === key ? (visited.at(-1) ?? '') : state.current, places, visited, titles: without(state.titles), dirty: without(state.dirty), closers: without(state.closers) };
  });
}

/** Closes a document: its form asks first if something is unsaved, and is shown for that. True: it is closed. */
export async function closePlace(key: string): Promise<boolean> {
  const { closers, dirty } = usePlaces.getState();
  const closer = closers[key];
  if (closer === undefined) {
    dropPlace(key);
    return true;
  }
  if (dirty[key] === true) showPlace(key);
  return closer();
}

/**
 * Closes every document with something unsaved, one after another; each asks. False: the person wants to stay. What was typed before the program
 * ended and has not been looked at since stays in its journal.
 */
export async function closeUnsaved(): Promise<boolean> {
  const { places, closers, dirty } = usePlaces.getState();
  for (const { key } of places) {
    if (dirty[key] === true && closers[key] !== undefined && !(await closePlace(key))) return false;
  }
  return true;
}

export function setPlaceTitle(key: string, title: string): void {
  usePlaces.setState((state) => (state.titles[key] === title ? state : { titles: { ...state.titles, [key]: title } }));
}

export function setPlaceDirty(key: string, dirty: boolean): void {
  usePlaces.setState((state) => ((state.dirty[key] ?? false) === dirty ? state : { dirty: { ...state.dirty, [key]: dirty } }));
}

export function setPlaceCloser(key: string, closer: () => Promise<boolean>): void {
  usePlaces.setState((state) => ({ closers: { ...state.closers, [key]: closer } }));
}

/** Ctrl+Tab: the next of the open documents. */
export function stepDocument(by: number): void {
  const { places, current } = usePlaces.getState();
  const documents = places.filter(isDocumentPlace);
  const at = documents.findIndex(({ key }) => key === current);
  const next = documents[(at + by + documents.length) % documents.length];
  if (next !== undefined) showPlace(next.key);
}

/** Nothing is open: after logout. */
export function forgetPlaces(): void {
  usePlaces.setState(start, true);
}
