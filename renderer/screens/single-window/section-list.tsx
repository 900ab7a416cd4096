import { useElementSize } from '@mantine/hooks';
import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { cellOrder } from '../../../shared/base/cell-value.ts';
import { useListMemory } from '../../document/list-memory.ts';
import type { ListColumn } from '../../ui/list/columns.ts';
import { lineAt } from '../../ui/list/flat-rows.ts';
import { ListBody } from '../../ui/list/list-body.tsx';
import { ListHeader } from '../../ui/list/list-header.tsx';
import type { ListRows, ListSort } from '../../ui/list/list-rows.ts';
import { useColumns } from '../../ui/list/use-columns.ts';
import { useSelection } from '../../ui/list/use-selection.ts';
import '../../ui/list/list.css';

export interface SectionListProps<Row> {
  /** Under this name the columns and the sort of the user are remembered. */
  readonly id: string;
  readonly title: string;
  /** Beside the title: filters. */
  readonly head?: ReactNode;
  readonly count?: ReactNode;
  readonly columns: readonly ListColumn<Row>[];
  /** Null while they are read. */
  readonly rows: readonly Row[] | null;
  readonly rowId: (row: Row) => string;
  readonly sort: ListSort;
  readonly onOpen: (row: Row) => void;
  /** The row that has just been chosen by hand or focus; null where there is none. */
  readonly onChosen: (row: Row | null) => void;
  readonly empty: ReactNode;
  /** Other rows begin from the top. */
  readonly resetKey: string;
}

const EDGES = 28;
let revisions = 0;

/** All rows at hand, as the list component wants them. */
function rowsAtHand<Row>(rows: readonly Row[] | null, rowId: (row: Row) => string): ListRows<Row> {
  const places = new Map((rows ?? []).map((row, index) => [rowId(row), index]));
  revisions += 1;
  return {
    groups: [{ key: 'all', title: null, total: rows?.length ?? 0, folded: false }],
    revision: revisions,
    loading: rows === null,
    problem: null,
    rowAt: (_group, index) => rows?.[index],
    find: (id) => {
      const index = places.get(id);
      return index === undefined ? null : { group: 0, index };
    },
    want: () => undefined,
    fold: () => undefined,
    reload: () => undefined,
    ids: async (_group, from, to) => [...places.keys()].slice(from, to + 1),
  };
}

function sorted<Row>(rows: readonly Row[] | null, columns: readonly ListColumn<Row>[], { column, descending }: ListSort): readonly Row[] | null {
  const cell = columns.find(({ sort }) => sort === column)?.cell;
  if (rows === null || cell === undefined) return rows;
  const keyed = rows.map((row) => ({ row, key: cellOrder(cell(row)) })).toSorted((a, b) => a.key.localeCompare(b.key, 'ru'));
  return (descending ? keyed.toReversed() : keyed).map(({ row }) => row);
}

/** A list that is a part of a screen: title with filters, headings, rows; keys as in every list, Enter and F2 open. */
export function SectionList<Row>(props: SectionListProps<Row>): ReactNode {
  const { id, title, head, count, columns, rowId, onOpen, onChosen, empty, resetKey } = props;
  const { shown } = useListMemory(id, props.sort);
  const { layout, sort } = shown;
  const { ref: frame, width } = useElementSize();
  const grid = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsAtHand(sorted(props.rows, columns, sort), rowId), [props.rows, columns, sort, rowId]);
  const { placed, order } = useColumns(columns, layout, width - EDGES);
  const { selection, select } = useSelection(rows, rowId);
  const rowOnLine = (line: number): Row | null => {
    const at = lineAt(rows.groups, line);
    return at?.kind === 'row' ? (rows.rowAt(at.group, at.index) ?? null) : null;
  };
  const keyDown = (event: KeyboardEvent): void => {
    const row = rowOnLine(selection.line);
    if (event.key !== 'F2' || row === null || event.target !== grid.current) return;
    event.preventDefault();
    onOpen(row);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the grid inside has the focus; F2 is heard on its way up
    <div ref={frame} className="okno-list section-list" onKeyDown={keyDown} onFocus={(event) => event.target === grid.current && onChosen(rowOnLine(selection.line))}>
      <div className="section-head">
        <h2 className="okno-section">
          {title} <span className="okno-text2 okno-regular okno-tabular">{count}</span>
        </h2>
        {head}
      </div>
      <ListBody
        label={title}
        header={<ListHeader indent={0} placed={placed} sort={sort} onSort={shown.onSort} order={order} layout={layout} onLayout={shown.onLayout} />}
        rows={rows}
        rowId={rowId}
        placed={placed}
        rowHeight={shown.rowHeight}
        selection={selection}
        select={(line) => {
          select(line);
          onChosen(rowOnLine(line));
        }}
          marks={undefined}
        unread={undefined}
        onPrimary={onOpen}
        onOpen={onOpen}
        onMenu={() => undefined}
        grid={grid}
        resetKey={resetKey}
        empty={empty}
      />
    </div>
  );
}

