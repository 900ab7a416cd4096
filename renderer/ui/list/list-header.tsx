import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import { moveColumn, type ColumnLayout } from './columns.ts';
import type { ListSort } from './list-rows.ts';
import type { PlacedColumn } from './use-columns.ts';

interface ListHeaderProps<Row> {
  /** Room for the check boxes, px. */
  readonly indent: number;
  readonly placed: readonly PlacedColumn<Row>[];
  readonly sort: ListSort;
  readonly onSort: (sort: ListSort) => void;
  /** Keys of all columns in their order, the hidden ones too. */
  readonly order: readonly string[];
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
}

/** Headings: click or Enter sorts, the edge resizes, Alt+←→ resizes and Ctrl+←→ moves by keyboard. */
export function ListHeader<Row>({ indent, placed, sort, onSort, order, layout, onLayout }: ListHeaderProps<Row>): ReactNode {
  const widen = (key: string, wanted: number): void => onLayout({ ...layout, widths: { ...layout.widths, [key]: wanted } });
  return (
    <div className="okno-list-header" role="row" tabIndex={-1} aria-rowindex={1}>
      {indent === 0 ? null : <span style={{ width: indent, flex: 'none' }} />}
      {placed.map(({ column, width }) => {
        const sorted = column.sort !== undefined && sort.column === column.sort;
        const keys = (event: KeyboardEvent): void => {
          const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
          if (by === 0 || (!event.altKey && !event.ctrlKey)) return;
          event.preventDefault();
          if (event.altKey) widen(column.key, Math.max(column.min, width + by * 8));
          else onLayout({ ...layout, order: moveColumn(order, column.key, by) });
        };
        return (
          <div key={column.key} role="columnheader" aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined} className="okno-list-heading" style={{ width, textAlign: column.align ?? 'left' }}>
            {column.sort === undefined ? (
              <span className={column.titleHidden === true ? 'okno-visually-hidden' : 'okno-cut'}>{column.title}</span>
            ) : (
              <button type="button" onClick={() => onSort({ column: column.sort ?? '', descending: sorted ? !sort.descending : false })} onKeyDown={keys}>
                <span className="okno-cut">{column.title}</span>
                {sorted ? <Icon name={sort.descending ? 'sortDown' : 'sortUp'} size={12} /> : null}
              </button>
            )}
            <Grip width={width} min={column.min} onWidth={(wanted) => widen(column.key, wanted)} />
          </div>
        );
      })}
    </div>
  );
}

function Grip({ width, min, onWidth }: { readonly width: number; readonly min: number; readonly onWidth: (width: number) => void }): ReactNode {
  const start = (event: PointerEvent<HTMLSpanElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.dataset['from'] = String(event.clientX - width);
  };
  const move = (event: PointerEvent<HTMLSpanElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onWidth(Math.max(min, Math.round((event.clientX - Number(event.currentTarget.dataset['from'])) / 4) * 4));
  };
  return <span className="okno-list-grip" aria-hidden="true" onPointerDown={start} onPointerMove={move} />;
}
