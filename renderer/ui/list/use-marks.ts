import { useEffect, useRef, useState } from 'react';
import { lineAt, lineOf } from './flat-rows.ts';
import type { ListRows } from './list-rows.ts';
import { allSpans, spansBetween, type GroupSpan } from './row-range.ts';

/** Rows selected together, beside the one line where the keyboard stands. */
export interface Marks {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** Ctrl+click: the row where the keyboard stood comes along when it is the first. */
  readonly add: (id: string, stood: string | null) => void;
  /** Shift: everything from where the keyboard stood when Shift was first held, to `to`. */
  readonly extend: (from: number, to: number) => void;
  /** A move without Shift: the next range begins anew. */
  readonly endRange: () => void;
  readonly all: () => void;
  readonly set: (ids: readonly string[]) => void;
}

interface Range {
  /** The row at which it began; its line moves when rows come above. */
  readonly anchor: { readonly id: string | null; readonly line: number };
  readonly before: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** The selected rows of a list, at most `most`. What is found otherwise (`foundKey`) selects nothing. */
export function useMarks<Row>(rows: ListRows<Row>, rowId: (row: Row) => string, foundKey: string, most: number): Marks {
  const [ids, setIds] = useState<ReadonlySet<string>>(none);
  const range = useRef<Range | null>(null);
  // Ids of rows that are not read come later: only the last asking counts.
  const turn = useRef(0);
  const put = (next: ReadonlySet<string>): void => {
    turn.current += 1;
    setIds(next);
  };
  useEffect(() => {
    turn.current += 1;
    range.current = null;
    setIds(none);
  }, [foundKey]);

  const read = async (spans: readonly GroupSpan[], before: ReadonlySet<string>): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    const found = await Promise.all(spans.map(({ group, from, to }) => rows.ids(group, from, to)));
    if (mine === turn.current) setIds(new Set([...before, ...found.flat()]));
  };
  const extend = (from: number, to: number): void => {
    const held = range.current;
    const place = held === null || held.anchor.id === null ? null : rows.find(held.anchor.id);
    if (held === null) {
      const at = lineAt(rows.groups, from);
      const row = at?.kind === 'row' ? rows.rowAt(at.group, at.index) : undefined;
      range.current = { anchor: { id: row === undefined ? null : rowId(row), line: from }, before: ids };
    }
    const anchor = place === null ? (held?.anchor.line ?? from) : lineOf(rows.groups, place.group, place.index);
    void read(spansBetween(rows, anchor, to, most), range.current?.before ?? none);
  };
  return {
    ids,
    toggle: (id) => {
      range.current = null;
      put(toggled(ids, id));
    },
    add: (id, stood) => {
      range.current = null;
      put(ids.size === 0 && stood !== null && stood !== id ? new Set([stood, id]) : toggled(ids, id));
    },
    extend,
    endRange: () => {
      range.current = null;
    },
    all: () => {
      range.current = null;
      void read(allSpans(rows, most), none);
    },
    set: (next) => {
      range.current = null;
      put(new Set(next));
    },
  };
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
