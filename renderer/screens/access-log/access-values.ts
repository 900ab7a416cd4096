import type { AccessLine } from '../../../shared/protocol/http.ts';

export const accessActionTitles: Readonly<Record<AccessLine['action'], string>> = { open: 'Открытие карточки', search: 'Поиск', export: 'Выгрузка', print: 'Печать', call: 'Звонок' };

export const periodTitles = { today: 'Сегодня', week: '7 дней', month: '30 дней' } as const;
const days: Readonly<Record<string, number>> = { today: 0, week: 6, month: 29 };

/** When the period begins: midnight here, so many days before `now`; the beginning of time for a word that is none. ISO UTC. */
export function sincePeriod(period: unknown, now: Date): string {
  const back = typeof period === 'string' && Object.hasOwn(days, period) ? days[period] : undefined;
  return back === undefined ? new Date(0).toISOString() : new Date(now.getFullYear(), now.getMonth(), now.getDate() - back).toISOString();
}
