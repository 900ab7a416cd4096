import { createStore, type StoreApi } from 'zustand';
import { sameJson } from '../../shared/base/json.ts';
import type { ListRow } from '../../shared/protocol/list.ts';
import { call } from '../bridge.ts';
import { onChanged } from './changes.ts';
import { takeDraft } from './drafts.ts';
import { openForm, rebase, type FormState } from './form-state.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A form while its document is open, also when another place is shown. */
export interface OpenForm {
  /** Null while it is read; `missing` if it is not on this computer. */
  readonly state: FormState<Fields> | null;
  readonly missing: boolean;
  readonly refs: Readonly<Record<string, string>>;
  readonly pending: boolean;
  /** path or label → what is wrong. */
  readonly errors: Readonly<Record<string, string>>;
  /** The typing came back after the program had ended. */
  readonly restored: boolean;
}

const forms = new Map<string, StoreApi<OpenForm>>();

function take(store: StoreApi<OpenForm>, row: ListRow | null): void {
  const { state } = store.getState();
  if (row === null) {
    store.setState({ missing: state === null });
    return;
  }
  const next = state === null ? openForm<Fields>(row.document, false) : rebase(state, row.document);
  const { refs: known } = store.getState();
  const refs = sameJson(known, { ...known, ...row.refs }) ? known : { ...known, ...row.refs };
  store.setState({ state: next, refs, pending: row.pending, missing: false });
}

/** Reads the document again: fields that nobody touched here update silently. */
export async function refreshForm(key: string, type: string, id: string): Promise<void> {
  const store = forms.get(key);
  if (store === undefined) return;
  const row = await call('document.get', { type, id });
  if (forms.get(key) === store) take(store, row);
}

/** The form of a document: the one that is open, else a new one over its draft, the given document, or the local base. */
export function formOf(key: string, type: string, id: string, initial: Fields | null): StoreApi<OpenForm> {
  const known = forms.get(key);
  if (known !== undefined) return known;
  const draft = takeDraft(key);
  const state: FormState<Fields> | null =
    draft !== null ? { ...openForm<Fields>(draft.base, draft.isNew), values: draft.values } : initial === null ? null : openForm(initial, true);
  const store = createStore<OpenForm>(() => ({ state, missing: false, refs: {}, pending: false, errors: {}, restored: draft !== null }));
  forms.set(key, store);
  void refreshForm(key, type, id);
  return store;
}

/** Follows the document while its form is shown; answers how to stop. */
export function followForm(key: string, type: string, id: string): () => void {
  void refreshForm(key, type, id);
  return onChanged([type], () => void refreshForm(key, type, id));
}

/** The document was closed. */
export function dropForm(key: string): void {
  forms.delete(key);
}

/** Another user begins with nothing open. */
export function forgetForms(): void {
  forms.clear();
}
