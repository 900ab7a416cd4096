import { describeRefusal } from '../../../shared/base/errors.ts';
import { fold } from '../../../shared/base/fold.ts';
import type { RejectedCommand } from '../../../shared/protocol/ipc.ts';
import type { ListPage, ListQuery, ListRow } from '../../../shared/protocol/list.ts';
import { formatDate, formatTime } from '../../ui/format.ts';
import { enteredLines, enteredText, referredIn } from './entered-values.ts';

/** What stands in the third column: why the centre refused, or what was done about it. */
export function outcomeOf({ settled, settledAt, refusal }: RejectedCommand): string {
  const { text } = describeRefusal(refusal);
  if (settled === null) return text;
  return `${settled === 'resent' ? 'Отправлено ещё раз' : 'Отложено'} в ${formatTime(settledAt)}: ${text}`;
}

/** What was entered by hand, in one line: two commands of one kind about one document differ in it. Names of documents chosen stand in the preview. */
export function typedText({ name, input }: Pick<RejectedCommand, 'name' | 'input'>): string {
  return enteredLines(name, input)
    .filter((line) => !line.technical && referredIn([line]).length === 0 && line.value !== null && line.value !== '')
    .map((line) => `${line.label}: ${enteredText(name, line, {}).replace(/\s+/g, ' ')}`)
    .join('; ');
}

const columns: Readonly<Record<string, (command: RejectedCommand) => string>> = {
  happenedAt: ({ happenedAt }) => happenedAt,
  title: ({ title }) => fold(title),
  documentTitle: ({ documentTitle }) => fold(documentTitle),
  refusal: (command) => fold(outcomeOf(command)),
  author: ({ author }) => fold(author.name),
};

/** Group of the list by where a refused command stands; today is Moscow's. */
export function groupOf({ settled, settledAt }: RejectedCommand, now: string): 'open' | 'today' | 'earlier' {
  if (settled === null) return 'open';
  return formatDate(settledAt) === formatDate(now) ? 'today' : 'earlier';
}

/** Value of the filter by author that leaves out nobody. */
export const everybody = '*';

function textToSearch(command: RejectedCommand): string {
  return fold(`${command.title} ${command.documentTitle} ${command.author.name} ${typedText(command)} ${outcomeOf(command)}`);
}

/** A page of refused commands for the list: the group, the author, the search and the sort of the query, over all that this desk keeps. */
export function rejectedPage(commands: readonly RejectedCommand[], { where, search, sort, offset, limit }: ListQuery, now: string): ListPage {
  const group = where.find(({ column }) => column === 'group')?.value;
  const author = where.find(({ column }) => column === 'author')?.value;
  const wanted = fold(search);
  const found = commands.filter((command) => groupOf(command, now) === group && (author === undefined || author === everybody || command.author.userId === author) && textToSearch(command).includes(wanted));
  const [by] = sort;
  const value = by === undefined ? undefined : columns[by.column];
  if (value !== undefined) found.sort((a, b) => value(a).localeCompare(value(b), 'ru') * (by?.descending === true ? -1 : 1));
  const rows = found.slice(offset, offset + limit).map((command): ListRow => ({ document: { id: command.commandId, command }, refs: {}, pending: false }));
  return { rows, total: found.length };
}
