import { columnOrderingFeature, columnSizingFeature, columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import { fitColumns, type ColumnLayout, type ListColumn } from './columns.ts';

const features = tableFeatures({ columnOrderingFeature, columnSizingFeature, columnVisibilityFeature });
const noData: { readonly id: string }[] = [];

export interface PlacedColumn<Row> {
  readonly column: ListColumn<Row>;
  readonly width: number;
}

/**
 * The columns as they stand now: in the user's order, without hidden ones, fitted into `available` px. `chosen` are all that he shows,
 * those for which a narrow window has no room too.
 */
export function useColumns<Row>(columns: readonly ListColumn<Row>[], layout: ColumnLayout, available: number): { readonly placed: readonly PlacedColumn<Row>[]; readonly order: readonly string[]; readonly chosen: readonly PlacedColumn<Row>[] } {
  const definitions = useMemo(() => columns.map(({ key, title, width, min }) => ({ id: key, header: title, size: width, minSize: min })), [columns]);
  const state = useMemo(
    () => ({
      columnOrder: [...layout.order],
      columnVisibility: Object.fromEntries(columns.map(({ key, off }) => [key, layout.shown[key] ?? off !== true])),
      columnSizing: { ...layout.widths },
    }),
    [columns, layout],
  );
  const table = useTable({ features, columns: definitions, data: noData, state });
  const visible = table.getVisibleLeafColumns().map((one) => ({ id: one.id, size: one.getSize() }));
  const order = table.getAllLeafColumns().map(({ id }) => id);
  const fitted = fitColumns(
    visible.flatMap(({ id, size }) => {
      const column = columns.find(({ key }) => key === id);
      // A column whose width was set by hand keeps it: it neither grows nor shrinks below it.
      return column === undefined ? [] : [{ key: id, width: size, min: column.min, priority: column.priority, grow: column.grow === true }];
    }),
    available,
  );
  const withColumns = (keys: readonly { readonly key: string; readonly width: number }[]): readonly PlacedColumn<Row>[] =>
    keys.flatMap(({ key, width }) => {
      const column = columns.find((one) => one.key === key);
      return column === undefined ? [] : [{ column, width }];
    });
  return { placed: withColumns(fitted), order: sortedOrder(order, layout.order), chosen: withColumns(visible.map(({ id, size }) => ({ key: id, width: size }))) };
}

function sortedOrder(all: readonly string[], chosen: readonly string[]): readonly string[] {
  return [...chosen.filter((key) => all.includes(key)), ...all.filter((key) => !chosen.includes(key))];
}
