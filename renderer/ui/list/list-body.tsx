import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { cellText, type CellValue } from '../../../shared/base/cell-value.ts';
import { Button } from '../button.tsx';
import { Check } from '../choice-field.tsx';
import { formatCount, plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import { LoadingBar, useSlow } from '../state-message.tsx';
import { lineAt, lineCount, lineOf, stepLine } from './flat-rows.ts';
import type { ListRows } from './list-rows.ts';
import type { MenuPlace } from './row-menu.tsx';
import type { PlacedColumn } from './use-columns.ts';
import type { Marks } from './use-marks.ts';
import { useAnchor, type Selection } from './use-selection.ts';

export interface ListBodyProps<Row> {
  readonly label: string;
  /** The row of headings, the first of the same grid. */
  readonly header: ReactNode;
  readonly rows: ListRows<Row>;
  readonly rowId: (row: Row) => string;
  readonly placed: readonly PlacedColumn<Row>[];
  readonly rowHeight: number;
  readonly selection: Selection;
  readonly select: (line: number) => void;
  /** Undefined where nothing can be done with several rows. */
  readonly marks: Marks | undefined;
  readonly unread: ((row: Row) => boolean) | undefined;
  readonly onPrimary: ((row: Row) => void) | undefined;
  readonly onOpen: ((row: Row) => void) | undefined;
  /** The right button on a line. */
  readonly onMenu: (line: number, place: MenuPlace) => void;
  /** The grid: it has the focus and the keys of its rows. */
  readonly grid: RefObject<HTMLDivElement | null>;
  /** Changes with the query: the list begins from its top. */
  readonly resetKey: string;
  readonly empty: ReactNode;
  /** Stands in the place of the rows when they could not be read. */
  readonly instead?: ReactNode;
}

const READ_AHEAD = 30;

/** The lines of a list: virtual rows over windows, moved through by keyboard. */
export function ListBody<Row>(props: ListBodyProps<Row>): ReactNode {
  const { label, rows, rowId, placed, rowHeight, selection, select, marks, grid, resetKey } = props;
  const body = useRef<HTMLDivElement>(null);
  const lineIds = useId();
  const count = lineCount(rows.groups);
  const grouped = rows.groups.some((group) => group.title !== null);
  const slow = useSlow(rows.loading);
  const anchor = useAnchor(rows, rowId, body, rowHeight, resetKey, selection.line);
  // oxlint-disable-next-line react/incompatible-library -- the virtualizer is read anew at each render
  const virtual = useVirtualizer({ count, getScrollElement: () => body.current, estimateSize: () => rowHeight, overscan: 8 });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const lines = virtual.getVirtualItems();
  useWanted(rows, lines.at(0)?.index ?? 0, lines.at(-1)?.index ?? 30);
  const follow = useRef(false);
  useEffect(() => {
    if (!follow.current || selection.line < 0) return;
    follow.current = false;
    virtual.scrollToIndex(selection.line, { align: 'auto' });
  }, [selection.line, virtual]);

  /** Moves the selected line; answers where it stands now. */
  const go = (by: number): number => {
    follow.current = true;
    const line = stepLine(rows.groups, selection.line, by);
    select(line);
    return line;
  };
  const current = (): Row | undefined => {
    const at = lineAt(rows.groups, selection.line);
    return at?.kind === 'row' ? rows.rowAt(at.group, at.index) : undefined;
  };
  const page = Math.max(1, Math.floor((body.current?.clientHeight ?? 560) / rowHeight) - 1);
  const moves: Readonly<Record<string, () => number>> = { ArrowDown: () => go(1), ArrowUp: () => go(-1), PageDown: () => go(page), PageUp: () => go(-page), Home: () => go(-count), End: () => go(count) };
  const fold = (folded: boolean): void => {
    const at = lineAt(rows.groups, selection.line);
    if (at === null || rows.groups[at.group]?.title === null) return;
    rows.fold(at.group, folded);
    select(lineOf(rows.groups, at.group, -1));
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const row = current();
    const held = event.ctrlKey || event.metaKey;
    const extending = event.shiftKey && !held ? moves[event.key] : undefined;
    if (extending !== undefined && marks !== undefined) {
      marks.extend(selection.line, extending());
    } else if (held && !event.shiftKey && event.code === 'KeyA' && marks !== undefined) {
      marks.all();
    } else if (held || event.shiftKey) {
      return;
    } else if (event.key === ' ' && marks !== undefined) {
      if (row !== undefined) marks.toggle(rowId(row));
    } else if (event.key === 'ArrowLeft') fold(true);
    else if (event.key === 'ArrowRight') fold(false);
    else if (event.key === 'Enter' && row === undefined) fold(false);
    else if (event.key === 'Enter' && row !== undefined) (props.onPrimary ?? props.onOpen)?.(row);
    else if (event.key === 'Escape' && marks !== undefined && marks.ids.size > 0) marks.set([]);
    else if (moves[event.key] !== undefined) {
      marks?.endRange();
      moves[event.key]?.();
    } else return;
    event.preventDefault();
  };

  return (
    <div className="okno-list-frame">
      {anchor.fresh > 0 && (body.current?.scrollTop ?? 0) > 0 ? (
        <div className="okno-list-new">
          <Button
            small
            variant="subtle"
            onClick={() => {
              anchor.seen();
              body.current?.scrollTo({ top: 0 });
            }}
          >
            {anchor.fresh} {plural(anchor.fresh, 'новая', 'новые', 'новых')}
          </Button>
        </div>
      ) : null}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a grid, of groups a treegrid */}
      <div
        ref={grid}
        className="okno-list-grid"
        role={grouped ? 'treegrid' : 'grid'}
        aria-label={label}
        aria-multiselectable={marks === undefined ? undefined : true}
        aria-rowcount={count + 1}
        aria-activedescendant={selection.line < 0 ? undefined : `${lineIds}${selection.line}`}
        tabIndex={0}
        data-pane-focus
        data-empty={count === 0}
        onKeyDown={keyDown}
      >
        {props.header}
        <div
          ref={body}
          className="okno-list-body"
          role="rowgroup"
          onScroll={() => {
            anchor.note();
            if (body.current?.scrollTop === 0) anchor.seen();
          }}
        >
          {count === 0 || props.instead !== undefined ? (
            slow ? (
              <LoadingGrid placed={placed} />
            ) : rows.loading && props.instead === undefined ? null : (
              <div role="row" tabIndex={-1}>
                <div role="gridcell" tabIndex={-1}>
                  {props.instead ?? props.empty}
                </div>
              </div>
            )
          ) : (
            <div className="okno-list-space" role="presentation" style={{ height: virtual.getTotalSize() }}>
              {lines.map(({ index, start }) => (
                <Line key={index} {...props} lineIds={lineIds} line={index} top={start} level={grouped ? 2 : undefined} />
              ))}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

/** Asks for the rows of the lines that are seen, and some around. */
function useWanted<Row>(rows: ListRows<Row>, first: number, last: number): void {
  useEffect(() => {
    for (const [group] of rows.groups.entries()) {
      if (rows.groups[group]?.folded === true) continue;
      const start = lineOf(rows.groups, group, 0);
      const from = Math.max(0, first - READ_AHEAD - start);
      const to = last + READ_AHEAD - start;
      if (to >= 0) rows.want(group, from, to);
    }
  }, [rows, first, last]);
}

function Line<Row>({ line, top, rows, rowId, placed, rowHeight, selection, select, marks, unread, onOpen, onMenu, grid, lineIds, level }: ListBodyProps<Row> & { readonly lineIds: string; readonly line: number; readonly top: number; readonly level: number | undefined }): ReactNode {
  const at = lineAt(rows.groups, line);
  if (at === null) return null;
  const group = rows.groups[at.group];
  const place = { transform: `translateY(${top}px)`, height: rowHeight };
  const selected = selection.line === line;
  if (at.kind === 'header') {
    return (
      // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- arrows of the grid fold it
      <div id={`${lineIds}${line}`} data-line={line} role="row" tabIndex={-1} aria-rowindex={line + 2} aria-level={1} aria-expanded={group?.folded !== true} className="okno-list-row okno-list-group" style={place} data-selected={selected} onClick={() => rows.fold(at.group, group?.folded !== true)}>
        <Icon name={group?.folded === true ? 'right' : 'down'} />
        <span role="gridcell" tabIndex={-1}>
          {group?.title}
          <span className="okno-list-group-count okno-tabular">{formatCount(group?.total ?? 0)}</span>
        </span>
      </div>
    );
  }
  const row = rows.rowAt(at.group, at.index);
  const id = row === undefined ? null : rowId(row);
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid itself takes the keys
    <div
      id={`${lineIds}${line}`}
      data-line={line}
      role="row"
      tabIndex={-1}
      aria-rowindex={line + 2}
      aria-level={level}
      aria-selected={selected}
      className="okno-list-row"
      style={place}
      data-selected={selected}
      data-marked={id !== null && marks?.ids.has(id) === true}
      data-unread={row !== undefined && unread?.(row) === true}
      data-id={id}
      onMouseDown={(event) => {
        event.preventDefault();
        grid.current?.focus({ preventScroll: true });
      }}
      onClick={(event) => {
        if (event.shiftKey) marks?.extend(selection.line, line);
        else if (event.ctrlKey && id !== null) marks?.add(id, selection.id);
        else marks?.endRange();
        select(line);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(line, { left: event.clientX, top: event.clientY, byKey: false });
      }}
      onDoubleClick={() => {
        if (row !== undefined) onOpen?.(row);
      }}
    >
      {marks !== undefined && marks.ids.size > 0 ? (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- a click on the box is no click on the row
        <span role="gridcell" tabIndex={-1} className="okno-list-mark" onClick={(event) => event.stopPropagation()}>
          {id === null ? null : <Check label="Выбрать строку" labelHidden tabIndex={-1} checked={marks.ids.has(id)} onChange={() => marks.toggle(id)} />}
        </span>
      ) : null}
      {placed.map(({ column, width }, index) => (
        <div key={column.key} role="gridcell" tabIndex={-1} className="okno-list-cell" style={{ width, textAlign: column.align ?? 'left' }} onMouseEnter={showCut}>
          {row === undefined ? <LoadingBar seed={line * 7 + index} /> : column.render === undefined ? <PlainCell value={column.cell(row)} /> : column.render(row)}
        </div>
      ))}
    </div>
  );
}

/** Times and counts in figures of one width, so that they stand in a column. */
function PlainCell({ value }: { readonly value: CellValue }): ReactNode {
  return typeof value === 'string' ? value : <span className="okno-tabular">{cellText(value)}</span>;
}

/** What is cut shows whole on hover; what is not cut has nothing to show. */
function showCut({ currentTarget }: { readonly currentTarget: HTMLElement }): void {
  const cut = currentTarget.scrollWidth > currentTarget.clientWidth || [...currentTarget.querySelectorAll('.okno-cut')].some((inner) => inner.scrollWidth > inner.clientWidth);
  if (cut) currentTarget.title = currentTarget.textContent;
  else currentTarget.removeAttribute('title');
}

function LoadingGrid<Row>({ placed }: { readonly placed: readonly PlacedColumn<Row>[] }): ReactNode {
  return (
    <div aria-hidden="true">
      {Array.from({ length: 21 }, (_, row) => (
        <div key={row} className="okno-list-row" style={{ position: 'relative' }}>
          {placed.map(({ column, width }, index) => (
            <div key={column.key} className="okno-list-cell" style={{ width, opacity: 1 - row * 0.045 }}>
              <LoadingBar seed={row * 3 + index * 5} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
