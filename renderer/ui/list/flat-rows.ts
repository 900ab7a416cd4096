/** A group of a list; a list without groups is one group without a title. */
export interface ListGroup {
  readonly key: string;
  readonly title: string | null;
  /** Null while it is not known. */
  readonly total: number | null;
  readonly folded: boolean;
}

/** What stands at one line of the list. */
export type FlatLine = { readonly kind: 'header'; readonly group: number } | { readonly kind: 'row'; readonly group: number; readonly index: number };

function linesOf({ title, total, folded }: ListGroup): number {
  if (total === null || total === 0) return 0; // a group that is empty or not read yet is not shown
  return (title === null ? 0 : 1) + (folded ? 0 : total);
}

/** Number of lines with the headings. */
export function lineCount(groups: readonly ListGroup[]): number {
  return groups.reduce((sum, group) => sum + linesOf(group), 0);
}

/** What stands at line `at`; null outside. */
export function lineAt(groups: readonly ListGroup[], at: number): FlatLine | null {
  let rest = at;
  for (const [group, one] of groups.entries()) {
    const lines = linesOf(one);
    if (rest >= lines) {
      rest -= lines;
      continue;
    }
    if (rest < 0) return null;
    if (one.title === null) return { kind: 'row', group, index: rest };
    return rest === 0 ? { kind: 'header', group } : { kind: 'row', group, index: rest - 1 };
  }
  return null;
}

/** Line where a row (or the heading, index −1) of a group stands. */
export function lineOf(groups: readonly ListGroup[], group: number, index: number): number {
  const before = groups.slice(0, group).reduce((sum, one) => sum + linesOf(one), 0);
  return before + index + (groups[group]?.title === null ? 0 : 1);
}

/** The nearest line in the direction `by` where the selection may stand: rows, and headings of folded groups. */
export function stepLine(groups: readonly ListGroup[], from: number, by: number): number {
  const count = lineCount(groups);
  const mayStand = (at: number): boolean => {
    const line = lineAt(groups, at);
    return line !== null && (line.kind === 'row' || groups[line.group]?.folded === true);
  };
  const direction = by < 0 ? -1 : 1;
  let at = Math.min(Math.max(from + by, 0), count - 1);
  while (at >= 0 && at < count && !mayStand(at)) at += direction;
  if (at >= 0 && at < count) return at;
  at = Math.min(Math.max(from + by, 0), count - 1);
  while (at >= 0 && at < count && !mayStand(at)) at -= direction;
  return at >= 0 && at < count ? at : from;
}
