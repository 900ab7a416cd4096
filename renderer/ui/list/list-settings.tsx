import { Popover } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { Button, IconButton } from '../button.tsx';
import { Check, type Choice } from '../choice-field.tsx';
import { SelectField } from '../select-field.tsx';
import { FilterField } from './filter-field.tsx';
import type { ListFilterField } from './filters.ts';
import { ListViewsField, type ListViews } from './list-views.tsx';
import { moveColumn, type ColumnLayout, type ListColumn } from './columns.ts';

interface ListSettingsProps<Row> {
  readonly columns: readonly ListColumn<Row>[];
  readonly order: readonly string[];
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
  readonly filters: readonly ListFilterField[];
  /** Choices of the filters as far as they are known. */
  readonly known: Readonly<Record<string, readonly Choice[]>>;
  /** The settings were opened: now all choices are needed. */
  readonly onOpen: () => void;
  /** Columns by which the rows can stand in groups. */
  readonly groupings: readonly Choice[];
  readonly group: string | null;
  readonly onGroup: (group: string | null) => void;
  readonly views: ListViews | undefined;
  /** As it was in the beginning. */
  readonly onReset: () => void;
  readonly chosen: Readonly<Record<string, string>>;
  readonly onChosen: (chosen: Readonly<Record<string, string>>) => void;
}

/** Filters and columns of a list, behind the one sign at its head. */
export function ListSettings<Row>({ columns, order, layout, onLayout, filters, known, onOpen, groupings, group, onGroup, views, onReset, chosen, onChosen }: ListSettingsProps<Row>): ReactNode {
  const [open, setOpen] = useState(false);
  const show = (value: boolean): void => {
    setOpen(value);
    if (value) onOpen();
  };
  useEffect(() => {
    if (!open) return;
    // The lists of the fields inside hang in the page, not in the settings: a click there is not one outside.
    const outside = ({ target }: PointerEvent): void => {
      if (target instanceof Element && target.closest('.okno-list-settings, .okno-icon-button[aria-expanded="true"], [role="listbox"]') === null) setOpen(false);
    };
    document.addEventListener('pointerdown', outside, true);
    return () => document.removeEventListener('pointerdown', outside, true);
  }, [open]);
  const choose = (column: string, value: string | null): void => {
    const rest = Object.fromEntries(Object.entries(chosen).filter(([key]) => key !== column));
    onChosen(value === null ? rest : { ...rest, [column]: value });
  };
  return (
    <Popover opened={open} onChange={show} closeOnClickOutside={false} position="bottom-end" trapFocus returnFocus transitionProps={{ duration: 100 }} offset={4}>
      <Popover.Target>
        <IconButton icon="tune" label="Отбор и колонки" onClick={() => show(!open)} />
      </Popover.Target>
      <Popover.Dropdown>
        <div className="okno-list-settings">
          {views === undefined ? null : <ListViewsField views={views} />}
          {filters.length === 0 ? null : <h3>Отбор</h3>}
          {filters.map((filter) => (
            <FilterField key={filter.column} filter={filter} choices={known[filter.column] ?? []} value={chosen[filter.column] ?? null} onChange={(value) => choose(filter.column, value)} />
          ))}
          {groupings.length === 0 ? null : (
            <>
              <h3>Группировка</h3>
              <SelectField label="Группировать по" choices={groupings} value={group} placeholder="Без групп" clearable onChange={onGroup} />
            </>
          )}
          <h3>Колонки</h3>
          {order.map((key) => {
            const column = columns.find((one) => one.key === key);
            if (column === undefined) return null;
            const shown = layout.shown[key] ?? column.off !== true;
            return (
              <div key={key} className="okno-list-settings-column">
                <Check label={column.title} checked={shown} {...(column.priority === 1 ? { reason: 'Эта колонка нужна всегда' } : {})} onChange={(value) => onLayout({ ...layout, shown: { ...layout.shown, [key]: value } })} />
                <span>
                  <IconButton icon="up" label={`Левее: ${column.title}`} onClick={() => onLayout({ ...layout, order: moveColumn(order, key, -1) })} />
                  <IconButton icon="down" label={`Правее: ${column.title}`} onClick={() => onLayout({ ...layout, order: moveColumn(order, key, 1) })} />
                </span>
              </div>
            );
          })}
          <div className="okno-list-settings-end">
            <Button variant="subtle" onClick={onReset}>
              Как было вначале
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
