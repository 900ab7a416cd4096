import { momentCell } from '../../../shared/base/cell-value.ts';
import { Popover } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import type { HistoryRow } from './history-with-centre.ts';
import { useNow } from '../../shell/clock.ts';
import { useOffline } from '../../store/connection.ts';
import { StateCell } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { formatDate, formatTime } from '../../ui/format.ts';
import { EmptyState } from '../../ui/state-message.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { historyKinds, HistoryIcon, isLate, matterTones, type HistoryKind } from './history-marks.tsx';
import { anyTime, dayStart, inPeriod, periodTitle, presetPeriods, type Period } from './history-period.ts';
import { openRelated } from './open-found.ts';
import type { ListColumn } from '../../ui/list/columns.ts';
import type { ListChip } from '../../ui/list/list-view.tsx';
import { RowsList } from '../../document/rows-list.tsx';

export type HistoryFilter = HistoryKind | 'open';

const MINUTE = 60_000;

const columns: readonly ListColumn<HistoryRow>[] = [
  {
    key: 'at', title: 'Дата', width: 144, min: 136, priority: 1, sort: 'at', cell: ({ at }) => momentCell(at),
    render: ({ at, type }) => (
      <span className="history-when">
        <HistoryIcon type={type} />
        <span className="okno-text2 okno-tabular">
          {shortYear(formatDate(at))} {formatTime(at)}
        </span>
      </span>
    ),
  },
  {
    key: 'event', title: 'Событие', width: 400, min: 320, priority: 1, grow: true, sort: 'event', cell: ({ title, subject, atCentre }) => `${title} ${subject}${atCentre === true ? ' (из центра)' : ''}`,
    render: ({ title, subject, atCentre }) => (
      <>
        {atCentre === true ? <span className="okno-text2">из центра </span> : null}
        <Unbroken text={subject === '' ? title : `${title}: ${subject}`} />
      </>
    ),
  },
  { key: 'number', title: 'Номер', width: 160, min: 144, priority: 2, sort: 'number', cell: ({ number }) => number ?? '', render: ({ number, type }) => (number === null ? <span className="okno-text2">{type === 'incomingEmail' ? 'не присвоен' : ''}</span> : number) },
  { key: 'state', title: 'Состояние', width: 192, min: 136, priority: 5, sort: 'state', pick: true, cell: ({ state }) => state, render: (row) => (row.state === '' ? null : <StateCell tone={isLate(row, Date.now()) ? 'red' : matterTones[row.matter]}>{row.state}</StateCell>) },
  { key: 'who', title: 'Сотрудник', width: 128, min: 104, priority: 4, sort: 'who', pick: true, cell: ({ who }) => who, render: ({ who }) => <span className="okno-text2">{who}</span> },
];

/** 24.11.2026 → 24.11.26: the column is narrow, the year still told. */
function shortYear(date: string): string {
  return date.replace(/\.\d\d(\d\d)$/, '.$1');
}

const rowId = ({ type, id }: HistoryRow): string => `${type} ${id}`;
const open = ({ type, id }: HistoryRow): void => void openRelated(type, id);
const isOpen = ({ matter }: HistoryRow): boolean => matter === 'open' || matter === 'waiting' || matter === 'failed';

function ofKind(row: HistoryRow, kind: HistoryFilter): boolean {
  if (kind === 'open') return isOpen(row);
  const types: readonly string[] = historyKinds.find(({ key }) => key === kind)?.types ?? [];
  return types.length === 0 || types.includes(row.type);
}

interface HistorySectionProps {
  readonly clientId: string;
  /** What the client is called, for a file or a sheet of his history. */
  readonly owner: string;
  /** The whole tab of a card, not a part of the single window. */
  readonly whole?: boolean;
  readonly history: readonly HistoryRow[] | null;
  readonly filter: HistoryFilter;
  readonly onFilter: (filter: HistoryFilter) => void;
  readonly onChosen?: (row: HistoryRow | null) => void;
  /** Asks the centre for what this desk does not hold; absent where everything comes from there already. */
  readonly onCentre?: (() => void) | undefined;
}

/** «История»: everything of the client, newest first (2.6.5), by kind and period. */
export function HistorySection({ clientId, owner, whole = false, history, filter, onFilter, onChosen, onCentre }: HistorySectionProps): ReactNode {
  const [period, setPeriod] = useState<Period>(anyTime);
  const offline = useOffline();
  const inTime = useMemo(() => history?.filter(({ at }) => inPeriod(period, at)) ?? null, [history, period]);
  const rows = useMemo(() => inTime?.filter((row) => ofKind(row, filter)) ?? null, [inTime, filter]);
  const chip = (key: HistoryFilter, title: string): ListChip => ({ key, title, total: inTime?.filter((row) => ofKind(row, key)).length });
  const chips = historyKinds
    .filter(({ key, types }) => key !== 'events' || (history ?? []).some(({ type }) => (types as readonly string[]).includes(type)))
    .flatMap(({ key, title }) => (key === 'all' ? [chip(key, title), chip('open', 'Открытые')] : [chip(key, title)]));
  const nothing = (history?.length ?? 0) === 0;
  return (
    <RowsList
      id={whole ? 'client.history' : 'singleWindow.history'}
      title="История"
      owner={owner}
      section={!whole}
      chips={chips}
      chip={filter}
      onChip={(key) => onFilter(chips.some((one) => one.key === key) ? (key as HistoryFilter) : 'all')} // a key of the chips made above
      headEnd={<PeriodButton period={period} onPeriod={setPeriod} />}
      {...(onCentre === undefined ? {} : { menuCommands: [{ label: 'Показать и то, что есть только в центре', onClick: onCentre, reason: offline ? 'Нет связи с центром: показано то, что есть на этом рабочем месте' : undefined }] })}
      columns={columns}
      rows={rows}
      rowId={rowId}
      sort={{ column: 'at', descending: true }}
      onOpen={open}
      {...(onChosen === undefined ? {} : { onPicked: onChosen })}
      resetKey={`${clientId} ${filter} ${JSON.stringify(period)}`}
      empty={<Nothing whole={whole} nothing={nothing} />}
    />
  );
}

function Nothing({ whole, nothing }: { readonly whole: boolean; readonly nothing: boolean }): ReactNode {
  const text = nothing ? 'Письма, обращения и заявки клиента появятся здесь сами.' : 'Под этот отбор в истории ничего нет.';
  if (whole) return <EmptyState title={nothing ? 'Истории нет' : 'Ничего не найдено'}>{text}</EmptyState>;
  return <div className="section-empty">{nothing ? `Истории нет. ${text}` : text}</div>;
}

/** «За всё время»: ready periods, and one's own from–to. */
function PeriodButton({ period, onPeriod }: { readonly period: Period; readonly onPeriod: (period: Period) => void }): ReactNode {
  const [opened, setOpened] = useState(false);
  const now = useNow(MINUTE);
  const choose = (next: Period): void => {
    onPeriod(next);
    setOpened(false);
  };
  return (
      <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
        <Popover.Target>
          <Button small variant="subtle" chevron pressed={period.from !== '' || period.to !== ''} onClick={() => setOpened(!opened)}>
            {periodTitle(period)}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <div className="history-period" role="group" aria-label="Период">
            {presetPeriods(now).map((preset) => (
              <Button key={preset.title} small variant="subtle" pressed={periodTitle(period) === preset.title} onClick={() => choose(preset.period)}>
                {preset.title}
              </Button>
            ))}
            <DateField label="С" value={period.from} onChange={(from) => onPeriod({ title: '', from: dayStart(from), to: period.to })} />
            <DateField label="По" value={period.to} onChange={(to) => onPeriod({ title: '', from: period.from, to: dayStart(to) })} />
          </div>
        </Popover.Dropdown>
      </Popover>
  );
}
