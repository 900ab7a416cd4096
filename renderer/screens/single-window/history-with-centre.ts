import type { ClientHistoryRow } from '../../../shared/protocol/ipc.ts';

/** A row of a history; `atCentre`: this desk does not hold the document, the centre told of it. */
export type HistoryRow = ClientHistoryRow & { readonly atCentre?: true };

const keyOf = ({ type, id }: ClientHistoryRow): string => `${type} ${id}`;

/** The history of this desk with what only the centre has, newest first. What the desk holds stands as the desk has it. */
export function withCentre(own: readonly ClientHistoryRow[], centre: readonly ClientHistoryRow[]): readonly HistoryRow[] {
  const held = new Set(own.map(keyOf));
  const others = centre.filter((row) => !held.has(keyOf(row))).map((row): HistoryRow => ({ ...row, atCentre: true }));
  return others.length === 0 ? own : [...own, ...others].toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
