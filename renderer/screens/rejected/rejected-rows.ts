import { describeRefusal } from '../../../shared/base/errors.ts';
import { fold } from '../../../shared/base/fold.ts';
import type { RejectedCommand } from '../../../shared/protocol/ipc.ts';
import type { ListPage, ListQuery, ListRow } from '../../../shared/protocol/list.ts';
import { formatDate, formatTime } from '../../ui/format.ts';

/** What stands in the third column: why the centre refused, or what was done about it. */
export function outcomeOf({ settled, settledAt, refusal }: RejectedCommand): string {
  const { text } = describeRefusal(refusal);
  if (settled === null) return text;
  return `${settled === 'resent' ? 'Отправлено ещё раз' : 'Отложено'} в ${formatTime(settledAt)}: ${text}`;
}

const columns: Readonly<Record<string, (command: RejectedCommand) => string>> = {
  happenedAt: ({ happenedAt }) => happenedAt,
  title: ({ title }) => fold(title),
  documentTitle: ({ documentTitle }) => fold(documentTitle),
  refusal: (command) => fold(outcomeOf(command)),
};

/** Group of the list by where a refused command stands; today is Moscow's. */
export function groupOf({ settled, settledAt }: RejectedCommand, now: string): 'open' | 'today' | 'earlier' {
  if (settled === null) return 'open';
  return formatDate(settledAt) === formatDate(now) ? 'today' : 'earlier';
}

/** A page of refused commands for the list: the group, the search and the sort of the query, over all that this desk keeps. */
export function rejectedPage(commands: readonly RejectedCommand[], { where, search, sort, offset, limit }: ListQuery, now: string): ListPage {
  const group = where.find(({ column }) => column === 'group')?.value;
  const wanted = fold(search);
  const found = commands.filter((command) => groupOf(command, now) === group && fold(`${command.title} ${command.documentTitle} ${outcomeOf(command)}`).includes(wanted));
  const [by] = sort;
  const value = by === undefined ? undefined : columns[by.column];
  if (value !== undefined) found.sort((a, b) => value(a).localeCompare(value(b), 'ru') * (by?.descending === true ? -1 : 1));
  const rows = found.slice(offset, offset + limit).map((command): ListRow => ({ document: { id: command.commandId, command }, refs: {}, pending: false }));
  return { rows, total: found.length };
}
