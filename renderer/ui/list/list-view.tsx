import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { mostSelected } from '../../../shared/base/selection.ts';
import { Button, IconButton } from '../button.tsx';
import { formatCount } from '../format.ts';
import { useHotkeys } from '../hotkeys.ts';
import { Icon } from '../icons.tsx';
import type { Choice } from '../choice-field.tsx';
import type { MenuCommand } from '../menu-items.tsx';
import { EmptyState } from '../state-message.tsx';
import type { ColumnLayout, ListColumn } from './columns.ts';
import { lineAt } from './flat-rows.ts';
import { ListBody } from './list-body.tsx';
import { ListHeader } from './list-header.tsx';
import { ListMenu } from './list-menu.tsx';
import type { ListRows, ListSort } from './list-rows.ts';
import { MarkBar, markedRowCommands, type MarkCommand } from './mark-bar.tsx';
import { rowTotal } from './row-range.ts';
import { RowMenu, runRowCommand, type MenuPlace, type RowCommand } from './row-menu.tsx';
import { filterText, type ListFilterField } from './filters.ts';
import { ListSettings } from './list-settings.tsx';
import type { ListViews } from './list-views.tsx';
import { useColumns, type PlacedColumn } from './use-columns.ts';
import { useFilterChoices } from './use-filter-choices.ts';
import { useMarks } from './use-marks.ts';
import { useSelection } from './use-selection.ts';
import './list.css';

/** A ready choice of rows in the head of a list: «Мои 8». */
export interface ListChip {
  readonly key: string;
  readonly title: string;
  readonly total?: number | undefined;
}


/** How the list stands before the user's eyes: the columns that he chose, and in words what narrowed, ordered and grouped it. */
export interface ShownNow<Row> {
  readonly columns: readonly PlacedColumn<Row>[];
  readonly narrowedBy: readonly string[];
}

export interface ListViewProps<Row> {
  readonly title: string;
  /** A part of a screen: a low head, and keys that act only while the focus is inside. */
  readonly section?: boolean;
  /** Beside the title: how many. */
  readonly count?: ReactNode;
  /** After the ready choices. */
  readonly headEnd?: ReactNode;
  readonly columns: readonly ListColumn<Row>[];
  readonly rows: ListRows<Row>;
  readonly rowId: (row: Row) => string;
  readonly rowHeight: number;
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
  readonly sort: ListSort;
  readonly onSort: (sort: ListSort) => void;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly chips?: readonly ListChip[];
  readonly chip?: string;
  readonly onChip?: (key: string) => void;
  readonly filters?: readonly ListFilterField[];
  readonly chosen?: Readonly<Record<string, string>>;
  readonly onChosen?: (chosen: Readonly<Record<string, string>>) => void;
  /** Key of the column by which rows stand in groups; null in none. */
  readonly group?: string | null;
  readonly onGroup?: (group: string | null) => void;
  readonly views?: ListViews;
  /** Columns, sort, choices and filters as they were in the beginning. */
  readonly onReset: () => void;
  /** «Данные на 11:20» while off line. */
  readonly note?: string | null;
  readonly commands?: ReactNode;
  readonly onOpen?: (row: Row) => void;
  /** Enter; without it Enter opens. */
  readonly onPrimary?: (row: Row) => void;
  /** What Enter does, for the menu of the row. */
  readonly primaryLabel?: string;
  readonly onInsert?: (() => void) | undefined;
  readonly unread?: (row: Row) => boolean;
  readonly onSelected?: (row: Row | null) => void;
  /** The row chosen by hand, or the one that stands when the focus comes into the list. */
  readonly onPicked?: ((row: Row | null) => void) | undefined;
  /** What can be done with several rows; without them nothing is selected but the one line. */
  readonly markCommands?: readonly MarkCommand[];
  /** What else can be done with a row: in its menu after «Открыть», and by its key (F9, Del). */
  readonly rowCommands?: (row: Row) => readonly RowCommand[];
  /** What can be done with the whole list as it is shown: export. */
  readonly listCommands?: (shown: ShownNow<Row>) => readonly MenuCommand[];
  /** «Печать», in the same menu and by Ctrl+P. */
  readonly onPrint?: (shown: ShownNow<Row>) => void;
  readonly empty: ReactNode;
  /** The focus comes here when the list is shown. */
  readonly autoFocus?: boolean;
  readonly resetKey: string;
  /** Changes with what is found, not with its order: nothing stays selected then, for nothing is done with rows that are not seen. */
  readonly foundKey?: string;
}

const noFilters: readonly ListFilterField[] = [];

function groupingsOf<Row>(columns: readonly ListColumn<Row>[]): readonly Choice[] {
  return columns.flatMap(({ key, title, pick }) => (pick === true ? [{ value: key, label: title }] : []));
}

/** The left edge of the rows, and the scroll bar. */
const EDGES = 28;
/** The column of check boxes, there only while rows are marked. */
const MARK = 24;

/** The list of the product: head, headings, rows. It knows no documents; `DocumentList` binds it to the local base. */
export function ListView<Row>(props: ListViewProps<Row>): ReactNode {
  const { title, columns, rows, rowId, layout, onLayout, filters = noFilters, chosen = {}, onChosen, autoFocus = true, onSelected, section = false } = props;
  const { ref: sized, width } = useElementSize();
  const whole = useRef<HTMLElement>(null);
  const frame = useMergedRef(sized, whole);
  const grid = useRef<HTMLDivElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const { markCommands } = props;
  const marks = useMarks(rows, rowId, props.foundKey ?? props.resetKey, mostSelected);
  const isMarking = marks.ids.size > 0 && markCommands !== undefined;
  const { placed, order, chosen: shownColumns } = useColumns(columns, layout, width - EDGES - (isMarking ? MARK : 0));
  const { selection, select } = useSelection(rows, rowId);
  const rowOnLine = (line: number): Row | null => {
    const at = lineAt(rows.groups, line);
    return at?.kind === 'row' ? (rows.rowAt(at.group, at.index) ?? null) : null;
  };
  const selected = rowOnLine(selection.line);
  const [searching, setSearching] = useState(false);
  const tellSelected = useRef(onSelected);
  useEffect(() => {
    tellSelected.current = onSelected;
  });
  useEffect(() => tellSelected.current?.(selected), [selected]);
  useEffect(() => {
    if (autoFocus) grid.current?.focus({ preventScroll: true });
  }, [autoFocus]);
  const { known, onOpen: readChoices } = useFilterChoices(filters, chosen);
  const shownNow: ShownNow<Row> = { columns: shownColumns, narrowedBy: narrowedBy(props, known) };
  const { onPrint } = props;
  const print = onPrint === undefined ? [] : [{ label: 'Печать', hint: 'Ctrl+P', onClick: () => onPrint(shownNow) }];
  const [menuPlace, setMenuPlace] = useState<MenuPlace | null>(null);
  const ofMarked = isMarking ? markedRowCommands(markCommands, marks) : [];
  const isAtMarked = selected !== null && marks.ids.has(rowId(selected));
  const ofRow = selected === null ? [] : commandsOf(props, selected);
  const commands = isMarking && isAtMarked ? ofMarked : ofRow;
  // A key acts on the selected rows wherever the line stands.
  const byKey = isMarking ? ofMarked : ofRow;
  const findInList = (): void => {
    setSearching(true);
    requestAnimationFrame(() => searchField.current?.select());
  };
  useHotkeys([
    ...byKey.flatMap((command) => (command.keys === undefined || command.keys === 'F2' || command.keys === 'Enter' ? [] : [{ keys: command.keys, title: command.label, run: () => (isTyping() ? false : runRowCommand(command)) }])),
    { keys: 'Shift+F10', title: 'Меню строки', run: () => (isTyping() || selected === null ? false : setMenuPlace(placeOf(grid.current, selection.line))) },
    { keys: 'Ctrl+F', title: 'Поиск в списке', run: findInList },
    ...print.map(({ label, hint, onClick }) => ({ keys: hint, title: label, run: onClick })),
    { keys: 'F5', title: 'Обновить', run: () => rows.reload() },
    ...(props.onOpen === undefined ? [] : [{ keys: 'F2', title: 'Открыть', run: () => (selected === null ? false : props.onOpen?.(selected)) }]),
    ...(props.onInsert === undefined ? [] : [{ keys: 'Ins', title: 'Создать', run: () => props.onInsert?.() }]),
  ], undefined, section ? whole : undefined); // of several lists on a screen the keys are those of the list with the focus
  const Heading = section ? 'h2' : 'h1';
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the grid inside has the focus
    <section ref={frame} className={section ? 'okno-list okno-list-section' : 'okno-list'} aria-label={title} onFocus={(event) => event.target === grid.current && props.onPicked?.(selected)}>
      {isMarking ? (
        <MarkBar commands={markCommands} marks={marks} total={rowTotal(rows)} />
      ) : (
        <div className="okno-list-head">
          <div className="okno-list-titled">
            <Heading className={section ? 'okno-section okno-cut' : 'okno-title okno-cut'}>
              {title}
              {props.count === undefined ? null : <span className="okno-text2 okno-regular okno-tabular"> {props.count}</span>}
            </Heading>
            {props.note ? <span className="okno-list-note okno-amber">{props.note}</span> : null}
          </div>
          <div className="okno-list-chips">
          {props.chips?.map(({ key, title: text, total }) => (
            <button key={key} type="button" className="okno-list-chip" aria-pressed={key === props.chip} onClick={() => props.onChip?.(key)}>
              {text}
              {total === undefined ? '' : ` ${formatCount(total)}`}
            </button>
          ))}
          {filters
            .filter(({ column }) => chosen[column] !== undefined)
            .map((filter) => (
              <button key={filter.column} type="button" className="okno-list-chip" aria-pressed="true" title="Снять отбор" onClick={() => onChosen?.(Object.fromEntries(Object.entries(chosen).filter(([key]) => key !== filter.column)))}>
                {filter.title}: {filterText(filter, chosen[filter.column] ?? '', known[filter.column]) ?? '…'} ×
              </button>
            ))}
          </div>
          <div className="okno-list-head-end">
            {props.headEnd}
            {props.commands}
            {section && !searching && props.search === '' ? (
              <IconButton icon="search" label={`Найти в списке: ${title}`} onClick={findInList} />
            ) : (
              <SearchBox
                field={searchField}
                search={props.search}
                onSearch={props.onSearch}
                onLeave={() => {
                  setSearching(false);
                  grid.current?.focus();
                }}
              />
            )}
            <ListSettings columns={columns} order={order} layout={layout} onLayout={onLayout} filters={filters} known={known} onOpen={readChoices} groupings={props.onGroup === undefined ? [] : groupingsOf(columns)} group={props.group ?? null} onGroup={(group) => props.onGroup?.(group)} views={props.views} onReset={props.onReset} chosen={chosen} onChosen={(value) => onChosen?.(value)} />
            {props.listCommands === undefined ? null : <ListMenu label={section ? `Действия со списком: ${title}` : 'Выгрузка и печать'} commands={[...props.listCommands(shownNow), ...print]} />}
          </div>
        </div>
      )}
      <ListBody
        label={title}
        header={<ListHeader indent={isMarking ? MARK : 0} placed={placed} sort={props.sort} onSort={props.onSort} order={order} layout={layout} onLayout={onLayout} />}
        rows={rows}
        rowId={rowId}
        placed={placed}
        rowHeight={props.rowHeight}
        selection={selection}
        select={(line) => {
          select(line);
          props.onPicked?.(rowOnLine(line));
        }}
        marks={markCommands === undefined ? undefined : marks}
        unread={props.unread}
        onPrimary={props.onPrimary}
        onOpen={props.onOpen}
        onMenu={(line, place) => {
          select(line);
          setMenuPlace(place);
        }}
        grid={grid}
        resetKey={props.resetKey}
        empty={props.empty}
        instead={
          rows.problem === null ? undefined : (
            <EmptyState title={rows.problem.title} code={rows.problem.code} actions={<Button variant="primary" onClick={rows.reload}>Повторить чтение</Button>}>
              {rows.problem.text}
            </EmptyState>
          )
        }
      />
      <RowMenu
        place={menuPlace}
        commands={commands}
        label={isMarking && isAtMarked ? 'Действия с выбранными строками' : 'Действия со строкой'}
        onClose={() => {
          setMenuPlace(null);
          grid.current?.focus({ preventScroll: true });
        }}
      />
    </section>
  );
}

/** What narrowed, ordered and grouped the list, in the words of its own head. */
function narrowedBy<Row>({ chips, chip, filters = noFilters, chosen = {}, search, sort, group, columns }: ListViewProps<Row>, known: Readonly<Record<string, readonly Choice[]>>): readonly string[] {
  const ready = chips?.find(({ key }) => key === chip);
  const sorted = columns.find((column) => column.sort === sort.column);
  const grouped = columns.find(({ key }) => key === group);
  return [
    ...(ready === undefined ? [] : [`Показаны: ${ready.title}`]),
    ...filters.flatMap((filter) => {
      const value = chosen[filter.column];
      return value === undefined ? [] : [`${filter.title}: ${filterText(filter, value, known[filter.column]) ?? value}`];
    }),
    ...(search === '' ? [] : [`Поиск: ${search}`]),
    ...(grouped === undefined ? [] : [`Группы: ${grouped.title}`]),
    ...(sorted === undefined ? [] : [`Порядок: ${sorted.title}${sort.descending ? ', по убыванию' : ''}`]),
  ];
}

/** Commands of a row in the order of its menu: the one by Enter, «Открыть», then those of the list. */
function commandsOf<Row>({ onOpen, onPrimary, primaryLabel, rowCommands }: ListViewProps<Row>, row: Row): readonly RowCommand[] {
  return [
    ...(onPrimary === undefined || primaryLabel === undefined ? [] : [{ label: primaryLabel, keys: 'Enter', onRun: () => onPrimary(row) }]),
    ...(onOpen === undefined ? [] : [{ label: 'Открыть', keys: 'F2', onRun: () => onOpen(row) }]),
    ...(rowCommands?.(row) ?? []),
  ];
}

/** The keys of a row belong to the list, not to a field that somebody types in. */
function isTyping(): boolean {
  return document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement;
}

/** Below the selected row, where its text begins. */
function placeOf(grid: HTMLElement | null, line: number): MenuPlace | null {
  const box = grid?.querySelector(`[data-line="${line}"]`)?.getBoundingClientRect();
  return box === undefined ? null : { left: box.left + 16, top: box.bottom, byKey: true };
}

interface SearchBoxProps {
  readonly field: React.RefObject<HTMLInputElement | null>;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onLeave: () => void;
}

/** Quick search of the list: rows are asked for once the typing rests. */
function SearchBox({ field, search, onSearch, onLeave }: SearchBoxProps): ReactNode {
  const [typed, setTyped] = useState(search);
  const latest = useRef(onSearch);
  useEffect(() => {
    latest.current = onSearch;
  });
  const asked = useRef(search);
  const ask = (text: string): void => {
    asked.current = text;
    latest.current(text);
  };
  // Only a text given from outside is taken over: the answer to one's own asking may come back when more has been typed.
  useEffect(() => {
    if (search !== asked.current) setTyped(search);
    asked.current = search;
  }, [search]);
  useEffect(() => {
    if (typed === search) return;
    const timer = setTimeout(() => ask(typed), 150);
    return () => clearTimeout(timer);
  }, [typed, search]);
  return (
    <label className="okno-list-search">
      <Icon name="search" size={14} />
      <input
        ref={field}
        value={typed}
        aria-label="Найти в списке"
        placeholder="Найти"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            setTyped('');
            ask('');
            onLeave();
          } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            ask(typed);
            onLeave();
          }
        }}
      />
      <span className="okno-key">Ctrl+F</span>
    </label>
  );
}
