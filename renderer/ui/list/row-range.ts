import { lineOf } from './flat-rows.ts';
import type { ListRows } from './list-rows.ts';

/** The rows of one group between two lines of the list, from…to inside the group. */
export interface GroupSpan {
  readonly group: number;
  readonly from: number;
  readonly to: number;
}

/** Which rows stand between two lines, in either order; headings and folded groups hold none. No more than `most` rows. */
export function spansBetween({ groups }: Pick<ListRows<unknown>, 'groups'>, one: number, other: number, most: number): readonly GroupSpan[] {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  const spans: GroupSpan[] = [];
  let left = most;
  for (const [group, { total, folded }] of groups.entries()) {
    if (folded || total === null || left <= 0) continue;
    const start = lineOf(groups, group, 0);
    const from = Math.max(0, first - start);
    const to = Math.min(total - 1, last - start, from + left - 1);
    if (to < from) continue;
    left -= to - from + 1;
    spans.push({ group, from, to });
  }
  return spans;
}

/** All rows of the list, those of folded groups too; no more than `most`. */
export function allSpans({ groups }: Pick<ListRows<unknown>, 'groups'>, most: number): readonly GroupSpan[] {
  const spans: GroupSpan[] = [];
  let left = most;
  for (const [group, { total }] of groups.entries()) {
    const to = Math.min(total ?? 0, left) - 1;
    if (to < 0) continue;
    left -= to + 1;
    spans.push({ group, from: 0, to });
  }
  return spans;
}

/** How many rows the list has; those of groups not counted yet are left out. */
export function rowTotal({ groups }: Pick<ListRows<unknown>, 'groups'>): number {
  return groups.reduce((sum, { total }) => sum + (total ?? 0), 0);
}
