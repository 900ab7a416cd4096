import type { ReactNode } from 'react';
import type { CellValue } from '../../../shared/base/cell-value.ts';

/** A column of a list, declared as data. */
export interface ListColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** The title is read out only: what the cells hold says itself. */
  readonly titleHidden?: true;
  /** Wished width, px, with the 16 px between columns. */
  readonly width: number;
  /** Below this it hides rather than shrinks. */
  readonly min: number;
  /** 1 never hides; the highest hides first when the pane is narrow. */
  readonly priority: number;
  /** What the cell says: shown as it is, and what exported and printed lists hold. */
  readonly cell: (row: Row) => CellValue;
  /** How it is shown where that is more than the text of the cell: a state with its dot, a link. */
  readonly render?: (row: Row) => ReactNode;
  /** Title in a file and on paper where the cell tells something else there: «Срок» for «Осталось». */
  readonly fileTitle?: string;
  /** Column of the document type to sort by; absent = cannot sort. */
  readonly sort?: string;
  /** Its values are few: the list can be filtered and grouped by them. Needs `sort`. */
  readonly pick?: true;
  /** Takes the free width. */
  readonly grow?: boolean;
  readonly align?: 'left' | 'right';
  /** Shown only when the user asks for it. */
  readonly off?: boolean;
}

/** What a user made of the columns. */
export interface ColumnLayout {
  readonly order: readonly string[];
  /** key → shown by hand (true) or hidden by hand (false). */
  readonly shown: Readonly<Record<string, boolean>>;
  readonly widths: Readonly<Record<string, number>>;
}


export interface FittedColumn {
  readonly key: string;
  readonly width: number;
}

interface Fitting {
  readonly key: string;
  readonly width: number;
  readonly min: number;
  readonly priority: number;
  readonly grow: boolean;
}

/**
 * Which of the visible columns fit into `available` px and how wide each is: the least important hide first, then growing
 * columns take what is left (or give, down to their minimum).
 */
export function fitColumns(columns: readonly Fitting[], available: number): readonly FittedColumn[] {
  let kept = [...columns];
  const least = (): number => kept.reduce((sum, { min }) => sum + min, 0);
  while (least() > available) {
    const worst = kept.filter(({ priority }) => priority > 1).reduce<Fitting | null>((found, one) => (found === null || one.priority >= found.priority ? one : found), null);
    if (worst === null) break;
    kept = kept.filter((one) => one !== worst);
  }
  const wished = kept.reduce((sum, { width, min }) => sum + Math.max(width, min), 0);
  const growing = kept.filter(({ grow }) => grow);
  if (wished <= available) {
    const extra = growing.length === 0 ? 0 : Math.floor((available - wished) / growing.length);
    return kept.map(({ key, width, min, grow }) => ({ key, width: Math.max(width, min) + (grow ? extra : 0) }));
  }
  return shrink(kept, wished - available);
}

/** Takes `over` px first from growing columns, then from all, in proportion to what each can give. */
function shrink(columns: readonly Fitting[], over: number): readonly FittedColumn[] {
  const widths = new Map(columns.map(({ key, width, min }) => [key, Math.max(width, min)]));
  let left = over;
  for (const givers of [columns.filter(({ grow }) => grow), columns]) {
    const spare = (one: Fitting): number => (widths.get(one.key) ?? 0) - one.min;
    const all = givers.reduce((sum, one) => sum + spare(one), 0);
    const taken = Math.min(left, all);
    if (taken <= 0) continue;
    for (const one of givers) widths.set(one.key, (widths.get(one.key) ?? 0) - Math.ceil((taken * spare(one)) / all));
    left -= taken;
  }
  return columns.map(({ key, min }) => ({ key, width: Math.max(min, widths.get(key) ?? min) }));
}

/** The order with `key` moved by `by` places. */
export function moveColumn(order: readonly string[], key: string, by: number): readonly string[] {
  const from = order.indexOf(key);
  const to = Math.min(Math.max(from + by, 0), order.length - 1);
  if (from < 0 || to === from) return order;
  const rest = order.filter((one) => one !== key);
  return [...rest.slice(0, to), key, ...rest.slice(to)];
}
