import { Popover } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Button, IconButton } from '../button.tsx';
import { Check, type Choice } from '../choice-field.tsx';
import { SelectField } from '../select-field.tsx';
import { moveColumn, plainLayout, type ColumnLayout, type ListColumn } from './columns.ts';

/** A filter that a list offers: one column, a short list of values. */
export interface ListFilterField {
  readonly column: string;
  readonly title: string;
  readonly choices: readonly Choice[];
}

interface ListSettingsProps<Row> {
  readonly columns: readonly ListColumn<Row>[];
  readonly order: readonly string[];
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
  readonly filters: readonly ListFilterField[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly onChosen: (chosen: Readonly<Record<string, string>>) => void;
}

/** Filters and columns of a list, behind the one sign at its head. */
export function ListSettings<Row>({ columns, order, layout, onLayout, filters, chosen, onChosen }: ListSettingsProps<Row>): ReactNode {
  const [open, setOpen] = useState(false);
  const choose = (column: string, value: string | null): void => {
    const rest = Object.fromEntries(Object.entries(chosen).filter(([key]) => key !== column));
    onChosen(value === null ? rest : { ...rest, [column]: value });
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus transitionProps={{ duration: 100 }} offset={4}>
      <Popover.Target>
        <div>
          <IconButton icon="tune" label="Отбор и колонки" expanded={open} onClick={() => setOpen(!open)} />
        </div>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="okno-list-settings">
          {filters.length === 0 ? null : <h3>Отбор</h3>}
          {filters.map(({ column, title, choices }) => (
            <SelectField key={column} label={title} choices={choices} value={chosen[column] ?? null} placeholder="Все" clearable onChange={(value) => choose(column, value)} />
          ))}
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
            <Button
              variant="subtle"
              onClick={() => {
                onLayout(plainLayout);
                onChosen({});
              }}
            >
              Как было вначале
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
