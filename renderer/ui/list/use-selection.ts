import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { lineAt, lineCount, lineOf, stepLine } from './flat-rows.ts';
import type { ListRows } from './list-rows.ts';

export interface Selection {
  /** Line in the list; −1 while there is nothing. */
  readonly line: number;
  /** Id of the selected row; null on a heading or while the row is not read. */
  readonly id: string | null;
}

/**
 * The selected line: it follows its row when rows come above, and when its row goes the one that takes its place is
 * selected (not opened).
 */
export function useSelection<Row>(rows: ListRows<Row>, rowId: (row: Row) => string): { readonly selection: Selection; readonly select: (line: number) => void } {
  const [chosen, setChosen] = useState<Selection>({ line: -1, id: null });
  const selection = useMemo((): Selection => {
    const count = lineCount(rows.groups);
    if (count === 0) return { line: -1, id: null };
    const place = chosen.id === null ? null : rows.find(chosen.id);
    const folded = place !== null && rows.groups[place.group]?.folded === true;
    const wanted = place !== null && !folded ? lineOf(rows.groups, place.group, place.index) : Math.min(Math.max(chosen.line, 0), count - 1);
    const line = stepLine(rows.groups, wanted, 0);
    const at = lineAt(rows.groups, line);
    const row = at?.kind === 'row' ? rows.rowAt(at.group, at.index) : undefined;
    return { line, id: row === undefined ? null : rowId(row) };
  }, [rows, chosen, rowId]);
  useEffect(() => {
    setChosen((old) => (old.line === selection.line && (old.id === selection.id || selection.id === null) ? old : selection));
  }, [selection]);
  return { selection, select: (line) => setChosen({ line, id: idAt(rows, rowId, line) }) };
}

function idAt<Row>(rows: ListRows<Row>, rowId: (row: Row) => string, line: number): string | null {
  const at = lineAt(rows.groups, line);
  const row = at?.kind === 'row' ? rows.rowAt(at.group, at.index) : undefined;
  return row === undefined ? null : rowId(row);
}

interface Anchor {
  readonly id: string;
  readonly line: number;
}

/** Rows seen above the selected one where the list is shown anew at it. */
const ABOVE = 3;

/**
 * Keeps what is looked at where it is when rows come or go above it, and counts those that came («3 новых»). The answer to another question
 * (`resetKey`) is shown from its top, or at the selected line where that is not seen from there.
 */
export function useAnchor<Row>(rows: ListRows<Row>, rowId: (row: Row) => string, body: RefObject<HTMLDivElement | null>, rowHeight: number, resetKey: string, selected: number): { readonly fresh: number; readonly seen: () => void; readonly note: () => void } {
  const anchor = useRef<Anchor | null>(null);
  const [fresh, setFresh] = useState(0);
  const latest = useRef({ rows, rowId });
  const lastReset = useRef(resetKey);
  const lastRows = useRef(rows);
  // The rows of the former question stay until the answer comes: nothing is measured by them.
  const awaited = useRef(false);
  const note = (): void => {
    const element = body.current;
    if (element === null || awaited.current) return;
    const { rows: now, rowId: idOf } = latest.current;
    const first = Math.ceil(element.scrollTop / rowHeight);
    for (let line = first; line < first + 4; line += 1) {
      const id = idAt(now, idOf, line);
      if (id !== null) {
        anchor.current = { id, line };
        return;
      }
    }
    anchor.current = null;
  };
  const noteRef = useRef(note);
  useLayoutEffect(() => {
    latest.current = { rows, rowId };
    noteRef.current = note;
  });
  useLayoutEffect(() => {
    const element = body.current;
    if (element === null) return;
    if (lastReset.current !== resetKey) {
      lastReset.current = resetKey;
      anchor.current = null;
      awaited.current = true;
      element.scrollTo({ top: 0 });
      setFresh(0);
    }
    const isSame = lastRows.current === rows;
    lastRows.current = rows;
    if (awaited.current) {
      if (rows.loading || isSame) return;
      awaited.current = false;
      if ((selected + 1) * rowHeight > element.clientHeight) element.scrollTo({ top: (selected - ABOVE) * rowHeight });
      noteRef.current();
      return;
    }
    const was = anchor.current;
    const place = was === null ? null : rows.find(was.id);
    if (was !== null && place !== null) {
      const line = lineOf(rows.groups, place.group, place.index);
      if (line !== was.line) {
        element.scrollBy({ top: (line - was.line) * rowHeight });
        if (line > was.line) setFresh((count) => count + line - was.line);
      }
    }
    noteRef.current();
  }, [rows, body, rowHeight, resetKey, selected]);
  return { fresh, seen: () => setFresh(0), note };
}
