import type { PortRpc } from '../../main/port-rpc.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import { listPageSchema, type ListQuery } from '../../shared/protocol/list.ts';
import { quantile } from './measurement.ts';

/** Two frames of a screen of 60 a second, milliseconds. */
const twoFrames = 33.3;
/** As the window asks. */
const rows = 100;
const windows = 100;

type Say = (line: string) => void;

const shown = (value: number): string => value.toLocaleString('ru-RU', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

async function timedPage(rpc: PortRpc, query: Partial<ListQuery> & { readonly type: string }): Promise<{ readonly ms: number; readonly total: number }> {
  const began = performance.now();
  const page = await rpc.call('list', { where: [], anyOf: [], search: '', sort: [], offset: 0, limit: rows, ...query });
  const ms = performance.now() - began;
  return { ms, total: listPageSchema.parse(page).total };
}

function tell(say: Say, title: string, ms: number): void {
  say(`${ms <= twoFrames ? '✓' : '✗'} список: ${title}: ${shown(ms)} мс (цель ≤ ${shown(twoFrames)})`);
}

/**
 * Lists of all applications and of all clients through the worker's port, milliseconds: opened and sorted by each column that has an order of its own, scrolled by windows from a place in the middle,
 * jumped in, narrowed by a column and by the quick search.
 */
export async function measureLists(rpc: PortRpc, say: Say): Promise<Record<string, number>> {
  const results: Record<string, number> = {};
  const byTime = [{ column: 'receivedAt', descending: true }];
  const first = await timedPage(rpc, { type: 'application', sort: byTime });
  say(`    первое открытие списка заявок с подсчётом (${first.total.toLocaleString('ru-RU')} строк): ${shown(first.ms)} мс`);
  const sorted: number[] = [];
  for (const [column, { kind }] of Object.entries(documentTypeOf('application').columns)) {
    if (kind === 'ref' || kind === 'flag') continue;
    for (const descending of [false, true]) {
      const sort = [{ column, descending }];
      const { ms } = await timedPage(rpc, { type: 'application', sort });
      say(`    впервые по «${column}»${descending ? ' по убыванию' : ''}: ${shown(ms)} мс`);
      for (let n = 0; n < 5; n += 1) sorted.push((await timedPage(rpc, { type: 'application', sort })).ms);
    }
  }
  results['listSorted'] = quantile(sorted, 0.95);
  tell(say, 'заявки по любому столбцу, p95', results['listSorted']);
  const middle = first.total >> 1;
  say(`    прыжок в середину: ${shown((await timedPage(rpc, { type: 'application', sort: byTime, offset: middle })).ms)} мс`);
  const scrolled: number[] = [];
  for (let n = 0; n < windows; n += 1) scrolled.push((await timedPage(rpc, { type: 'application', sort: byTime, offset: middle + n * rows })).ms);
  results['listScrolled'] = quantile(scrolled, 0.95);
  tell(say, `прокрутка заявок окнами по ${rows}, p95`, results['listScrolled']);
  const byName = [{ column: 'name', descending: false }];
  const narrowed: readonly (readonly [string, Partial<ListQuery>])[] = [
    ['клиенты, в имени есть «иван»', { where: [{ column: 'name', op: 'contains', value: 'иван' }] }],
    ['клиенты, в имени есть «а»', { where: [{ column: 'name', op: 'contains', value: 'а' }] }],
    ['клиенты, в адресе есть «12»', { where: [{ column: 'address', op: 'contains', value: '12' }] }],
    ['клиенты без ИНН', { where: [{ column: 'inn', op: 'empty' }] }],
    ['клиенты, быстрый поиск «и»', { search: 'и' }],
    ['клиенты, быстрый поиск «иванов»', { search: 'иванов' }],
  ];
  for (const [title, query] of narrowed) {
    const { ms, total } = await timedPage(rpc, { type: 'client', sort: byName, ...query });
    const next = await timedPage(rpc, { type: 'client', sort: byName, ...query, offset: Math.min(total, rows) });
    say(`    ${title}: ${shown(ms)} мс, следующее окно ${shown(next.ms)} мс (найдено ${total.toLocaleString('ru-RU')})`);
  }
  return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, Number(value.toFixed(2))]));
}
