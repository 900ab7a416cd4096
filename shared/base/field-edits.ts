import { z } from 'zod';
import { sameJson, type Json } from './json.ts';

const jsonSchema: z.ZodType<Json> = z.json();

/**
 * One changed field: `path` is `field` or `table.rowId.field`; a whole row is added with path `table.rowId`
 * (before null) and removed the same way (after null). `before` is what the user saw when he began.
 */
export const fieldEditSchema = z.object({ path: z.string().min(1).max(200), before: jsonSchema, after: jsonSchema });
export type FieldEdit = z.infer<typeof fieldEditSchema>;

/** Same field changed by both: the question «было, записано, ваше». */
export interface FieldConflict {
  readonly path: string;
  readonly before: Json;
  readonly theirs: Json;
  readonly mine: Json;
}

type Fields = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>> & { readonly id: string };

function isRows(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null && 'id' in row);
}

/** The value at `path` in `document`; null where there is none. */
export function fieldAt(document: Fields, path: string): Json {
  const [field = '', rowId, column] = path.split('.');
  const value = document[field];
  if (rowId === undefined) return (value ?? null) as Json; // documents come from a parsed JSON schema
  const row = isRows(value) ? value.find(({ id }) => id === rowId) : undefined;
  if (row === undefined) return null;
  return (column === undefined ? row : (row[column] ?? null)) as Json; // as above
}

function withField(document: Fields, path: string, after: Json): Fields {
  const [field = '', rowId, column] = path.split('.');
  if (rowId === undefined) return { ...document, [field]: after };
  const rows = isRows(document[field]) ? document[field] : [];
  if (column !== undefined) {
    return { ...document, [field]: rows.map((row) => (row.id === rowId ? { ...row, [column]: after } : row)) };
  }
  const others = rows.filter(({ id }) => id !== rowId);
  if (after === null) return { ...document, [field]: others };
  const index = rows.findIndex(({ id }) => id === rowId);
  const position = index < 0 ? others.length : index;
  return { ...document, [field]: [...others.slice(0, position), after, ...others.slice(position)] };
}

/**
 * Applies edits to the current document: fields that others did not touch merge; a field that they changed to
 * something else is a conflict. The result still has to be parsed by the document's schema.
 */
export function applyFieldEdits(document: Fields, edits: readonly FieldEdit[]): { merged: Fields; conflicts: readonly FieldConflict[] } {
  const conflicts: FieldConflict[] = [];
  let merged = document;
  for (const { path, before, after } of edits) {
    const theirs = fieldAt(merged, path);
    if (!sameJson(theirs, before) && !sameJson(theirs, after)) conflicts.push({ path, before, theirs, mine: after });
    else merged = withField(merged, path, after);
  }
  return { merged, conflicts };
}

/** The edits that turn `before` into `after`, rows of tables compared by their ids. Fields in `skip` are left out. */
export function fieldEdits(before: Fields, after: Fields, skip: readonly string[] = ['id']): readonly FieldEdit[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !skip.includes(name));
  return names.flatMap((name) => {
    const old = before[name] ?? null;
    const now = after[name] ?? null;
    if (sameJson(old, now)) return [];
    if (isRows(old) && isRows(now)) return rowEdits(name, old, now);
    return [{ path: name, before: old as Json, after: now as Json }]; // documents come from a parsed JSON schema
  });
}

function rowEdits(table: string, before: readonly Row[], after: readonly Row[]): readonly FieldEdit[] {
  const old = new Map(before.map((row) => [row.id, row]));
  const removed = before.filter((row) => !after.some(({ id }) => id === row.id));
  return [
    ...removed.map((row) => ({ path: `${table}.${row.id}`, before: row as unknown as Json, after: null })), // as above
    ...after.flatMap((row) => {
      const was = old.get(row.id);
      if (was === undefined) return [{ path: `${table}.${row.id}`, before: null, after: row as unknown as Json }]; // as above
      return fieldEdits(was, row).map((edit) => ({ ...edit, path: `${table}.${row.id}.${edit.path}` }));
    }),
  ];
}
