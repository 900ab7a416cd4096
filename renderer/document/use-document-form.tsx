import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { describeRefusal, type Refusal } from '../../shared/base/errors.ts';
import { fieldAt, type FieldEdit } from '../../shared/base/field-edits.ts';
import { textOf, type Json } from '../../shared/base/json.ts';
import type { DocumentMap, DocumentName } from '../../shared/domain/documents.ts';
import { call } from '../bridge.ts';
import { runCommand } from '../store/commands.ts';
import { draftValueSchema, journalDraft, removeDraft } from '../store/drafts.ts';
import { editsOf, isDirty, openConflicts, openForm, rebase, resolveConflicts, withValue, type FormState } from '../store/form-state.ts';
import { dropForm, followForm, formOf, refreshForm } from '../store/open-forms.ts';
import { dropPlace, setPlaceCloser, setPlaceDirty, setPlaceTitle } from '../store/places.ts';
import { useQuestion } from '../ui/dialog.tsx';
import { ConflictDialog, type ConflictChoices } from '../ui/form/conflict-dialog.tsx';
import { formatTime, plural } from '../ui/format.ts';
import { useHotkeys } from '../ui/hotkeys.ts';
import { tell } from '../ui/status-message.ts';
import { usePlace } from './place-context.ts';

export interface DocumentFormOptions<K extends DocumentName> {
  readonly type: K;
  readonly id: string;
  /** A new document as it begins; null for one that exists. */
  readonly initial: DocumentMap[K] | null;
  /** As it is called under «Открыто». */
  readonly title: (values: DocumentMap[K]) => string;
  /** Field or path → name on the screen: for refusals («Заполните: …») and for the question of two edits. */
  readonly labels: Readonly<Record<string, string>>;
  /** Paths that must not be empty now. */
  readonly required?: (values: DocumentMap[K]) => readonly string[];
  /** Path → which rule failed, told while typing once the field is left alone; checked before writing. */
  readonly check?: (values: DocumentMap[K]) => Readonly<Record<string, string>>;
  /** The command that writes. */
  readonly write: (form: { readonly values: DocumentMap[K]; readonly edits: readonly FieldEdit[]; readonly isNew: boolean }) => { readonly name: string; readonly input: object };
  /** Asked once all is filled in, before anything is written; false leaves the form as it is. */
  readonly confirm?: (form: { readonly values: DocumentMap[K]; readonly isNew: boolean }) => Promise<boolean>;
  /** How a value reads in the question of two edits; by default its text, references by their presentations. */
  readonly display?: (path: string, value: Json) => string;
  /** A field is about to get the focus: shows the tab that it stands on. */
  readonly reveal?: (path: string) => void;
  /** Ctrl+Enter and Esc are the form's unless the screen takes them (a letter never has Ctrl+Enter). */
  readonly closingKeys?: boolean;
}

export interface BoundField<V> {
  readonly name: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly required: boolean;
  readonly error: string | undefined;
}

export interface DocumentForm<K extends DocumentName> {
  /** False while the document is read; `missing` if it is not on this computer. */
  readonly ready: boolean;
  readonly missing: boolean;
  readonly values: DocumentMap[K];
  readonly base: DocumentMap[K];
  readonly refs: Readonly<Record<string, string>>;
  /** Written here, not yet confirmed by the centre. */
  readonly pending: boolean;
  readonly isNew: boolean;
  readonly dirty: boolean;
  readonly restored: boolean;
  /** All that a field component needs, for a field of the document. */
  readonly field: <F extends keyof DocumentMap[K] & string>(field: F) => BoundField<DocumentMap[K][F]>;
  /** The same for `table.rowId.column`; the value is text. */
  readonly cell: (path: string) => BoundField<string>;
  readonly set: (values: Partial<DocumentMap[K]>) => void;
  /** «Записать»: true when it is written here for good. */
  readonly save: () => Promise<boolean>;
  /** «Записать и закрыть». */
  readonly saveAndClose: () => Promise<void>;
  /** Asks if something is unsaved. */
  readonly close: () => void;
  /** Shows a refusal of another command of this form at its fields. */
  readonly refused: (refusal: Refusal) => void;
  /** Render once inside the screen: the questions of this form. */
  readonly dialogs: ReactNode;
}

/**
 * The one mechanism of forms: values over the document as read, typing journalled, fields merged when the document changes
 * underneath, «Записать» Ctrl+S, «Записать и закрыть» Ctrl+Enter, Esc with its question.
 */
export function useDocumentForm<K extends DocumentName>(options: DocumentFormOptions<K>): DocumentForm<K> {
  const { type, id, labels } = options;
  const { key, params } = usePlace();
  const [store] = useState(() => formOf(key, type, id, options.initial as Readonly<Record<string, unknown>> | null)); // a document is a record of fields
  const held = useStore(store);
  const { ask, question } = useQuestion();
  const [deciding, setDeciding] = useState<{ readonly after: 'stay' | 'close'; readonly who: string; readonly at: string | null } | null>(null);
  const saving = useRef(false);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => followForm(key, type, id), [key, type, id]);

  const state = held.state as FormState<DocumentMap[K] & Readonly<Record<string, unknown>>> | null; // the store of this key holds a document of this type
  const dirty = state !== null && (isDirty(state) || (state.isNew && held.restored));
  useEffect(() => setPlaceDirty(key, dirty), [key, dirty]);
  const title = state === null ? null : options.title(state.values);
  useEffect(() => {
    if (title !== null) setPlaceTitle(key, title);
  }, [key, title]);

  const put = (values: DocumentMap[K], touched: readonly string[]): void => {
    const now = store.getState().state;
    if (now === null) return;
    const next = { ...now, values: values as Readonly<Record<string, unknown>> }; // as above
    const errors = Object.fromEntries(Object.entries(held.errors).filter(([path]) => !touched.includes(path)));
    store.setState({ state: next, errors });
    if (isDirty(next)) journalDraft(key, latest.current.title(values), draftValueSchema.parse({ type, id, params, isNew: next.isNew, base: next.base, values: next.values }));
    else void removeDraft(key);
  };
  const current = (): DocumentMap[K] => store.getState().state?.values as unknown as DocumentMap[K]; // as above; only asked for when ready
  const checks = state === null ? {} : (options.check?.(state.values) ?? {});
  const required = state === null ? [] : (options.required?.(state.values) ?? []);

  const focus = (path: string): void => {
    latest.current.reveal?.(path);
    requestAnimationFrame(() => {
      const field = document.querySelector<HTMLElement>(`[data-place="${CSS.escape(key)}"] [name="${CSS.escape(path)}"], [data-place="${CSS.escape(key)}"] [data-name="${CSS.escape(path)}"] [tabindex="0"]`);
      field?.focus();
    });
  };

  const refused = (refusal: Refusal): void => {
    const { text, advice, number } = describeRefusal(refusal);
    tell(`${text}. ${advice} ${number}`, { tone: 'red' });
    const paths = pathsOf(refusal, labels);
    store.setState({ errors: { ...store.getState().errors, ...Object.fromEntries(paths.map((path) => [path, refusal.code === 'required' ? 'Заполните это поле' : text])) } });
    const [first] = paths;
    if (first !== undefined) focus(first);
  };

  const missingNow = (values: DocumentMap[K]): readonly string[] => (latest.current.required?.(values) ?? []).filter((path) => isEmpty(fieldAt(values as Readonly<Record<string, unknown>>, path))); // as above

  const decide = async (after: 'stay' | 'close'): Promise<void> => {
    const history = await call('document.history', { type, id });
    const last = history.ok ? history.value.toSorted((a, b) => a.version - b.version).at(-1) : undefined;
    setDeciding({ after, who: last?.authorName ?? '', at: last?.happenedAt ?? null });
  };

  const save = async (after: 'stay' | 'close' = 'stay'): Promise<boolean> => {
    const now = store.getState().state as typeof state; // as above
    if (now === null || saving.current) return false;
    const [missing] = missingNow(now.values);
    const [wrong] = Object.keys(latest.current.check?.(now.values) ?? {});
    const stop = missing ?? wrong;
    if (stop !== undefined) {
      tell(missing === undefined ? (checks[stop] ?? '') : `Заполните: ${labels[missing] ?? missing}`, { tone: 'red' });
      focus(stop);
      return false;
    }
    if (openConflicts(now).length > 0) {
      await decide(after);
      return false;
    }
    const edits = editsOf(now);
    if (edits.length === 0 && !now.isNew) {
      await removeDraft(key);
      return true;
    }
    saving.current = true;
    try {
      if ((await latest.current.confirm?.({ values: now.values, isNew: now.isNew })) === false) return false;
      const { name, input } = latest.current.write({ values: now.values, edits, isNew: now.isNew });
      const answer = await runCommand(name, input, { quiet: true });
      if (!answer.ok) {
        if (answer.refusal.code !== 'fieldConflict') {
          refused(answer.refusal);
          return false;
        }
        await refreshForm(key, type, id);
        await decide(after);
        return false;
      }
      // What was written is the base now; what was typed meanwhile stays an edit.
      store.setState(({ state: typed }) => (typed === null ? {} : { state: { ...rebase({ ...typed, base: now.values, isNew: false }, now.values), isNew: false }, errors: {}, restored: false }));
      await refreshForm(key, type, id);
      await removeDraft(key);
      return true;
    } finally {
      saving.current = false;
    }
  };

  const leave = (): void => {
    dropForm(key);
    dropPlace(key);
  };
  const asking = useRef<Promise<boolean> | null>(null);
  const close = async (): Promise<boolean> => {
    const now = store.getState().state;
    if (now === null || (!isDirty(now) && !store.getState().restored)) {
      await removeDraft(key);
      leave();
      return true;
    }
    asking.current ??= closeAsking().finally(() => {
      asking.current = null;
    });
    return asking.current;
  };
  const closeAsking = async (): Promise<boolean> => {
    const answer = await ask({
      title: 'Сохранить изменения?',
      text: latest.current.title(current()),
      answers: [
        { id: 'save', label: 'Записать' },
        { id: 'drop', label: 'Не сохранять', letter: 'Н' },
      ],
    });
    if (answer === null || (answer === 'save' && !(await save('close')))) return false;
    if (answer === 'drop') await removeDraft(key);
    leave();
    return true;
  };
  const saveAndClose = async (): Promise<void> => {
    if (await save('close')) leave();
  };

  const closing = useRef(close);
  useEffect(() => {
    closing.current = close;
  });
  useEffect(() => setPlaceCloser(key, () => closing.current()), [key]);
  useHotkeys([
    { keys: 'Ctrl+S', run: () => void save() },
    { keys: 'Escape', title: 'Закрыть', run: () => void close() },
    ...(options.closingKeys === false ? [] : [{ keys: 'Ctrl+Enter', run: () => void saveAndClose() }]),
  ]);

  const chosen = async (choices: ConflictChoices): Promise<void> => {
    const after = deciding?.after;
    setDeciding(null);
    const now = store.getState().state;
    if (now !== null) store.setState({ state: resolveConflicts(now, choices) });
    if ((await save(after)) && after === 'close') leave();
  };
  const asked = state === null || deciding === null ? [] : openConflicts(state);
  const display = (path: string, value: Json): string => options.display?.(path, value) ?? (typeof value === 'string' ? (held.refs[value] ?? value) : textOf(value));

  const bound = <V,>(path: string, value: V, onChange: (value: V) => void): BoundField<V> => ({
    name: path,
    value,
    onChange,
    required: required.includes(path),
    error: held.errors[path] ?? (isEmpty(value) ? undefined : checks[path]),
  });

  return {
    ready: state !== null,
    missing: held.missing,
    values: (state?.values ?? openForm({}, true).values) as DocumentMap[K], // screens look at the values only when ready
    base: (state?.base ?? openForm({}, true).values) as DocumentMap[K], // as above
    refs: held.refs,
    pending: held.pending,
    isNew: state?.isNew ?? false,
    dirty,
    restored: held.restored,
    field: (field) => bound(field, (state?.values[field] ?? null) as DocumentMap[K][typeof field], (value) => put({ ...current(), [field]: value }, [field])), // a field of the document
    cell: (path) => {
      const value = state === null ? '' : fieldAt(state.values, path);
      return bound(path, typeof value === 'string' ? value : '', (next) => put(withValue(current() as DocumentMap[K] & Readonly<Record<string, unknown>>, path, fieldAt(current() as Readonly<Record<string, unknown>>, path), next), [path])); // a document is a record of fields
    },
    set: (values) => put({ ...current(), ...values }, Object.keys(values)),
    save: () => save(),
    saveAndClose,
    close: () => void close(),
    refused,
    dialogs: (
      <>
        {question}
        {asked.length === 0 || deciding === null ? null : (
          <ConflictDialog
            who={deciding.who}
            text={conflictText(title ?? '', deciding.at, state?.arrived.length ?? 0)}
            rows={asked.map(({ path, before, theirs, mine }) => ({ path, label: labels[path] ?? labels[path.split('.')[0] ?? ''] ?? path, before: display(path, before), theirs: display(path, theirs), mine: display(path, mine) }))}
            onWrite={(choices) => void chosen(choices)}
            onBack={() => setDeciding(null)}
          />
        )}
      </>
    ),
  };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Paths of the fields that a refusal names, by their names on the screen. */
function pathsOf({ details }: Refusal, labels: Readonly<Record<string, string>>): readonly string[] {
  const named = [details['fields'], details['field']].flat().filter((name) => typeof name === 'string');
  return named.flatMap((name) => Object.entries(labels).filter(([path, label]) => label === name || path === name).map(([path]) => path));
}

function conflictText(title: string, at: string | null, merged: number): string {
  const when = at === null ? '' : `, записано в ${formatTime(at)}`;
  const rest = merged === 0 ? '' : ` Ещё ${merged} ${plural(merged, 'поле объединено', 'поля объединены', 'полей объединены')} без вопросов.`;
  const said = `${title}${when}`;
  return `${said}${said.endsWith('.') ? '' : '.'}${rest}`;
}
