import { addMs, moscowDayOf } from '../../../shared/base/instant.ts';
import type { AccessLine } from '../../../shared/protocol/http.ts';
import { periodOf } from '../../ui/list/filters.ts';

export const accessActionTitles: Readonly<Record<AccessLine['action'], string>> = { open: 'Открытие карточки', search: 'Поиск', export: 'Выгрузка', print: 'Печать', call: 'Звонок' };

export const periodTitles = { today: 'Сегодня', week: '7 дней', month: '30 дней' } as const;
const days: Readonly<Record<string, number>> = { today: 0, week: 6, month: 29 };

/** When the period begins: midnight here, so many days before `now`; the beginning of time for a word that is none. ISO UTC. */
export function sincePeriod(period: unknown, now: Date): string {
  const back = typeof period === 'string' && Object.hasOwn(days, period) ? days[period] : undefined;
  return back === undefined ? new Date(0).toISOString() : new Date(now.getFullYear(), now.getMonth(), now.getDate() - back).toISOString();
}

const DAY_MS = 86_400_000;

/** Filters of the centre for chosen days: from the beginning of the first to the end of the last, by the clock of Moscow. */
export function dayBounds(period: string): readonly { readonly column: 'since' | 'until'; readonly op: 'eq'; readonly value: string }[] {
  const { from, to } = periodOf(period);
  return [...(from === '' ? [] : [{ column: 'since', op: 'eq', value: moscowDayOf(from) } as const]), ...(to === '' ? [] : [{ column: 'until', op: 'eq', value: addMs(moscowDayOf(to), DAY_MS) } as const])];
}
