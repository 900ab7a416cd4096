import { momentCell } from '../../../shared/base/cell-value.ts';
import { Popover } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import type { ClientHistoryRow } from '../../../shared/protocol/ipc.ts';
import { useNow } from '../../shell/clock.ts';
import { StateCell } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { formatCount, formatDate, formatTime } from '../../ui/format.ts';
import { Unbroken } from '../../ui/unbroken.tsx';
import { historyKinds, HistoryIcon, isLate, matterTones, type HistoryKind } from './history-marks.tsx';
import { anyTime, dayStart, inPeriod, periodTitle, presetPeriods, type Period } from './history-period.ts';
import { openRelated } from './open-found.ts';
import type { ListColumn } from '../../ui/list/columns.ts';
import { SectionList } from './section-list.tsx';

export type HistoryFilter = HistoryKind | 'open';

const MINUTE = 60_000;

const columns: readonly ListColumn<ClientHistoryRow>[] = [
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
    key: 'event', title: 'Событие', width: 400, min: 320, priority: 1, grow: true, sort: 'event', cell: ({ title, subject }) => `${title} ${subject}`,
    render: ({ title, subject }) => <Unbroken text={subject === '' ? title : `${title}: ${subject}`} />,
  },
  { key: 'number', title: 'Номер', width: 160, min: 144, priority: 2, sort: 'number', cell: ({ number }) => number ?? '', render: ({ number, type }) => (number === null ? <span className="okno-text2">{type === 'incomingEmail' ? 'не присвоен' : ''}</span> : number) },
  { key: 'state', title: 'Состояние', width: 192, min: 136, priority: 5, sort: 'state', cell: ({ state }) => state, render: (row) => (row.state === '' ? null : <StateCell tone={isLate(row, Date.now()) ? 'red' : matterTones[row.matter]}>{row.state}</StateCell>) },
  { key: 'who', title: 'Сотрудник', width: 128, min: 104, priority: 4, sort: 'who', cell: ({ who }) => who, render: ({ who }) => <span className="okno-text2">{who}</span> },
];

/** 24.11.2026 → 24.11.26: the column is narrow, the year still told. */
function shortYear(date: string): string {
  return date.replace(/\.\d\d(\d\d)$/, '.$1');
}

const rowId = ({ type, id }: ClientHistoryRow): string => `${type} ${id}`;
const open = ({ type, id }: ClientHistoryRow): void => void openRelated(type, id);
const isOpen = ({ matter }: ClientHistoryRow): boolean => matter === 'open' || matter === 'waiting' || matter === 'failed';

function ofKind(row: ClientHistoryRow, kind: HistoryFilter): boolean {
  if (kind === 'open') return isOpen(row);
  const types: readonly string[] = historyKinds.find(({ key }) => key === kind)?.types ?? [];
  return types.length === 0 || types.includes(row.type);
}

interface HistorySectionProps {
  readonly clientId: string;
  readonly history: readonly ClientHistoryRow[] | null;
  readonly filter: HistoryFilter;
  readonly onFilter: (filter: HistoryFilter) => void;
  readonly onChosen: (row: ClientHistoryRow | null) => void;
}

/** «История»: everything of the client, newest first (2.6.5), by kind and period. */
export function HistorySection({ clientId, history, filter, onFilter, onChosen }: HistorySectionProps): ReactNode {
  const [period, setPeriod] = useState<Period>(anyTime);
  const inTime = useMemo(() => history?.filter(({ at }) => inPeriod(period, at)) ?? null, [history, period]);
  const rows = useMemo(() => inTime?.filter((row) => ofKind(row, filter)) ?? null, [inTime, filter]);
  const chip = (key: HistoryFilter, title: string): ReactNode => {
    const total = inTime?.filter((row) => ofKind(row, key)).length;
    return (
      <button key={key} type="button" className="okno-list-chip" aria-pressed={filter === key} onClick={() => onFilter(key)}>
        {title} {total === undefined ? null : <span className="okno-tabular">{formatCount(total)}</span>}
      </button>
    );
  };
  const nothing = (history?.length ?? 0) === 0;
  return (
    <SectionList
      id="singleWindow.history"
      title="История"
      head={
        <>
          <div className="okno-list-chips" role="group" aria-label="Вид события">
            {historyKinds.filter(({ key, types }) => key !== 'events' || (history ?? []).some(({ type }) => (types as readonly string[]).includes(type))).flatMap(({ key, title }) => (key === 'all' ? [chip(key, title), chip('open', 'Открытые')] : [chip(key, title)]))}
          </div>
          <PeriodButton period={period} onPeriod={setPeriod} />
        </>
      }
      columns={columns}
      rows={rows}
      rowId={rowId}
      sort={{ column: 'at', descending: true }}
      onOpen={open}
      onChosen={onChosen}
      resetKey={`${clientId} ${filter} ${JSON.stringify(period)}`}
      empty={<div className="section-empty">{nothing ? 'Истории нет. Письма, обращения и заявки клиента появятся здесь сами.' : 'Под этот отбор в истории ничего нет.'}</div>}
    />
  );
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
    <div className="section-head-end">
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
    </div>
  );
}
