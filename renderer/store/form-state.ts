import { applyFieldEdits, fieldAt, fieldEdits, type FieldConflict, type FieldEdit } from '../../shared/base/field-edits.ts';
import { sameJson, type Json } from '../../shared/base/json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One open form: the document as last read, what the user made of it, and what both changed. */
export interface FormState<T extends Fields> {
  readonly base: T;
  readonly values: T;
  readonly isNew: boolean;
  /** Fields that another user changed to something else than this one. */
  readonly conflicts: readonly FieldConflict[];
  /** Fields that came from another user while this form was open. */
  readonly arrived: readonly string[];
}

export function openForm<T extends Fields>(document: T, isNew: boolean): FormState<T> {
  return { base: document, values: document, isNew, conflicts: [], arrived: [] };
}

/** What has been changed here. */
export function editsOf<T extends Fields>({ base, values }: FormState<T>): readonly FieldEdit[] {
  return fieldEdits(base, values);
}

export function isDirty<T extends Fields>(state: FormState<T>): boolean {
  return editsOf(state).length > 0;
}

/** The values after one edit at `path` (`field`, `table.row`, `table.row.field`; null removes a row). */
export function withValue<T extends Fields>(values: T, path: string, before: Json, after: Json): T {
  return applyFieldEdits(values, [{ path, before, after }]).merged as T; // one edit at its own present value never conflicts
}

/**
 * The document changed underneath: fields not touched here update silently, a field that both changed keeps what is typed
 * here and is asked about (было, записано, ваше).
 */
export function rebase<T extends Fields>(state: FormState<T>, document: T): FormState<T> {
  if (sameJson(state.base, document)) return state;
  const edits = editsOf(state);
  const { merged, conflicts } = applyFieldEdits(document, edits);
  // An earlier question stays open while the field still differs; its «было» is the oldest one.
  const known = new Map(state.conflicts.map((conflict) => [conflict.path, conflict]));
  const asked = conflicts.map((conflict) => ({ ...conflict, before: known.get(conflict.path)?.before ?? conflict.before }));
  const mine = conflicts.reduce<Fields>((values, { path, theirs, mine: after }) => withValue(values, path, theirs, after), merged);
  const stillOpen = openConflicts(state).filter(({ path }) => !asked.some((one) => one.path === path));
  const touched = new Set(edits.map(({ path }) => path));
  const arrived = fieldEdits(state.base, document).map(({ path }) => path).filter((path) => !touched.has(path));
  return { base: document, values: mine as T, isNew: false, conflicts: [...stillOpen, ...asked], arrived }; // merged from two documents of the type
}

/** The questions not answered yet, with what stands in the field now; one typed back to the written value is none. */
export function openConflicts<T extends Fields>({ conflicts, values }: FormState<T>): readonly FieldConflict[] {
  return conflicts.map((conflict) => ({ ...conflict, mine: fieldAt(values, conflict.path) })).filter(({ theirs, mine }) => !sameJson(theirs, mine));
}

/** The answers to the questions: for each path whether the written value or one's own stays. */
export function resolveConflicts<T extends Fields>(state: FormState<T>, choices: Readonly<Record<string, 'theirs' | 'mine'>>): FormState<T> {
  const values = openConflicts(state).reduce<T>((held, { path, theirs, mine }) => {
    const choice = choices[path];
    if (choice === undefined) return held;
    return choice === 'theirs' ? withValue(held, path, mine, theirs) : held;
  }, state.values);
  return { ...state, values, conflicts: openConflicts(state).filter(({ path }) => choices[path] === undefined) };
}
